/**
 * "Softer" and "louder", for speakers that hear for themselves: on an assistant's device the platform turns the knob and
 * no skill is asked. Words that mean the music itself ("softer music") stay with the intents.
 */
import { BEDSIDE_WORDS, bedsideLanguageOf } from './bedside-languages.js';
import { nearestLocale } from './intents.js';
import { plain, withoutFillers } from './plain-text.js';
import { type Language, sentencesFor } from './sentences.js';

export type VolumeWish = 'softer' | 'louder';

const VOLUME_WORDS: Record<Language, Record<VolumeWish, readonly string[]>> = {
  en: {
    softer: [
      'softer',
      'quieter',
      'a bit softer',
      'a bit quieter',
      'a little softer',
      'a little quieter',
      'turn it down',
      'turn down the volume',
      'volume down',
      'not so loud',
      'too loud',
    ],
    louder: [
      'louder',
      'a bit louder',
      'a little louder',
      'turn it up',
      'turn up the volume',
      'volume up',
      'too quiet',
      'too soft',
    ],
  },
  de: {
    softer: [
      'leiser',
      'ein bisschen leiser',
      'etwas leiser',
      'mach leiser',
      'mach es leiser',
      'nicht so laut',
      'zu laut',
    ],
    louder: ['lauter', 'ein bisschen lauter', 'etwas lauter', 'mach lauter', 'mach es lauter', 'zu leise'],
  },
  fr: {
    softer: [
      'moins fort',
      'un peu moins fort',
      'baisse',
      'baisse le son',
      'baisse le volume',
      'pas si fort',
      'trop fort',
    ],
    louder: ['plus fort', 'un peu plus fort', 'monte le son', 'monte le volume', 'pas assez fort'],
  },
  es: {
    softer: ['más bajo', 'un poco más bajo', 'baja el volumen', 'baja la música', 'no tan alto', 'demasiado alto'],
    louder: ['más alto', 'un poco más alto', 'más fuerte', 'sube el volumen', 'sube la música', 'demasiado bajo'],
  },
  it: {
    softer: [
      'più piano',
      'un po più piano',
      'più basso',
      'abbassa',
      'abbassa il volume',
      'troppo forte',
      'troppo alto',
    ],
    louder: ['più forte', 'un po più forte', 'più alto', 'alza', 'alza il volume', 'troppo piano', 'troppo basso'],
  },
  pt: {
    softer: ['mais baixo', 'um pouco mais baixo', 'abaixa', 'abaixa o volume', 'abaixe o volume', 'muito alto'],
    louder: ['mais alto', 'um pouco mais alto', 'aumenta', 'aumenta o volume', 'aumente o volume', 'muito baixo'],
  },
  ja: {
    softer: ['音を小さく', '音を小さくして', '小さくして', 'もう少し小さく', '音量を下げて', 'うるさい'],
    louder: ['音を大きく', '音を大きくして', '大きくして', 'もう少し大きく', '音量を上げて', '聞こえない'],
  },
  hi: {
    softer: ['आवाज़ कम करो', 'आवाज कम करो', 'थोड़ा धीमा', 'धीरे बजाओ', 'वॉल्यूम कम करो', 'बहुत तेज़ है'],
    louder: ['आवाज़ बढ़ाओ', 'आवाज बढ़ाओ', 'थोड़ा तेज़', 'ज़ोर से बजाओ', 'वॉल्यूम बढ़ाओ', 'सुनाई नहीं दे रहा'],
  },
};

/** What the sentence wishes of the volume; null where it wishes something else. */
export function volumeWish(locale: string, said: string): VolumeWish | null {
  const ofThePage = bedsideLanguageOf(locale);
  const language = ofThePage ?? sentencesFor(nearestLocale(locale)).language;
  const list = ofThePage ? BEDSIDE_WORDS[ofThePage] : VOLUME_WORDS[language as Language];
  const text = withoutFillers(language, plain(language, said));
  for (const wish of ['softer', 'louder'] as const)
    if (list[wish].some((words) => plain(language, words) === text)) return wish;
  return null;
}

/** Every listed sentence, for tests and for the help of the page. */
export const volumeWords = (language: Language): Record<VolumeWish, readonly string[]> => VOLUME_WORDS[language];
