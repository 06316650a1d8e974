/**
 * From a plan to a programme: which tracks sound when.
 *
 * Rules:
 * 1. Each slot asks the search for the profile at its middle. The best track wins, less for lying away from the plan in
 *    valence and arousal, for a leap from the one before, a little for following one of its own style, and for being
 *    livelier than the one before where the plan falls.
 * 2. Among tracks that are as good as equal the seed decides, so that not every sad evening sounds the same.
 * 3. Neighbours overlap by a cross-fade of 8 seconds. At a stage boundary the middle of the cross-fade is the boundary.
 * 4. A track is left early where staying would make the step to the next one too long (`stepEndSec`). No scrap: where the rest of a stage would be shorter than a minute, the track before is left a little earlier.
 * 5. A track is never used twice in a session while another is left.
 * 6. The end fades to nothing (`forms.ts`).
 * 7. A style that the listener likes or skips counts a little, as a part of the score named "taste".
 */
import { EmohealError } from '../errors.js';
import type { Taste } from '../listeners/taste.js';
import type { MusicSearch, ScoredTrack } from '../ports.js';
import type { Affect, Programme, ScheduledTrack, SessionPlan, Stage, StagePlan, Track } from '../vocabulary.js';
import { endFadeSec } from './forms.js';
import { seededRandom } from './random.js';
import { LONGEST_STEP, stepEndSec } from './steps.js';
import { profileAt } from './way.js';

const CROSS_FADE_SEC = 8;
const SCRAP_SEC = 60;
const LEAST_HEARD_SEC = 2 * CROSS_FADE_SEC + 4;
const CANDIDATES = 40;
/**
 * What a track loses for each unit that it measures away from the plan in valence and arousal, and for each unit that the
 * step from the track before it is longer than a step should be; scores lie near .5 to .9. Tried from 0 to 1 with
 * `npm run eval:plan`: these halve the distance from the plan (.60 to .28) and shorten the largest step (.76 to .50).
 */
const AWAY = 0.5;
const LEAP = 0.6;
/** A score this close to the best is as good as the best. */
const EQUAL = 0.02;

export interface ChooseWish {
  plan: SessionPlan;
  search: MusicSearch;
  /** Tracks that stay as they are, in order; choosing goes on after the last of them. */
  keep?: readonly ScheduledTrack[];
  /** Where the listener agreed to have it kept. */
  taste?: Taste | undefined;
  signal?: AbortSignal;
}

export async function chooseTracks({ plan, search, keep = [], taste, signal }: ChooseWish): Promise<Programme> {
  const durationSec = plan.stages[2]!.endSec;
  const random = seededRandom(plan.seed + keep.length * 7919);
  // What stays may reach beyond an end that was moved nearer.
  const tracks: ScheduledTrack[] = keep.map((track) =>
    track.endSec > durationSec ? { ...track, endSec: durationSec, fadeOutSec: 0 } : track,
  );
  const last = tracks[tracks.length - 1];
  let before = last ? search.track(last.trackId) : null;
  let startSec = last ? last.endSec - last.fadeOutSec : 0;
  while (startSec < durationSec - CROSS_FADE_SEC) {
    const stage = stageAt(plan, startSec + CROSS_FADE_SEC / 2);
    const finalStage = stage === plan.stages[2];
    const stageEndSec = finalStage ? durationSec : stage.endSec + CROSS_FADE_SEC / 2;
    const middleSec = Math.min(startSec + 75, (startSec + Math.min(stageEndSec, stepEndSec(plan, startSec))) / 2);
    const found = await candidates(search, plan, middleSec, tracks, signal);
    const chosen = pick(withTaste(found, taste), { before, plan, wanted: profileAt(plan, middleSec).affect, random });
    const { track } = chosen;
    const offsetSec = track.analysis.leadingSilenceSec;
    const usableSec = Math.max(20, track.durationSec - offsetSec - track.analysis.trailingSilenceSec);
    const lastSec = Math.min(startSec + usableSec, stepEndSec(plan, startSec) + CROSS_FADE_SEC);
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
      loudnessLufs: round(profileAt(plan, (stage.startSec + stage.endSec) / 2).loudnessLufs),
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
    endFadeSec: round(endFadeSec(plan.form, plan.intention, durationSec)),
  };
}

const round = (value: number) => Math.round(value * 1000) / 1000;

function stageAt(plan: SessionPlan, sec: number): StagePlan {
  // A boundary belongs to the stage that begins there, also where sums of seconds miss it by a hair.
  return plan.stages.find((stage) => sec < stage.endSec - 0.01) ?? plan.stages[2]!;
}

/** Rule 7. Bounded by the taste itself (`MOST_STYLE_SHIFT`). */
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
          const track = search.track(scheduled.trackId);
          const { affect } = profileAt(plan, (scheduled.startSec + scheduled.endSec) / 2);
          return track
            ? Math.hypot(track.analysis.valence - affect.valence, track.analysis.arousal - affect.arousal)
            : 0;
        });
      return away.length > 0 && Math.min(...away) > NOT_CLOSE;
    })
    .map(({ stage }) => stage);
}

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
  const judged = found.map((candidate) => {
    const { analysis, style } = candidate.track;
    const away = Math.hypot(analysis.valence - wanted.valence, analysis.arousal - wanted.arousal);
    let value = candidate.score - AWAY * away;
    if (before) {
      const step = Math.hypot(analysis.valence - before.analysis.valence, analysis.arousal - before.analysis.arousal);
      value -= LEAP * Math.max(0, step - LONGEST_STEP);
      if (style === before.style) value -= 0.04;
      if (falling) {
        value -= 0.15 * Math.max(0, analysis.arousal - before.analysis.arousal);
        value -= 0.05 * Math.max(0, analysis.onsetRatePerSec - before.analysis.onsetRatePerSec);
        value -=
          0.1 * Math.max(0, Math.log2(Math.max(1, analysis.brightnessHz) / Math.max(1, before.analysis.brightnessHz)));
      }
    }
    return { candidate, value };
  });
  judged.sort((a, b) => b.value - a.value || a.candidate.track.id.localeCompare(b.candidate.track.id));
  const best = judged[0]!;
  const equals = judged.filter((each) => best.value - each.value <= EQUAL);
  return equals[Math.floor(random() * equals.length)]!.candidate;
}
