import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  joinList,
  LANGUAGES,
  type Language,
  languageOf,
  PROMPT_KEYS,
  PROMPTS_AND_FIELDS,
  type PromptFields,
  type PromptKey,
  sayPrompt,
  sentencesOf,
  wordsOf,
} from './prompts.js';
import { readingTimeSec } from './reading-time.js';
import {
  ANY_HELP_LINE,
  BODY_STATE_WORDS,
  FEELING_WORDS,
  INTENTION_WORDS,
  MUSIC_WORDS,
  STAGE_WORDS,
  STRENGTH_WORDS,
} from './words.js';

/** The languages themselves, and every region that says something otherwise. */
const LOCALES = [
  ...Object.keys(LANGUAGES),
  ...Object.entries(LANGUAGES).flatMap(([language, text]) =>
    'regions' in text ? Object.keys(text.regions ?? {}).map((region) => `${language}-${region}`) : [],
  ),
];
const isSpaced = (locale: string) => !['ja', 'zh'].includes(languageOf(locale));
const AT_LEAST_THREE: PromptKey[] = [
  'welcome',
  'withYou',
  'withYouStraight',
  'withYouSleep',
  'stopped',
  'howDoYouFeel',
  'didNotCatch',
];
const MAY_BE_LONG: PromptKey[] = ['crisis', 'welcomeFirst', 'help', 'why'];

const HELP: Record<Language, [service: string, number: string, emergency: string]> = {
  en: ['the 988 Suicide and Crisis Lifeline', '988', '911'],
  de: ['TelefonSeelsorge', '0800 111 0 111', '112'],
  fr: ['3114, prévention du suicide', '3114', '112'],
  es: ['la línea 024', '024', '112'],
  it: [ANY_HELP_LINE, 'findahelpline.com', '112'],
  pt: ['CVV', '188', '192'],
  ja: [ANY_HELP_LINE, 'findahelpline.com', '119'],
  hi: ['Tele MANAS', '14416', '112'],
  nl: ['113 Zelfmoordpreventie', '113', '112'],
  pl: [ANY_HELP_LINE, 'findahelpline.com', '112'],
  tr: [ANY_HELP_LINE, 'findahelpline.com', '112'],
  ar: [ANY_HELP_LINE, 'findahelpline.com', '112 or 911'],
  zh: [ANY_HELP_LINE, 'findahelpline.com', '120'],
};

/** A speaker's "why" names how music sounds, not its key or its beat: those words are for the screen. */
const WRITTEN_ONLY = ['minor', 'major', 'beatless', 'pulsing', 'unhurried', 'busy'];
const spokenMusic = ({ music }: ReturnType<typeof wordsOf>) =>
  Object.fromEntries(Object.entries(music).filter(([word]) => !WRITTEN_ONLY.includes(word)));
const longest = (words: Record<string, string>, n: number) =>
  Object.values(words)
    .sort((a, b) => b.length - a.length)
    .slice(0, n);

/** What is really put in, on the long side: two feelings of the longer ones, two qualities, the longest strength. */
function typicalFields(locale: string): Required<PromptFields> {
  const words = wordsOf(locale);
  const [service, number, emergency] = HELP[languageOf(locale)];
  return {
    service,
    number,
    emergency,
    minutes: '45',
    least: '5',
    most: '90',
    intention: longest(words.intentions, 1)[0]!,
    heard: joinList(locale, longest(words.feelings, 2)),
    first: joinList(locale, longest(spokenMusic(words), 2)),
    last: joinList(locale, longest(spokenMusic(words), 2)),
    strength: longest(words.strengths, 1)[0]!,
    code: '482913',
    name: 'Margarethe',
    when: 'Donnerstag, 21:30',
    names: 'Margarethe',
    looks: 'Margarethe, 21:30',
    time: '07:00',
  };
}

/** Every sentence, raw and filled in. */
const all = LOCALES.flatMap((locale) =>
  PROMPT_KEYS.flatMap((key) =>
    sentencesOf(locale, key).map((raw, variation) => ({
      locale,
      key,
      raw,
      said: sayPrompt(key, locale, typicalFields(locale), variation),
    })),
  ),
);
/** All that break a rule, readable in the message of a failed test. */
const breaking = (rule: (each: (typeof all)[number]) => boolean) =>
  all.filter(rule).map(({ locale, key, said }) => `${locale} ${key}: ${said}`);

/** These alone may name what is medical, to say that this is none of it. */
const DISCLAIMERS: PromptKey[] = ['welcomeFirst', 'notMedical'];

/** Words that claim an effect on health. */
const CLAIMS: Record<Language, RegExp> = {
  en: /\b(heal|cure|treat|therap|medic|remed|diagnos|symptom|health|patient|clinic)/i,
  de: /(heil(?!ig)|kurier|behandl|therap|medizin|arznei|diagnos|symptom|gesund|patient)/i,
  fr: /(?<!\p{L})(guéri|soign|traite|thérap|médic|remède|diagnos|symptôm|santé|patient)/iu,
  es: /(?<!\p{L})(cura|sana|sanar|tratamient|tratar|terap|médic|medic|remedi|diagn|síntoma|salud|paciente)/iu,
  it: /(?<!\p{L})(guari|cura|trattament|terap|medic|rimedi|diagnos|sintom|salute|paziente)/iu,
  pt: /(?<!\p{L})(cura|sara|tratament|tratar|terap|médic|medic|remédi|diagn|sintoma|saúde|paciente)/iu,
  ja: /[治癒療医薬]|診断|症状|健康|セラピー|ヒーリング|患者/,
  hi: /इलाज|उपचार|चिकित्स|थेरेपी|दवा|स्वास्थ्य|स्वस्थ|रोग|मरीज़|ठीक (कर|हो जा)/,
  nl: /(genees|genez|behandel|therap|medi[sc]|remed|diagnos|symptom|gezond|patiënt)/i,
  pl: /(?<!\p{L})(lecz|uzdr|terapi|medy|lekar|diagno|objaw|zdrow|pacjent)/iu,
  tr: /(tedavi|iyileş|terapi|tıbb|ilaç|şifa|teşhis|belirti|sağlık|hasta)/iu,
  ar: /(علاج|شفاء|يشفي|طبية|طبي |دواء|تشخيص|أعراض|صحة|صحت|مريض)/u,
  zh: /[治疗癒愈医药]|诊断|症状|健康|患者/,
};

describe('what the speaker says', () => {
  it('misses no sentence in any language, and has as many ways to say it as were promised', () => {
    for (const locale of LOCALES) {
      for (const key of PROMPT_KEYS) {
        const ways = sentencesOf(locale, key);
        const least = key === 'crisis' ? 1 : AT_LEAST_THREE.includes(key) ? 3 : 2;
        expect(ways.length, `${locale} ${key}`).toBeGreaterThanOrEqual(least);
        expect(new Set(ways).size, `${locale} ${key}`).toBe(ways.length);
      }
    }
  });

  it('uses all fields of its key and no other', () => {
    const fieldsOf = (sentence: string) => [...sentence.matchAll(/\{(\w+)\}/g)].map((m) => m[1]).sort();
    for (const { locale, key, raw } of all) {
      expect(fieldsOf(raw), `${locale} ${key}`).toEqual([...PROMPTS_AND_FIELDS[key]].sort());
    }
  });

  it('can be read in eight seconds, and the few that must say more in sixteen', () => {
    const tooLong = all
      // Whom to call is read as slowly as it must be, and some countries have long numbers: only our words count.
      .map((each) => {
        const { number } = typicalFields(each.locale);
        const ours = each.said.replace(number, '').replace(/\d+/g, '');
        return { ...each, counted: ['crisis', 'quietDeclined'].includes(each.key) ? ours : each.said };
      })
      .map((each) => ({ ...each, sec: readingTimeSec(each.counted, each.locale) }))
      .filter(({ key, sec }) => sec > (MAY_BE_LONG.includes(key) ? 16 : 8))
      .map(({ locale, key, said, sec }) => `${sec.toFixed(1)} s, ${locale} ${key}: ${said}`);
    expect(tooLong).toEqual([]);
  });

  it('has titles of two to four words for a screen', () => {
    const spaced = all.filter(({ locale, key }) => key === 'screenTitle' && isSpaced(locale));
    for (const each of spaced) expect([2, 3, 4], each.said).toContain(each.said.split(' ').length);
  });

  it('is plain text that is well-formed between speak tags', () => {
    expect(breaking(({ said }) => /[<>&{}\p{Cc}]/u.test(said))).toEqual([]);
    expect(breaking(({ said }) => said !== said.trim() || / {2}/.test(said) || /\p{Cs}/u.test(said))).toEqual([]);
  });

  it('never raises its voice', () => {
    expect(breaking(({ said }) => /[!！¡]/.test(said))).toEqual([]);
    expect(breaking(({ said }) => /\b[A-Z]{4,}\b/.test(said.replace(/CVV|MANAS/g, '')))).toEqual([]);
    expect(breaking(({ said }) => /\p{Extended_Pictographic}/u.test(said.replace(/\d/g, '')))).toEqual([]);
  });

  it('writes numbers as words, and in Japanese as plain digits that cannot be misread', () => {
    expect(breaking(({ locale, raw }) => languageOf(locale) !== 'ja' && /\p{N}/u.test(raw))).toEqual([]);
    expect(
      breaking(({ locale, raw }) => languageOf(locale) === 'ja' && /[０-９]|[一二三四五六七八九十]分/.test(raw)),
    ).toEqual([]);
  });

  it('claims no effect on health, and says at the first meeting that it is no medical help', () => {
    const says = (locale: string, text: string) => CLAIMS[languageOf(locale)].test(text);
    expect(breaking(({ locale, key, said }) => !DISCLAIMERS.includes(key) && says(locale, said))).toEqual([]);
    expect(breaking(({ locale, key, said }) => DISCLAIMERS.includes(key) && !says(locale, said))).toEqual([]);
    for (const locale of LOCALES) {
      const { services, ...words } = wordsOf(locale);
      expect(says(locale, JSON.stringify(Object.values(words))), locale).toBe(false);
      expect(Object.keys(services), locale).toContain(ANY_HELP_LINE);
    }
  });

  it('teaches the carrier words wherever it asks for free words', () => {
    const teaching: PromptKey[] = ['welcomeFirst', 'howDoYouFeel', 'didNotCatch', 'help'];
    expect(
      breaking(({ locale, key, said }) => {
        const { carrier } = wordsOf(locale);
        return teaching.includes(key) && !said.toLowerCase().includes(carrier.toLowerCase());
      }),
    ).toEqual([]);
  });

  it('is never the same words three nights in a row, whatever the day', () => {
    const repeating = PROMPT_KEYS.filter((key) => key !== 'crisis');
    fc.assert(
      fc.property(
        fc.constantFrom(...LOCALES),
        fc.constantFrom(...repeating),
        fc.integer({ min: -100_000, max: 100_000 }),
        (locale, key, day) => {
          const said = (night: number) => sayPrompt(key, locale, typicalFields(locale), night);
          expect(said(day)).not.toBe(said(day + 1));
          expect(new Set([said(day), said(day + 1), said(day + 2)]).size).toBeGreaterThan(1);
        },
      ),
    );
    // By the day of the month, too, where one month meets the next.
    for (const lastDay of [28, 29, 30, 31]) {
      for (const nights of [
        [lastDay - 1, lastDay, 1],
        [lastDay, 1, 2],
      ]) {
        const said = nights.map((night) => sayPrompt('welcome', 'en', {}, night));
        expect(new Set(said).size, nights.join()).toBeGreaterThan(1);
      }
    }
  });

  it('chooses the language by locale, the region where it differs, and English for the unknown', () => {
    expect(sayPrompt('paused', 'de-AT')).toBe('Angehalten.');
    expect(sayPrompt('paused', 'DE_ch')).toBe('Angehalten.');
    expect(sayPrompt('oneMoment', 'xx-YY')).toBe('One moment.');
    expect(sayPrompt('oneMoment', '')).toBe('One moment.');
    expect(sayPrompt('oneMoment', 'constructor')).toBe('One moment.');
    expect(sayPrompt('notPaired', 'en-GB')).toContain('carer');
    expect(sayPrompt('notPaired', 'en-US')).toContain('caregiver');
    expect(wordsOf('en-US').feelings).toEqual({ ...wordsOf('en').feelings, realization: 'a realization' });
    expect(sayPrompt('nothingToFollow', 'es-ES')).toContain('altavoz');
    expect(sayPrompt('nothingToFollow', 'es-419')).toContain('bocina');
    expect(sayPrompt('nothingToFollow', 'ko-Hang-US')).toMatch(/speaker/);
  });

  it('has every single word in every language', () => {
    for (const locale of LOCALES) {
      const words = wordsOf(locale);
      const expected: [string, object, readonly string[]][] = [
        ['feelings', words.feelings, FEELING_WORDS],
        ['bodyStates', words.bodyStates, BODY_STATE_WORDS],
        ['intentions', words.intentions, INTENTION_WORDS],
        ['music', words.music, MUSIC_WORDS],
        ['strengths', words.strengths, STRENGTH_WORDS],
        ['stages', words.stages, STAGE_WORDS],
      ];
      for (const [name, given, keys] of expected) {
        expect(Object.keys(given).sort(), `${locale} ${name}`).toEqual([...keys].sort());
        const values = Object.values(given);
        expect(new Set(values).size, `${locale} ${name} tells its words apart`).toBe(values.length);
        for (const word of values) expect(word, `${locale} ${name}`).toMatch(/^[^<>&{}!]+$/);
      }
      for (const strength of Object.values(words.strengths)) expect(strength).not.toMatch(/^\p{Lu}|[.。।]$/u);
    }
  });

  it('is right for one minute and for many', () => {
    expect(sayPrompt('extended', 'en', { minutes: '1' })).toBe('1 minute more.');
    const inPolish = ['1', '2', '5', '22', '40'].map((minutes) => sayPrompt('extended', 'pl', { minutes }));
    expect(inPolish).toEqual([
      'Jeszcze 1 minutę.',
      'Jeszcze 2 minuty.',
      'Jeszcze 5 minut.',
      'Jeszcze 22 minuty.',
      'Jeszcze 40 minut.',
    ]);
    expect(sayPrompt('lengthSet', 'ar', { minutes: '10' })).toBe('حسنًا، 10 دقائق.');
    expect(sayPrompt('lengthSet', 'ar', { minutes: '40' })).toBe('حسنًا، 40 دقيقة.');
    expect(sayPrompt('extended', 'en', { minutes: '10' })).toBe('10 minutes more.');
    expect(sayPrompt('stopsIn', 'es', { minutes: '1' })).toBe('La música termina en 1 minuto.');
    expect(sayPrompt('stopsIn', 'de', { minutes: '45' })).toBe('Die Musik endet in 45 Minuten.');
    expect(sayPrompt('stopsIn', 'ja', { minutes: '45' })).toBe('45分後に音楽が終わります。');
    expect(sayPrompt('stopsIn', 'en', { minutes: 'a while' })).toBe('The music ends in a while.');
  });

  it('joins lists as each language does', () => {
    expect(joinList('en', [])).toBe('');
    expect(joinList('en', ['fear'])).toBe('fear');
    expect(joinList('en-US', ['fear', 'grief', 'pain'])).toBe('fear, grief and pain');
    expect(joinList('es', ['miedo', 'inquietud'])).toBe('miedo e inquietud');
    expect(joinList('es', ['miedo', 'hielo'])).toBe('miedo y hielo');
    expect(joinList('ja', ['悲しみ', '緊張'])).toBe('悲しみと緊張');
    expect(joinList('ja', ['低い', 'やわらかな'])).toBe('低い、やわらかな');
    expect(joinList('ar', ['الخوف', 'الحزن', 'الألم'])).toBe('الخوف والحزن والألم');
    expect(joinList('zh', ['低沉', '轻柔'])).toBe('低沉、轻柔');
  });

  it('names help in the words of the listener where no line is known for the country', () => {
    const fields = { service: ANY_HELP_LINE, number: 'findahelpline.com', emergency: '112 or 911' };
    for (const locale of LOCALES.filter((each) => languageOf(each) !== 'en')) {
      expect(sayPrompt('crisis', locale, fields), locale).not.toMatch(/help line|112 or/);
    }
    expect(sayPrompt('crisis', 'de', { service: 'S', number: '1', emergency: '112' })).toMatch(
      /kann niemanden anrufen.*S, 1.*112/,
    );
  });

  it('takes a missing field for a fault here, and for silence at a bedside', () => {
    expect(() => sayPrompt('extended', 'en')).toThrow(/minutes/);
    const before = process.env.NODE_ENV;
    process.env.NODE_ENV = 'production';
    try {
      expect(sayPrompt('stopsIn', 'en')).toBe('The music ends in .');
    } finally {
      process.env.NODE_ENV = before;
    }
  });
});
