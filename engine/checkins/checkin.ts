/**
 * How somebody feels before and after a session, and how they slept: numbers only. Two words are read as a feeling by the
 * emotion classifier and are forgotten; what is kept is the mood they tell, from −1 (very bad) to 1 (very good).
 */
import { z } from 'zod';
import { EmohealError } from '../errors.js';
import { Taste } from '../listeners/taste.js';
import type { Records } from '../records.js';

export const Moment = z.enum(['before', 'after', 'morning']);
export type Moment = z.infer<typeof Moment>;
const Points = z.number().int().min(1).max(5);

export const CheckIn = z.object({
  id: z.string().max(64),
  atMs: z.number(),
  moment: Moment,
  sessionId: z.string().max(64).optional(),
  mood: z.number().min(-1).max(1).optional(),
  /** Where the answer was tapped and not said. */
  points: Points.optional(),
  sleepQuality: Points.optional(),
  /** How well the listener felt understood ("it heard how I feel"), asked in a study. */
  understood: Points.optional(),
  /** Of somebody in a study, about a session to which the study gave no way: it counts for nothing there. */
  outsideStudy: z.literal(true).optional(),
});
export type CheckIn = z.infer<typeof CheckIn>;

/** There is one only for who agreed to be asked. */
export const CheckInBook = z.object({ agreedAtMs: z.number(), checkIns: z.array(CheckIn), helped: Taste });
export type CheckInBook = z.infer<typeof CheckInBook>;
export type CheckInRecords = Records<CheckInBook>;

/** Ten years of three a day. */
export const MOST_KEPT = 11_000;

export interface CheckInWish {
  moment: Moment;
  sessionId?: string | undefined;
  /** What was said; read and forgotten. */
  words?: string | undefined;
  /** Of the words. */
  locale?: string | undefined;
  points?: number | undefined;
  sleepQuality?: number | undefined;
  understood?: number | undefined;
}

/** 1 → −1, 3 → 0, 5 → 1. */
export const moodOfPoints = (points: number): number => (points - 3) / 2;

/** Throws `bad-input` where nothing was answered, or sleep is asked of at another time than the morning. */
export async function makeCheckIn(
  wish: CheckInWish,
  deps: { id: string; nowMs: number; valenceOf: (words: string, locale?: string) => Promise<number | null> },
): Promise<CheckIn> {
  const { words, locale, points, sleepQuality, understood, moment, sessionId } = wish;
  const said = words !== undefined && words.trim() !== '' ? await deps.valenceOf(words, locale) : null;
  const mood = points !== undefined ? moodOfPoints(points) : said;
  if (sleepQuality !== undefined && moment !== 'morning')
    throw new EmohealError('bad-input', 'Sleep is asked of in the morning.', { remedy: 'Send moment "morning".' });
  if (mood === null && sleepQuality === undefined && understood === undefined)
    throw new EmohealError('bad-input', words ? 'No feeling was found in these words.' : 'Nothing was answered.', {
      remedy: 'Send "points" from 1 (very bad) to 5 (very good).',
    });
  return CheckIn.parse({
    id: deps.id,
    atMs: deps.nowMs,
    moment,
    ...(sessionId ? { sessionId } : {}),
    ...(mood === null ? {} : { mood }),
    ...(points === undefined ? {} : { points }),
    ...(sleepQuality === undefined ? {} : { sleepQuality }),
    ...(understood === undefined ? {} : { understood }),
  });
}

/** The newest answer before a session that has none after it yet; null where the newest has both. */
export function awaitingAfter(checkIns: readonly CheckIn[]): CheckIn | null {
  const before = checkIns.findLast(({ moment, sessionId }) => moment === 'before' && sessionId !== undefined);
  const isAnswered = checkIns.some(({ moment, sessionId }) => moment === 'after' && sessionId === before?.sessionId);
  return before && !isAnswered ? before : null;
}

export interface SessionChange {
  sessionId: string;
  atMs: number;
  before: number;
  after: number;
  /** −2..2 */
  change: number;
  understood?: number;
  outsideStudy?: true;
}

/** Sessions with an answer before and after, oldest first; the last answer of each counts. */
export function changesOf(checkIns: readonly CheckIn[]): SessionChange[] {
  const bySession = new Map<string, { before?: CheckIn; after?: CheckIn; understood?: number; outsideStudy?: true }>();
  for (const checkIn of checkIns) {
    if (!checkIn.sessionId || checkIn.moment === 'morning') continue;
    const known = bySession.get(checkIn.sessionId) ?? {};
    if (checkIn.mood !== undefined) known[checkIn.moment] = checkIn;
    if (checkIn.understood !== undefined) known.understood = checkIn.understood;
    if (checkIn.outsideStudy) known.outsideStudy = true;
    bySession.set(checkIn.sessionId, known);
  }
  return [...bySession]
    .flatMap(([sessionId, { before, after, understood, outsideStudy }]) =>
      before && after
        ? [
            {
              sessionId,
              atMs: after.atMs,
              before: before.mood!,
              after: after.mood!,
              change: after.mood! - before.mood!,
              ...(understood === undefined ? {} : { understood }),
              ...(outsideStudy ? { outsideStudy } : {}),
            },
          ]
        : [],
    )
    .sort((a, b) => a.atMs - b.atMs);
}
