/**
 * What a surface may ask of the sessions: one utterance from words to a session, and everything that may happen to the
 * session afterwards. Every surface calls this and only translates. What was said is used, answered, and forgotten: a
 * stored session holds none of it.
 */
import type { CrisisGate } from './crisis/gate.js';
import type { HelpLine } from './crisis/help-lines.js';
import type { KnowledgeGraph } from './knowledge/graph.js';
import type { HouseRules } from './listeners/house-rules.js';
import type { Taste, TasteStore } from './listeners/taste.js';
import type { NightAsk } from './plan/night-ask.js';
import type { ReplanAction } from './plan/replan.js';
import type { EmotionClassifier, MusicSearch, Transcriber } from './ports.js';
import type { Position, Session } from './session.js';
import type { SessionStore } from './stores.js';
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

/** Seventeen pages. Reading so much takes about ten seconds, between whose parts shorter feelings are read. */
export const MOST_CHARACTERS = 50_000;

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
  /**
   * A speaker says where it is. Any action that follows starts from there. `whileStill`: only where the session is so at
   * that moment; what was asked for while the speaker was being looked at is not undone by it. Throws `not-found`.
   */
  place(
    id: string,
    where: { requestId: string; atSec: number; status: 'playing' | 'paused'; whileStill?: Position['status'] },
  ): Promise<{ session: Session; position: Position }>;
  /** Forgets a session for good; nothing where it is gone already. */
  forget(id: string): Promise<void>;
  /** Throws `not-found`. */
  look(id: string): Promise<{ session: Session; position: Position }>;
}
