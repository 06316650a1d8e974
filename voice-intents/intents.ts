/**
 * What a person can say to the speaker, as intents and slots. The sentences themselves are in `sentences/`, one file a
 * language; from both the interaction model of every platform is made. Built-in names are Amazon's.
 */

export const LOCALES = [
  'en-US',
  'en-GB',
  'en-AU',
  'en-CA',
  'en-IN',
  'de-DE',
  'fr-FR',
  'es-ES',
  'es-US',
  'it-IT',
  'pt-BR',
  'ja-JP',
  'hi-IN',
] as const;
export type Locale = (typeof LOCALES)[number];

/** The locale itself, else one of the same language, else American English. */
export function nearestLocale(tag: string): Locale {
  const wanted = tag.replace('_', '-').toLowerCase();
  const language = wanted.split('-')[0];
  return (
    LOCALES.find((locale) => locale.toLowerCase() === wanted) ??
    LOCALES.find((locale) => locale.startsWith(`${language}-`)) ??
    'en-US'
  );
}

/** Slot name → Amazon's type, or a type of ours whose values are in the sentences file. */
export const SLOT_TYPES = {
  /** Free words. A sentence with it needs carrier words and may hold no other slot. */
  feeling: 'AMAZON.SearchQuery',
  emotion: 'FEELING',
  intention: 'INTENTION',
  approach: 'APPROACH',
  length: 'AMAZON.DURATION',
  rating: 'AMAZON.NUMBER',
  time: 'AMAZON.TIME',
} as const;
export type SlotName = keyof typeof SLOT_TYPES;

/** Intents of ours, with the slots that their sentences may hold. */
export const OUR_INTENTS = {
  /** "I feel {feeling}", "today was {feeling}", "because {feeling}": the main one. */
  FeelingIntent: ['feeling'],
  /** A one-word answer: "{emotion}", "very {emotion}", "I'm {emotion}". */
  EmotionIntent: ['emotion'],
  /** "I can't sleep", "I lie awake". */
  SleeplessIntent: [],
  /** "help me {intention}", "I want to {intention}". */
  IntentionIntent: ['intention'],
  /** "take me there {approach}": slowly from how I feel, or calm from the start. */
  ApproachIntent: ['approach'],
  /** "play for {length}", "a session of {length}". */
  LengthIntent: ['length'],
  /** "why this music". */
  WhyIntent: [],
  /** "stay here", "keep it like this". */
  StayIntent: [],
  /** "go deeper", "calmer". */
  DeeperIntent: [],
  /** "straight to calm". */
  StraightToCalmIntent: [],
  /** "ten more minutes" = "{length} more", "longer". */
  MoreTimeIntent: ['length'],
  /** "stop in {length}". */
  StopInIntent: ['length'],
  /** "follow me", "play it here". */
  FollowMeIntent: [],
  /** "speak more slowly". */
  SlowerSpeechIntent: [],
  /** "speak normally again". */
  NormalSpeechIntent: [],
  /** "a {rating}", "{rating} out of five": the check-in. */
  RatingIntent: ['rating'],
  /** "ask me how I feel before and after". */
  CheckInOnIntent: [],
  /** "don't ask me any more". */
  CheckInOffIntent: [],
  /** "give me a code for my caregiver". */
  PairIntent: [],
  /** "remove my caregiver", "stop sharing with everyone": whoever could see, sees nothing from now on. */
  UnpairIntent: [],
  /** "forget me". */
  ForgetMeIntent: [],
  /** "who can see my nights". */
  WhoSeesIntent: [],
  /** "read me who looked". */
  WhoLookedIntent: [],
  /** "tell my caregiver if I'm in danger": consent, asked once more. */
  TellCaregiverIntent: [],
  /** "don't tell my caregiver": takes that consent back at once. */
  KeepToMyselfIntent: [],
  /** "skip tonight". */
  SkipTonightIntent: [],
  /** "snooze", "start {length} later". */
  SnoozeIntent: ['length'],
  /** "nap in {length}". */
  NapIntent: ['length'],
  /** "wake me at {time}". */
  WakeIntent: ['time'],
} as const satisfies Record<string, readonly SlotName[]>;
export type OurIntent = keyof typeof OUR_INTENTS;

/** Needed for an audio skill, or sent to the most recent player without being asked for. No sentences of ours. */
export const BUILT_IN_INTENTS = [
  'AMAZON.CancelIntent',
  'AMAZON.FallbackIntent',
  'AMAZON.HelpIntent',
  'AMAZON.LoopOffIntent',
  'AMAZON.LoopOnIntent',
  'AMAZON.NavigateHomeIntent',
  'AMAZON.NextIntent',
  'AMAZON.NoIntent',
  'AMAZON.PauseIntent',
  'AMAZON.PreviousIntent',
  'AMAZON.RepeatIntent',
  'AMAZON.ResumeIntent',
  'AMAZON.ShuffleOffIntent',
  'AMAZON.ShuffleOnIntent',
  'AMAZON.StartOverIntent',
  'AMAZON.StopIntent',
  'AMAZON.YesIntent',
] as const;
export type BuiltInIntent = (typeof BUILT_IN_INTENTS)[number];

/** Canonical ids of our slot values: the same in every language. */
export const SLOT_VALUES = {
  INTENTION: ['calm-down', 'fall-asleep', 'let-it-out', 'lift-up', 'focus', 'grieve', 'wake-gently'],
  APPROACH: ['iso', 'straight'],
} as const;
