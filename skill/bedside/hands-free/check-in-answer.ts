/**
 * What somebody says while the page asks how they are: a check-in by voice, for who agreed to be asked.
 *
 * Order, first that fits:
 *  1. words of danger are no answer: the conversation has them, and helps;
 *  2. a number from one to five ("four", "eine zwei"), overheard as well: nobody else in the room asked for one;
 *  3. listened to, "no" or "not now": the question goes, and nothing is kept;
 *  4. listened to, and in a few words that bend no music: the feeling in them, of which only the mood is kept.
 * Everything else is understood as if nothing had been asked.
 */
import { z } from 'zod';
import type { PromptKey } from '../../../audio-prompts/prompts.js';
import { pageWords } from '../../../audio-prompts/screen/words.js';
import type { CheckInWish } from '../../../engine/checkins/checkin.js';
import type { CheckIns } from '../../../engine/checkins/checkins.js';
import type { CrisisGate } from '../../../engine/crisis/gate.js';
import { EmohealError } from '../../../engine/errors.js';
import { BEDSIDE } from '../../../engine/listeners/bedside.js';
import { calledWith } from '../../../voice-intents/called.js';
import { volumeWish } from '../../../voice-intents/volume-words.js';
import { asksWhy, bendsTheMusic, matchedIn } from '../../house/conversation.js';

/** How it is before and after the music, how the night was, and how well the music met the feeling. */
export const Question = z.enum(['before', 'after', 'morning', 'understood']);
export type Question = z.infer<typeof Question>;

/** What the page asks at this moment. */
export const Asks = z.strictObject({ question: Question, session: z.string().max(64).optional() });
export type Asks = z.infer<typeof Asks>;

export interface CheckInAnswerDeps {
  gate: CrisisGate;
  checkIns: () => Promise<Pick<CheckIns, 'add'>>;
}

/** Longer than this is no answer to "two words, or a number". */
const MOST_WORDS = 5;

/** Null where it is no answer to the question. */
export async function answerCheckIn(
  { question, session }: Asks,
  { text, locale, mode }: { text: string; locale: string; mode: 'awake' | 'overheard' },
  { gate, checkIns }: CheckInAnswerDeps,
): Promise<'kept' | 'left' | null> {
  if ((await gate([text]))[0]?.level !== 'none') return null;
  const rest = calledWith(locale, text);
  const said = rest ?? text;
  const isForUs = mode === 'awake' || rest !== null;
  const keep = async (answer: Omit<CheckInWish, 'moment'>) => {
    const moment = question === 'understood' ? 'after' : question;
    await (await checkIns()).add(BEDSIDE, { moment, ...(session ? { sessionId: session } : {}), ...answer });
    return 'kept' as const;
  };
  const matched = matchedIn(locale, said);
  const number = matched?.intent === 'RatingIntent' ? Number(matched.slots.rating?.value) : Number.NaN;
  if (Number.isInteger(number) && number >= 1 && number <= 5) return keep(pointsFor(question, number));
  if (!isForUs) return null;
  if (matched?.intent === 'AMAZON.NoIntent' || bare(said) === bare(pageWords(locale).later)) return 'left';
  const asksFeeling = question === 'before' || question === 'after';
  const isForTheMusic = bendsTheMusic(said, locale) || asksWhy(said, locale) || volumeWish(locale, said) !== null;
  if (!asksFeeling || isForTheMusic || said.trim().split(/\s+/).length > MOST_WORDS) return null;
  return keep({ words: said, locale }).catch((error) => {
    // No feeling in them: perhaps it was meant otherwise.
    if (error instanceof EmohealError && error.code === 'bad-input') return null;
    throw error;
  });
}

/** The question as it is said: with what the numbers mean, for who sees no screen. */
export function questionWords(
  question: Question,
  locale: string,
  say: (key: PromptKey, locale: string) => string,
): string {
  if (question === 'before') return say('checkInBefore', locale);
  if (question === 'after') return say('checkInAfter', locale);
  const words = pageWords(locale);
  return question === 'morning'
    ? `${words.askMorning} ${words.pointsMorning}`
    : `${words.askUnderstood} ${words.pointsUnderstood}`;
}

function pointsFor(question: Question, points: number): Omit<CheckInWish, 'moment'> {
  if (question === 'morning') return { sleepQuality: points };
  return question === 'understood' ? { understood: points } : { points };
}

const bare = (text: string) =>
  text
    .toLowerCase()
    .replace(/[\s.,!?。、！？।]+/gu, ' ')
    .trim();
