/** What the speaker may say: each key with the fields that its sentence may use. Words of a locale are in `locales/`. */

export const PROMPTS_AND_FIELDS = {
  /** First use ever: what this is, that it is no medical help, and the question. */
  welcomeFirst: [],
  /** Before the very first music, where nothing was asked: this is music for rest, and no medical help. */
  notMedical: [],
  /** Title on a screen while the music plays, two to four words ("Towards rest"). Not spoken. */
  screenTitle: [],
  /** Every later launch: a short greeting and the question. */
  welcome: [],
  /** The question again, after silence; shows the carrier words ("say: I feel …"). */
  howDoYouFeel: [],
  /** Nothing was understood; shows the carrier words. */
  didNotCatch: [],
  nothingToRead: [],
  /** The session begins close to the feeling. */
  withYou: [],
  /** The session begins calm at once, as asked. */
  withYouStraight: [],
  /** The session begins and leads to sleep. */
  withYouSleep: [],
  /** The session begins; as part of a study nothing tells which way it takes. */
  withYouInStudy: [],
  /** Said while the music is being found (a progressive reply). */
  oneMoment: [],
  concern: ['service', 'number'],
  crisis: ['service', 'number', 'emergency'],
  speechNotReady: [],
  stopped: [],
  paused: [],
  staying: [],
  deeper: [],
  straightToCalm: [],
  startingOver: [],
  extended: ['minutes'],
  /** The music will now end in so many minutes. */
  stopsIn: ['minutes'],
  lengthSet: ['minutes'],
  /** Asked for a length that we do not do: says the shortest and the longest. */
  lengthOutOfRange: ['least', 'most'],
  intentionSet: ['intention'],
  approachIso: [],
  approachStraight: [],
  /** The honest reason: {heard} is a list of feelings, {first} and {last} say how the music is at its start and its end. */
  why: ['heard', 'first', 'last', 'strength'],
  whyNoFeeling: ['last', 'strength'],
  /** As part of a study: why is told when it is over. */
  whyInStudy: [],
  slowerSpeech: [],
  normalSpeech: [],
  help: [],
  nothingPlaying: [],
  nothingToRepeat: [],
  /** Shuffle and loop: the order of the stages is the point. */
  orderMatters: [],
  followedHere: [],
  nothingToFollow: [],
  /** The session asked for was deleted long ago: start afresh, and the question. */
  freshStart: [],
  checkInOn: [],
  checkInOff: [],
  /** "From one to five, how do you feel?" before the music. */
  checkInBefore: [],
  checkInAfter: [],
  checkInThanks: [],
  /** {code} is read digit by digit. */
  pairCode: ['code'],
  unpaired: [],
  notPaired: [],
  forgetMeSure: [],
  forgotten: [],
  notForgotten: [],
  /** Our own failure; nothing of what was said is lost by saying it again. */
  somethingWrong: [],
  /** The music could not be made ready in time. */
  notReadyYet: [],
  /** After a word of danger: quiet sound was wanted, and begins; or it was not. */
  withYouQuiet: [],
  quietDeclined: ['service', 'number'],
  /** Caregivers who may see, by name; who looked and when. */
  whoSees: ['names'],
  nobodySees: [],
  whoLooked: ['looks'],
  nobodyLooked: [],
  /** One of the looks: somebody saw, or changed a plan, a rule or a greeting. */
  lookSeen: ['name', 'when'],
  lookChanged: ['name', 'when'],
  /** Whether caregivers may see that the listener asked for help: the question, and both answers. */
  tellCrisisSure: ['names'],
  tellCrisisOn: [],
  tellCrisisOff: [],
  tonightSkipped: [],
  noRoutine: [],
  snoozed: ['minutes'],
  /** A skill cannot begin by itself: it says so, and what can open it. */
  napSet: ['minutes'],
  wakeSet: ['time'],
  quietHoursThen: [],
  /** Opened while the session of a routine waits to be heard. */
  routineHere: [],
} as const satisfies Record<string, readonly string[]>;

export type PromptKey = keyof typeof PROMPTS_AND_FIELDS;
export const PROMPT_KEYS = Object.keys(PROMPTS_AND_FIELDS) as PromptKey[];
/** The keys of `locales/company/`. */
export type CompanyKey =
  | 'withYouQuiet'
  | 'quietDeclined'
  | 'whoSees'
  | 'nobodySees'
  | 'whoLooked'
  | 'nobodyLooked'
  | 'lookSeen'
  | 'lookChanged'
  | 'tellCrisisSure'
  | 'tellCrisisOn'
  | 'tellCrisisOff'
  | 'tonightSkipped'
  | 'noRoutine'
  | 'snoozed'
  | 'napSet'
  | 'wakeSet'
  | 'quietHoursThen'
  | 'routineHere';
export type PromptField = (typeof PROMPTS_AND_FIELDS)[PromptKey][number];
export type PromptFields = Partial<Record<PromptField, string>>;
