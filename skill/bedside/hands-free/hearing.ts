/**
 * One page that listens, from its connection to its end: sound comes in while somebody speaks, an answer goes out.
 * What was said lives as long as its answer takes.
 */
import type { PromptKey } from '../../../audio-prompts/prompts.js';
import { EmohealError } from '../../../engine/errors.js';
import type { Transcriber } from '../../../engine/ports.js';
import { readAs } from '../../../engine/read-as.js';
import type { Session } from '../../../engine/session.js';
import type { SessionService } from '../../../engine/session-service.js';
import type { HouseConversation } from '../../house/conversation.js';
import type { RunningSession } from '../../house/running-session.js';
import { calledAlone, MOST_OF_A_NAME_SEC, SAME_SILENCE_SEC } from './called-alone.js';
import { answerCheckIn, type CheckInAnswerDeps, questionWords } from './check-in-answer.js';
import { type Foresight, foresee } from './foresight.js';
import { FromPage, type TimingsOfHearing, type ToPage } from './messages.js';
import { sessionHere, understandAtBedside } from './understanding.js';
import { createUtterance, type SpokenUtterance } from './utterance.js';

export interface HearingDeps {
  transcriber: () => Promise<Pick<Transcriber, 'transcribe'>>;
  service: () => Promise<SessionService>;
  /** A conversation about this session: the page's own, else the one of the house. */
  conversationAbout: (running: Pick<RunningSession, 'latest'>) => HouseConversation;
  running: Pick<RunningSession, 'latest'>;
  say: (key: PromptKey, locale: string) => string;
  /** Where a sentence can be heard; undefined where no voice speaks it. */
  voiceOf: (text: string, locale: string) => string | undefined;
  /** What an answer to the page's question of how somebody is needs; absent where nobody can agree to be asked. */
  checkIn?: CheckInAnswerDeps;
  /** The reasons of a session as sentences, and where they can be heard. */
  why: (session: Session) => { say: string; voice?: string };
  /** A session as the page is told of it everywhere. */
  tell: (session: Session) => object;
  nowMs?: () => number;
  /** Hears of faults of ours; never of what was said. */
  onFault: (error: unknown) => void;
}

export interface Hearing {
  /**
   * A message of the page; sound as bytes, all else as text. Throws `bad-input` where it breaks the rules, `busy` where it
   * floods.
   */
  take(message: Uint8Array | string): void;
  close(): void;
}

/** For so long after its name the speaker listens; as long as the page does. */
const AWAKE_MS = 8000;
/** A question of the speaker's takes its time to be said before anybody can answer it. */
const QUESTION_MS = 7000;
/** Messages that wait while an answer is made: sound of two minutes. A page that sends faster than anybody speaks is no page. */
const MOST_WAITING = 1200;
const MOST_WAITING_BYTES = 4 * 1024 * 1024;

type Begin = Extract<FromPage, { type: 'begin' }>;

interface Speaking {
  begin: Begin;
  beganMs: number;
  utterance: Promise<SpokenUtterance>;
  /** Whether all that was said is the name, as looked for at the first quiet after it. */
  called?: { atSec: number; beganMs: number; isName: Promise<boolean> };
  /** Of what was said up to the last short silence. */
  foresight?: Promise<Foresight | null>;
}

export function createHearing(deps: HearingDeps, send: (message: ToPage) => void): Hearing {
  const nowMs = deps.nowMs ?? (() => performance.now());
  let now: Speaking | undefined;
  /** When the sentence ended that was the name alone. */
  let calledMs = Number.NEGATIVE_INFINITY;
  /** One after the other, in the order in which things were said. */
  let turn: Promise<void> = Promise.resolve();
  let closed = false;

  const waiting = { messages: 0, bytes: 0 };
  const inTurn = (work: () => Promise<void> | void, bytes = 0) => {
    waiting.messages += 1;
    waiting.bytes += bytes;
    const done = () => {
      waiting.messages -= 1;
      waiting.bytes -= bytes;
    };
    turn = turn
      .then(work)
      .finally(done)
      .catch((error) => {
        if (closed) return;
        if (!(error instanceof EmohealError)) deps.onFault(error);
        const known = error instanceof EmohealError ? error : null;
        send({
          type: 'trouble',
          say: known ? [known.message, known.remedy].filter(Boolean).join(' ') : deps.say('somethingWrong', 'en-US'),
        });
      });
  };

  function begin(message: Begin): void {
    drop();
    const language = message.locale.split(/[-_]/)[0]!.toLowerCase();
    const utterance = deps.transcriber().then(({ transcribe }) => createUtterance(transcribe, language, nowMs));
    utterance.catch(() => {});
    now = { begin: message, beganMs: nowMs(), utterance };
  }

  async function add(to: Speaking, pcm: Float32Array): Promise<void> {
    try {
      (await to.utterance).add(pcm);
    } catch (error) {
      // Told once; what still comes of this sentence is not for anybody.
      if (now === to) now = undefined;
      throw error;
    }
  }

  function drop(): void {
    const gone = now;
    now = undefined;
    if (gone) inTurn(async () => (await gone.utterance).drop());
  }

  /** The very first quiet after what may be the name: is it that, and nothing else? Once in a sentence. */
  async function lookForName(here: Speaking): Promise<void> {
    const utterance = await here.utterance;
    const { mode, asks, locale } = here.begin;
    if (here.called || mode === 'awake' || asks || utterance.saidSec() > MOST_OF_A_NAME_SEC) return;
    const isName = calledAlone(utterance.glance(), locale);
    here.called = { atSec: utterance.saidSec(), beganMs: nowMs(), isName };
    void isName.then((is) => {
      if (is && now === here && !closed) send({ type: 'enough', called: true });
    });
  }

  /** A short silence: the words so far are transcribed, and an answer to them is thought out. */
  async function pause(here: Speaking): Promise<void> {
    const utterance = await here.utterance;
    if (here.called) {
      const saysOn = utterance.saidSec() - here.called.atSec > SAME_SILENCE_SEC;
      if (saysOn) here.called.isName = Promise.resolve(false);
      else if (await here.called.isName) return;
    }
    const early = utterance.pause();
    // An answer to a question of the page begins no music.
    if (!early || here.begin.asks) return;
    const service = await deps.service();
    const { isPlaying, conversation } = await situation(service, here);
    here.foresight = foresee(
      early,
      { ...here.begin, mode: modeOf(here), isPlaying },
      {
        conversation,
        nowMs,
        enough: () => {
          if (now === here && !closed) send({ type: 'enough' });
        },
      },
    );
  }

  async function finish(here: Speaking, endMs: number): Promise<void> {
    const { called } = here;
    if (called && (await called.isName)) {
      calledMs = endMs;
      const transcribe = Math.round(nowMs() - endMs);
      const ahead = Math.round(endMs - called.beganMs);
      return send({ type: 'called', timingsMs: { transcribe, understand: 0, ahead, foreseen: 0 } });
    }
    const heard = await (await here.utterance).end();
    const heardMs = nowMs();
    let foreseen = 0;
    const timings = (): TimingsOfHearing => ({
      transcribe: Math.round(heardMs - endMs),
      understand: Math.round(nowMs() - heardMs),
      ahead: Math.round(heard.aheadMs),
      foreseen: Math.round(foreseen),
    });
    if (heard.text === '') return send({ type: 'nothing', why: 'silence', timingsMs: timings() });
    const { asks, locale } = here.begin;
    const checkIn =
      asks && deps.checkIn
        ? await answerCheckIn(asks, { text: heard.text, locale, mode: modeOf(here) }, deps.checkIn)
        : null;
    if (closed) return;
    if (checkIn) {
      const say = checkIn === 'kept' ? deps.say('checkInThanks', locale) : '';
      const voice = deps.voiceOf(say, locale);
      return send({
        type: 'answer',
        handled: true,
        heard: heard.text,
        say,
        checkIn,
        ...(voice ? { voice } : {}),
        timingsMs: timings(),
      });
    }
    const service = await deps.service();
    const { session: about, isPlaying, conversation } = await situation(service, here);
    const foresight = await here.foresight;
    const thought = foresight?.text === heard.text ? await foresight.thought.catch(() => undefined) : undefined;
    if (thought && foresight?.readyMs) foreseen = Math.max(0, endMs - foresight.readyMs);
    const understood = await understandAtBedside(
      { ...here.begin, mode: modeOf(here), text: heard.text, isPlaying },
      (text, options) => conversation.answer(text, { ...options, ...(thought ? { thought } : {}) }),
    );
    if (closed) return;
    switch (understood.kind) {
      case 'nothing':
        return send({ type: 'nothing', why: 'not-for-us', timingsMs: timings() });
      case 'called':
        calledMs = endMs;
        return send({ type: 'called', timingsMs: timings() });
      case 'volume':
        return send({
          type: 'answer',
          handled: true,
          heard: understood.text,
          say: '',
          volume: understood.wish,
          timingsMs: timings(),
        });
      case 'why':
        return send({
          type: 'answer',
          handled: true,
          heard: understood.text,
          ...deps.why(about!.session),
          timingsMs: timings(),
        });
      case 'answer': {
        const { handled, say, locale, sessionId, action, help, asks: isQuestion } = understood.answer;
        if (isQuestion) calledMs = endMs + QUESTION_MS;
        const voice = deps.voiceOf(say, locale);
        const told = sessionId ? await sessionHere(service, sessionId) : null;
        return send({
          type: 'answer',
          handled,
          heard: understood.text,
          say,
          ...(voice ? { voice } : {}),
          ...(sessionId ? { session: sessionId } : {}),
          ...(told ? { told: deps.tell(told.session) } : {}),
          ...(action ? { action } : {}),
          ...(help ? { help: { service: help.service, number: help.number } } : {}),
          timingsMs: timings(),
        });
      }
    }
  }

  /** Who goes on speaking after the name does not wait until it was understood. */
  const modeOf = ({ begin: { mode }, beganMs }: Speaking) => (beganMs - calledMs < AWAKE_MS ? 'awake' : mode);

  /** The session that the sentence can be about: the page's own, else the one of the house. */
  async function situation(service: SessionService, { begin: { session: id } }: Speaking) {
    const session = (await sessionHere(service, id)) ?? deps.running.latest();
    return {
      session,
      isPlaying: session !== null && session.position.status !== 'ended',
      conversation: deps.conversationAbout({ latest: () => session }),
    };
  }

  return {
    take(message) {
      if (waiting.messages >= MOST_WAITING || waiting.bytes + message.length > MOST_WAITING_BYTES)
        throw new EmohealError('busy', 'More was sent than can be heard.', { retryable: true });
      if (typeof message !== 'string') {
        const here = now;
        const pcm = fromPcm16(message);
        if (here) inTurn(() => add(here, pcm), message.length);
        return;
      }
      const wish = readAs(FromPage, parseJson(message), { what: 'The message is not as expected', whole: 'message' });
      const here = now;
      switch (wish.type) {
        case 'begin':
          return begin(wish);
        case 'pause':
          if (here) inTurn(() => (wish.name ? lookForName(here) : pause(here)));
          return;
        case 'end':
          now = undefined;
          if (here) {
            const endMs = nowMs();
            inTurn(() => finish(here, endMs));
          }
          return;
        case 'drop':
          return drop();
        case 'ask': {
          const say = questionWords(wish.question, wish.locale, deps.say);
          const voice = deps.voiceOf(say, wish.locale);
          return send({ type: 'question', say, ...(voice ? { voice } : {}) });
        }
      }
    },
    close() {
      closed = true;
      drop();
    },
  };
}

function fromPcm16(bytes: Uint8Array): Float32Array {
  if (bytes.length % 2 !== 0) throw new EmohealError('bad-input', 'Sound comes as whole 16-bit samples.');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length: bytes.length / 2 }, (_, i) => view.getInt16(i * 2, true) / 32_768);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
