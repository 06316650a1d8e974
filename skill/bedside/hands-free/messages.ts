/**
 * What the page and the server tell each other while somebody speaks. Sound goes as binary messages: 16-bit PCM, mono, 16 kHz.
 */
import { z } from 'zod';
import { Asks, Question } from './check-in-answer.js';

export const RATE_HZ = 16_000;

const Locale = z
  .string()
  .max(35)
  .regex(/^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$/);

export const FromPage = z.discriminatedUnion('type', [
  /** Somebody begins to speak. `overheard`: nobody called the speaker yet; only its name or a command for the music counts. */
  z.strictObject({
    type: z.literal('begin'),
    mode: z.enum(['awake', 'overheard']),
    locale: Locale,
    minutes: z.number().min(2).max(180).optional(),
    /** The session that this page plays. */
    session: z.string().max(100).optional(),
    /** How somebody is, asked by the page while they speak. */
    asks: Asks.optional(),
  }),
  /** The page asks how somebody is, and would like to say so. */
  z.strictObject({ type: z.literal('ask'), question: Question, locale: Locale }),
  /**
   * A short silence: perhaps the sentence is over. `name`: the very first of it, after a sound as long as the speaker's name,
   * overheard while nothing plays; only the name is looked for, once in a sentence.
   */
  z.strictObject({ type: z.literal('pause'), name: z.literal(true).optional() }),
  /** The sentence is over. */
  z.strictObject({ type: z.literal('end') }),
  /** It was nothing. */
  z.strictObject({ type: z.literal('drop') }),
]);
export type FromPage = z.infer<typeof FromPage>;

export interface TimingsOfHearing {
  /** From the end of the sentence until its words were there; what was transcribed before that is not in it. */
  transcribe: number;
  /** From the words to the answer. */
  understand: number;
  /** How much of the transcription was done before the sentence was over. */
  ahead: number;
  /** How long before the end of the sentence its answer was thought out; 0 where it was not. */
  foreseen: number;
}

export type ToPage =
  /**
   * What was said so far is whole: nothing more needs to be waited for. `called`: it is the name alone, and it listens from
   * now on.
   */
  | { type: 'enough'; called?: true }
  /** Nothing for this speaker; nothing of it is kept. */
  | { type: 'nothing'; why: 'silence' | 'not-for-us'; timingsMs: TimingsOfHearing }
  /** The name alone: it listens now. */
  | { type: 'called'; timingsMs: TimingsOfHearing }
  | {
      type: 'answer';
      handled: boolean;
      heard: string;
      say: string;
      /** Where the sentence can be heard; absent where no voice speaks it. */
      voice?: string;
      session?: string;
      /** That session, as `GET /api/v1/sessions/:id` would tell it. */
      told?: object;
      action?: string;
      volume?: 'softer' | 'louder';
      /** The page's question is answered, or left without an answer. */
      checkIn?: 'kept' | 'left';
      help?: { service: string; number: string };
      timingsMs: TimingsOfHearing;
    }
  /** The question of the page, to be said. */
  | { type: 'question'; say: string; voice?: string }
  | { type: 'trouble'; say: string };
