/**
 * From a reading to a plan of three stages after the iso principle: meet the listener where they are (match), lead away
 * step by step (guide), rest (target).
 *
 * Rules:
 * 1. Stages are 25 / 50 / 25 % of the session, contiguous. 20 minutes unless asked otherwise; 2 to 180.
 * 2. The match begins at the inferred profile, capped for distress; `straight` begins near the target instead. The
 *    evidence for iso over straight is modest and mixed (better for sadness than for anxiety), so both are offered.
 * 3. Everything moves on one smooth path from match to target, so the distance to the target only ever falls.
 * 4. Where the target is calm, onset rate, tempo, brightness, density and pulse never rise, and fall by at least 30 %
 *    in onset rate and (from above 75 BPM) in tempo: smaller falls did not lower heart rate (Van Dyck et al. 2017).
 * 5. Loudness is one level a stage and never rises.
 * Example: anger at 7 pm → match: minor, 3 onsets a second, arousal capped at .35; target: major, under 1 a second, -.55.
 */
import { EmohealError } from '../errors.js';
import { profileFrom } from '../knowledge/dials.js';
import type { KnowledgeGraph } from '../knowledge/graph.js';
import { infer } from '../knowledge/infer.js';
import { targetOf } from '../knowledge/intention.js';
import { sourcesOf } from '../knowledge/reasons.js';
import {
  type Approach,
  type EmotionReading,
  type Intention,
  type MusicalProfile,
  type Reason,
  type SessionPlan,
  STAGES,
  type StagePlan,
} from '../vocabulary.js';
import { summaryOf } from './summary.js';

export const DEFAULT_MINUTES = 20;
export const FEWEST_MINUTES = 2;
export const MOST_MINUTES = 180;

const STAGE_SHARES = [0.25, 0.5, 0.25] as const;
const CALM_INTENTIONS: readonly Intention[] = ['calm-down', 'fall-asleep', 'let-it-out', 'grieve'];

export interface PlanWish {
  reading: EmotionReading;
  minutes?: number;
  approach?: Approach;
  intention?: Intention;
  seed: number;
  /** Local hour 0..23 of the listener; decides between calming down and falling asleep. */
  nowHour?: number;
}

export function planSession(knowledge: KnowledgeGraph, wish: PlanWish): SessionPlan {
  const minutes = checkedMinutes(wish.minutes ?? DEFAULT_MINUTES);
  const approach = wish.approach ?? 'iso';
  const intention = wish.intention ?? likelyIntention(wish.reading, wish.nowHour);
  const { profile: felt, reasons } = infer(knowledge, wish.reading);
  const target = targetProfile(knowledge, intention);
  const calming = CALM_INTENTIONS.includes(intention);
  const begin = approach === 'straight' ? mix(felt, target, 0.85) : felt;
  const from = withinReach(begin, target, minutes * 60);
  const to = calming ? calmerThan(from, target) : target;
  const plan: SessionPlan = {
    approach,
    minutes,
    intention,
    seed: wish.seed,
    from: { ...from, loudnessLufs: Math.min(-18, Math.max(-21, from.loudnessLufs)) },
    to,
    stages: [],
    summary: [],
  };
  plan.stages = stagesOf(plan, minutes * 60, knowledge, reasons);
  plan.summary = summaryOf(plan, wish.reading);
  return plan;
}

function checkedMinutes(minutes: number): number {
  if (Number.isFinite(minutes) && minutes >= FEWEST_MINUTES && minutes <= MOST_MINUTES) return minutes;
  throw new EmohealError(
    'bad-input',
    `A session may last ${FEWEST_MINUTES} to ${MOST_MINUTES} minutes, not ${minutes}.`,
    {
      remedy: `Give a number of minutes from ${FEWEST_MINUTES} to ${MOST_MINUTES}.`,
    },
  );
}

/** Night and sleeplessness ask for sleep, grief is not hurried, all else for calm. */
function likelyIntention(reading: EmotionReading, hour: number | undefined): Intention {
  if (reading.bodyState?.some((state) => state === 'sleepless' || state === 'tired')) return 'fall-asleep';
  if (reading.labels[0] === 'grief') return 'grieve';
  if (hour !== undefined && (hour >= 21 || hour < 5)) return 'fall-asleep';
  return 'calm-down';
}

function targetProfile(knowledge: KnowledgeGraph, intention: Intention): MusicalProfile {
  const { affect, features, instrumentation } = targetOf(knowledge, intention);
  return profileFrom(features, affect, instrumentation);
}

/** Rule 4: a target that is never livelier than where it starts from. */
function calmerThan(from: MusicalProfile, target: MusicalProfile): MusicalProfile {
  const tempoFall = from.tempoBpm > 75 ? 0.7 : 0.95;
  return {
    ...target,
    affect: {
      valence: Math.max(target.affect.valence, Math.min(from.affect.valence, 0.7)),
      arousal: Math.min(target.affect.arousal, from.affect.arousal - 0.05),
    },
    onsetRatePerSec: Math.min(target.onsetRatePerSec, from.onsetRatePerSec * 0.65),
    tempoBpm: Math.max(45, Math.min(target.tempoBpm, from.tempoBpm * tempoFall)),
    brightness: Math.min(target.brightness, from.brightness * 0.85),
    density: Math.min(target.density, from.density),
    pulseClarity: Math.min(target.pulseClarity, from.pulseClarity),
    articulation: Math.min(target.articulation, from.articulation),
  };
}

/** Between two profiles: 0 = a, 1 = b. Rates and tempo on a ratio scale, as they are heard. */
export function mix(a: MusicalProfile, b: MusicalProfile, share: number): MusicalProfile {
  const line = (x: number, y: number) => x + (y - x) * share;
  const ratio = (x: number, y: number) => x * (y / x) ** share;
  return {
    affect: { valence: line(a.affect.valence, b.affect.valence), arousal: line(a.affect.arousal, b.affect.arousal) },
    onsetRatePerSec: ratio(a.onsetRatePerSec, b.onsetRatePerSec),
    tempoBpm: ratio(a.tempoBpm, b.tempoBpm),
    mode: line(a.mode, b.mode),
    loudnessLufs: line(a.loudnessLufs, b.loudnessLufs),
    brightness: line(a.brightness, b.brightness),
    articulation: line(a.articulation, b.articulation),
    density: line(a.density, b.density),
    register: line(a.register, b.register),
    consonance: line(a.consonance, b.consonance),
    pulseClarity: line(a.pulseClarity, b.pulseClarity),
    instrumentation: share < 0.5 ? a.instrumentation : b.instrumentation,
  };
}

/** The match hardly moves, the guide does the walking, evenly: an even walk keeps its largest step small. */
const SHARE_AT_GUIDE = 0.15;
const SHARE_AT_TARGET = 0.9;
/** Share of the whole way that the guide walks per share of the session: the steepest part of the path. */
export const STEEPEST = (SHARE_AT_TARGET - SHARE_AT_GUIDE) / 0.5;
/** No step between neighbouring tracks is longer than this in valence and arousal (a little under the .35 promised). */
export const LONGEST_STEP = 0.33;
/** Shorter than this no track is played, so the way of a short session has to be shorter instead. */
export const SHORTEST_SLOT_SEC = 60;

const distance = (a: MusicalProfile, b: MusicalProfile) =>
  Math.hypot(a.affect.valence - b.affect.valence, a.affect.arousal - b.affect.arousal);

/** When time is too short to lead from the feeling in small steps, the music starts nearer to its target. */
function withinReach(from: MusicalProfile, to: MusicalProfile, totalSec: number): MusicalProfile {
  const reach = (LONGEST_STEP * totalSec) / (STEEPEST * SHORTEST_SLOT_SEC);
  const far = distance(from, to);
  return far <= reach ? from : { ...mix(from, to, 1 - reach / far), instrumentation: from.instrumentation };
}

/**
 * The second until which a track that begins at `startSec` may stay without the step to its neighbour growing too long:
 * a step between two middles is half of what each of the two covers.
 */
export function stepEndSec(plan: SessionPlan, startSec: number): number {
  const far = distance(plan.from, plan.to);
  const lastSec = plan.stages[2]!.endSec;
  const mostShare = shareAt(plan, startSec) + LONGEST_STEP / Math.max(far, 1e-6);
  if (shareAt(plan, lastSec) <= mostShare) return Number.POSITIVE_INFINITY;
  // The share never falls, so the second where it passes the limit is found by halving; a tenth of a second is enough.
  let [inside, outside] = [startSec, lastSec];
  while (outside - inside > 0.1) {
    const middle = (inside + outside) / 2;
    if (shareAt(plan, middle) <= mostShare) inside = middle;
    else outside = middle;
  }
  return Math.max(startSec + SHORTEST_SLOT_SEC, inside);
}

type Way = NonNullable<SessionPlan['way']>;

/**
 * The points of the path. From a low, sad start the music lifts clearly within the first minutes, so that never more
 * than one track stays in the sadness itself; the lift is small, and grief is not hurried after it.
 */
export function wayOf(plan: SessionPlan): Way {
  if (plan.way) return plan.way;
  const [match, guide, target] = plan.stages as [StagePlan, StagePlan, StagePlan];
  const way: Way = [
    { sec: 0, share: 0 },
    { sec: match.endSec, share: SHARE_AT_GUIDE },
    { sec: guide.endSec, share: SHARE_AT_TARGET },
    { sec: target.endSec, share: 1 },
  ];
  const { affect } = plan.from;
  const far = distance(plan.from, plan.to);
  if (affect.valence > -0.25 || affect.arousal > 0.25 || far < 0.15) return way;
  const lift = Math.min(0.6, 0.25 / far);
  const liftedSec = Math.min(220, target.endSec * 0.18);
  way.splice(1, 0, { sec: liftedSec, share: lift });
  way[2] = { sec: match.endSec, share: Math.max(SHARE_AT_GUIDE, lift + 0.02) };
  return way;
}

/** How far along the way a second lies, 0..1. */
export function shareAt(plan: SessionPlan, sec: number): number {
  const way = wayOf(plan);
  const i = way.findIndex((point) => sec < point.sec);
  if (i === -1) return way[way.length - 1]!.share;
  if (i === 0) return way[0]!.share;
  const [a, b] = [way[i - 1]!, way[i]!];
  return a.share + ((b.share - a.share) * (sec - a.sec)) / (b.sec - a.sec);
}

/** What the music should be like at a second of the plan. Never jumps; beyond the ends it stays. */
export function profileAt(plan: SessionPlan, sec: number): MusicalProfile {
  const stage = plan.stages.find((each) => sec < each.endSec) ?? plan.stages[plan.stages.length - 1]!;
  return { ...mix(plan.from, plan.to, shareAt(plan, sec)), loudnessLufs: stageLoudness(plan, stage.stage) };
}

/** Rule 5. The guide lies between its neighbours. */
function stageLoudness(plan: SessionPlan, stage: (typeof STAGES)[number]): number {
  const match = plan.from.loudnessLufs;
  const target = Math.min(plan.to.loudnessLufs, match - 2, -24);
  return { match, guide: (match + target) / 2, target }[stage];
}

function stagesOf(plan: SessionPlan, totalSec: number, knowledge: KnowledgeGraph, reasons: Reason[]): StagePlan[] {
  let startSec = 0;
  const empty = STAGES.map((stage, i): StagePlan => {
    // Whole frames of 24 ms: a boundary is a place where a stream can be cut.
    const endSec = i === 2 ? totalSec : Math.round((startSec + totalSec * STAGE_SHARES[i]!) / 0.024) * 0.024;
    const made = { stage, startSec: round(startSec), endSec: round(endSec), profile: plan.from, because: [] };
    startSec = endSec;
    return made;
  });
  const shaped = { ...plan, stages: empty };
  return empty.map((stage) => ({
    ...stage,
    profile: profileAt(shaped, (stage.startSec + stage.endSec) / 2),
    because: becauseOf(stage.stage, plan, knowledge, reasons),
  }));
}

const round = (sec: number) => Math.round(sec * 1000) / 1000;

function becauseOf(
  stage: (typeof STAGES)[number],
  plan: SessionPlan,
  knowledge: KnowledgeGraph,
  reasons: Reason[],
): Reason[] {
  if (stage === 'match') {
    if (plan.approach === 'iso') return reasons;
    return [
      {
        text: 'You asked for calm from the first second. A trial of 2026 found no clear difference between this and matching first, for anxiety.',
        strength: 0.6,
        sources: sourcesOf(knowledge, ['iso-rct-2026']),
      },
    ];
  }
  if (stage === 'guide') {
    return [
      {
        text: 'The music moves in small steps from how you feel towards rest; the evidence for this is modest, and better for sadness than for anxiety.',
        strength: 0.5,
        sources: sourcesOf(knowledge, ['starcke-2021', 'starcke-2024', 'iso-rct-2026']),
      },
      {
        text: 'Tempo falls well over the whole session, little at a time: falls of 30 % and more lowered heart rate, 15 % did not.',
        strength: 0.5,
        sources: sourcesOf(knowledge, ['van-dyck-2017', 'bretherton-2019']),
      },
    ];
  }
  const { sources } = targetOf(knowledge, plan.intention);
  return [
    {
      text: 'What most people choose for rest is softer, slower and darker in colour than other music.',
      strength: sources.length > 0 ? 0.6 : 0.25,
      sources: sourcesOf(knowledge, sources),
    },
  ];
}
