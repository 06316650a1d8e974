/**
 * What a listener may ask for after the music: quiet nature until a time of the clock, a gentle wake up to it, or both.
 */
import { z } from 'zod';
import { nothingToRead } from '../emotion/reading.js';
import { EmohealError } from '../errors.js';
import type { KnowledgeGraph } from '../knowledge/graph.js';
import type { MusicSearch } from '../ports.js';
import { nextTimeOfDay, ownZone } from '../routines/schedule.js';
import type { Programme, Track } from '../vocabulary.js';
import { MOST_NIGHT_SEC, WAKE_MINUTES, withNight } from './night.js';
import { planSession } from './planner.js';

export const NightAsk = z
  .object({
    /** When the night ends, by the clock: "06:30". */
    until: z.string().regex(/^([01]?\d|2[0-3]):[0-5]\d$/, 'must be a time such as 06:30'),
    /** IANA name, e.g. "Europe/Berlin"; the server's own where none is told. */
    timeZone: z.string().max(64).optional(),
    /** Id of a nature sound that lies over the rest of the night, or true for the usual one. */
    nature: z.union([z.literal(true), z.string().max(100)]).optional(),
    /** Rises over so many minutes up to the end of the night. */
    wake: z.object({ minutes: z.number().min(WAKE_MINUTES.shortest).max(WAKE_MINUTES.longest).default(10) }).optional(),
  })
  .strict()
  .refine((ask) => ask.nature !== undefined || ask.wake !== undefined, 'needs "nature", "wake" or both');
export type NightAsk = z.infer<typeof NightAsk>;

const USUAL_NATURE = 'rain-on-leaves';

export interface NightDeps {
  search: MusicSearch;
  knowledge: () => KnowledgeGraph;
  nowHour: (zone?: string) => number;
}

/**
 * `beginsMs` is the moment at which the programme begins. Throws `bad-input` for an unknown sound or zone, or a time that comes before the music has ended.
 */
export async function followedBy(
  programme: Programme,
  ask: NightAsk,
  beginsMs: number,
  deps: NightDeps,
): Promise<Programme> {
  const dawnSec = secondsUntilDawn(ask, beginsMs);
  const nature =
    ask.nature === undefined ? null : natureOf(ask.nature === true ? USUAL_NATURE : ask.nature, deps.search);
  const wake = ask.wake ? { track: await wakingTrack(deps), minutes: ask.wake.minutes } : null;
  return withNight(programme, { dawnSec, ...(nature ? { nature } : {}), ...(wake ? { wake } : {}) });
}

/** Whether the night can follow: its end lies after the music and the whole of the wake, and within half a day. */
export function leavesTime(programme: Programme, ask: NightAsk, beginsMs: number): boolean {
  const dawnSec = secondsUntilDawn(ask, beginsMs);
  return dawnSec <= MOST_NIGHT_SEC && dawnSec - (ask.wake?.minutes ?? 0) * 60 >= programme.durationSec;
}

const secondsUntilDawn = ({ until, timeZone }: NightAsk, fromMs: number): number =>
  Math.floor((nextTimeOfDay(until, timeZone ?? ownZone(), fromMs) - fromMs) / 1000);

function natureOf(id: string, search: MusicSearch): Track {
  const track = search.track(id);
  if (track?.origin.kind === 'nature') return track;
  throw new EmohealError('bad-input', `There is no nature sound "${id}".`, {
    remedy: 'Choose one of `emoheal library list`, e.g. rain-on-leaves.',
  });
}

/** What the plan for waking gently leads to. */
async function wakingTrack({ search, knowledge, nowHour }: NightDeps): Promise<Track> {
  const plan = planSession(knowledge(), {
    reading: nothingToRead(),
    intention: 'wake-gently',
    approach: 'iso',
    seed: 1,
    nowHour: nowHour(),
  });
  const [best] = await search.search({ profile: plan.to, k: 1, kinds: ['score', 'file', 'nature'] });
  if (best) return best.track;
  throw new EmohealError('catalogue-empty', 'There is nothing to wake with: the catalogue is empty.', {
    remedy: 'Import music with "emoheal library import DIR".',
  });
}
