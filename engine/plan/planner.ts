/**
 * From a reading to a plan of three stages after the iso principle: meet the listener where they are (match), lead away
 * step by step (guide), rest (target).
 *
 * Rules, each in a file of its own:
 * 1. Where it leads: what was asked for, else what words, body and clock suggest (`intentions.ts`).
 * 2. Where it begins: what the feelings ask for within the cautions of the graph (distress is met half way); `straight`
 *    begins near the target instead. The evidence for iso over straight is modest and mixed, so both are offered.
 * 3. How long each stage is (`forms.ts`): 25 / 50 / 25 % of 20 minutes unless asked otherwise; 2 to 180 minutes.
 * 4. Towards calm everything falls, tempo and events by 30 % and more (`calmer.ts`), loudness as well (`loudness.ts`).
 * 5. All moves on one smooth way that never turns back (`way.ts`), in small steps (`steps.ts`).
 * 6. What the listener likes bends the dials a little, before rules 4 and 5, and never past them (`listeners/taste.ts`).
 * Example: anger at 7 pm → match: minor, 2 events a second, arousal at most .35; target: major, under 1 a second, -.55.
 */
import { profileFrom } from '../knowledge/dials.js';
import type { KnowledgeGraph } from '../knowledge/graph.js';
import { infer } from '../knowledge/infer.js';
import { targetOf } from '../knowledge/intention.js';
import { reasonOfCaution, reasonOfPrinciple } from '../knowledge/reasons.js';
import { isTelling, type Taste, tasted } from '../listeners/taste.js';
import type {
  Approach,
  EmotionReading,
  Intention,
  MusicalProfile,
  Reason,
  SessionForm,
  SessionPlan,
  Stage,
  StagePlan,
} from '../vocabulary.js';
import { calmerThan } from './calmer.js';
import { shapeOf, stageTimes, steepSlotSec } from './forms.js';
import { isCalming, likelyIntention } from './intentions.js';
import { beginLoudness } from './loudness.js';
import { withinReach } from './steps.js';
import { type SummaryGround, summaryFacts, summaryOf } from './summary.js';
import { distance, mix, profileAt, wayOf } from './way.js';

export interface PlanWish {
  reading: EmotionReading;
  /** The reading was pointed to, not said: no feeling was named. */
  pointed?: boolean | undefined;
  minutes?: number | undefined;
  form?: SessionForm | undefined;
  approach?: Approach | undefined;
  intention?: Intention | undefined;
  seed: number;
  /** Local hour 0..23 of the listener. */
  nowHour?: number | undefined;
  /** What this listener likes, where they agreed to have it kept. */
  taste?: Taste | undefined;
}

/** How near to the target `straight` begins, as a share of the way. */
const STRAIGHT_SHARE = 0.85;
/** A beginning brought nearer by less than this is not worth a word. */
const TOLD_NEARER = 0.15;

export function planSession(knowledge: KnowledgeGraph, wish: PlanWish): SessionPlan {
  const approach = wish.approach ?? 'iso';
  const intention = wish.intention ?? likelyIntention(wish.reading, wish.nowHour);
  const inference = infer(knowledge, wish.reading);
  const unhurried = intention === 'grieve' || inference.cautions.some(({ id }) => id === 'not-hurried');
  const shape = shapeOf(wish, intention, unhurried);
  const stages = stageTimes(shape).map((times): StagePlan => ({ ...times, profile: inference.profile, because: [] }));

  const bent = (profile: MusicalProfile) =>
    wish.taste ? tasted(profile, wish.taste, { sleep: intention === 'fall-asleep' }) : profile;
  const target = bent(targetProfile(knowledge, intention));
  const felt = bent(inference.profile);
  const wanted = approach === 'straight' ? mix(felt, target, STRAIGHT_SHARE) : felt;
  const calming = isCalming(intention);
  const to = calming ? calmerThan(wanted, target) : target;
  const draft: SessionPlan = {
    approach,
    minutes: shape.minutes,
    intention,
    form: shape.form,
    seed: wish.seed,
    from: wanted,
    to,
    stages,
    summary: [],
  };
  const begin = withinReach(wanted, to, wayOf(draft), steepSlotSec(shape));
  const plan: SessionPlan = {
    ...draft,
    from: { ...begin, loudnessLufs: beginLoudness(begin.loudnessLufs, intention) },
  };
  const ground: SummaryGround = {
    reading: wish.reading,
    inference,
    pointed: wish.pointed === true,
    nearer: approach === 'iso' && distance(wanted, begin) > TOLD_NEARER,
    tasted: wish.taste !== undefined && isTelling(wish.taste),
  };
  const facts = summaryFacts(plan, ground);
  return {
    ...plan,
    stages: stages.map((stage) => ({
      ...stage,
      profile: profileAt(plan, (stage.startSec + stage.endSec) / 2),
      because: becauseOf(stage.stage, plan, knowledge, ground),
    })),
    summaryFacts: facts,
    summary: summaryOf(facts),
  };
}

function targetProfile(knowledge: KnowledgeGraph, intention: Intention): MusicalProfile {
  const { affect, features, instrumentation } = targetOf(knowledge, intention);
  return profileFrom(features, affect, instrumentation);
}

/** What speaks for where a session leads; ids of principles of the graph, the weightiest first. */
const FOR_TARGET: Record<Intention, readonly string[]> = {
  'calm-down': ['soft-slow-dark-for-rest', 'music-after-stress'],
  'fall-asleep': ['soft-slow-dark-for-rest', 'music-and-sleep'],
  'let-it-out': ['sad-music-can-console', 'soft-slow-dark-for-rest'],
  grieve: ['sad-music-can-console', 'soft-slow-dark-for-rest'],
  'lift-up': ['mood-before-labels'],
  focus: ['focus-without-words'],
  'wake-gently': ['waking-by-melody'],
};

/** Who pointed named no feeling, so none is given as a reason. */
const isOfMood = (from: string | undefined): boolean => from === 'valence' || from === 'arousal';

/** What speaks for each stage: paths of the graph, cautions and principles, with their sources. */
function becauseOf(stage: Stage, plan: SessionPlan, knowledge: KnowledgeGraph, ground: SummaryGround): Reason[] {
  const { inference, reading, tasted: byTaste } = ground;
  const principles = (...ids: string[]) => ids.map((id) => reasonOfPrinciple(knowledge, id));
  const cautions = inference.cautions.filter(({ changed }) => changed).map(({ id }) => reasonOfCaution(knowledge, id));
  const found: Record<Stage, (Reason | null)[]> = {
    match:
      plan.approach === 'straight'
        ? principles('straight-is-as-good-for-anxiety')
        : [
            ...inference.reasons.filter(({ path }) => !ground.pointed || isOfMood(path?.from)),
            ...cautions,
            ...principles(
              ...(reading.bodyState?.includes('in-pain') ? ['music-and-pain'] : []),
              ...(byTaste ? ['own-taste-counts'] : []),
            ),
          ],
    guide: principles('iso-principle', ...(isCalming(plan.intention) ? ['tempo-falls'] : [])),
    target: principles(...FOR_TARGET[plan.intention]),
  };
  return found[stage].filter((reason): reason is Reason => reason !== null);
}

export { DEFAULT_MINUTES, FEWEST_MINUTES, MOST_MINUTES } from './forms.js';
export { mix, profileAt, shareAt, wayOf } from './way.js';
