/**
 * Reads what people say in a language (`sentences/<language>.json`) and adds what only one locale of it says.
 * English as spoken in the United States is the base of English; "I'm knackered" is an addition of en-GB.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { packageRoot } from '../models/paths.js';
import { LOCALES, type Locale, OUR_INTENTS, type OurIntent, SLOT_TYPES } from './intents.js';

export const LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'pt', 'ja', 'hi'] as const;
export type Language = (typeof LANGUAGES)[number];

export const OUR_TYPES = ['FEELING', 'INTENTION', 'APPROACH'] as const;
export type OurType = (typeof OUR_TYPES)[number];

/** A word for a slot. `id` is the same in every language, so that the code never compares words. */
const SlotValue = z.strictObject({
  value: z.string().min(1),
  id: z.string().regex(/^[a-z]+(-[a-z]+)*$/, 'an id is lower-case English with hyphens, such as "in-pain"'),
  // Amazon's model schema asks for the list, and for one entry at least.
  synonyms: z.array(z.string().min(1)).min(1),
});
export type SlotValue = z.infer<typeof SlotValue>;

const intentNames = Object.keys(OUR_INTENTS) as OurIntent[];
const Intents = z.enum(intentNames);
const Types = z.enum(OUR_TYPES);
const Samples = z.array(z.string().min(1)).min(1);

const Additions = z.strictObject({
  intents: z.partialRecord(Intents, Samples).optional(),
  types: z.partialRecord(Types, z.array(SlotValue)).optional(),
});

export const SentencesFile = z.strictObject({
  invocationName: z.partialRecord(z.enum(LOCALES), z.string()),
  intents: z.record(Intents, Samples),
  types: z.record(Types, z.array(SlotValue).min(1)),
  locales: z.partialRecord(z.enum(LOCALES), Additions).optional(),
});
export type SentencesFile = z.infer<typeof SentencesFile>;

/** Everything one locale says, with the additions of the locale put in. */
export interface LocaleSentences {
  locale: Locale;
  language: Language;
  invocationName: string;
  intents: Record<OurIntent, string[]>;
  types: Record<OurType, SlotValue[]>;
}

/** A sentences file that cannot be used: which file, where in it, what is wrong and how to mend it. */
export class SentencesInvalid extends Error {
  override readonly name = 'SentencesInvalid';
  readonly code = 'config-invalid';
  readonly retryable = false;

  constructor(
    readonly file: string,
    readonly where: string,
    readonly what: string,
    readonly remedy: string,
    cause?: unknown,
  ) {
    super(`${file}, at ${where}: ${what}. ${remedy}`, cause === undefined ? undefined : { cause });
  }
}

export const isOurType = (type: string): type is OurType => (OUR_TYPES as readonly string[]).includes(type);

/** The slots of an intent with their types, in the order of the contract. */
export function slotsOf(intent: OurIntent) {
  return OUR_INTENTS[intent].map((name) => ({ name, type: SLOT_TYPES[name] }));
}

export const languageOfLocale = (locale: Locale): Language => locale.slice(0, 2) as Language;

/** Parses the text of one file; `file` is only named in the error. */
export function parseSentences(file: string, text: string): SentencesFile {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (cause) {
    throw new SentencesInvalid(file, 'the whole file', 'it is not JSON', 'Look for a missing comma or quote.', cause);
  }
  const parsed = SentencesFile.safeParse(content);
  if (parsed.success) return parsed.data;
  const first = parsed.error.issues[0]!;
  const others = parsed.error.issues.length - 1;
  throw new SentencesInvalid(
    file,
    first.path.length === 0 ? 'the top' : first.path.join(' > '),
    `${first.message.toLowerCase()}${others > 0 ? ` (and ${others} more)` : ''}`,
    'The schema is SentencesFile in voice-intents/sentences.ts; sentences/en.json is an example of every part.',
    parsed.error,
  );
}

/** The base of a language with what `locale` adds: sentences follow the base, words join the value with the same id. */
export function mergeLocale(file: string, content: SentencesFile, locale: Locale): LocaleSentences {
  const invocationName = content.invocationName[locale];
  if (invocationName === undefined) {
    const remedy = `Add "${locale}": "two words" there.`;
    throw new SentencesInvalid(file, 'invocationName', `${locale} has no invocation name`, remedy);
  }
  const added = content.locales?.[locale];
  const intents = Object.fromEntries(
    intentNames.map((intent) => [intent, [...content.intents[intent], ...(added?.intents?.[intent] ?? [])]]),
  ) as Record<OurIntent, string[]>;
  const types = Object.fromEntries(
    OUR_TYPES.map((type) => [type, mergeValues(content.types[type], added?.types?.[type] ?? [])]),
  ) as Record<OurType, SlotValue[]>;
  return { locale, language: languageOfLocale(locale), invocationName, intents, types };
}

function mergeValues(base: readonly SlotValue[], added: readonly SlotValue[]): SlotValue[] {
  const merged = base.map((value) => {
    const more = added.filter(({ id }) => id === value.id).flatMap((other) => [other.value, ...other.synonyms]);
    // The value itself may be repeated, so that an addition can name which word it adds to.
    return { ...value, synonyms: [...value.synonyms, ...more.filter((word) => word !== value.value)] };
  });
  return [...merged, ...added.filter(({ id }) => !base.some((value) => value.id === id))];
}

const loaded = new Map<Locale, LocaleSentences>();

/** What one locale says. Files are read once a process. */
export function sentencesFor(locale: Locale): LocaleSentences {
  const known = loaded.get(locale);
  if (known) return known;
  const file = `voice-intents/sentences/${languageOfLocale(locale)}.json`;
  const sentences = mergeLocale(file, parseSentences(file, readSentences(file)), locale);
  loaded.set(locale, sentences);
  return sentences;
}

function readSentences(file: string): string {
  try {
    return readFileSync(path.join(packageRoot(), file), 'utf8');
  } catch (cause) {
    throw new SentencesInvalid(
      file,
      'the whole file',
      'it cannot be read',
      'Put the file back or fix its rights.',
      cause,
    );
  }
}
