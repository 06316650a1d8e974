/**
 * One utterance from words to a session, and everything that may happen to the session afterwards. Every surface calls
 * this and only translates. What was said is used, answered, and forgotten: a stored session holds none of it.
 */

import { withHelped } from './checkins/helped.js';
import type { CrisisGate } from './crisis/gate.js';
import { type HelpLine, helpLineFor } from './crisis/help-lines.js';
import { nothingToRead, readingOfPoint } from './emotion/reading.js';
import { EmohealError } from './errors.js';
import { createInTurn, type InTurn } from './in-turn.js';
import type { KnowledgeGraph } from './knowledge/graph.js';
import type { HouseRules } from './listeners/house-rules.js';
import { both, narrowing } from './listeners/obeyed.js';
import { learned, type Taste, type TasteStore } from './listeners/taste.js';
import { chooseTracks, stagesOnlyNearest } from './plan/choose-tracks.js';
import { trackOf } from './plan/made.js';
import { followedBy, leavesTime, type NightAsk } from './plan/night-ask.js';
import { planSession, profileAt } from './plan/planner.js';
import { QUIET_LUFS, QUIET_MINUTES } from './plan/quiet.js';
import { type ReplanAction, replan } from './plan/replan.js';
import { greetedBy, planWithin, programmeWithin, searchWithin } from './plan/within.js';
import type { EmotionClassifier, MusicSearch, Transcriber } from './ports.js';
import { advance, type Position, positionAt, type Session, type SessionEvent, startSession } from './session.js';
import type { SessionStore } from './stores.js';
import { traced } from './tracing.js';
import type {
  Affect,
  Approach,
  CrisisReading,
  EmotionReading,
  Intention,
  Programme,
  Reason,
  SessionForm,
  SessionPlan,
  SessionStyle,
  SummaryFact,
  TimingsMs,
  Utterance,
} from './vocabulary.js';

export const MOST_CHARACTERS = 100_000;

export interface SessionWish {
  locale?: string;
  minutes?: number;
  form?: SessionForm;
  approach?: Approach;
  intention?: Intention;
  /** Tracks of the shelf, or one piece composed for this session. */
  style?: SessionStyle;
  /** What follows the music. */
  night?: NightAsk;
  seed?: number;
  /** Whose taste is asked for and learned, where that listener has agreed. */
  listener?: string;
  /**
   * The session's id, where whoever begins it must be able to ask twice: the second time nothing is begun, and the
   * session that is there is the answer.
   */
  id?: string;
  /** IANA time zone of the listener; the server's where not given. */
  zone?: string;
  /** The evening is worth more than the wish for the morning: a night for which no time is left is left out. */
  nightIfItFits?: boolean;
  /** Begun by the clock: the greeting that was recorded for this listener comes first. */
  greeted?: boolean;
  /** What `prepare` gave for the same wish: the session then begins at once, where the house rules are still the same. */
  prepared?: Prepared;
  /** What was understood of the very same words a moment before: they are not read again. */
  known?: Known;
  /** Keeps the plan without its reasons, which name the feeling: for platforms whose rules forbid to keep that. */
  forgetReasons?: boolean;
  signal?: AbortSignal;
}

/** What gate and classifier say of words. It holds the words: whoever has it forgets it with its answer. */
export interface Known {
  text: string;
  gate: CrisisReading;
  reading: EmotionReading;
}

/** A session that is thought out and not begun. */
export interface Prepared {
  plan: SessionPlan;
  programme: Programme;
  allocated: Approach | null;
  /** The rules that it was thought out by; null for none. */
  rules?: HouseRules | null;
}

export interface Begun {
  kind: 'session';
  session: Session;
  reading: EmotionReading;
  plan: SessionPlan;
  programme: Programme;
  timingsMs: TimingsMs;
}

export type BeginOutcome =
  | (Begun & {
      utterance: Utterance;
      /** One caring sentence, where the gate heard concern. */
      concern?: string;
    })
  | {
      kind: 'help';
      level: 'crisis';
      category: string | null;
      say: string;
      help: HelpLine;
      utterance: Utterance;
      timingsMs: TimingsMs;
    }
  | { kind: 'not-heard'; say: string; timingsMs: TimingsMs };

export type SessionAction = 'pause' | 'resume' | 'stop' | 'like' | ReplanAction;

export interface ActOutcome {
  session: Session;
  position: Position;
  /** After "like" or "skip": whether it was learned, because this listener agreed. */
  tasteKept?: boolean;
}

export interface SessionServiceDeps {
  /** Parts are asked for when they are first needed: a command that plans never waits for Whisper. */
  gate: CrisisGate;
  classifier: () => Promise<EmotionClassifier>;
  transcriber: () => Promise<Transcriber>;
  search: () => Promise<MusicSearch>;
  knowledge: () => KnowledgeGraph;
  store: () => Promise<SessionStore>;
  tastes: () => Promise<TasteStore>;
  detectLanguage: (text: string) => string;
  /** The summary of a plan as sentences in the listener's language. */
  explain: (explanation: { facts: readonly SummaryFact[]; reasons: readonly Reason[] }, locale: string) => string[];
  say: (
    key: 'didNotCatch' | 'nothingToRead' | 'concern' | 'crisis',
    locale: string,
    fields?: Record<string, string>,
  ) => string;
  nowMs: () => number;
  /** Local hour of the listener, 0..23. */
  nowHour: (zone?: string) => number;
  /** The way that a study gave this listener; null for who takes part in none. */
  allocated?: (listener: string) => Promise<Approach | null>;
  /** What the house settled for a listener: how loud, which music, when; null where nothing is. */
  rules?: (listener: string) => Promise<HouseRules | null>;
  /**
   * Hears that this listener was answered with help, at this moment; never what was said. Whom it may be told is settled
   * there, by the listener beforehand.
   */
  askedForHelp?: (listener: string, atMs: number) => Promise<void>;
  /** What helped this listener before, where they agreed to be asked; null where nothing is known. */
  helped?: (listener: string) => Promise<Taste | null>;
  newId: () => string;
  newSeed: () => number;
}

export interface SessionService {
  beginFromText(wish: SessionWish & { text: string; whenEmpty: 'ask' | 'neutral' }): Promise<BeginOutcome>;
  /**
   * From a point on the plane of affect, for who has no words; without one, from the middle. Nothing was said, so there is
   * nothing to watch over.
   */
  beginFromPoint(wish: SessionWish & { point?: Affect }): Promise<Begun>;
  /** Stays with the listener without music: quiet sound that matches no feeling. Also what "yes" means after a word of danger. */
  beginQuiet(
    wish: Pick<SessionWish, 'locale' | 'minutes' | 'listener' | 'seed' | 'signal'>,
  ): Promise<Extract<BeginOutcome, { kind: 'session' }>>;
  beginFromSpeech(wish: SessionWish & { pcm16k: Float32Array }): Promise<BeginOutcome>;
  /** Thinks a session out for a moment to come, without words or from what is known of them; nothing is kept. */
  prepare(wish: SessionWish & { atMs: number }): Promise<Prepared>;
  act(id: string, action: SessionAction, options: { requestId: string; minutes?: number }): Promise<ActOutcome>;
  /** A speaker says where it is. Any action that follows starts from there. Throws `not-found`. */
  place(
    id: string,
    where: { requestId: string; atSec: number; status: 'playing' | 'paused' },
  ): Promise<{ session: Session; position: Position }>;
  /** Forgets a session for good; nothing where it is gone already. */
  forget(id: string): Promise<void>;
  /** Throws `not-found`. */
  look(id: string): Promise<{ session: Session; position: Position }>;
}

export function createSessionService(deps: SessionServiceDeps): SessionService {
  // Two hands at once: both are heard, one after the other, and neither undoes what the other did.
  const ownTurns = createInTurn();
  const inTurn: InTurn = (id, work) =>
    ownTurns(id, async () => {
      const store = await deps.store();
      return store.alone ? store.alone(id, work) : work();
    });

  async function begin(
    utterance: Utterance,
    wish: SessionWish,
    whenEmpty: 'ask' | 'neutral',
    timingsMs: TimingsMs,
  ): Promise<BeginOutcome> {
    const { locale } = utterance;
    const known = wish.known?.text === utterance.text ? wish.known : null;
    const gate =
      known?.gate ?? (await timedAsync(timingsMs, 'gate', () => deps.gate([utterance.text], wish.signal)))[0];
    const help = helpLineFor(locale);
    const fields = { service: help.service, number: help.number, emergency: help.emergency };
    if (gate?.level === 'crisis') {
      // The answer never waits for this, and a fault in it is no reason to say anything else.
      if (wish.listener) void deps.askedForHelp?.(wish.listener, deps.nowMs()).catch(() => {});
      return {
        kind: 'help',
        level: 'crisis',
        category: gate.category,
        say: deps.say('crisis', locale, fields),
        help,
        utterance,
        timingsMs,
      };
    }
    const reading =
      known?.reading ?? (await timedAsync(timingsMs, 'classify', () => readFeeling(utterance.text, wish.signal)));
    if (reading.labels.length === 0 && whenEmpty === 'ask' && !hasWords(utterance.text)) {
      return { kind: 'not-heard', say: deps.say('nothingToRead', locale), timingsMs };
    }
    return {
      utterance,
      ...(await begun(reading, wish, locale, timingsMs)),
      ...(gate?.level === 'concern' ? { concern: deps.say('concern', locale, fields) } : {}),
    };
  }

  /** What was felt is known: thinks the session out, and begins and keeps it. */
  async function begun(
    reading: EmotionReading,
    wish: SessionWish & { pointed?: boolean },
    locale: string,
    timingsMs: TimingsMs,
  ): Promise<Begun> {
    return wish.id ? inTurn(wish.id, () => beginOnce()) : beginOnce();

    async function beginOnce(): Promise<Begun> {
      const there = wish.id ? await (await deps.store()).load(wish.id) : null;
      if (there)
        return { kind: 'session', session: there, reading, plan: there.plan, programme: there.programme, timingsMs };
      const { plan, programme, allocated } =
        (await stillFits(wish)) ?? (await prepared(reading, wish, deps.nowMs(), locale, timingsMs));
      const nowMs = deps.nowMs();
      const kept = wish.forgetReasons ? withoutReasons(plan) : plan;
      const session = startSession({
        id: wish.id ?? deps.newId(),
        locale,
        plan: kept,
        programme,
        nowMs,
        ...(allocated ? { blinded: true } : {}),
        ...(wish.listener ? { listener: wish.listener } : {}),
      });
      await (await deps.store()).save(session);
      return { kind: 'session', session, reading, plan, programme, timingsMs };
    }
  }

  /** Rules may have been changed between thinking a session out and beginning it. */
  async function stillFits({ prepared, listener }: SessionWish): Promise<Prepared | null> {
    if (!prepared) return null;
    return JSON.stringify(await rulesOf(listener)) === JSON.stringify(prepared.rules ?? null) ? prepared : null;
  }

  /** Everything of a session but its beginning. */
  async function prepared(
    reading: EmotionReading,
    wish: SessionWish & { pointed?: boolean },
    atMs: number,
    locale: string,
    timingsMs: TimingsMs,
  ): Promise<Prepared> {
    const taste = withHelped(await tasteOf(wish.listener), await helpedOf(wish.listener));
    const quiet = wish.style === 'quiet sound';
    // Quiet sound is no way from one feeling to another: it is part of no study.
    const allocated = (wish.listener && !quiet ? await deps.allocated?.(wish.listener) : null) ?? null;
    const rules = await rulesOf(wish.listener);
    const house = narrowing(rules, atMs);
    const within = quiet ? both(house, { loudestLufs: QUIET_LUFS }) : house;
    const bare = await timedAsync(timingsMs, 'plan', async () =>
      planSession(deps.knowledge(), {
        reading,
        pointed: wish.pointed,
        minutes: wish.minutes,
        form: wish.form,
        approach: allocated ?? wish.approach ?? 'iso',
        ...(wish.intention ? { intention: wish.intention } : {}),
        seed: wish.seed ?? deps.newSeed(),
        nowHour: deps.nowHour(wish.zone),
        ...(taste ? { taste } : {}),
      }),
    );
    const planned = planWithin(wish.style ? { ...bare, style: wish.style } : bare, within);
    const chosen = await timedAsync(timingsMs, 'search', async () => {
      const shelf = await deps.search();
      const search = searchWithin(shelf, rules);
      const music = await chooseTracks({
        plan: planned,
        search,
        fill: true,
        signal: wish.signal,
        ...(taste ? { taste } : {}),
      });
      const { night } = wish;
      if (!night || (wish.nightIfItFits && !leavesTime(music, night, atMs))) return music;
      return followedBy(music, night, atMs, { ...deps, search: shelf, rules, within });
    });
    const search = await deps.search();
    const held = programmeWithin(chosen, planned, { rules, search });
    const programme = wish.greeted ? greetedBy(held, rules) : held;
    return { plan: explained(planned, programme, search, locale), programme, allocated, rules };
  }

  async function readFeeling(text: string, signal?: AbortSignal): Promise<EmotionReading> {
    if (!hasWords(text)) return nothingToRead();
    const [read] = await (await deps.classifier()).classify([text], signal);
    if (!read) return nothingToRead();
    const { language: _language, ...reading } = read;
    return reading;
  }

  /** The summary in the listener's language, with a word on stages for which the music at hand is only the nearest. */
  function explained(plan: SessionPlan, programme: Programme, search: MusicSearch, locale: string): SessionPlan {
    const facts = [...(plan.summaryFacts ?? [])];
    const onePiece: SummaryFact[] = plan.style === 'one long piece' ? [{ key: 'one-piece' }] : [];
    const nearest =
      plan.style === 'quiet sound'
        ? []
        : stagesOnlyNearest(plan, programme, search).map((stage): SummaryFact => ({ key: 'nearest-match', stage }));
    // The word on how sure anyone can be stays last.
    facts.splice(Math.max(0, facts.length - 1), 0, ...onePiece, ...nearest);
    const reasons = plan.stages[0]?.because ?? [];
    return { ...plan, summaryFacts: facts, summary: deps.explain({ facts, reasons }, locale) };
  }

  /** Null for nobody in particular, and for everyone who has not agreed. */
  async function tasteOf(listener: string | undefined): Promise<Taste | null> {
    return listener ? (await deps.tastes()).load(listener) : null;
  }

  const rulesOf = async (listener: string | undefined): Promise<HouseRules | null> =>
    (listener ? await deps.rules?.(listener) : null) ?? null;

  const helpedOf = async (listener: string | undefined): Promise<Taste | null> =>
    (listener ? await deps.helped?.(listener) : null) ?? null;

  async function load(id: string, way: 'load' | 'look' = 'load'): Promise<Session> {
    const store = await deps.store();
    const session = await (store[way] ?? store.load)(id);
    if (!session) throw new EmohealError('not-found', 'There is no such session.', { remedy: 'Begin a new one.' });
    return session;
  }

  async function beginFromText({
    text,
    whenEmpty,
    ...wish
  }: SessionWish & { text: string; whenEmpty: 'ask' | 'neutral' }): Promise<BeginOutcome> {
    if (text.length > MOST_CHARACTERS) {
      throw new EmohealError(
        'too-large',
        `A feeling may have ${MOST_CHARACTERS.toLocaleString('en')} characters; this has ${text.length.toLocaleString('en')}.`,
        { remedy: 'Say it in fewer words.' },
      );
    }
    const locale = wish.locale ?? 'en-US';
    if (whenEmpty === 'ask' && !hasWords(text))
      return { kind: 'not-heard', say: deps.say('nothingToRead', locale), timingsMs: {} };
    const utterance: Utterance = { text, locale, language: deps.detectLanguage(text), source: 'text' };
    return begin(utterance, wish, whenEmpty, {});
  }

  return {
    beginFromText,

    beginFromPoint: ({ point, ...wish }) =>
      begun(
        point ? readingOfPoint(point) : nothingToRead(),
        { ...wish, pointed: point !== undefined },
        wish.locale ?? 'en-US',
        {},
      ),

    async beginQuiet(wish) {
      const outcome = await beginFromText({
        ...wish,
        minutes: wish.minutes ?? QUIET_MINUTES,
        style: 'quiet sound',
        approach: 'straight',
        intention: 'calm-down',
        // That it was asked for may tell what went before.
        forgetReasons: true,
        text: '',
        whenEmpty: 'neutral',
      });
      if (outcome.kind !== 'session') throw new EmohealError('internal', 'Quiet sound did not begin.');
      return outcome;
    },

    prepare: ({ atMs, ...wish }) =>
      prepared(wish.known?.reading ?? nothingToRead(), wish, atMs, wish.locale ?? 'en-US', {}),

    async beginFromSpeech({ pcm16k, ...wish }) {
      const locale = wish.locale ?? 'en-US';
      const timingsMs: TimingsMs = {};
      const transcript = await timedAsync(timingsMs, 'transcribe', async () =>
        (await deps.transcriber()).transcribe(pcm16k, { signal: wish.signal }),
      );
      if (!hasWords(transcript.text)) return { kind: 'not-heard', say: deps.say('didNotCatch', locale), timingsMs };
      return begin(
        { text: transcript.text, locale, language: transcript.language, source: 'speech' },
        wish,
        'ask',
        timingsMs,
      );
    },

    act: (id, action, { requestId, minutes }) =>
      inTurn(id, async () => {
        const session = await load(id);
        const nowMs = deps.nowMs();
        if (session.appliedIds.includes(requestId)) return { session, position: positionAt(session, nowMs) };
        const tasteKept = action === 'like' || action === 'skip' ? await learn(session, action, nowMs) : undefined;
        const event = await eventFor(session, action, requestId, minutes, nowMs);
        const next = advance(session, event, deps.nowMs());
        await (await deps.store()).save(next);
        const position = positionAt(next, deps.nowMs());
        return { session: next, position, ...(tasteKept === undefined ? {} : { tasteKept }) };
      }),

    place: (id, { requestId, atSec, status }) =>
      inTurn(id, async () => {
        const next = advance(await load(id), { kind: 'place', id: requestId, atSec, status }, deps.nowMs());
        await (await deps.store()).save(next);
        return { session: next, position: positionAt(next, deps.nowMs()) };
      }),

    forget: (id) => inTurn(id, async () => (await deps.store()).remove(id)),

    async look(id) {
      const session = await load(id, 'look');
      return { session, position: positionAt(session, deps.nowMs()) };
    },
  };

  /** What sounds now is liked or is not; true where this listener agreed to have that remembered. */
  async function learn(session: Session, kind: 'like' | 'skip', nowMs: number): Promise<boolean> {
    const taste = await tasteOf(session.listener);
    if (!taste || !session.listener) return false;
    const { atSec } = positionAt(session, nowMs);
    const sounding = session.programme.tracks.findLast((track) => track.startSec <= atSec);
    const track = sounding && trackOf(session.programme, await deps.search(), sounding.trackId);
    if (!track || track.analysis.foretold) return false;
    const wanted = profileAt(session.plan, atSec);
    const after = learned(taste, { kind, wanted, heard: track.analysis, style: track.style });
    await (await deps.tastes()).save(session.listener, after);
    return true;
  }

  async function eventFor(
    session: Session,
    action: SessionAction,
    id: string,
    minutes: number | undefined,
    nowMs: number,
  ): Promise<SessionEvent> {
    if (action === 'pause' || action === 'resume' || action === 'stop' || action === 'like')
      return { kind: action, id };
    const { atSec } = positionAt(session, nowMs);
    const taste = await tasteOf(session.listener);
    const rules = await rulesOf(session.listener);
    // Quiet hours are for what begins in them: what has begun goes on as it is, unless it is begun again.
    const asked = action === 'restart' ? rules : rules && { ...rules, quietHours: undefined };
    const changed = await replan({
      plan: session.plan,
      programme: session.programme,
      atSec,
      action,
      minutes,
      search: await deps.search(),
      fill: true,
      rules,
      within: narrowing(asked, nowMs),
      ...(taste ? { taste } : {}),
    });
    return { kind: 'replan', id, ...changed, fromStart: action === 'restart' };
  }
}

const withoutReasons = (plan: SessionPlan): SessionPlan => ({
  ...plan,
  summary: [],
  summaryFacts: [],
  stages: plan.stages.map((stage) => ({ ...stage, because: [] })),
});

const hasWords = (text: string): boolean => /\p{L}|\p{Extended_Pictographic}/u.test(text);

const round = (ms: number) => Math.round(ms * 100) / 100;

async function timedAsync<T>(timingsMs: TimingsMs, name: string, work: () => Promise<T>): Promise<T> {
  const startMs = performance.now();
  const result = await traced(name, work);
  timingsMs[name] = round(performance.now() - startMs);
  return result;
}
