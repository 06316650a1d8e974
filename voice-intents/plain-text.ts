/** Brings what was written and what was said to one form, so that they can be compared letter by letter. */
import type { Language } from './sentences.js';

/**
 * Lower case, one kind of apostrophe, Western digits, no punctuation, single spaces. `{slot}` stays as it is.
 * Japanese loses its spaces: Amazon wants them around slots, nobody says them.
 */
export function plain(language: Language, text: string): string {
  const bare = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[’‘ʼ`´]/g, "'")
    .replace(/[०-९]/g, (digit) => String(digit.charCodeAt(0) - 0x0966))
    .replace(/[^\p{L}\p{M}\p{N}'{}\s]/gu, ' ');
  return spaced(language) ? bare.replace(/\s+/g, ' ').trim() : bare.replace(/\s+/g, '');
}

/** Whether words of the language stand apart. */
export const spaced = (language: Language) => language !== 'ja';

/** Words that ask nicely or win time; they carry no meaning at either end of a sentence. */
const FILLERS: Record<Language, readonly string[]> = {
  en: ['please', 'um', 'uh', 'well', 'oh', 'okay', 'hey'],
  de: ['bitte', 'ähm', 'äh', 'also', 'ach', 'na ja', 'du'],
  fr: ["s'il te plaît", "s'il vous plaît", 'euh', 'bon', 'ben', 'alors', 'oh'],
  es: ['por favor', 'eh', 'pues', 'bueno', 'ay'],
  it: ['per favore', 'per piacere', 'ehm', 'allora', 'beh', 'ecco'],
  pt: ['por favor', 'hum', 'então', 'bom', 'ai', 'olha'],
  ja: ['えっと', 'ええと', 'あのね', 'あの', 'うーん', 'お願いします'],
  hi: ['कृपया', 'प्लीज़', 'अच्छा', 'अरे', 'सुनो'],
};

/** The sentence without fillers at its ends; a sentence of fillers only stays as it was. Takes and gives plain text. */
export function withoutFillers(language: Language, text: string): string {
  const gap = spaced(language) ? ' ' : '';
  let rest = text;
  for (;;) {
    const before = rest;
    for (const filler of FILLERS[language].map((word) => plain(language, word))) {
      if (rest.startsWith(filler + gap) && rest.length > filler.length + gap.length) {
        rest = rest.slice(filler.length + gap.length);
      } else if (rest.endsWith(gap + filler) && rest.length > filler.length + gap.length) {
        rest = rest.slice(0, -(filler.length + gap.length));
      }
    }
    if (rest === before) return rest;
  }
}
