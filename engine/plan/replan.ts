/**
 * The listener changes their mind: the plan is bent from where they are, and everything already heard (and the seconds
 * that are on their way to the speaker) stays as it was.
 */
import { EmohealError } from '../errors.js';
import type { HouseRules } from '../listeners/house-rules.js';
import { permits, type Within } from '../listeners/obeyed.js';
import type { Taste } from '../listeners/taste.js';
import type { MusicSearch } from '../ports.js';
import type { Programme, ScheduledTrack, SessionPlan, StagePlan } from '../vocabulary.js';
import { chooseTracks } from './choose-tracks.js';
import { MOST_MINUTES } from './forms.js';
import { trackOf } from './made.js';
import { keepNight, musicEndSec, takeEndBack } from './night.js';
import { profileAt, shareAt, type Way, wayOf } from './way.js';
import { planWithin, programmeWithin, searchWithin } from './within.js';

export type ReplanAction = 'stay' | 'deeper' | 'straight-to-calm' | 'extend' | 'end-in' | 'restart' | 'skip';

export interface ReplanWish {
  plan: SessionPlan;
  programme: Programme;
  /** Where the listener is, seconds. */
  atSec: number;
  action: ReplanAction;
  /** For `extend` and `stay`: by how many minutes; for `end-in`: minutes from here to the end. */
  minutes?: number;
  search: MusicSearch;
  taste?: Taste | undefined;
  /** Pieces made for slots that the shelf cannot fill. */
  fill?: boolean;
  /** What the house settled for this listener, and what it narrows now, on top of what the plan began within. */
  rules?: HouseRules | null | undefined;
  within?: Within | undefined;
  signal?: AbortSignal;
}

/** Sound that a speaker has probably fetched already: what is changed begins after it. */
const LEAD_SEC = 12;
const LEAVE_SEC = 8;
const SHORTEST_HEARD_SEC = 45;
const SHORTEST_TARGET_SEC = 120;
const LEAST_LEFT_SEC = 30;

export async function replan(given: ReplanWish): Promise<{ plan: SessionPlan; programme: Programme }> {
  const { rules } = given;
  const search = searchWithin(given.search, rules);
  const changed = await changeCourse({ ...given, plan: planWithin(given.plan, given.within), search });
  const { greeting } = given.action === 'restart' ? {} : given.programme;
  const greeted = greeting ? { ...changed.programme, greeting } : changed.programme;
  return { plan: changed.plan, programme: programmeWithin(greeted, changed.plan, { rules, search }) };
}

async function changeCourse(wish: ReplanWish): Promise<{ plan: SessionPlan; programme: Programme }> {
  const { plan, programme, action, search, taste, fill, signal } = wish;
  if (action === 'restart') {
    const anew = await chooseTracks({ plan, search, taste, fill, signal });
    return { plan, programme: keepNight(programme, anew) };
  }
  const cutSec = Math.min(musicEndSec(programme), Math.ceil((wish.atSec + LEAD_SEC) / 0.024) * 0.024);
  const sounding = programme.tracks.filter((track) => track.startSec < cutSec).at(-1);
  if (action === 'skip') return { plan, programme: keepNight(programme, await skip(wish, cutSec)) };
  const bent = bend(plan, cutSec, action, wish.minutes, sounding);
  // The track that sounds at the cut plays on, unless its stage is being left.
  const leaving = action === 'deeper' || action === 'straight-to-calm' || isBanned(wish, sounding);
  const kept = programme.tracks.filter((track) => track.startSec < cutSec);
  const keep = kept.map((track, i): ScheduledTrack => {
    if (i < kept.length - 1) return track;
    if (leaving) {
      // A track that has only just come is not snatched away.
      const endSec = Math.min(track.endSec, Math.max(cutSec + LEAVE_SEC, track.startSec + SHORTEST_HEARD_SEC));
      return { ...track, endSec, fadeOutSec: Math.min(LEAVE_SEC, endSec - track.startSec) };
    }
    return playOn(track, programme, search, bent);
  });
  const made = programme.made;
  const longer = await chooseTracks({ plan: bent, search, keep, taste, fill, made, signal });
  // Asked for in the fade: what was heard of it stays, and the music comes back slowly.
  return { plan: bent, programme: keepNight(programme, takeEndBack(programme, longer, cutSec)) };
}

/** Banned while it sounds: it is left like a track of a stage that is left. */
function isBanned({ programme, search, rules }: ReplanWish, sounding: ScheduledTrack | undefined): boolean {
  const track = sounding && trackOf(programme, search, sounding.trackId);
  return Boolean(track && !permits(rules, track));
}

/** The sounding track is left within seconds and never comes back this night; the plan stays as it is. */
async function skip({ plan, programme, search, taste, fill, signal }: ReplanWish, cutSec: number): Promise<Programme> {
  const endSec = cutSec + LEAVE_SEC;
  // In the last half minute there is nothing left to choose: it fades out as it would have.
  if (musicEndSec(programme) - endSec < LEAST_LEFT_SEC) return programme;
  const kept = programme.tracks.filter((track) => track.startSec < cutSec);
  const keep = kept.map((track, i) =>
    i < kept.length - 1
      ? { ...track, endSec: Math.min(track.endSec, endSec) }
      : { ...track, endSec: Math.min(track.endSec, endSec), fadeOutSec: Math.min(LEAVE_SEC, endSec - track.startSec) },
  );
  return chooseTracks({ plan, search, keep, taste, fill, another: true, made: programme.made, signal });
}

/** A track that was to be cut at an old boundary goes on to its own end, or to the new boundary. */
function playOn(track: ScheduledTrack, programme: Programme, search: MusicSearch, plan: SessionPlan): ScheduledTrack {
  const whole = trackOf(programme, search, track.trackId);
  const stage = plan.stages.find((each) => each.stage === track.stage);
  if (!stage) return track;
  const leaving = { ...track, fadeOutSec: Math.min(LEAVE_SEC, track.endSec - track.startSec) };
  if (!whole) return leaving;
  const ownEnd = track.startSec + whole.durationSec - track.offsetSec - whole.analysis.trailingSilenceSec;
  return { ...track, endSec: Math.min(ownEnd, stage.endSec + LEAVE_SEC / 2), fadeOutSec: LEAVE_SEC };
}

function bend(
  plan: SessionPlan,
  cutSec: number,
  action: Exclude<ReplanAction, 'restart' | 'skip'>,
  minutes: number | undefined,
  sounding: ScheduledTrack | undefined,
): SessionPlan {
  const [match, guide, target] = plan.stages as [StagePlan, StagePlan, StagePlan];
  // A track of the next stage that is already fading in counts: its loudness must not be left upwards again.
  const at =
    plan.stages.find((stage) => cutSec < stage.endSec && stage.endSec > (sounding?.startSec ?? 0) + LEAVE_SEC) ??
    target;
  let ends: [number, number, number] = [match.endSec, guide.endSec, target.endSec];
  if (action === 'end-in') {
    ends = endIn(ends, cutSec, minutes);
  } else if (action === 'extend' || action === 'stay') {
    const more = (minutes ?? (action === 'extend' ? 10 : 4)) * 60;
    if (!(more > 0) || !Number.isFinite(more))
      throw new EmohealError('bad-input', `Extending needs a positive number of minutes, not ${minutes}.`);
    const from = action === 'extend' ? 2 : plan.stages.indexOf(at);
    ends = ends.map((end, i) => (i >= from ? end + more : end)) as typeof ends;
  } else if (action === 'deeper' && at === match) {
    ends = [cutSec, Math.max(ends[1], cutSec + 60), Math.max(ends[2], cutSec + 60 + SHORTEST_TARGET_SEC)];
  } else if (at !== target) {
    // Straight to calm, or deeper out of the guide: the target begins here and keeps all the time that is left.
    ends = [Math.min(ends[0], cutSec - 0.048), cutSec, Math.max(ends[2], cutSec + SHORTEST_TARGET_SEC)];
  }
  const totalMinutes = ends[2] / 60;
  if (totalMinutes > MOST_MINUTES)
    throw new EmohealError(
      'bad-input',
      `A session may last ${MOST_MINUTES} minutes at most; this would make it ${Math.round(totalMinutes)}.`,
    );
  let startSec = 0;
  const stages = plan.stages.map((stage, i): StagePlan => {
    const moved = { ...stage, startSec, endSec: Math.round(ends[i]! * 1000) / 1000 };
    startSec = moved.endSec;
    return moved;
  });
  const way = bentWay(plan, stages, cutSec, action);
  const bent: SessionPlan = { ...plan, minutes: totalMinutes, stages, way };
  return {
    ...bent,
    stages: stages.map((stage) => ({ ...stage, profile: profileAt(bent, (stage.startSec + stage.endSec) / 2) })),
  };
}

/** What is left of each stage, pressed or stretched so that the end comes when it was asked for. */
function endIn(
  ends: readonly [number, number, number],
  cutSec: number,
  minutes: number | undefined,
): [number, number, number] {
  if (minutes === undefined || !(minutes > 0) || !Number.isFinite(minutes))
    throw new EmohealError('bad-input', `Ending needs a positive number of minutes, not ${minutes}.`);
  const left = Math.max(1, ends[2] - cutSec);
  const wanted = Math.max(SHORTEST_HEARD_SEC, minutes * 60 - LEAD_SEC);
  return ends.map((end) => (end > cutSec ? cutSec + ((end - cutSec) * wanted) / left : end)) as [
    number,
    number,
    number,
  ];
}

/** Seconds in which "deeper" and "straight to calm" walk what is left: quick, still a walk and not a jump. */
const DEEPER_SEC = 300;
const STRAIGHT_SEC = 150;

/** Points that hold what was heard: within a hundredth of a share of it. */
const HEARD_POINTS = 24;

/** The path bent from where the listener is: what was heard keeps its points, and nothing jumps at the cut. */
function bentWay(
  plan: SessionPlan,
  stages: readonly StagePlan[],
  cutSec: number,
  action: Exclude<ReplanAction, 'restart' | 'skip'>,
): Way {
  const old = wayOf(plan);
  const here = shareAt(plan, cutSec);
  const totalSec = stages[2]!.endSec;
  // What was heard is kept as samples of the curve, so that the new bend does not reach back into it.
  const heard = Array.from({ length: HEARD_POINTS }, (_, i) => (cutSec * i) / HEARD_POINTS);
  const way: Way = [...heard.map((sec) => ({ sec, share: shareAt(plan, sec) })), { sec: cutSec, share: here }];
  if (action === 'deeper' || action === 'straight-to-calm') {
    const arriveSec = Math.min(totalSec, cutSec + (action === 'deeper' ? DEEPER_SEC : STRAIGHT_SEC));
    if (arriveSec > cutSec) way.push({ sec: arriveSec, share: 1 });
  } else {
    const more = totalSec - plan.stages[2]!.endSec;
    if (action === 'stay') way.push({ sec: cutSec + more, share: here });
    // "Extend" lengthens the rest of the way; "stay" moves it later.
    const stretched = (sec: number) =>
      action === 'stay' ? sec + more : sec + (more * (sec - cutSec)) / Math.max(1, plan.stages[2]!.endSec - cutSec);
    way.push(...old.filter((point) => point.sec > cutSec).map(({ sec, share }) => ({ sec: stretched(sec), share })));
  }
  const end = way[way.length - 1]!;
  if (end.sec < totalSec) way.push({ sec: totalSec, share: Math.max(end.share, here) });
  return way;
}
