/** Lengths and shapes of sessions: how many minutes, and how they are shared by match, guide and target. */
import { EmohealError } from '../errors.js';
import type { Intention, SessionForm, StagePlan } from '../vocabulary.js';
import { STAGES } from '../vocabulary.js';

export const DEFAULT_MINUTES = 20;
export const FEWEST_MINUTES = 2;
export const MOST_MINUTES = 180;
/** Stage boundaries fall on frames of the stream, so that it can be cut there. */
const FRAME_SEC = 0.024;

/** Minutes where only the form is given. An open session is two hours that "ten more minutes" makes longer. */
const USUAL_MINUTES: Record<SessionForm, number> = { short: 10, default: DEFAULT_MINUTES, sleep: 40, open: 120 };
const LONGEST_SHORT = 12;
const SHORTEST_SLEEP = 28;
/** An open session matches and leads as one of half an hour does, and then stays. */
const OPEN_MATCH_SEC = 300;
const OPEN_GUIDE_SEC = 900;

type Shares = readonly [match: number, guide: number, target: number];
const USUAL: Shares = [0.25, 0.5, 0.25];
/** Most of the night is the target's. */
const SLEEP: Shares = [0.2, 0.4, 0.4];
/** Grief is not hurried: it is met for longer. */
const UNHURRIED: Shares = [0.35, 0.45, 0.2];

export interface Shape {
  minutes: number;
  form: SessionForm;
  shares: Shares;
}

/** Throws `bad-input` where the minutes are out of range. */
export function shapeOf(
  wish: { minutes?: number | undefined; form?: SessionForm | undefined },
  intention: Intention,
  unhurried: boolean,
): Shape {
  const minutes = checked(wish.minutes ?? USUAL_MINUTES[wish.form ?? 'default']);
  const form = wish.form ?? formOf(minutes, intention);
  if (form === 'open') {
    const total = minutes * 60;
    const match = Math.min(OPEN_MATCH_SEC / total, USUAL[0]);
    const guide = Math.min(OPEN_GUIDE_SEC / total, USUAL[1]);
    return { minutes, form, shares: [match, guide, 1 - match - guide] };
  }
  return { minutes, form, shares: form === 'sleep' ? SLEEP : unhurried ? UNHURRIED : USUAL };
}

function formOf(minutes: number, intention: Intention): SessionForm {
  if (minutes <= LONGEST_SHORT) return 'short';
  return intention === 'fall-asleep' && minutes >= SHORTEST_SLEEP ? 'sleep' : 'default';
}

function checked(minutes: number): number {
  if (Number.isFinite(minutes) && minutes >= FEWEST_MINUTES && minutes <= MOST_MINUTES) return minutes;
  throw new EmohealError(
    'bad-input',
    `A session may last ${FEWEST_MINUTES} to ${MOST_MINUTES} minutes, not ${minutes}.`,
    { remedy: `Give a number of minutes from ${FEWEST_MINUTES} to ${MOST_MINUTES}.` },
  );
}

/** No track is shorter than this. */
export const SHORTEST_SLOT_SEC = 60;
const LONGEST_STEEP_SLOT_SEC = 90;
/** From so many minutes on a short session has few tracks: one or two to match, two or three on the way, one to rest. */
const FEW_TRACKS_FROM = 7;

/** How long a track should last where the way is steepest: a good sixth of a short session, a minute or more of others. */
export function steepSlotSec({ form, minutes }: Pick<Shape, 'form' | 'minutes'>): number {
  const totalSec = minutes * 60;
  if (form === 'short' && minutes >= FEW_TRACKS_FROM) return totalSec / 5.5;
  return Math.min(LONGEST_STEEP_SLOT_SEC, Math.max(SHORTEST_SLOT_SEC, totalSec / 15));
}

/** Where each stage begins and ends, seconds; contiguous, from 0 to the last second. */
export function stageTimes({ minutes, shares }: Shape): Pick<StagePlan, 'stage' | 'startSec' | 'endSec'>[] {
  const totalSec = minutes * 60;
  let startSec = 0;
  return STAGES.map((stage, i) => {
    const endSec = i === 2 ? totalSec : Math.round((startSec + totalSec * shares[i]!) / FRAME_SEC) * FRAME_SEC;
    const times = { stage, startSec: round(startSec), endSec: round(endSec) };
    startSec = endSec;
    return times;
  });
}

/** The end fades to nothing: slowly where the listener is to fall asleep, and never over much of a short session. */
export function endFadeSec(form: SessionForm | undefined, intention: Intention, durationSec: number): number {
  if (form === 'sleep' || intention === 'fall-asleep') return Math.min(300, durationSec * 0.1);
  return Math.min(60, durationSec * 0.05 + 5);
}

const round = (sec: number) => Math.round(sec * 1000) / 1000;
