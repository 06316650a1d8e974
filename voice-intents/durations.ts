/**
 * Lengths of time as people say them, to ISO 8601 as Amazon sends them: "ninety minutes" stays PT90M, "an hour and a
 * half" is PT1H30M. Reads figures and words, several parts in a row, and the halves and quarters of each language.
 */
import { numberWords } from './numbers.js';
import { plain, spaced } from './plain-text.js';
import type { Language } from './sentences.js';

type Unit = 'H' | 'M' | 'S';

interface DurationWords {
  units: Record<Unit, readonly string[]>;
  /** Between two parts, or before "a half". */
  and: readonly string[];
  /** After a unit: half of that unit more. */
  half: readonly string[];
  /** Said as one, with its ISO form. */
  phrases: Readonly<Record<string, string>>;
}

const WORDS: Record<Language, DurationWords> = {
  en: {
    units: { H: ['hours', 'hour'], M: ['minutes', 'minute', 'mins', 'min'], S: ['seconds', 'second'] },
    and: ['and'],
    half: ['and a half'],
    phrases: {
      'half an hour': 'PT30M',
      'half hour': 'PT30M',
      'a half hour': 'PT30M',
      'a quarter of an hour': 'PT15M',
      'quarter of an hour': 'PT15M',
      'three quarters of an hour': 'PT45M',
      'a couple of minutes': 'PT2M',
      'a couple of hours': 'PT2H',
    },
  },
  de: {
    units: { H: ['stunden', 'stunde'], M: ['minuten', 'minute'], S: ['sekunden', 'sekunde'] },
    and: ['und'],
    half: [],
    phrases: {
      'eine halbe stunde': 'PT30M',
      'einer halben stunde': 'PT30M',
      'halbe stunde': 'PT30M',
      'halben stunde': 'PT30M',
      'eine viertelstunde': 'PT15M',
      'einer viertelstunde': 'PT15M',
      viertelstunde: 'PT15M',
      'eine dreiviertelstunde': 'PT45M',
      'einer dreiviertelstunde': 'PT45M',
      dreiviertelstunde: 'PT45M',
      'anderthalb stunden': 'PT1H30M',
      'eineinhalb stunden': 'PT1H30M',
      'zweieinhalb stunden': 'PT2H30M',
    },
  },
  fr: {
    units: { H: ['heures', 'heure'], M: ['minutes', 'minute'], S: ['secondes', 'seconde'] },
    and: ['et'],
    half: ['et demie', 'et demi'],
    phrases: {
      'une demi-heure': 'PT30M',
      'demi-heure': 'PT30M',
      "un quart d'heure": 'PT15M',
      "quart d'heure": 'PT15M',
      "trois quarts d'heure": 'PT45M',
    },
  },
  es: {
    units: { H: ['horas', 'hora'], M: ['minutos', 'minuto', 'minutitos'], S: ['segundos', 'segundo'] },
    and: ['y', 'con'],
    half: ['y media', 'y medio'],
    phrases: {
      'media hora': 'PT30M',
      'un cuarto de hora': 'PT15M',
      'cuarto de hora': 'PT15M',
      'tres cuartos de hora': 'PT45M',
      'una hora y cuarto': 'PT1H15M',
    },
  },
  it: {
    units: { H: ['ore', 'ora'], M: ['minuti', 'minuto'], S: ['secondi', 'secondo'] },
    and: ['e'],
    half: ['e mezza', 'e mezzo'],
    phrases: {
      "mezz'ora": 'PT30M',
      mezzora: 'PT30M',
      "una mezz'ora": 'PT30M',
      "un'ora": 'PT1H',
      "un'ora e mezza": 'PT1H30M',
      "un'oretta": 'PT1H',
      "un quarto d'ora": 'PT15M',
      "quarto d'ora": 'PT15M',
      "tre quarti d'ora": 'PT45M',
    },
  },
  pt: {
    units: { H: ['horas', 'hora'], M: ['minutos', 'minuto', 'minutinhos'], S: ['segundos', 'segundo'] },
    and: ['e'],
    half: ['e meia', 'e meio'],
    phrases: {
      'meia hora': 'PT30M',
      'meia horinha': 'PT30M',
      'uma horinha': 'PT1H',
      'um quarto de hora': 'PT15M',
      'três quartos de hora': 'PT45M',
    },
  },
  ja: {
    units: { H: ['時間'], M: ['分間', '分'], S: ['秒間', '秒'] },
    and: ['と'],
    half: ['半'],
    phrases: { 半時間: 'PT30M', 小一時間: 'PT1H' },
  },
  hi: {
    units: {
      H: ['घंटे', 'घंटा', 'घंटों', 'घण्टे', 'घण्टा'],
      M: ['मिनट', 'मिनटों', 'मिनिट'],
      S: ['सेकंड', 'सेकेंड', 'सैकंड'],
    },
    and: ['और'],
    half: [],
    phrases: {
      'आधा घंटा': 'PT30M',
      'आधे घंटे': 'PT30M',
      'पौन घंटा': 'PT45M',
      'पौन घंटे': 'PT45M',
      'पौना घंटा': 'PT45M',
      'पौने घंटे': 'PT45M',
      'सवा घंटा': 'PT1H15M',
      'सवा घंटे': 'PT1H15M',
      'डेढ़ घंटा': 'PT1H30M',
      'डेढ़ घंटे': 'PT1H30M',
      'ढाई घंटे': 'PT2H30M',
    },
  },
};

const HALF_OF: Record<Unit, { unit: Unit; count: number } | null> = {
  H: { unit: 'M', count: 30 },
  M: { unit: 'S', count: 30 },
  S: null,
};

/** The ISO 8601 length that a plain text says ("PT10M"), or null when it says none. */
export function durationFrom(language: Language, text: string): string | null {
  const words = WORDS[language];
  const phrase = Object.entries(words.phrases).find(([said]) => plain(language, said) === text);
  if (phrase) return phrase[1];

  const parts: Partial<Record<Unit, number>> = {};
  let rest = text;
  let last: Unit | null = null;
  while (rest !== '') {
    const half: string | null = last === null ? null : after(language, rest, words.half);
    const halved = last === null || half === null ? null : HALF_OF[last];
    if (half !== null && halved) {
      parts[halved.unit] = (parts[halved.unit] ?? 0) + halved.count;
      rest = half;
      continue;
    }
    if (last !== null) rest = after(language, rest, words.and) ?? rest;
    const part = readPart(language, rest, words);
    if (part === null || parts[part.unit] !== undefined) return null;
    parts[part.unit] = part.count;
    last = part.unit;
    rest = part.rest;
  }
  const said = (['H', 'M', 'S'] as const).filter((unit) => parts[unit] !== undefined);
  return said.length === 0 ? null : `PT${said.map((unit) => `${parts[unit]}${unit}`).join('')}`;
}

/** "ten minutes and …" → ten, minutes, "and …". */
function readPart(language: Language, text: string, words: DurationWords) {
  const figures = /^\d{1,4}/.exec(text)?.[0];
  const numbers = numberWords(language);
  const word = figures ?? longest(language, text, [...numbers.keys()]);
  if (word === null) return null;
  const count = figures === undefined ? numbers.get(word)! : Number(figures);
  const behind = text.slice(word.length).trim();
  for (const unit of ['H', 'M', 'S'] as const) {
    const rest = after(language, behind, words.units[unit]);
    if (rest !== null) return { count, unit, rest };
  }
  return null;
}

/** What follows the longest of `words` that the text starts with; null when it starts with none. */
function after(language: Language, text: string, words: readonly string[]): string | null {
  const found = longest(language, text, words);
  return found === null ? null : text.slice(found.length).trim();
}

function longest(language: Language, text: string, words: readonly string[]): string | null {
  const fits = words
    .map((word) => plain(language, word))
    .filter((word) => text.startsWith(word) && (!spaced(language) || /^( |$)/.test(text.slice(word.length))));
  return fits.reduce<string | null>((best, word) => (best === null || word.length > best.length ? word : best), null);
}

/** Minutes of an ISO 8601 duration as Amazon writes it ("PT1H30M", "PT45S"); null for anything else. */
export function minutesOf(duration: string): number | null {
  const match = /^P(?:(\d{1,3})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:(\d{1,6})S)?)?$/.exec(duration.trim());
  if (!match || duration.trim().length < 3) return null;
  const [days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
  ];
  const total = days * 1440 + hours * 60 + minutes + seconds / 60;
  return total > 0 ? total : null;
}
