/**
 * Checks the sentences of a locale against Amazon's rules and our own, before Amazon refuses the model or, worse, takes
 * it and hears the wrong intent. Each rule is a function from sentences to findings; `RULES` at the end lists them.
 */
import { BUILT_IN_WORDS } from './built-in-words.js';
import { type Locale, OUR_INTENTS, type OurIntent, SLOT_TYPES, SLOT_VALUES, type SlotName } from './intents.js';
import { invocationNameProblems } from './invocation-name.js';
import { plain, spaced } from './plain-text.js';
import { type Language, type LocaleSentences, OUR_TYPES, sentencesFor } from './sentences.js';

export interface Finding {
  locale: Locale;
  rule: string;
  /** Intent, type or "invocationName". */
  where: string;
  /** The sentence or word, and what is wrong with it. */
  what: string;
}

type Found = Omit<Finding, 'locale' | 'rule'>;

/** Fewer sentences make Amazon guess; the feeling is what everything hangs on. */
const LEAST_FEELING_SENTENCES = 30;
const LEAST_SENTENCES = 5;
/** Amazon's limit for a slot value. */
const LONGEST_VALUE = 140;

const LATIN = /^[\p{Script=Latin}\p{M} '.-]*$/u;
const LETTERS: Record<Language, RegExp> = {
  en: LATIN,
  de: LATIN,
  fr: LATIN,
  es: LATIN,
  it: LATIN,
  pt: LATIN,
  ja: /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー ]*$/u,
  hi: /^(?!.*\p{N})[\p{Script=Devanagari} '.-]*$/u,
};

/** Words that turn the words beside them into their opposite. */
const NEGATIONS: Record<Language, RegExp> = {
  en: /^(not|no|never|nothing|nobody|cannot)$|n't$/,
  de: /^(nicht|nie|niemand|nichts|kein\p{L}*)$/u,
  fr: /^(ne|pas|plus|jamais|rien|personne)$|^n'/,
  es: /^(no|nunca|nada|nadie|sin)$/,
  it: /^(non|mai|niente|nessun\p{L}*|senza)$/u,
  pt: /^(não|nunca|nada|ninguém|sem)$/,
  ja: /ない|ません|ぬ$/,
  hi: /^(नहीं|मत|न|ना|कोई|बिना)$/,
};

const slotNames = (sample: string) => [...sample.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name!);

function allSamples({ intents }: LocaleSentences) {
  return (Object.keys(OUR_INTENTS) as OurIntent[]).flatMap((intent) =>
    intents[intent].map((sample) => ({ intent, sample })),
  );
}

/** Known slots, of the right intent, one at most: the matcher and Amazon's search query need the rest of the sentence. */
function slotRule(sentences: LocaleSentences): Found[] {
  return allSamples(sentences).flatMap(({ intent, sample }) => {
    const allowed: readonly string[] = OUR_INTENTS[intent];
    const names = slotNames(sample);
    const wrong = names.flatMap((name) => {
      if (!Object.hasOwn(SLOT_TYPES, name)) return [`"${sample}": there is no slot "${name}"`];
      return allowed.includes(name) ? [] : [`"${sample}": the slot "${name}" belongs to another intent`];
    });
    if (names.length > 1) wrong.push(`"${sample}": one slot a sentence`);
    if (!spaced(sentences.language) && /[^ ]\{|\}[^ ]/.test(sample))
      wrong.push(`"${sample}": a slot stands between spaces`);
    return wrong.map((what) => ({ where: intent, what }));
  });
}

const takesFreeWords = (sample: string) =>
  slotNames(sample).some((name) => SLOT_TYPES[name as SlotName] === 'AMAZON.SearchQuery');

const withoutSlots = (sample: string) => sample.replace(/\{[^}]*\}/g, ' ');

/** Amazon refuses a sentence of a search query that is nothing but the slot. */
function carrierRule(sentences: LocaleSentences): Found[] {
  return allSamples(sentences)
    .filter(({ sample }) => takesFreeWords(sample) && !/\p{L}/u.test(withoutSlots(sample)))
    .map(({ intent, sample }) => ({ where: intent, what: `"${sample}": carrier words are needed beside the slot` }));
}

/**
 * Only the slot reaches the skill, not the carrier: "i don't want {feeling}" would hand over "to live". A "no" must
 * stay inside the slot, so that a reading, above all of a crisis, sees it: "i {feeling}" hands over "don't want to live".
 */
function negationRule(sentences: LocaleSentences): Found[] {
  const { language } = sentences;
  return allSamples(sentences)
    .filter(({ sample }) => takesFreeWords(sample))
    .filter(({ sample }) =>
      plain(language, withoutSlots(sample))
        .split(' ')
        .some((word) => NEGATIONS[language].test(word)),
    )
    .map(({ intent, sample }) => ({
      where: intent,
      what: `"${sample}": the carrier denies, which the skill never sees`,
    }));
}

/**
 * The same sentence twice. Slots of one type are the same, and a search query is the same as any slot, so
 * "i feel {feeling}" and "i feel {emotion}" collide while "{rating}" and "{length}" do not.
 */
function collisionRule(sentences: LocaleSentences): Found[] {
  const { language } = sentences;
  const builtIn = new Map(
    Object.entries(BUILT_IN_WORDS[language]).flatMap(([name, words]) =>
      words.map((word) => [plain(language, word), name]),
    ),
  );
  const seen = new Map<string, { intent: string; type: string; sample: string }[]>();
  return allSamples(sentences).flatMap(({ intent, sample }) => {
    const text = plain(language, sample);
    const type = slotNames(sample).map((name) => SLOT_TYPES[name as SlotName] ?? name)[0] ?? '';
    const shape = text.replace(/\{[^}]*\}/g, '{}');
    const others = seen.get(shape) ?? [];
    seen.set(shape, [...others, { intent, type, sample }]);
    const open = 'AMAZON.SearchQuery';
    const found = others
      .filter((other) => other.type === type || other.type === open || type === open)
      .map((other) => ({ where: intent, what: `"${sample}" is also in ${other.intent} as "${other.sample}"` }));
    const taken = builtIn.get(text);
    return taken ? [...found, { where: intent, what: `"${sample}" is heard as ${taken}` }] : found;
  });
}

/** Enough ways to say a thing. */
function countRule({ intents }: LocaleSentences): Found[] {
  return (Object.keys(OUR_INTENTS) as OurIntent[]).flatMap((intent) => {
    const least = intent === 'FeelingIntent' ? LEAST_FEELING_SENTENCES : LEAST_SENTENCES;
    const count = intents[intent].length;
    return count < least ? [{ where: intent, what: `${count} sentences, ${least} are needed` }] : [];
  });
}

/** Letters of the script, spaces, apostrophes, periods, hyphens; no digits and no punctuation. */
function characterRule(sentences: LocaleSentences): Found[] {
  const fine = (text: string) => LETTERS[sentences.language].test(text) && !/^ | $| {2}/.test(text);
  const samples = allSamples(sentences)
    .filter(({ sample }) => !fine(sample.replace(/ \{[a-z]+\}|\{[a-z]+\} |^\{[a-z]+\}$/g, '')))
    .map(({ intent, sample }) => ({
      where: intent,
      what: `"${sample}": a character that may not stand in a sentence`,
    }));
  const words = OUR_TYPES.flatMap((type) =>
    sentences.types[type]
      .flatMap(({ value, synonyms }) => [value, ...synonyms])
      .filter((word) => !fine(word))
      .map((word) => ({ where: type, what: `"${word}": a character that may not stand in a value` })),
  );
  return [...samples, ...words];
}

/** One meaning a word, one value an id, and none too long. */
function valueRule({ language, types }: LocaleSentences): Found[] {
  return OUR_TYPES.flatMap((type) => {
    const found: Found[] = [];
    const owner = new Map<string, string>();
    const ids = new Set<string>();
    for (const { value, id, synonyms } of types[type]) {
      if (ids.has(id)) found.push({ where: type, what: `the id "${id}" has two values` });
      ids.add(id);
      for (const word of [value, ...synonyms]) {
        const text = plain(language, word);
        const first = owner.get(text);
        if (first !== undefined)
          found.push({ where: type, what: `"${word}" stands for "${first}" and again for "${id}"` });
        owner.set(text, id);
        if (word.length > LONGEST_VALUE)
          found.push({ where: type, what: `"${word}" is over ${LONGEST_VALUE} characters` });
      }
    }
    return found;
  });
}

/** INTENTION and APPROACH have exactly the ids that the skill knows. */
function idRule({ types }: LocaleSentences): Found[] {
  return (Object.keys(SLOT_VALUES) as (keyof typeof SLOT_VALUES)[]).flatMap((type) => {
    const wanted: readonly string[] = SLOT_VALUES[type];
    const given = types[type].map(({ id }) => id);
    return [
      ...wanted.filter((id) => !given.includes(id)).map((id) => ({ where: type, what: `the id "${id}" has no value` })),
      ...given.filter((id) => !wanted.includes(id)).map((id) => ({ where: type, what: `the id "${id}" is unknown` })),
    ];
  });
}

function nameRule({ language, invocationName }: LocaleSentences): Found[] {
  return invocationNameProblems(language, invocationName, LETTERS[language]).map((what) => ({
    where: 'invocationName',
    what: `"${invocationName}": ${what}`,
  }));
}

const RULES: Record<string, (sentences: LocaleSentences) => Found[]> = {
  slots: slotRule,
  carrier: carrierRule,
  negation: negationRule,
  collision: collisionRule,
  count: countRule,
  characters: characterRule,
  values: valueRule,
  ids: idRule,
  'invocation-name': nameRule,
};

/** Everything wrong with the given sentences; empty when Amazon can have them. */
export function lintSentences(sentences: LocaleSentences): Finding[] {
  return Object.entries(RULES).flatMap(([rule, check]) =>
    check(sentences).map((found) => ({ locale: sentences.locale, rule, ...found })),
  );
}

/** Everything wrong with the sentences of a locale as they are in `sentences/`. */
export const lintLocale = (locale: Locale): Finding[] => lintSentences(sentencesFor(locale));
