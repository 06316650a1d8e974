/** Number words of our languages, 0 to 99 where they are built by rule: lengths of sessions and ratings need no more. */
import { plain } from './plain-text.js';
import type { Language } from './sentences.js';

type Table = [word: string, value: number][];

/** Words for 0..n in order; a slash parts the forms of one number ("ein/eine/eins"). */
function counted(words: string, from = 0): Table {
  return words
    .split(' ')
    .flatMap((forms, index) => forms.split('/').map((word): [string, number] => [word, from + index]));
}

/** Tens alone and joined with each of the ones, by the rule of the language. */
function composed(tens: Table, ones: Table, join: (ten: string, one: string, value: number) => string): Table {
  const joined = tens.flatMap(([ten, high]) =>
    ones.map(([one, low]): [string, number] => [join(ten, one, low), high + low]),
  );
  return [...tens, ...joined];
}

const tensFrom = (words: string, from: number): Table =>
  words.split(' ').flatMap((forms, i) => forms.split('/').map((word): [string, number] => [word, from + 10 * i]));

const onesOf = (table: Table): Table => table.filter(([, value]) => value > 0 && value < 10);

function english(): Table {
  const low = counted(
    'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen',
  );
  const tens = tensFrom('twenty thirty forty fifty sixty seventy eighty ninety', 20);
  return [...low, ['a', 1], ['an', 1], ...composed(tens, onesOf(low), (ten, one) => `${ten} ${one}`)];
}

function german(): Table {
  const low = counted(
    'null eins/ein/eine/einer/einen zwei/zwo drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn',
  );
  const tens = tensFrom('zwanzig dreißig/dreissig vierzig fünfzig sechzig siebzig achtzig neunzig', 20);
  return [...low, ...composed(tens, onesOf(low), (ten, one) => `${one}und${ten}`)];
}

function french(): Table {
  const low = counted(
    'zéro un/une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf',
  );
  const tens = tensFrom('vingt trente quarante cinquante soixante', 20);
  const joined = composed(tens, onesOf(low), (ten, one, value) => (value === 1 ? `${ten} et ${one}` : `${ten}-${one}`));
  return [...low, ...joined, ['soixante-quinze', 75], ['quatre-vingt-dix', 90]];
}

function spanish(): Table {
  const low = counted(
    'cero uno/un/una dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve',
  );
  const twenties = counted(
    'veinte veintiuno/veintiún/veintiuna veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve',
    20,
  );
  const tens = tensFrom('treinta cuarenta cincuenta sesenta setenta ochenta noventa', 30);
  return [...low, ...twenties, ...composed(tens, onesOf(low), (ten, one) => `${ten} y ${one}`)];
}

function italian(): Table {
  const low = counted(
    "zero uno/un/una/un' due tre/tré quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove",
  );
  const tens = tensFrom('venti trenta quaranta cinquanta sessanta settanta ottanta novanta', 20);
  const join = (ten: string, one: string) => (/^[aeiou]/.test(one) ? ten.slice(0, -1) : ten) + one;
  return [...low, ...composed(tens, onesOf(low), join)];
}

function portuguese(): Table {
  const low = counted(
    'zero um/uma dois/duas três quatro cinco seis sete oito nove dez onze doze treze quatorze/catorze quinze dezesseis dezessete dezoito dezenove',
  );
  const tens = tensFrom('vinte trinta quarenta cinquenta sessenta setenta oitenta noventa', 20);
  return [...low, ...composed(tens, onesOf(low), (ten, one) => `${ten} e ${one}`)];
}

function japanese(): Table {
  const low = counted('零/ゼロ 一 二 三 四 五 六 七 八 九 十 十一 十二 十三 十四 十五 十六 十七 十八 十九');
  const tens = tensFrom('二十 三十 四十 五十 六十 七十 八十 九十', 20);
  return [...low, ...composed(tens, onesOf(low), (ten, one) => ten + one)];
}

/** Hindi has a word of its own for each of the first hundred. */
function hindi(): Table {
  const words = [
    'शून्य एक दो तीन चार पाँच/पांच छह/छः/छे सात आठ नौ दस ग्यारह बारह तेरह चौदह पंद्रह/पन्द्रह सोलह सत्रह अठारह उन्नीस',
    'बीस इक्कीस बाईस तेईस चौबीस पच्चीस छब्बीस सत्ताईस/सत्ताइस अट्ठाईस/अट्ठाइस उनतीस',
    'तीस इकतीस/इकत्तीस बत्तीस तैंतीस चौंतीस पैंतीस छत्तीस सैंतीस अड़तीस उनतालीस',
    'चालीस इकतालीस बयालीस तैंतालीस चौवालीस/चवालीस पैंतालीस छियालीस सैंतालीस अड़तालीस उनचास',
    'पचास इक्यावन बावन तिरपन चौवन पचपन छप्पन सत्तावन अट्ठावन उनसठ साठ',
  ];
  return [...counted(words.join(' ')), ['नब्बे', 90]];
}

const TABLES: Record<Language, () => Table> = {
  en: english,
  de: german,
  fr: french,
  es: spanish,
  it: italian,
  pt: portuguese,
  ja: japanese,
  hi: hindi,
};

const made = new Map<Language, ReadonlyMap<string, number>>();

/** Every number word of a language, in plain text. */
export function numberWords(language: Language): ReadonlyMap<string, number> {
  let table = made.get(language);
  if (!table) {
    table = new Map(TABLES[language]().map(([word, value]) => [plain(language, word), value]));
    made.set(language, table);
  }
  return table;
}

/** The number that a plain text is, as figures or as a word; null when it is anything else. */
export function numberFrom(language: Language, text: string): number | null {
  if (/^\d{1,4}$/.test(text)) return Number(text);
  return numberWords(language).get(text) ?? null;
}
