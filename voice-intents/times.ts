/**
 * Times of day as people say them, to "HH:MM" as Amazon sends them: "7:30", "half past seven", "sieben Uhr dreißig", "halb
 * acht", "7時半". Without a word for the half of the day the hour is taken as it is said.
 */
import { numberFrom } from './numbers.js';
import { plain, spaced } from './plain-text.js';
import type { Language } from './sentences.js';

interface TimeWords {
  /** Said before or between, and saying nothing: "o'clock". */
  idle: readonly string[];
  /** The whole or the end of it means the half hour after. */
  half: readonly string[];
  /** Before the hour: the half hour before it, as in "halb acht". */
  halfBefore?: readonly string[];
  morning: readonly string[];
  evening: readonly string[];
}

const WORDS: Record<Language, TimeWords> = {
  en: {
    idle: ["o'clock", 'at'],
    half: ['half past'],
    morning: ['am', 'a m', 'in the morning'],
    evening: ['pm', 'p m', 'in the evening', 'in the afternoon', 'at night'],
  },
  de: { idle: ['uhr', 'um'], half: [], halfBefore: ['halb'], morning: ['morgens', 'früh'], evening: ['abends'] },
  fr: { idle: ['heures', 'heure', 'h', 'à'], half: ['et demie'], morning: ['du matin'], evening: ['du soir'] },
  es: {
    idle: ['las', 'la', 'a'],
    half: ['y media'],
    morning: ['de la mañana'],
    evening: ['de la tarde', 'de la noche'],
  },
  it: { idle: ['le', 'alle', "l'"], half: ['e mezza', 'e mezzo'], morning: ['di mattina'], evening: ['di sera'] },
  pt: {
    idle: ['as', 'às', 'horas', 'hora', 'h'],
    half: ['e meia'],
    morning: ['da manhã'],
    evening: ['da noite', 'da tarde'],
  },
  ja: { idle: ['分'], half: ['半'], morning: ['午前', '朝の', '朝'], evening: ['午後', '夜の', '夜'] },
  hi: { idle: ['बजे'], half: [], halfBefore: [], morning: ['सुबह'], evening: ['शाम', 'रात'] },
};

/** Nobody needs half as many; a page of words would be looked through once for each of them. */
const MOST_CHARACTERS = 120;

/** Null where the words are no time of day. */
export function timeFrom(language: Language, said: string): string | null {
  if (said.length > MOST_CHARACTERS) return null;
  const gap = spaced(language) ? ' ' : '';
  const { idle, half, halfBefore = [], morning, evening } = WORDS[language];
  let text = plain(language, said);
  /** Takes the first of these words out of the text, where one stands there as a word. */
  const take = (words: readonly string[]): boolean => {
    for (const word of words.map((each) => plain(language, each))) {
      const padded = gap + text + gap;
      const at = padded.indexOf(gap + word + gap);
      if (at < 0) continue;
      text = (padded.slice(0, at) + gap + padded.slice(at + gap.length + word.length)).trim().replace(/ +/g, ' ');
      return true;
    }
    return false;
  };
  const late = take(evening);
  const early = !late && take(morning);
  const before = take(halfBefore);
  const after = take(half);
  while (take(idle));
  const parts = hourAndMinute(language, text);
  if (!parts) return null;
  let [hour, minute] = parts;
  if (minute === null) minute = before || after ? 30 : 0;
  else if (before || after) return null;
  if (before) hour = (hour + 23) % 24;
  if (late && hour < 12) hour += 12;
  if (early && hour === 12) hour = 0;
  if (hour === 24 && minute === 0) hour = 0;
  if (hour > 23 || minute > 59) return null;
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

/** "seven", "7", "7 30", "seven thirty", "7時30". */
function hourAndMinute(language: Language, text: string): [number, number | null] | null {
  if (!spaced(language)) {
    const [hours = '', minutes = ''] = text.split('時');
    const [hour, minute] = [numberFrom(language, hours), minutes === '' ? null : numberFrom(language, minutes)];
    return hour === null || (minutes !== '' && minute === null) ? null : [hour, minute];
  }
  const whole = numberFrom(language, text);
  if (whole !== null && whole <= 24) return [whole, null];
  const words = text.split(' ');
  for (let i = 1; i < words.length; i += 1) {
    const hour = numberFrom(language, words.slice(0, i).join(' '));
    const minute = numberFrom(language, words.slice(i).join(' '));
    if (hour !== null && minute !== null && hour <= 24 && minute < 60) return [hour, minute];
  }
  return null;
}
