/**
 * Quiet sound alone: one sound of nature from the first second to the last, level and soft, that matches no feeling and
 * leads nowhere. For whoever wants somebody to stay, above all after a word of danger.
 */
import type { MusicSearch } from '../ports.js';
import type { Programme, ScheduledTrack, SessionPlan, Track } from '../vocabulary.js';
import { endFadeSec } from './forms.js';
import { profileAt } from './way.js';

export const QUIET_MINUTES = 60;
/** Soft enough to speak and to think over. */
export const QUIET_LUFS = -30;
const ROUND_JOIN_SEC = 10;
const SHORTEST_ROUND_SEC = 60;
/** Steady ones first: nothing in them calls or cracks. */
const STEADY = ['rain-on-leaves', 'distant-surf'];

export interface QuietWish {
  plan: SessionPlan;
  search: MusicSearch;
  /** What stays as it was heard. */
  keep: readonly ScheduledTrack[];
  /** Another sound than the last one: it was skipped. */
  another?: boolean | undefined;
}

/** Null where no sound of nature is to be had. */
export async function quietProgramme({ plan, search, keep, another }: QuietWish): Promise<Programme | null> {
  const durationSec = plan.stages[2]!.endSec;
  const track = await steady(search, keep.at(-1), another);
  if (!track) return null;
  const { leadingSilenceSec, trailingSilenceSec } = track.analysis;
  const usable = Math.max(SHORTEST_ROUND_SEC, track.durationSec - leadingSilenceSec - trailingSilenceSec);
  const tracks: ScheduledTrack[] = keep.map((kept) => ({ ...kept, endSec: Math.min(kept.endSec, durationSec) }));
  const last = tracks.at(-1);
  let startSec = last ? last.endSec - last.fadeOutSec : 0;
  while (startSec < durationSec - 0.001) {
    const endSec = Math.min(durationSec, startSec + usable);
    const stage = plan.stages.find((each) => startSec < each.endSec - 0.01) ?? plan.stages[2]!;
    tracks.push({
      trackId: track.id,
      title: track.title,
      stage: stage.stage,
      startSec,
      endSec,
      fadeInSec: startSec === 0 ? 4 : ROUND_JOIN_SEC,
      fadeOutSec: endSec === durationSec ? 0 : ROUND_JOIN_SEC,
      offsetSec: leadingSilenceSec,
      loudnessLufs: profileAt(plan, (startSec + endSec) / 2).loudnessLufs,
      licence: track.licence,
      attribution: track.attribution,
      score: 1,
      parts: {},
    });
    if (endSec === durationSec) break;
    startSec = endSec - ROUND_JOIN_SEC;
  }
  return {
    durationSec,
    stages: plan.stages.map(({ stage, startSec: from, endSec, profile }) => ({
      stage,
      startSec: from,
      endSec,
      loudnessLufs: profile.loudnessLufs,
    })),
    tracks,
    endFadeSec: endFadeSec(plan.form, plan.intention, durationSec),
  };
}

/** The sound that sounds already, else a steady one, else any; only such as the search may find. */
async function steady(
  search: MusicSearch,
  last: ScheduledTrack | undefined,
  another: boolean | undefined,
): Promise<Track | null> {
  const excludeTrackIds = another && last ? [last.trackId] : [];
  const found = (await search.search({ text: 'rain', k: 40, kinds: ['nature'], excludeTrackIds })).map(
    ({ track }) => track,
  );
  const wanted = another ? STEADY : [...(last ? [last.trackId] : []), ...STEADY];
  return wanted.map((id) => found.find((track) => track.id === id)).find(Boolean) ?? found[0] ?? null;
}
