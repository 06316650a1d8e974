/** Brings what was written and what was said to one form, so that they can be compared letter by letter. */
import type { BedsideLanguage } from './bedside-languages.js';
import type { Language } from './sentences.js';

type AnyLanguage = Language | BedsideLanguage;

/** Characters of our Chinese lists in the other script, each before its own: a recogniser writes Mandarin in either. */
const TRADITIONAL = new Map(
  '來来 樂乐 關关 別别 靜静 暫暂 繼继 續续 換换 過过 個个 從从 頭头 開开 說说 麼么 會会 現现 這这 裡里 裏里 樣样 變变 點点 為为 鐘钟 鍾钟 後后 聲声 輕轻 響响 聽听 見见 兩两 兒儿 著着 夥伙 謝谢 請请 嗎吗'
    .split(' ')
    .map((pair) => [...pair] as [string, string]),
);

/**
 * Lower case, one kind of apostrophe, Western digits, no punctuation, single spaces. `{slot}` stays as it is.
 * Japanese loses its spaces: Amazon wants them around slots, nobody says them. So does Chinese. Arabic loses the marks of
 * short vowels, and letters that are often written one for another become one; Chinese is written in one script.
 */
export function plain(language: AnyLanguage, text: string): string {
  const bare = text
    .normalize('NFKC')
    // Turkish has two letters i.
    .toLocaleLowerCase(language === 'tr' ? 'tr' : 'en')
    .replace(/[\u064b-\u0652\u0670\u0640]/g, '')
    .replace(/[أإآٱ]/g, 'ا')
    .replace(/ى/g, 'ي')
    .replace(/ة/g, 'ه')
    .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x0660))
    .replace(/[’‘ʼ`´]/g, "'")
    .replace(/[०-९]/g, (digit) => String(digit.charCodeAt(0) - 0x0966))
    .replace(/[^\p{L}\p{M}\p{N}'{}\s]/gu, ' ');
  if (spaced(language)) return bare.replace(/\s+/g, ' ').trim();
  const tight = bare.replace(/\s+/g, '');
  return language === 'zh' ? tight.replace(/./gu, (letter) => TRADITIONAL.get(letter) ?? letter) : tight;
}

/** Whether words of the language stand apart. */
export const spaced = (language: AnyLanguage) => language !== 'ja' && language !== 'zh';

/** Words that win time before a sentence begins. At its end some of them mean something: "not so well". */
const OPENERS: Record<AnyLanguage, readonly string[]> = {
  en: ['please', 'um', 'uh', 'well', 'oh', 'okay', 'hey'],
  de: ['bitte', 'ähm', 'äh', 'also', 'ach', 'na ja', 'du'],
  fr: ["s'il te plaît", "s'il vous plaît", 'euh', 'bon', 'ben', 'alors', 'oh'],
  es: ['por favor', 'eh', 'pues', 'bueno', 'ay'],
  it: ['per favore', 'per piacere', 'ehm', 'allora', 'beh', 'ecco'],
  pt: ['por favor', 'hum', 'então', 'bom', 'ai', 'olha'],
  ja: ['えっと', 'ええと', 'あのね', 'あの', 'うーん'],
  hi: ['कृपया', 'प्लीज़', 'अच्छा', 'अरे', 'सुनो'],
  nl: ['alsjeblieft', 'eh', 'nou', 'oké', 'hé'],
  pl: ['proszę', 'hej', 'no', 'eee'],
  tr: ['lütfen', 'şey', 'hey', 'tamam'],
  ar: ['من فضلك', 'لو سمحت', 'يا'],
  zh: ['请', '嗯', '那个', '嘿'],
};

/** Words that ask nicely after a sentence. */
const CLOSERS: Record<AnyLanguage, readonly string[]> = {
  en: ['please'],
  de: ['bitte'],
  fr: ["s'il te plaît", "s'il vous plaît"],
  es: ['por favor'],
  it: ['per favore', 'per piacere'],
  pt: ['por favor'],
  ja: ['お願いします'],
  hi: ['कृपया', 'प्लीज़'],
  nl: ['alsjeblieft', 'graag'],
  pl: ['proszę'],
  tr: ['lütfen'],
  ar: ['من فضلك', 'لو سمحت'],
  zh: ['吧', '谢谢', '好吗'],
};

/** The sentence without such words at its ends; one of nothing else stays as it was. Takes and gives plain text. */
export function withoutFillers(language: AnyLanguage, text: string): string {
  const gap = spaced(language) ? ' ' : '';
  let rest = text;
  for (;;) {
    const opener = OPENERS[language].map((word) => plain(language, word) + gap).find((word) => rest.startsWith(word));
    const closer = CLOSERS[language].map((word) => gap + plain(language, word)).find((word) => rest.endsWith(word));
    if (opener && opener.length < rest.length) rest = rest.slice(opener.length);
    else if (closer && closer.length < rest.length) rest = rest.slice(0, -closer.length);
    else return rest;
  }
}
