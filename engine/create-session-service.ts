/** The session service: gate, reading, thinking out, beginning, and bending, each session's requests one after the other. */

import { createBender } from './bend-session.js';
import { helpLineFor } from './crisis/help-lines.js';
import { nothingToRead, readingOfPoint } from './emotion/reading.js';
import { EmohealError } from './errors.js';
import { createInTurn } from './in-turn.js';
import { QUIET_MINUTES } from './plan/quiet.js';
import { advance, positionAt, type Session, startSession } from './session.js';
import {
  type BeginOutcome,
  type Begun,
  MOST_CHARACTERS,
  type Prepared,
  type SessionService,
  type SessionServiceDeps,
  type SessionWish,
} from './session-service.js';
import type { SessionTurn } from './stores.js';
import { createThinker } from './think-session.js';
import { timed } from './tracing.js';
import type { EmotionReading, SessionPlan, TimingsMs, Utterance } from './vocabulary.js';

/** Words as they came; a transcript brings its language with it. */
type Heard = Omit<Utterance, 'language'> & { language?: string };

export function createSessionService(deps: SessionServiceDeps): SessionService {
  const thinker = createThinker(deps);
  const bender = createBender(deps, thinker);
  // Two hands at once: both are heard, one after the other, and neither undoes what the other did.
  const ownTurns = createInTurn();
  const inTurn = <T>(id: string, work: (own: SessionTurn) => Promise<T>): Promise<T> =>
    ownTurns(id, async () => {
      const store = await deps.store();
      return store.alone ? store.alone(id, work) : work(store);
    });

  async function begin(
    heard: Heard,
    wish: SessionWish,
    whenEmpty: 'ask' | 'neutral',
    timingsMs: TimingsMs,
  ): Promise<BeginOutcome> {
    const { text, locale } = heard;
    const known = wish.known?.text === text ? wish.known : null;
    // Gate and model look at the words side by side; what the model reads is of use only where the gate lets them through.
    const calledOff = new AbortController();
    const signal = wish.signal ? AbortSignal.any([wish.signal, calledOff.signal]) : calledOff.signal;
    const watched = known ? null : timed(timingsMs, 'gate', () => deps.gate([text], wish.signal));
    const felt = known ? null : timed(timingsMs, 'classify', () => readFeeling(text, signal));
    // The plan as well is thought of ahead; only what the gate lets through is begun.
    const ahead =
      felt && !wish.id && !wish.prepared
        ? felt.then((reading) => thinker.think(reading, { ...wish, signal }, deps.nowMs(), locale, timingsMs))
        : null;
    for (const early of [felt, ahead]) early?.catch(() => {});
    const gate = known?.gate ?? (await watched)?.[0];
    // Told by now to whoever read the words; before, it would keep them waiting.
    const utterance: Utterance = { ...heard, language: heard.language ?? deps.detectLanguage(text) };
    const help = helpLineFor(locale);
    const fields = { service: help.service, number: help.number, emergency: help.emergency };
    if (gate?.level === 'crisis') {
      calledOff.abort();
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
    const reading = known?.reading ?? (await felt) ?? nothingToRead();
    if (reading.labels.length === 0 && whenEmpty === 'ask' && !hasWords(text)) {
      return { kind: 'not-heard', say: deps.say('nothingToRead', locale), timingsMs };
    }
    return {
      utterance,
      ...(await begun(reading, wish, locale, timingsMs, ahead)),
      ...(gate?.level === 'concern' ? { concern: deps.say('concern', locale, fields) } : {}),
    };
  }

  /** What was felt is known: thinks the session out, and begins and keeps it. */
  async function begun(
    reading: EmotionReading,
    wish: SessionWish & { pointed?: boolean },
    locale: string,
    timingsMs: TimingsMs,
    ahead: Promise<Prepared> | null = null,
  ): Promise<Begun> {
    return wish.id ? inTurn(wish.id, beginOnce) : beginOnce(await deps.store());

    async function beginOnce(sessions: SessionTurn): Promise<Begun> {
      const there = wish.id ? await sessions.load(wish.id) : null;
      if (there)
        return { kind: 'session', session: there, reading, plan: there.plan, programme: there.programme, timingsMs };
      const { plan, programme, allocated } =
        (await thinker.stillFits(wish)) ??
        (await (ahead ?? thinker.think(reading, wish, deps.nowMs(), locale, timingsMs)));
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
      await sessions.save(session, 'first');
      return { kind: 'session', session, reading, plan, programme, timingsMs };
    }
  }

  async function readFeeling(text: string, signal?: AbortSignal): Promise<EmotionReading> {
    if (!hasWords(text)) return nothingToRead();
    const [read] = await (await deps.classifier()).classify([text], signal);
    if (!read) return nothingToRead();
    const { language: _language, ...reading } = read;
    return reading;
  }

  function found(session: Session | null): Session {
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
    return begin({ text, locale, source: 'text' }, wish, whenEmpty, {});
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
      thinker.think(wish.known?.reading ?? nothingToRead(), wish, atMs, wish.locale ?? 'en-US', {}),

    async beginFromSpeech({ pcm16k, ...wish }) {
      const locale = wish.locale ?? 'en-US';
      const timingsMs: TimingsMs = {};
      const transcript = await timed(timingsMs, 'transcribe', async () =>
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
      inTurn(id, async (sessions) => {
        const session = found(await sessions.load(id));
        const nowMs = deps.nowMs();
        if (session.appliedIds.includes(requestId)) return { session, position: positionAt(session, nowMs) };
        const tasteKept =
          action === 'like' || action === 'skip' ? await bender.learn(session, action, nowMs) : undefined;
        const event = await bender.eventFor(session, action, requestId, minutes, nowMs);
        const next = advance(session, event, deps.nowMs());
        await sessions.save(next);
        const position = positionAt(next, deps.nowMs());
        return { session: next, position, ...(tasteKept === undefined ? {} : { tasteKept }) };
      }),

    place: (id, { requestId, atSec, status, whileStill }) =>
      inTurn(id, async (sessions) => {
        const session = found(await sessions.load(id));
        const position = positionAt(session, deps.nowMs());
        if (whileStill && position.status !== whileStill) return { session, position };
        const next = advance(session, { kind: 'place', id: requestId, atSec, status }, deps.nowMs());
        await sessions.save(next);
        return { session: next, position: positionAt(next, deps.nowMs()) };
      }),

    forget: (id) => inTurn(id, (sessions) => sessions.remove(id)),

    async look(id) {
      const store = await deps.store();
      const session = found(await (store.look ?? store.load)(id));
      return { session, position: positionAt(session, deps.nowMs()) };
    },
  };
}

const withoutReasons = (plan: SessionPlan): SessionPlan => ({
  ...plan,
  summary: [],
  summaryFacts: [],
  stages: plan.stages.map((stage) => ({ ...stage, because: [] })),
});

const hasWords = (text: string): boolean => /\p{L}|\p{Extended_Pictographic}/u.test(text);
