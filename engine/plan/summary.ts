/** The honest "why this music?": what there is to say of a plan, as data, and in a few plain English sentences. */
import type { Inference } from '../knowledge/infer.js';
import type {
  EmotionLabel,
  EmotionReading,
  Intention,
  MusicalProfile,
  SessionPlan,
  SummaryFact,
} from '../vocabulary.js';

export interface SummaryGround {
  reading: EmotionReading;
  inference: Inference;
  /** The listener pointed to where they are and used no words. */
  pointed: boolean;
  /** The beginning was brought nearer to the target, for want of time. */
  nearer: boolean;
  /** What the listener likes took part. */
  tasted: boolean;
}

export function summaryFacts(
  plan: SessionPlan,
  { reading, inference, pointed, nearer, tasted }: SummaryGround,
): SummaryFact[] {
  const felt = reading.labels.filter((label) => label !== 'neutral').slice(0, 2);
  const { mixture } = inference;
  const held = inference.cautions.find(({ id, changed }) => id === 'limit-matched-arousal' && changed);
  const facts: (SummaryFact | false)[] = [
    pointed
      ? { key: 'pointed', music: musicWords(plan.from) }
      : felt.length === 0
        ? { key: 'no-feeling' }
        : plan.approach === 'iso'
          ? { key: 'begins-close', feelings: felt, ...(nearer ? {} : { music: musicWords(plan.from) }) }
          : { key: 'calm-at-once', feelings: felt },
    felt.length > 0 &&
      plan.approach === 'iso' &&
      (mixture.kind === 'compromise' || mixture.kind === 'stronger') &&
      mixture.pair !== null && { key: mixture.kind, feelings: [...mixture.pair] },
    (reading.bodyState?.length ?? 0) > 0 && { key: 'body', bodyStates: [...reading.bodyState!] },
    plan.approach === 'iso' &&
      held !== undefined && {
        key: 'gentler',
        feelings: pointed
          ? []
          : held.because.filter((each): each is EmotionLabel => each in reading.probabilities).slice(0, 2),
      },
    nearer && { key: 'nearer', music: musicWords(plan.from) },
    tasted && { key: 'taste' },
    { key: 'leads', intention: plan.intention, music: musicWords(plan.to) },
    plan.form === 'open' && { key: 'open-ended' },
    { key: 'honest' },
  ];
  return facts.filter((fact): fact is SummaryFact => fact !== false);
}

/** How far from its middle a dial must be to be named. */
const NAMED = 0.18;
const MOST_WORDS = 3;

/** Up to three words for how music sounds, the plainest first. They are keys of `audio-prompts/words.ts`. */
export function musicWords(profile: MusicalProfile): string[] {
  const pace = Math.log(profile.onsetRatePerSec / Math.sqrt(0.5 * 6)) / Math.log(12);
  const dials: [far: number, low: string, high: string][] = [
    [pace + (profile.tempoBpm - 90) / 160, 'slow', 'fast'],
    [profile.mode / 2, 'minor', 'major'],
    [profile.brightness - 0.45, 'dark', 'bright'],
    [(profile.loudnessLufs + 22) / 10, 'soft', 'strong'],
    [profile.density - 0.5, 'sparse', 'full'],
    [profile.articulation - 0.5, 'flowing', 'detached'],
  ];
  return dials
    .filter(([far]) => Math.abs(far) >= NAMED)
    .sort((a, b) => Math.abs(b[0]) - Math.abs(a[0]))
    .slice(0, MOST_WORDS)
    .map(([far, low, high]) => (far < 0 ? low : high));
}

const TOWARDS: Record<Intention, string> = {
  'calm-down': 'calm',
  'fall-asleep': 'sleep',
  'let-it-out': 'letting it out, and then quiet',
  'lift-up': 'a lighter mood',
  focus: 'a steady mind',
  grieve: 'quiet, without hurry',
  'wake-gently': 'waking gently',
};
const BODY: Record<string, string> = {
  tired: 'that you are tired',
  wired: 'that you are wound up',
  sleepless: 'that you cannot sleep',
  'in-pain': 'that you are in pain',
  restless: 'that you are restless',
};

const joined = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words[words.length - 1]}`;
const music = (words: readonly string[] | undefined): string => (words?.length ? `: ${joined(words)}` : '');

const SAYS: Record<SummaryFact['key'], (fact: SummaryFact) => string> = {
  'no-feeling': () => 'I could not tell a particular feeling, so we begin in the middle.',
  pointed: (fact) => `You pointed to where you are, so the music begins there${music(fact.music)}.`,
  'begins-close': (fact) =>
    `I heard ${joined(fact.feelings ?? [])}, so the music begins close to that${music(fact.music)}.`,
  'calm-at-once': (fact) => `I heard ${joined(fact.feelings ?? [])}; as you asked, the music is calm from the start.`,
  body: (fact) =>
    `I also heard ${joined((fact.bodyStates ?? []).map((state) => BODY[state] ?? state))}, and take care of that.`,
  gentler: (fact) =>
    `It is kept gentler than the ${joined(fact.feelings ?? []) || 'feeling'}, so as not to stir it up.`,
  compromise: (fact) => `Between ${joined(fact.feelings ?? [])} it takes a way in the middle.`,
  stronger: (fact) => `Of ${joined(fact.feelings ?? [])} the stronger leads.`,
  leads: (fact) => `Step by step it leads towards ${TOWARDS[fact.intention ?? 'calm-down']}${music(fact.music)}.`,
  'open-ended': () => 'It plays until you say stop.',
  nearer: (fact) => `There is little time, so it begins a part of the way along${music(fact.music)}.`,
  'nearest-match': (fact) =>
    `The music at hand holds nothing that is really close to the ${fact.stage ?? 'match'} stage; this is the nearest.`,
  'one-piece': () => 'It is one long piece, composed for this session.',
  taste: () => 'What you liked and skipped before has moved it a little.',
  honest: () => 'How much this helps differs from person to person; the research is promising and mixed.',
};

/** Plain English; surfaces that speak other languages say the same facts in theirs. */
export const summaryOf = (facts: readonly SummaryFact[]): string[] => facts.map((fact) => SAYS[fact.key](fact));
