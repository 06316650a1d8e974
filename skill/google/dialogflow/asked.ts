/**
 * What Dialogflow asks, whichever edition asks it: the words, the intent that they landed in, and what the other side can
 * play. Where Dialogflow understood nothing, our own sentences are asked once more before the listener is.
 */
import { WELCOME } from '../../../voice-intents/dialogflow.js';
import { durationFrom } from '../../../voice-intents/durations.js';
import {
  BUILT_IN_INTENTS,
  nearestLocale,
  OUR_INTENTS,
  type OurIntent,
  type SlotName,
} from '../../../voice-intents/intents.js';
import { matchSentence } from '../../../voice-intents/matcher.js';
import { plain } from '../../../voice-intents/plain-text.js';
import { languageOfLocale } from '../../../voice-intents/sentences.js';

/** A slot as the dialogue reads it; the same as Alexa's. */
export interface SlotHeard {
  value: string;
  /** Our id of the word, where it is one of ours. */
  id?: string;
}

export type Happening =
  | { kind: 'launch' }
  | { kind: 'intent'; name: string; slots: Record<string, SlotHeard> }
  | { kind: 'media'; status: 'finished' | 'failed' };

export interface Asked {
  edition: 'es' | 'cx';
  /** The same for a request that is delivered twice. */
  requestId: string;
  /** Name of the conversation: Dialogflow's session path. */
  conversation: string;
  /** BCP 47. */
  locale: string;
  /** As it was heard or typed; empty for events. */
  said: string;
  happening: Happening;
  /** Carried from the turn before, as the other side sent it back. */
  memory: Record<string, unknown>;
  /** An Assistant surface with the media player of Actions on Google: it tells us when a stage has ended. */
  tellsMediaStatus: boolean;
  /** Replies go into `payload.google`. */
  actionsOnGoogle: boolean;
}

/** Longer than anybody says; what is beyond is not read. */
export const MOST_SAID = 2000;

/** Dialogflow's name of an intent → ours. Its names hold no full stop, so Amazon's prefix is left out there. */
export function intentNamed(name: string | undefined): string | null {
  if (!name) return null;
  if (Object.hasOwn(OUR_INTENTS, name)) return name;
  const builtIn = `AMAZON.${name}`;
  return (BUILT_IN_INTENTS as readonly string[]).includes(builtIn) && builtIn !== 'AMAZON.FallbackIntent'
    ? builtIn
    : null;
}

export const isWelcome = (name: string | undefined): boolean => name === WELCOME || name === 'Default Welcome Intent';

/** Language tags as Dialogflow writes them ("en-us", "de") in their usual form; American English for what is none. */
export function localeOf(tag: string | null | undefined): string {
  try {
    return Intl.getCanonicalLocales((tag ?? '').replace('_', '-'))[0] ?? 'en-US';
  } catch {
    return 'en-US';
  }
}

/** A parameter of Dialogflow's → a slot; null where it holds nothing. `original` is what was said for it. */
export function slotFrom(locale: string, name: string, value: unknown, original?: unknown): SlotHeard | null {
  const said = typeof original === 'string' ? original.trim() : '';
  const first = Array.isArray(value) ? value[0] : value;
  if (name === 'length') {
    const length = lengthFrom(first) ?? wordsAsLength(locale, said || String(first ?? ''));
    return length ? { value: length } : null;
  }
  if (name === 'time') {
    const time = timeFrom(first);
    return time ? { value: time } : null;
  }
  if (typeof first === 'number') return { value: String(first) };
  if (typeof first !== 'string' || first.trim() === '') return null;
  const id = /^[a-z]+(-[a-z]+)*$/.test(first) && OWN_WORDS.has(name) ? first : undefined;
  return { value: (said || first).slice(0, MOST_SAID), ...(id ? { id } : {}) };
}

/** Slots whose values are ids of ours in the agent that we export. */
const OWN_WORDS = new Set<string>(['emotion', 'intention', 'approach'] satisfies SlotName[]);

const UNITS: Record<string, string> = { s: 'S', min: 'M', h: 'H' };

/** `@sys.time` comes as a moment in ISO 8601 (ES) or as {hours, minutes} (CX) → "07:30". */
function timeFrom(value: unknown): string | null {
  if (typeof value === 'string') return /(?:^|T)(\d{2}:\d{2})(?!\d)/.exec(value)?.[1] ?? null;
  if (typeof value !== 'object' || value === null) return null;
  const { hours, minutes = 0 } = value as { hours?: unknown; minutes?: unknown };
  if (!Number.isInteger(hours) || !Number.isInteger(minutes)) return null;
  const two = (part: unknown) => String(part).padStart(2, '0');
  return Number(hours) < 24 && Number(minutes) < 60 ? `${two(hours)}:${two(minutes)}` : null;
}

/** `@sys.duration` comes as {amount, unit}. */
function lengthFrom(value: unknown): string | null {
  if (typeof value === 'string') return /^PT?[\dTHMSD]+$/.test(value) ? value : null;
  if (typeof value !== 'object' || value === null) return null;
  const { amount, unit } = value as { amount?: unknown; unit?: unknown };
  if (typeof amount !== 'number' || !Number.isFinite(amount) || amount <= 0) return null;
  if (unit === 'day') return `P${Math.min(999, Math.round(amount))}D`;
  const letter = UNITS[String(unit)];
  if (!letter) return null;
  if (Number.isInteger(amount) && amount < 10_000) return `PT${amount}${letter}`;
  const seconds = Math.min(999_999, Math.round(amount * ({ S: 1, M: 60, H: 3600 }[letter] ?? 1)));
  return `PT${seconds}S`;
}

function wordsAsLength(locale: string, said: string): string | null {
  const language = languageOfLocale(nearestLocale(locale));
  return durationFrom(language, plain(language, said));
}

/**
 * The intent that the words landed in. A feeling is taken whole, as it was said: a "no" before the slot counts, and the
 * crisis gate and the model read what the person said and not what was left of it.
 */
export function heardAs(
  locale: string,
  said: string,
  name: string | null,
  slots: Record<string, SlotHeard>,
): { name: string; slots: Record<string, SlotHeard> } {
  const known = name !== null && filled(name, slots) ? { name, slots } : ownReading(locale, said);
  if (!known) return { name: 'AMAZON.FallbackIntent', slots: {} };
  return known.name === 'FeelingIntent' && said ? { name: known.name, slots: { feeling: { value: said } } } : known;
}

/** An intent with a slot and nothing in it was not understood yet. */
function filled(name: string, slots: Record<string, SlotHeard>): boolean {
  const wanted = Object.hasOwn(OUR_INTENTS, name) ? OUR_INTENTS[name as OurIntent] : [];
  return wanted.every((slot) => slots[slot] !== undefined);
}

function ownReading(locale: string, said: string): { name: string; slots: Record<string, SlotHeard> } | null {
  const matched = matchSentence(nearestLocale(locale), said);
  if (!matched) return null;
  const slots = Object.fromEntries(
    Object.entries(matched.slots).map(([slot, { said: words, value, id }]) => [
      slot,
      { value: id ? words : (value ?? words), ...(id ? { id } : {}) },
    ]),
  );
  return { name: matched.intent, slots };
}
