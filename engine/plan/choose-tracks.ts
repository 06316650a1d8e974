/**
 * From a plan to a programme: which tracks sound when.
 *
 * Rules:
 * 1. Each slot asks the search for the profile at its middle, among what lies near the whole way. The best track wins, less
 *    for lying away from the plan in valence and arousal, for a leap from the one before, a little for following one of its
 *    own style, and for being livelier than the one before where the plan falls.
 * 2. Among tracks that are as good as equal the seed decides, so that not every sad evening sounds the same.
 * 3. Neighbours overlap by a cross-fade of 8 seconds. At a stage boundary the middle of the cross-fade is the boundary.
 * 4. A track is left early where staying would make the step to the next one too long (`stepEndSec`). No scrap: where the rest
 *    of a stage would be shorter than a minute, the track before is left a little earlier.
 * 5. A track is never used twice in a session while another is left.
 * 6. The end fades to nothing (`forms.ts`).
 * 7. Where one long piece is wished for, all that is still to choose is one piece made for the plan; and where `fill` allows it,
 *    a slot for which nothing near the plan is at hand is filled with a piece made for it (`made.ts`).
 * 8. Two tracks with singing do not follow one another while there is a choice, and of equals the one in a related key comes.
 * 9. Where only quiet sound is wished for there is no music at all (`quiet.ts`); without any such sound one calm piece is made.
 * 10. A style that the listener likes or skips counts a little, as a part of the score named "taste".
 */

import { affectDistance } from '../affect-distance.js';
import { EmohealError } from '../errors.js';
import { keyDistance } from '../key-distance.js';
import type { Taste } from '../listeners/taste.js';
import type { MusicSearch, ScoredTrack } from '../ports.js';
import type { Affect, Programme, ScheduledTrack, SessionPlan, Stage, StagePlan, Track } from '../vocabulary.js';
import { endFadeSec } from './forms.js';
import { madeFor, trackOf } from './made.js';
import { quietProgramme } from './quiet.js';
import { seededRandom } from './random.js';
import { LONGEST_STEP, stepEndSec } from './steps.js';
import { profileAt } from './way.js';

const CROSS_FADE_SEC = 8;
const SCRAP_SEC = 60;
const LEAST_HEARD_SEC = 2 * CROSS_FADE_SEC + 4;
/** Enough to find one among them that is near in valence and arousal too. */
const CANDIDATES = 60;
/**
 * What a track loses for each unit that it measures away from the plan in valence and arousal, and for each unit that the
 * step from the track before it is longer than a step should be; scores lie near .5 to .9. Tried from 0 to 1 with
 * `npm run eval:plan`: these halve the distance from the plan (.60 to .28) and shorten the largest step (.76 to .50).
 */
const AWAY = 0.5;
const LEAP = 0.6;
/** Surely enough singing; what a second singer in a row costs; what each step round the circle of fifths costs. */
const SUNG = 0.5;
const TWO_VOICES = 0.1;
const KEY_STEP = 0.004;
const UNKNOWN_KEY = 3;
/** A score this close to the best is as good as the best. */
const EQUAL = 0.02;

export interface ChooseWish {
  plan: SessionPlan;
  search: MusicSearch;
  /** Tracks that stay as they are, in order; choosing goes on after the last of them. */
  keep?: readonly ScheduledTrack[];
  /** Where the listener agreed to have it kept. */
  taste?: Taste | undefined;
  /** Pieces made for slots that the shelf cannot fill, also where it is empty. */
  fill?: boolean;
  /** Of quiet sound: another than the last one. */
  another?: boolean;
  /** Pieces that were made for this session before. */
  made?: readonly Track[] | undefined;
  signal?: AbortSignal;
}

export async function chooseTracks(wish: ChooseWish): Promise<Programme> {
  const { plan, search, keep = [] } = wish;
  const quiet = plan.style === 'quiet sound' ? await quietProgramme({ ...wish, keep }) : null;
  if (quiet) return quiet;
  const durationSec = plan.stages[2]!.endSec;
  const random = seededRandom(plan.seed + keep.length * 7919);
  // What stays may reach beyond an end that was moved nearer.
  const tracks: ScheduledTrack[] = keep.map((track) =>
    track.endSec > durationSec ? { ...track, endSec: durationSec, fadeOutSec: 0 } : track,
  );
  const last = tracks[tracks.length - 1];
  const made = (wish.made ?? []).filter(({ id }) => tracks.some(({ trackId }) => trackId === id));
  let before = last ? (made.find(({ id }) => id === last.trackId) ?? search.track(last.trackId)) : null;
  let startSec = last ? last.endSec - last.fadeOutSec : 0;
  const whole = plan.style === 'one long piece' || plan.style === 'quiet sound';
  const shelf = whole ? search : await alongTheWay(wish, startSec, durationSec);
  while (startSec < durationSec - CROSS_FADE_SEC) {
    const stage = stageAt(plan, startSec + CROSS_FADE_SEC / 2);
    const finalStage = whole || stage === plan.stages[2];
    const stageEndSec = finalStage ? durationSec : stage.endSec + CROSS_FADE_SEC / 2;
    const slotEndSec = Math.min(stageEndSec, stepEndSec(plan, startSec));
    const middleSec = Math.min(startSec + 75, (startSec + slotEndSec) / 2);
    const chosen =
      (whole ? null : await fromShelf({ ...wish, search: shelf }, middleSec, tracks, { before, random })) ??
      toMeasure(plan, startSec, whole ? durationSec : Math.min(durationSec, slotEndSec + CROSS_FADE_SEC));
    const { track } = chosen;
    if (track.origin.kind === 'morph' && made.every(({ id }) => id !== track.id)) made.push(track);
    const offsetSec = track.analysis.leadingSilenceSec;
    const usableSec = Math.max(20, track.durationSec - offsetSec - track.analysis.trailingSilenceSec);
    const lastSec = whole ? durationSec : Math.min(startSec + usableSec, stepEndSec(plan, startSec) + CROSS_FADE_SEC);
    let endSec = Math.min(stageEndSec, lastSec);
    // What is left of the stage is shared by the last two tracks, rather than left as a scrap for the very last.
    if (endSec < stageEndSec && stageEndSec - endSec + CROSS_FADE_SEC < SCRAP_SEC)
      endSec = Math.min(endSec, (startSec + stageEndSec + CROSS_FADE_SEC) / 2);
    // However short a stage was made, each track is heard beyond its two cross-fades: the way always goes on.
    endSec = Math.min(durationSec, Math.max(endSec, startSec + LEAST_HEARD_SEC));
    const isEnd = finalStage && endSec >= durationSec - 0.001;
    tracks.push({
      trackId: track.id,
      title: track.title,
      stage: stage.stage,
      startSec: round(startSec),
      endSec: round(isEnd ? durationSec : endSec),
      fadeInSec: startSec === 0 ? 2 : CROSS_FADE_SEC,
      fadeOutSec: isEnd ? 0 : CROSS_FADE_SEC,
      offsetSec: round(offsetSec),
      // One long piece carries the plan's loudness in itself.
      loudnessLufs: round(
        whole ? track.analysis.integratedLufs : profileAt(plan, (stage.startSec + stage.endSec) / 2).loudnessLufs,
      ),
      licence: track.licence,
      attribution: track.attribution,
      score: round(chosen.score),
      parts: Object.fromEntries(Object.entries(chosen.parts).map(([name, value]) => [name, round(value)])),
    });
    before = track;
    startSec = isEnd ? durationSec : endSec - CROSS_FADE_SEC;
  }
  // The last few seconds are not worth another track: the one that sounds holds out, under the fade.
  const final = tracks[tracks.length - 1];
  if (final && final.endSec < durationSec)
    tracks[tracks.length - 1] = { ...final, endSec: round(durationSec), fadeOutSec: 0 };
  return {
    durationSec: round(durationSec),
    stages: plan.stages.map(({ stage, startSec: from, endSec, profile }) => ({
      stage,
      startSec: from,
      endSec,
      loudnessLufs: round(profile.loudnessLufs),
    })),
    tracks,
    ...(made.length > 0 ? { made } : {}),
    endFadeSec: round(endFadeSec(plan.form, plan.intention, durationSec)),
  };
}

const round = (value: number) => Math.round(value * 1000) / 1000;

function stageAt(plan: SessionPlan, sec: number): StagePlan {
  // A boundary belongs to the stage that begins there, also where sums of seconds miss it by a hair.
  return plan.stages.find((stage) => sec < stage.endSec - 0.01) ?? plan.stages[2]!;
}

/** Rule 10. Bounded by the taste itself (`MOST_STYLE_SHIFT`). */
const withTaste = (found: ScoredTrack[], taste: Taste | undefined): ScoredTrack[] =>
  found.map((candidate) => {
    const liking = taste?.styles[candidate.track.style];
    if (!liking) return candidate;
    return { ...candidate, score: candidate.score + liking, parts: { ...candidate.parts, taste: liking } };
  });

/** Farther than this in valence and arousal, a track is only the nearest that there is. */
const NOT_CLOSE = 0.6;

/** The stages for which the catalogue holds nothing that is really close, going by what was chosen. */
export function stagesOnlyNearest(plan: SessionPlan, programme: Programme, search: MusicSearch): Stage[] {
  return plan.stages
    .filter(({ stage }) => {
      const away = programme.tracks
        .filter((track) => track.stage === stage)
        .map((scheduled) => {
          const track = trackOf(programme, search, scheduled.trackId);
          const { affect } = profileAt(plan, (scheduled.startSec + scheduled.endSec) / 2);
          return track ? affectDistance(track.analysis, affect) : 0;
        });
      return away.length > 0 && Math.min(...away) > NOT_CLOSE;
    })
    .map(({ stage }) => stage);
}

/** One search for all slots from a second on. The ends and the middle stand for all of the way: no part is far from all three. */
async function alongTheWay({ plan, search, signal }: ChooseWish, fromSec: number, toSec: number): Promise<MusicSearch> {
  if (!search.along || fromSec >= toSec - CROSS_FADE_SEC) return search;
  const seconds = [fromSec, (fromSec + toSec) / 2, toSec];
  return search.along(
    seconds.map((sec) => profileAt(plan, sec)),
    signal,
  );
}

/** The best of the shelf for a slot; null where `fill` allows a made piece instead and nothing near the plan is there. */
async function fromShelf(
  { plan, search, taste, fill, signal }: ChooseWish,
  sec: number,
  used: readonly ScheduledTrack[],
  { before, random }: { before: Track | null; random: () => number },
): Promise<ScoredTrack | null> {
  const found = await candidates(search, plan, sec, used, signal).catch((error: unknown) => {
    if (fill && error instanceof EmohealError && error.code === 'catalogue-empty') return [];
    throw error;
  });
  const music = fill ? found.filter(({ track }) => track.origin.kind !== 'nature') : found;
  if (music.length === 0) return null;
  const wanted = profileAt(plan, sec).affect;
  const best = pick(withTaste(music, taste), { before, plan, wanted, random });
  const away = affectDistance(best.track.analysis, wanted);
  return fill && away > NOT_CLOSE ? null : best;
}

const toMeasure = (plan: SessionPlan, fromSec: number, toSec: number): ScoredTrack => ({
  track: madeFor(plan, fromSec, toSec),
  score: 1,
  parts: { made: 1 },
});

async function candidates(
  search: MusicSearch,
  plan: SessionPlan,
  sec: number,
  used: readonly ScheduledTrack[],
  signal?: AbortSignal,
): Promise<ScoredTrack[]> {
  const query = { profile: profileAt(plan, sec), k: CANDIDATES };
  const usedIds = used.map((track) => track.trackId);
  // Music first; when every piece was heard, the longest unheard may come again; nature alone is the last resort.
  for (const excludeTrackIds of [usedIds, usedIds.slice(-3), usedIds.slice(-1), []]) {
    const found = await search.search({ ...query, excludeTrackIds, kinds: ['score', 'file'] }, signal);
    if (found.length > 0) return found;
  }
  const nature = await search.search({ ...query, kinds: ['nature'] }, signal);
  if (nature.length > 0) return nature;
  throw new EmohealError('catalogue-empty', 'There is no music to choose from: the catalogue is empty.', {
    remedy: 'Run "emoheal doctor", or import your own music with "emoheal library import DIR".',
  });
}

interface Ground {
  before: Track | null;
  plan: SessionPlan;
  /** Where the plan is at the middle of the slot. */
  wanted: Affect;
  random: () => number;
}

function pick(found: ScoredTrack[], { before, plan, wanted, random }: Ground): ScoredTrack {
  const falling = plan.to.affect.arousal < plan.from.affect.arousal;
  const values = new Float64Array(found.length);
  let best = -Infinity;
  for (let i = 0; i < found.length; i++) {
    const { score, track } = found[i]!;
    let value = score - AWAY * affectDistance(track.analysis, wanted);
    if (before) value -= costAfter(before, track, falling);
    values[i] = value;
    if (value > best) best = value;
  }
  const equals = [...values.keys()]
    .filter((i) => best - values[i]! <= EQUAL)
    .sort((a, b) => values[b]! - values[a]! || found[a]!.track.id.localeCompare(found[b]!.track.id));
  return found[equals[Math.floor(random() * equals.length)]!]!;
}

/** What speaks against one piece right after another. */
function costAfter(
  { analysis: before, style: styleBefore }: Track,
  { analysis, style }: Track,
  falling: boolean,
): number {
  let cost = KEY_STEP * (keyDistance(before, analysis) ?? UNKNOWN_KEY);
  if ((before.vocals ?? 0) >= SUNG && (analysis.vocals ?? 0) >= SUNG) cost += TWO_VOICES;
  cost += LEAP * Math.max(0, affectDistance(analysis, before) - LONGEST_STEP);
  if (style === styleBefore) cost += 0.04;
  if (falling) {
    cost += 0.15 * Math.max(0, analysis.arousal - before.arousal);
    cost += 0.05 * Math.max(0, analysis.onsetRatePerSec - before.onsetRatePerSec);
    cost += 0.1 * Math.max(0, Math.log2(Math.max(1, analysis.brightnessHz) / Math.max(1, before.brightnessHz)));
  }
  return cost;
}
