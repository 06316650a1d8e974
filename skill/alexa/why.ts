/** "Why this music?", spoken in the listener's language: what was heard, how the music begins and ends, how sure that is. */
import { wordsOf } from '../../audio-prompts/prompts.js';
import type { Session } from '../../engine/session.js';
import type { MusicalProfile, SessionPlan } from '../../engine/vocabulary.js';
import type { Speech } from './responses.js';
import type { HeardFeeling, Turn } from './turn.js';

type MusicWord = keyof ReturnType<typeof wordsOf>['music'];

/** Each scale with its middle, half its usual spread, and its words for below and above. */
const SCALES: {
  of: (profile: MusicalProfile) => number;
  middle: number;
  spread: number;
  words: [MusicWord, MusicWord];
}[] = [
  { of: (p) => p.onsetRatePerSec, middle: 2.2, spread: 1.4, words: ['slow', 'fast'] },
  { of: (p) => p.loudnessLufs, middle: -22, spread: 4, words: ['soft', 'strong'] },
  { of: (p) => p.brightness, middle: 0.5, spread: 0.25, words: ['dark', 'bright'] },
  { of: (p) => p.density, middle: 0.45, spread: 0.25, words: ['sparse', 'full'] },
  { of: (p) => p.register, middle: 60, spread: 8, words: ['low', 'high'] },
  { of: (p) => p.articulation, middle: 0.4, spread: 0.25, words: ['flowing', 'detached'] },
  { of: (p) => p.consonance, middle: 0.65, spread: 0.2, words: ['unsettled', 'clear'] },
];

/** The two words that tell most about how a profile sounds; ties by the order above. */
export function musicWords(profile: MusicalProfile): [MusicWord, MusicWord] {
  const [first, second] = SCALES.map(({ of, middle, spread, words }) => {
    const away = (of(profile) - middle) / spread;
    return { away: Math.abs(away), word: words[away < 0 ? 0 : 1] };
  }).sort((a, b) => b.away - a.away);
  return [first!.word, second!.word];
}

const STRENGTH = { 'fairly-sure': 'fairlySure', 'some-evidence': 'someEvidence', tradition: 'tradition' } as const;

/** How much stands behind the first stage: the confidence of its weightiest reason. */
export function strengthOf(plan: SessionPlan): HeardFeeling['strength'] {
  const first = plan.stages[0]!.because.find(({ path }) => path !== undefined);
  return STRENGTH[first?.path?.confidence ?? 'tradition'];
}

export function whyHere(turn: Turn, session: Session): Speech {
  if (session.blinded) return turn.say('whyInStudy');
  const words = wordsOf(turn.locale);
  const known = turn.deps.heard.get(session.id);
  const heard = (known?.labels ?? []).filter((label) => label !== 'neutral').slice(0, 2);
  const music = (profile: MusicalProfile) => turn.list(musicWords(profile).map((word) => words.music[word]));
  const fields = { last: music(session.plan.to), strength: words.strengths[known?.strength ?? 'tradition'] };
  if (heard.length === 0) return turn.say('whyNoFeeling', fields);
  return turn.say('why', {
    ...fields,
    heard: turn.list(heard.map((label) => words.feelings[label])),
    first: music(session.plan.from),
  });
}
