/**
 * What a locale file holds: its sentences and the single words that are put into them. The keys repeat the engine's
 * vocabulary, because this room imports none of the others; whoever looks a word up by an engine value is held to it
 * by the type.
 */
import type { CompanyKey, PromptKey } from './keys.js';

export const FEELING_WORDS = [
  'admiration',
  'amusement',
  'anger',
  'annoyance',
  'approval',
  'caring',
  'confusion',
  'curiosity',
  'desire',
  'disappointment',
  'disapproval',
  'disgust',
  'embarrassment',
  'excitement',
  'fear',
  'gratitude',
  'grief',
  'joy',
  'love',
  'nervousness',
  'optimism',
  'pride',
  'realization',
  'relief',
  'remorse',
  'sadness',
  'surprise',
  'neutral',
] as const;
export const BODY_STATE_WORDS = ['tired', 'wired', 'sleepless', 'in-pain', 'restless'] as const;
export const INTENTION_WORDS = [
  'calm-down',
  'fall-asleep',
  'let-it-out',
  'lift-up',
  'focus',
  'grieve',
  'wake-gently',
] as const;
export const MUSIC_WORDS = [
  'slow',
  'fast',
  'soft',
  'strong',
  'dark',
  'bright',
  'sparse',
  'full',
  'low',
  'high',
  'flowing',
  'detached',
  'clear',
  'unsettled',
  'minor',
  'major',
  'beatless',
  'pulsing',
  'unhurried',
  'busy',
] as const;
export const STRENGTH_WORDS = ['fairlySure', 'someEvidence', 'tradition'] as const;
export const STAGE_WORDS = ['match', 'guide', 'target'] as const;

export type MusicWord = (typeof MUSIC_WORDS)[number];
export type StrengthWord = (typeof STRENGTH_WORDS)[number];

export interface Words {
  /** The bare question, for a screen, where nobody needs carrier words. */
  question: string;
  /** On a button, after a word of danger. */
  stayQuiet: string;
  /** How an answer in free words must begin ("I feel"); every sentence that teaches it holds exactly this. */
  carrier: string;
  /** Nouns as they stand after "I heard": for {heard}. */
  feelings: Record<(typeof FEELING_WORDS)[number], string>;
  /** Nouns too, so that they can stand in one list with feelings. */
  bodyStates: Record<(typeof BODY_STATE_WORDS)[number], string>;
  /** For {intention}. */
  intentions: Record<(typeof INTENTION_WORDS)[number], string>;
  /** For {first} and {last}: agrees with "the music". */
  music: Record<MusicWord, string>;
  /** For {strength}: a clause that begins small, where the language has small letters. */
  strengths: Record<StrengthWord, string>;
  stages: Record<(typeof STAGE_WORDS)[number], string>;
  and: {
    /** Between all but the last two. */
    between: string;
    last: string;
    /** In place of `last` before the sound "i" (Spanish "e"). */
    lastBeforeI?: string;
    /** In place of both, between words of `music` (Japanese, where "to" joins nouns only). */
    betweenMusic?: string;
  };
  /** Written after a number of minutes, with the space before it where there is one. By the plural forms of the language. */
  minutes: { one: string; two?: string; few?: string; many?: string; other: string };
  or: string;
  /** Names of services as this language says them, by the name that the list of help lines gives. */
  services: Record<string, string>;
}

export type Sentences = Record<PromptKey, readonly string[]>;

/** Of a language, in a file of their own. */
export type CompanySentences = Pick<Sentences, CompanyKey>;

type Some<T> = { [K in keyof T]?: T[K] extends string ? string : Partial<T[K]> };

export interface LocaleText {
  sentences: Sentences;
  words: Words;
  /** What a region says otherwise, by its code ("US"); all else is as above. */
  regions?: Record<string, { sentences?: Partial<Sentences>; words?: Some<Words> }>;
}

/** The name that the list of help lines gives where it knows none for the country. */
export const ANY_HELP_LINE = 'a help line in your country';
