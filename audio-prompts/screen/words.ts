/** The words of the bedside page in the language of a locale: its own labels, and the sentences that are also spoken. */
import { type Language, languageOf, sayPrompt, wordsOf } from '../prompts.js';
import { ar } from './ar.js';
import { de } from './de.js';
import { en, type ScreenWords } from './en.js';
import { es } from './es.js';
import { fr } from './fr.js';
import { hi } from './hi.js';
import { it } from './it.js';
import { ja } from './ja.js';
import { nl } from './nl.js';
import { pl } from './pl.js';
import { pt } from './pt.js';
import { SHARING } from './sharing/words.js';
import { tr } from './tr.js';
import { zh } from './zh.js';

const SCREENS: Record<Language, ScreenWords> = { en, de, fr, es, it, pt, ja, hi, nl, pl, tr, ar, zh };

/** What a page is given: every key is a string, with `{minutes}` and `{time}` left to be filled in. */
export type PageWords = ReturnType<typeof pageWords>;

export function pageWords(locale: string) {
  const { question, stayQuiet, stages, minutes } = wordsOf(locale);
  const say = (key: Parameters<typeof sayPrompt>[0], fields = {}) => sayPrompt(key, locale, fields);
  return {
    ...SCREENS[languageOf(locale)],
    ...SHARING[languageOf(locale)],
    question,
    stayQuiet,
    stageMatch: stages.match,
    stageGuide: stages.guide,
    stageTarget: stages.target,
    minutesOne: minutes.one,
    minutesTwo: minutes.two ?? minutes.other,
    minutesFew: minutes.few ?? minutes.other,
    minutesMany: minutes.many ?? minutes.other,
    minutesOther: minutes.other,
    saidBegun: say('withYou'),
    saidStay: say('staying'),
    saidDeeper: say('deeper'),
    saidExtended: say('extended', { minutes: '10' }),
    saidPaused: say('paused'),
    saidStopped: say('stopped'),
  };
}

/** Languages that are written from right to left. */
const RIGHT_TO_LEFT = ['ar', 'fa', 'he', 'ur'];

/** For `<html lang dir>`: the language of the words, which is English where the locale's own is not spoken. */
export function writtenIn(locale: string): { lang: string; dir: 'ltr' | 'rtl' } {
  const language = languageOf(locale);
  const asked = locale.split(/[-_]/)[0]?.toLowerCase();
  const lang = asked === language ? locale.replace('_', '-') : language;
  // Chinese has one set of words, in simplified letters: readers of the other ones get these, and the font is told so.
  const isSimplified = !/^zh-(hant|tw|hk|mo)\b/i.test(lang);
  return { lang: isSimplified ? lang : 'zh-Hans', dir: RIGHT_TO_LEFT.includes(language) ? 'rtl' : 'ltr' };
}
