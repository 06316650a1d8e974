/**
 * One sentence said to the house's own assistant, and the answer: a feeling begins a session, "deeper" or "stop" changes
 * the one that is on, a sentence about something else is left to others. For surfaces that hand over words and take
 * words, and leave the music to a player of the house.
 *
 * Order, first that fits:
 *  1. the crisis gate: help, whatever else the words could mean; of a sentence that is word for word a command of ours
 *     ("stay here", "forget me") only its patterns are asked, for the network knows such commands from nobody in danger;
 *  2. a sentence that bends the running session ("stay here", "ten more minutes", "stop");
 *  3. a sentence of ours that says a feeling or a wish ("I feel …", "help me fall asleep");
 *  4. other words in which the classifier reads a feeling ("my thoughts keep racing");
 *  5. nothing of ours ("turn on the kitchen light").
 */

import type { PromptFields, PromptKey } from '../../audio-prompts/prompts.js';
import { type CrisisGate, THE_NETWORK } from '../../engine/crisis/gate.js';
import type { HelpLine } from '../../engine/crisis/help-lines.js';
import { EmohealError } from '../../engine/errors.js';
import type { EmotionClassifier, SessionStreams } from '../../engine/ports.js';
import type { BeginOutcome, Known, Prepared, SessionAction, SessionService } from '../../engine/session-service.js';
import { type CrisisReading, Intention } from '../../engine/vocabulary.js';
import { BEDSIDE_LANGUAGES, bedsideLanguageOf, matchAtBedside } from '../../voice-intents/bedside-languages.js';
import { minutesOf } from '../../voice-intents/durations.js';
import { nearestLocale } from '../../voice-intents/intents.js';
import { isWordForWord, type Matched, matchSentence } from '../../voice-intents/matcher.js';
import { LANGUAGES } from '../../voice-intents/sentences.js';
import { saidAtBegin } from '../said-at-begin.js';
import type { ForgetMe } from './forget-me.js';
import type { RunningSession } from './running-session.js';

export interface ConversationDeps {
  service: () => Promise<SessionService>;
  streams: () => Promise<SessionStreams>;
  classifier: () => Promise<EmotionClassifier>;
  gate: CrisisGate;
  running: Pick<RunningSession, 'latest'>;
  detectLanguage: (text: string) => string;
  say: (key: PromptKey, locale: string, fields?: PromptFields) => string;
  newId: () => string;
  /** Where it is not given, nobody is forgotten at a word. */
  forgetMe?: ForgetMe;
  /** Hears of faults of ours; never of what was said. */
  onFault: (error: unknown) => void;
  nowMs?: () => number;
}

export interface SpokenAnswer {
  /** False: nothing here for this assistant, or nothing understood. */
  handled: boolean;
  say: string;
  locale: string;
  /** The session that began or changed. */
  sessionId?: string;
  /** It is a question: the next sentence may be its answer. */
  asks?: true;
  /** What the session was asked to do; absent where it began. */
  action?: SessionAction;
  /** Where words of danger were heard: whom to call, for surfaces that can show it. */
  help?: HelpLine;
}

export interface HouseConversation {
  /** Never throws. `language` is a tag such as "en" or "de-DE"; without one it is told from the words. */
  answer(text: string, options?: AnswerOptions): Promise<SpokenAnswer>;
  /**
   * Thinks the answer out while it is not sure that the sentence is over: nothing begins and nothing changes, but where
   * it is a feeling, its session is planned and its first sound is being made. Throws as its parts do.
   */
  foresee(text: string, options?: AnswerOptions): Promise<Thought>;
}

/** What a sentence means, before anything is done about it. It holds the words, and goes with its answer. */
export interface Thought {
  text: string;
  language: string | undefined;
  locale: string;
  matched: Matched | null;
  /** `asks`: something of the running session, or for help with the speaker. */
  kind: 'asks' | 'begins' | 'not-ours';
  /** What it says about forgetting whoever speaks. */
  forgetting?: 'wish' | 'yes' | 'no';
  known?: Known;
  prepared?: Prepared;
}

export interface AnswerOptions {
  language?: string;
  /** Of a session that begins. */
  listener?: string;
  minutes?: number;
  signal?: AbortSignal;
  /** What `foresee` gave with the same options; of no use where the words are others. */
  thought?: Thought;
}

/** What bends the running session, with the sentence that says so. */
const BENDS: Record<string, { action: SessionAction; say: PromptKey }> = {
  StayIntent: { action: 'stay', say: 'staying' },
  DeeperIntent: { action: 'deeper', say: 'deeper' },
  StraightToCalmIntent: { action: 'straight-to-calm', say: 'straightToCalm' },
  MoreTimeIntent: { action: 'extend', say: 'extended' },
  StopInIntent: { action: 'end-in', say: 'stopsIn' },
  'AMAZON.StopIntent': { action: 'stop', say: 'stopped' },
  'AMAZON.CancelIntent': { action: 'stop', say: 'stopped' },
  'AMAZON.PauseIntent': { action: 'pause', say: 'paused' },
  'AMAZON.ResumeIntent': { action: 'resume', say: 'withYou' },
  'AMAZON.StartOverIntent': { action: 'restart', say: 'startingOver' },
  'AMAZON.NextIntent': { action: 'skip', say: 'withYou' },
};
const FORGET_ME = 'ForgetMeIntent';
const YES_AND_NO: Record<string, 'yes' | 'no'> = { 'AMAZON.YesIntent': 'yes', 'AMAZON.NoIntent': 'no' };
const FORGETTING = { wish: 'forgetMeSure', yes: 'forgotten', no: 'notForgotten' } as const;
const MORE_MINUTES = 10;
const FEELINGS = ['FeelingIntent', 'EmotionIntent', 'SleeplessIntent', 'IntentionIntent'];
const UNTOUCHED: CrisisReading = { level: 'none', category: null, reason: null };

/** A sentence of ours, word for word, that says no feeling. */
const isCommand = (matched: Matched | null): boolean => isWordForWord(matched) && !FEELINGS.includes(matched.intent);

export function createHouseConversation(deps: ConversationDeps): HouseConversation {
  async function think(text: string, { language, signal, listener }: AnswerOptions): Promise<Thought> {
    const { locale, matched } = understand(text, language, deps.detectLanguage);
    const thought = { text, language, locale, matched };
    const heard = (await deps.gate([text], signal))[0]!;
    const gate = isCommand(matched) && heard.reason === THE_NETWORK ? UNTOUCHED : heard;
    if (gate.level === 'crisis') return { ...thought, kind: 'begins' };
    const isSafe = gate.level === 'none';
    // These need nothing that could be broken or away.
    if (isSafe && matched && (matched.intent in BENDS || matched.intent === 'AMAZON.HelpIntent'))
      return { ...thought, kind: 'asks' };
    const forgetting = isSafe ? aboutForgetting(matched, listener) : undefined;
    if (forgetting) return { ...thought, kind: 'asks', forgetting };
    const [reading] = await (await deps.classifier()).classify([text], signal);
    const felt = reading && (reading.bodyState || reading.labels.some((label) => label !== 'neutral'));
    const ours = matched !== null && FEELINGS.includes(matched.intent);
    return {
      ...thought,
      kind: felt || ours || !isSafe ? 'begins' : 'not-ours',
      ...(reading ? { known: { text, gate, reading } } : {}),
    };
  }

  function aboutForgetting(matched: Matched | null, listener: string | undefined): Thought['forgetting'] {
    if (!deps.forgetMe || !listener || !isWordForWord(matched)) return undefined;
    if (matched.intent === FORGET_ME) return 'wish';
    return deps.forgetMe.isAsked(listener) ? YES_AND_NO[matched.intent] : undefined;
  }

  /** Null where the sentence is about something else, which takes the question back. */
  async function forgotten({ forgetting }: Thought, listener: string | undefined): Promise<PromptKey | null> {
    const { forgetMe } = deps;
    if (!forgetMe || !listener) return null;
    if (forgetting === 'wish') forgetMe.ask(listener);
    else if (forgetting === 'yes') await forgetMe.yes(listener);
    else forgetMe.no(listener);
    return forgetting ? FORGETTING[forgetting] : null;
  }

  const wishOf = ({ locale, matched, known }: Thought, { listener, minutes, signal }: AnswerOptions) => {
    const intention = Intention.safeParse(matched?.slots.intention?.id);
    return {
      locale,
      ...(known ? { known } : {}),
      ...(intention.success ? { intention: intention.data } : {}),
      ...(listener ? { listener } : {}),
      ...(minutes === undefined ? {} : { minutes }),
      ...(signal ? { signal } : {}),
    };
  };

  async function foresee(text: string, options: AnswerOptions = {}): Promise<Thought> {
    const thought = await think(text, options);
    if (thought.kind !== 'begins' || !thought.known) return thought;
    const atMs = (deps.nowMs ?? Date.now)();
    const prepared = await (await deps.service()).prepare({ ...wishOf(thought, options), atMs });
    if (!options.signal?.aborted) (await deps.streams()).open(prepared.programme);
    return { ...thought, prepared };
  }

  async function answer(text: string, options: AnswerOptions): Promise<SpokenAnswer> {
    const foreseen = options.thought?.text === text && options.thought.language === options.language;
    const thought = foreseen && options.thought ? options.thought : await think(text, options);
    const { locale, matched, kind, prepared } = thought;
    const reply = (handled: boolean, key: PromptKey, fields?: PromptFields, sessionId?: string): SpokenAnswer => ({
      handled,
      say: deps.say(key, locale, fields),
      locale,
      ...(sessionId ? { sessionId } : {}),
    });
    const aboutForgetting = await forgotten(thought, options.listener);
    if (aboutForgetting)
      return { ...reply(true, aboutForgetting), ...(thought.forgetting === 'wish' ? { asks: true } : {}) };
    if (kind === 'not-ours') return reply(false, 'didNotCatch');
    if (kind === 'asks' && matched) {
      const bend = BENDS[matched.intent];
      return bend ? bendRunning(bend, matched, reply) : reply(true, 'help');
    }
    const outcome = await (await deps.service()).beginFromText({
      ...wishOf(thought, options),
      text,
      whenEmpty: 'ask',
      ...(prepared ? { prepared } : {}),
    });
    return begun(outcome, reply, locale);
  }

  async function begun(
    outcome: BeginOutcome,
    reply: (handled: boolean, key: PromptKey, fields?: PromptFields, sessionId?: string) => SpokenAnswer,
    locale: string,
  ): Promise<SpokenAnswer> {
    if (outcome.kind === 'help') return { handled: true, say: outcome.say, locale, help: outcome.help };
    if (outcome.kind === 'not-heard') return { handled: false, say: outcome.say, locale };
    const { session, concern } = outcome;
    // Rendering begins now: the player will ask for the sound in a moment.
    (await deps.streams()).open(session.programme);
    const said = reply(true, saidAtBegin(session), undefined, session.id);
    return concern ? { ...said, say: `${concern} ${said.say}` } : said;
  }

  async function bendRunning(
    { action, say }: { action: SessionAction; say: PromptKey },
    matched: Matched,
    reply: (handled: boolean, key: PromptKey, fields?: PromptFields, sessionId?: string) => SpokenAnswer,
  ): Promise<SpokenAnswer> {
    const here = deps.running.latest();
    const isOn = here && (here.position.status !== 'ended' || action === 'restart' || action === 'extend');
    if (!isOn) return reply(false, 'nothingPlaying');
    const length = minutesOf(matched.slots.length?.value ?? '');
    if (action === 'end-in' && length === null) return reply(false, 'didNotCatch');
    const minutes = action === 'extend' ? (length ?? MORE_MINUTES) : (length ?? undefined);
    const { session } = await (await deps.service()).act(here.session.id, action, {
      requestId: deps.newId(),
      ...(minutes === undefined ? {} : { minutes }),
    });
    if (session.status === 'playing') (await deps.streams()).open(session.programme);
    return { ...reply(true, say, { minutes: String(minutes ?? '') }, session.id), action };
  }

  return {
    foresee,
    async answer(text, options = {}) {
      try {
        return await answer(text, options);
      } catch (error) {
        const isOver = error instanceof EmohealError && error.code === 'illegal-transition';
        // Whoever hung up while we thought is no fault of ours; nobody is there to hear the answer.
        const hungUp = options.signal?.aborted && error === options.signal.reason;
        if (!isOver && !hungUp) deps.onFault(error);
        const { locale } = understand('', options.language, deps.detectLanguage);
        const key: PromptKey = isOver ? 'nothingPlaying' : 'somethingWrong';
        return { handled: false, say: deps.say(key, locale), locale };
      }
    },
  };
}

/** Whether a sentence, word for word ours, asks a running session for something ("stay here", "ten more minutes"). */
export function bendsTheMusic(text: string, locale: string): boolean {
  const matched = matchedIn(locale, text);
  return isWordForWord(matched) && matched.intent in BENDS;
}

/** Whether it is asked why this music. */
export function asksWhy(text: string, locale: string): boolean {
  return matchedIn(locale, text)?.intent === 'WhyIntent';
}

/** The locale in which a tag is answered: its own where the page has its language, else the nearest of the assistants'. */
const answeredIn = (tag: string): string => (bedsideLanguageOf(tag) ? tag.replace('_', '-') : nearestLocale(tag));

/** Which sentence of ours was said, in an assistant's language or in one that only the page has. */
export function matchedIn(tag: string, text: string): Matched | null {
  const language = bedsideLanguageOf(tag);
  return language ? matchAtBedside(language, text) : matchSentence(nearestLocale(tag), text);
}

/**
 * The locale in which the words are a sentence of ours: the given one; else the one that the words look like, English
 * and then any other. Words that are a sentence nowhere stay in the language that they look like.
 */
function understand(
  text: string,
  language: string | undefined,
  detectLanguage: (text: string) => string,
): { locale: string; matched: Matched | null } {
  if (language) {
    const locale = answeredIn(language);
    return { locale, matched: matchedIn(locale, text) };
  }
  const looksLike = detectLanguage(text);
  const spoken: readonly string[] = [...LANGUAGES, ...BEDSIDE_LANGUAGES];
  const first = spoken.includes(looksLike) ? looksLike : 'en';
  for (const each of new Set([first, 'en', ...spoken])) {
    const locale = answeredIn(each);
    const matched = matchedIn(locale, text);
    if (matched && matched.confidence > 0.4) return { locale, matched };
  }
  return { locale: answeredIn(first), matched: null };
}
