/**
 * What a listener may ask for after the music: quiet nature until a time of the clock, a gentle wake up to it, or both.
 */
import { z } from 'zod';
import { nothingToRead } from '../emotion/reading.js';
import { EmohealError } from '../errors.js';
import type { KnowledgeGraph } from '../knowledge/graph.js';
import type { HouseRules } from '../listeners/house-rules.js';
import { permits, type Within } from '../listeners/obeyed.js';
import type { MusicSearch } from '../ports.js';
import { nextTimeOfDay, ownZone } from '../routines/schedule.js';
import type { Programme, Track } from '../vocabulary.js';
import { madeFor } from './made.js';
import { MOST_NIGHT_SEC, WAKE_MINUTES, withNight } from './night.js';
import { planSession } from './planner.js';
import { planWithin, searchWithin } from './within.js';

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
  /** What the house settled for this listener, and what it narrows at that hour. */
  rules?: HouseRules | null | undefined;
  within?: Within | undefined;
}

/**
 * `beginsMs` is the moment at which the programme begins. Throws `bad-input` for an unknown sound or zone, a sound that
 * the house rules ban, or a time that comes before the music has ended. Where every sound of nature is banned there is
 * none, and where everything that could wake is banned a piece is composed.
 */
export async function followedBy(
  programme: Programme,
  ask: NightAsk,
  beginsMs: number,
  deps: NightDeps,
): Promise<Programme> {
  const dawnSec = secondsUntilDawn(ask, beginsMs);
  const nature =
    ask.nature === undefined ? null : ask.nature === true ? await usualNature(deps) : natureOf(ask.nature, deps);
  const wake = ask.wake ? { track: await wakingTrack(deps), minutes: ask.wake.minutes } : null;
  const night = withNight(programme, { dawnSec, ...(nature ? { nature } : {}), ...(wake ? { wake } : {}) });
  return wake?.track.origin.kind === 'morph' ? { ...night, made: [...(night.made ?? []), wake.track] } : night;
}

/** Whether the night can follow: its end lies after the music and the whole of the wake, and within half a day. */
export function leavesTime(programme: Programme, ask: NightAsk, beginsMs: number): boolean {
  const dawnSec = secondsUntilDawn(ask, beginsMs);
  return dawnSec <= MOST_NIGHT_SEC && dawnSec - (ask.wake?.minutes ?? 0) * 60 >= programme.durationSec;
}

const secondsUntilDawn = ({ until, timeZone }: NightAsk, fromMs: number): number =>
  Math.floor((nextTimeOfDay(until, timeZone ?? ownZone(), fromMs) - fromMs) / 1000);

/** The usual sound, or the first other one that the house rules permit; null where they permit none. */
async function usualNature({ search, rules }: NightDeps): Promise<Track | null> {
  const usual = search.track(USUAL_NATURE);
  if (usual && permits(rules, usual)) return usual;
  const [other] = await searchWithin(search, rules).search({ text: 'rain', k: 1, kinds: ['nature'] });
  return other?.track ?? null;
}

function natureOf(id: string, { search, rules }: NightDeps): Track {
  const track = search.track(id);
  if (track?.origin.kind === 'nature') {
    if (permits(rules, track)) return track;
    throw new EmohealError('bad-input', `The rules of this house leave out the sound "${id}".`, {
      remedy: 'Choose another, or true for the usual one.',
    });
  }
  throw new EmohealError('bad-input', `There is no nature sound "${id}".`, {
    remedy: 'Choose one of `emoheal library list`, e.g. rain-on-leaves.',
  });
}

/** A wake of twenty minutes and the five after it. */
const WAKE_PIECE_SEC = 25 * 60;

/** What the plan for waking gently leads to. */
async function wakingTrack({ search, knowledge, nowHour, rules, within }: NightDeps): Promise<Track> {
  const plan = planSession(knowledge(), {
    reading: nothingToRead(),
    intention: 'wake-gently',
    approach: 'iso',
    seed: 1,
    nowHour: nowHour(),
  });
  const [best] = await searchWithin(search, rules).search({
    profile: plan.to,
    k: 1,
    kinds: ['score', 'file', 'nature'],
  });
  if (best) return best.track;
  if (rules) return madeFor(planWithin(plan, within), 0, WAKE_PIECE_SEC);
  throw new EmohealError('catalogue-empty', 'There is nothing to wake with: the catalogue is empty.', {
    remedy: 'Import music with "emoheal library import DIR".',
  });
}
