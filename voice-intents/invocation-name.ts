/**
 * Amazon's rules for the name a skill is called by: 2 to 50 characters, lower case, letters of the script, two words or
 * more, no wake word, no word that starts or joins a request, two-word names without article or preposition. Ours:
 * nothing about "mood", which other skills are called.
 */
import { spaced } from './plain-text.js';
import type { Language } from './sentences.js';

const WAKE_WORDS = [
  'alexa',
  'amazon',
  'echo',
  'computer',
  'ziggy',
  'skill',
  'app',
  'アレクサ',
  'アマゾン',
  'एलेक्सा',
  'अलेक्सा',
];

/** Words with which a request starts or joins its parts; in Japanese and Hindi the verbs that do. */
const LAUNCH_WORDS: Record<Language, readonly string[]> = {
  en: 'run start play resume use launch ask open tell load begin enable by from in using with about for if that to and'.split(
    ' ',
  ),
  de: 'starte öffne spiele frage sage frag sag benutze verwende aktiviere lade beginne nach von über mit ob dass und'.split(
    ' ',
  ),
  fr: 'lance ouvre démarre demande dis joue utilise active charge commence à avec pour que si et'.split(' '),
  es: 'abre inicia comienza empieza lanza pregunta pide di dile usa activa carga con para que si y'.split(' '),
  it: 'apri avvia inizia lancia chiedi domanda di usa attiva carica comincia con per che se e'.split(' '),
  pt: 'abrir abra abre iniciar inicie começar pergunte peça diga use ative carregar com para que se e'.split(' '),
  ja: ['開いて', '起動', 'スタート', '聞いて', '教えて', 'つないで', 'スキル'],
  hi: 'खोलो चलाओ शुरू पूछो बोलो लॉन्च स्टार्ट से को और'.split(' '),
};

const SMALL_WORDS: Record<Language, readonly string[]> = {
  en: 'the a an of on at for to'.split(' '),
  de: 'der die das den dem ein eine einen zu im am'.split(' '),
  fr: 'le la les un une des de du en'.split(' '),
  es: 'el la los las un una de del en a'.split(' '),
  it: 'il lo la i gli le un una da del in a'.split(' '),
  pt: 'o a os as um uma de da do em na no'.split(' '),
  ja: [],
  hi: 'का की के में पर'.split(' '),
};

/** What is wrong with the name, a phrase each; empty when Amazon takes it. `letters` is what a text of it may hold. */
export function invocationNameProblems(language: Language, name: string, letters: RegExp): string[] {
  const words = name.split(' ');
  const has = (word: string) => (spaced(language) ? words.includes(word) : name.includes(word));
  const problems: string[] = [];
  if (name.length < 2 || name.length > 50) problems.push('2 to 50 characters');
  if (name !== name.toLowerCase()) problems.push('lower case only');
  if (!letters.test(name) || /-|^ | $| {2}/.test(name))
    problems.push('only letters, single spaces, apostrophes, periods');
  if (spaced(language) && words.length < 2) problems.push('two words or more');
  if (words.length === 2 && SMALL_WORDS[language].some(has)) problems.push('an article or preposition in two words');
  problems.push(...WAKE_WORDS.filter(has).map((word) => `"${word}" wakes the speaker or names a skill`));
  problems.push(...LAUNCH_WORDS[language].filter(has).map((word) => `"${word}" starts or joins a request`));
  if (/mood|stimmung|humeur|ánimo|umore|humor|ムード|मूड/i.test(name)) problems.push('no word for mood');
  return problems;
}
