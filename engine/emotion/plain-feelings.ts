/**
 * Plain words of feeling in languages that our model was not trained on: it takes a Turkish fear for annoyance and an
 * Arabic anger for gratitude. There a short list of words decides, which anybody can read and mend, and the model is not
 * asked. No native speaker has read the lists yet.
 *
 * Rules
 * 1. A word counts where it stands, with any ending; of several each counts.
 * 2. What is denied does not count ("üzgün değilim", "لست حزينا"); happiness that is denied is a little sadness.
 * 3. Where no word is found the reading is neutral: no guess.
 */
import { EMOTION_LABELS, type EmotionLabel } from '../vocabulary.js';

export type ListedLanguage = 'tr' | 'ar';

/** How sure a plain word is: it may still be somebody else's feeling. */
const SURE = 0.8;
const NOT_HAPPY = 0.5;

/** Beginnings of words and of rows of words, folded as `folded` does. */
const TURKISH: Partial<Record<EmotionLabel, readonly string[]>> = {
  sadness: [
    'uzgun',
    'uzulu',
    'mutsuz',
    'keder',
    'huzunlu',
    'agliyor',
    'agladim',
    'aglamak',
    'moralim bozuk',
    'keyfim yok',
    'canim sikkin',
    'icim aciyor',
    'icim daraliyor',
    'kalbim kirik',
    'umutsuz',
    'yalniz',
    'yapayalniz',
    'ozledim',
    'ozluyor',
    'kotu hissediyor',
  ],
  grief: ['yas tut', 'yastayim', 'kaybettim', 'vefat'],
  fear: ['korku', 'urkuyor', 'dehset', 'odum kop'],
  nervousness: ['endise', 'kaygi', 'gergin', 'tedirgin', 'stresli', 'strese gir', 'panikl', 'panik atak', 'telasl'],
  anger: ['kizgin', 'ofke', 'sinirli', 'sinirlen', 'kizdim', 'cildir'],
  annoyance: ['biktim', 'bezdim', 'gicik', 'rahatsiz ediyor', 'canimi sik', 'usandim'],
  joy: ['mutlu', 'sevinc', 'seviniyor', 'sevindim', 'neseli', 'keyifli', 'keyfim yerinde'],
  excitement: ['heyecan', 'sabirsizlaniyor'],
  gratitude: ['minnet', 'tesekkur', 'sukur'],
  love: ['seviyorum', 'asigim', 'asik oldum', 'ozluyor', 'ozledim'],
  relief: ['rahatladim', 'ferahladim', 'icim rahat', 'huzurlu', 'icime su serp'],
  remorse: ['pisman', 'suclu hissed', 'vicdan'],
  embarrassment: ['utaniyor', 'utandim', 'utanc', 'mahcup'],
  disappointment: ['hayal kirikli'],
  disgust: ['igren', 'tiksin'],
  pride: ['gurur'],
  surprise: ['sasirdim', 'sasiriyor', 'saskin'],
  confusion: ['kafam karis', 'kafam karma'],
  optimism: ['umutlu', 'umudum', 'umut ediyor'],
};

const ARABIC: Partial<Record<EmotionLabel, readonly string[]>> = {
  sadness: [
    'حزين',
    'حزن',
    'زعلان',
    'مكتئب',
    'كئيب',
    'ابكي',
    'بكيت',
    'وحيد',
    'وحدي',
    'وحده',
    'متضايق',
    'تعيس',
    'قلبي مكسور',
    'مهموم',
    'مخنوق',
    'اشتقت',
    'مشتاق',
    'اشتاق',
  ],
  grief: ['فقدت', 'فقدان', 'توفي', 'حداد'],
  fear: ['خايف', 'خائف', 'اخاف', 'خوف', 'مرعوب', 'مذعور'],
  nervousness: ['قلق', 'متوتر', 'توتر', 'مضطرب'],
  anger: ['غاضب', 'غضب', 'معصب', 'عصبيه'],
  annoyance: ['منزعج', 'مستاء', 'زهقت', 'زهقان', 'مليت', 'طفشان'],
  joy: ['سعيد', 'سعاده', 'فرحان', 'فرحت', 'فرح', 'مبسوط', 'مسرور'],
  excitement: ['متحمس', 'حماس'],
  gratitude: ['ممتن', 'شكرا', 'اشكر', 'حمد لله'],
  love: ['احبك', 'احبه', 'احب', 'بحب'],
  desire: ['مشتاق', 'اشتقت', 'اشتاق'],
  relief: ['مرتاح', 'ارتحت', 'مطمئن', 'مطمن', 'ارتياح'],
  remorse: ['نادم', 'ندم', 'بالذنب'],
  embarrassment: ['محرج', 'خجل', 'مكسوف'],
  disappointment: ['محبط', 'خيبه', 'احباط'],
  disgust: ['مقرف', 'قرفان', 'اشمئز'],
  pride: ['فخور'],
  surprise: ['متفاجئ', 'مندهش', 'مصدوم'],
  confusion: ['حائر', 'محتار', 'حيره', 'تائه'],
  optimism: ['متفائل', 'امل'],
};

/**
 * A word or a row of words, with what may stand before it: the article and one-letter prepositions are written onto Arabic words.
 */
const standing = (said: string, language: ListedLanguage) =>
  language === 'ar' ? `(?<!\\p{L})(?:[وفبل]?(?:ال)?|لل)${said}` : `(?<!\\p{L})${said}`;

interface Listed {
  label: EmotionLabel;
  pattern: RegExp;
}

const LISTED: Record<ListedLanguage, readonly Listed[]> = { tr: listed('tr', TURKISH), ar: listed('ar', ARABIC) };

function listed(language: ListedLanguage, words: Partial<Record<EmotionLabel, readonly string[]>>): Listed[] {
  return Object.entries(words).flatMap(([label, said]) =>
    said.map((each) => ({
      label: label as EmotionLabel,
      pattern: new RegExp(`${standing(each, language)}\\p{L}*`, 'u'),
    })),
  );
}

const NEVER = /(?!)/;

/** "Mutlu değilim": the denial comes after the Turkish word, and before the Arabic one ("لست سعيدا", "مش زعلان"). */
const DENIED: Record<ListedLanguage, { before: RegExp; after: RegExp }> = {
  tr: { before: NEVER, after: /^(?: hissetmiyor| degil)/u },
  ar: { before: /(?<!\p{L})(?:لست|ليس|لا|لم|مش|مو|مانيش|غير|ما)(?: اشعر| انا| كنت)? (?:ب)?$/u, after: NEVER },
};

/** Letters that are written in more ways than one made one; marks of short vowels taken out. */
const folded = (text: string): string =>
  text
    .slice(0, 10_000)
    .replace(/[\u064b-\u0652\u0670\u0640]/g, '')
    .replace(/[أإآٱ]/g, 'ا')
    .replace(/ى/g, 'ي')
    .replace(/ة/g, 'ه')
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/ı/g, 'i')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();

const ARABIC_LETTER = /\p{Script=Arabic}/gu;
const LATIN_LETTER = /\p{Script=Latin}/gu;
const TURKISH_LETTERS = /[ığşİ]/u;

/**
 * Which list reads a text, null where the model does. A language is hard to tell from one word ("üzgünüm"), and what only
 * looks Turkish must stay with the model: Turkish has to show letters of its own, or words of the list.
 *
 * @param detected the language that the text looks like, as ISO 639-1.
 * @param trained the languages that the model knows; null for a model that does not say.
 */
export function listFor(text: string, detected: string, trained: readonly string[] | null): ListedLanguage | null {
  if (trained === null) return null;
  const isArabic = (text.match(ARABIC_LETTER) ?? []).length > (text.match(LATIN_LETTER) ?? []).length;
  if (isArabic) return trained.includes('ar') ? null : 'ar';
  if (trained.includes('tr')) return null;
  if (detected === 'tr' && TURKISH_LETTERS.test(text)) return 'tr';
  const couldBe = detected === 'tr' || !trained.includes(detected);
  return couldBe && found(text, 'tr').length > 0 ? 'tr' : null;
}

/** Probabilities in the order of EMOTION_LABELS. */
export function plainFeelings(text: string, language: ListedLanguage): number[] {
  const felt = new Map<EmotionLabel, number>();
  for (const { label, denied } of found(text, language)) {
    if (!denied) felt.set(label, SURE);
    else if (label === 'joy' && !felt.has('sadness')) felt.set('sadness', NOT_HAPPY);
  }
  if (felt.size === 0) felt.set('neutral', 1);
  return EMOTION_LABELS.map((label) => felt.get(label) ?? 0);
}

function found(text: string, language: ListedLanguage): { label: EmotionLabel; denied: boolean }[] {
  const plain = folded(text);
  const { before, after } = DENIED[language];
  return LISTED[language].flatMap(({ label, pattern }) => {
    const match = pattern.exec(plain);
    if (!match) return [];
    const denied = before.test(plain.slice(0, match.index)) || after.test(plain.slice(match.index + match[0].length));
    return [{ label, denied }];
  });
}
