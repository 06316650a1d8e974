import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../models/paths.js';
import { interactionModel } from './alexa-model.js';
import { durationFrom } from './durations.js';
import { BUILT_IN_INTENTS, LOCALES, type Locale, OUR_INTENTS, type OurIntent, SLOT_TYPES } from './intents.js';
import { lintLocale, lintSentences } from './lint.js';
import { matchSentence } from './matcher.js';
import { numberFrom } from './numbers.js';
import { LANGUAGES, type LocaleSentences, mergeLocale, parseSentences, sentencesFor } from './sentences.js';

/** The labels that the emotion model reads; repeated here, because this room imports nothing of the engine. */
const EMOTION_LABELS =
  'admiration amusement anger annoyance approval caring confusion curiosity desire disappointment disapproval disgust embarrassment excitement fear gratitude grief joy love nervousness optimism pride realization relief remorse sadness surprise neutral'.split(
    ' ',
  );
const BEDSIDE_WORDS = 'tired exhausted wired restless lonely stressed overwhelmed homesick in-pain numb empty'.split(
  ' ',
);

const anyLocale = fc.constantFrom(...LOCALES);

/** `said/<locale>.tsv`: sentence, intent, slots as "name=what it stands for;…". */
function saidIn(locale: Locale) {
  const text = readFileSync(path.join(packageRoot(), 'voice-intents', 'said', `${locale}.tsv`), 'utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [said = '', intent = '', slots = ''] = line.split('\t');
      const expected = slots === '' ? {} : Object.fromEntries(slots.split(';').map((slot) => slot.split('=')));
      return { said, intent, expected };
    });
}

describe('what people say', () => {
  for (const locale of LOCALES) {
    describe(locale, () => {
      const rows = saidIn(locale);

      it('has nothing that Amazon refuses and nothing that is heard as something else', () => {
        expect(lintLocale(locale).map(({ rule, where, what }) => `${rule}: ${where}: ${what}`)).toEqual([]);
      });

      it('hears every said sentence as it was meant, with its slot', () => {
        const heard = rows.map(({ said }) => {
          const matched = matchSentence(locale, said);
          const slots = Object.entries(matched?.slots ?? {}).map(([name, slot]) => [
            name,
            slot.id ?? slot.value ?? slot.said,
          ]);
          return { said, intent: matched?.intent, expected: Object.fromEntries(slots) };
        });
        expect(heard).toEqual(rows);
      });

      it('has said sentences for every intent of ours, 25 at least', () => {
        expect(rows.length).toBeGreaterThanOrEqual(25);
        const covered = new Set(rows.map(({ intent }) => intent));
        expect(Object.keys(OUR_INTENTS).filter((intent) => !covered.has(intent))).toEqual([]);
      });

      it('hears each of its own sentences in the intent that it stands in', () => {
        const { intents } = sentencesFor(locale);
        const strayed = (Object.keys(OUR_INTENTS) as OurIntent[]).flatMap((intent) =>
          intents[intent]
            .map((sample) => ({ sample, heard: matchSentence(locale, filled(locale, sample))?.intent, intent }))
            .filter(({ heard }) => heard !== intent),
        );
        expect(strayed).toEqual([]);
      });

      it('knows a word for every emotion label and for what a body feels at night', () => {
        const ids = new Set(sentencesFor(locale).types.FEELING.map(({ id }) => id));
        expect([...EMOTION_LABELS, ...BEDSIDE_WORDS].filter((id) => !ids.has(id))).toEqual([]);
      });
    });
  }

  it('differs between the locales of a language', () => {
    expect(matchSentence('en-GB', 'knackered')?.slots.emotion?.id).toBe('exhausted');
    expect(matchSentence('en-US', 'knackered')).toBeNull();
    expect(matchSentence('es-US', 'agüitada')?.slots.emotion?.id).toBe('sadness');
    expect(matchSentence('es-ES', 'agüitada')).toBeNull();
  });
});

/** A sentence with its slot filled by words that the slot takes; free words are ones that no other slot takes. */
function filled(locale: Locale, sample: string): string {
  const { language, types } = sentencesFor(locale);
  const minutes = {
    en: 'minutes',
    de: 'minuten',
    fr: 'minutes',
    es: 'minutos',
    it: 'minuti',
    pt: 'minutos',
    ja: '分',
    hi: 'मिनट',
  };
  const values: Record<keyof typeof SLOT_TYPES, string> = {
    feeling: language === 'ja' ? 'ぬぬぬ' : language === 'hi' ? 'ञञञ' : 'xyzzy',
    emotion: types.FEELING[0]!.value,
    intention: types.INTENTION[1]!.value,
    approach: types.APPROACH[0]!.value,
    length: `17 ${minutes[language]}`,
    rating: '4',
  };
  return sample.replace(/\{(\w+)\}/, (_, slot: keyof typeof SLOT_TYPES) => values[slot]);
}

describe('the matcher', () => {
  it('answers null to what belongs to no intent, and to nothing at all', () => {
    expect(matchSentence('en-US', 'what is the capital of france')).toBeNull();
    expect(matchSentence('de-DE', '   ')).toBeNull();
    expect(matchSentence('ja-JP', '?!')).toBeNull();
  });

  it('passes on unlisted words without an id, so that nothing said is lost', () => {
    const matched = matchSentence('en-US', 'help me disappear');
    expect(matched).toEqual({
      intent: 'IntentionIntent',
      slots: { intention: { said: 'disappear' } },
      confidence: 0.4,
    });
  });

  it('lets the longest carrier win', () => {
    expect(matchSentence('en-US', 'i feel so alone tonight')?.slots.feeling?.said).toBe('alone tonight');
  });

  it('keeps the three intents with a length apart', () => {
    const intentOf = (said: string) => matchSentence('en-US', said)?.intent;
    expect(intentOf('ten minutes')).toBe('LengthIntent');
    expect(intentOf('ten minutes more')).toBe('MoreTimeIntent');
    expect(intentOf('stop in ten minutes')).toBe('StopInIntent');
  });

  it('is not moved by case, punctuation or fillers', () => {
    expect(matchSentence('en-US', 'Um, WHY this music?!')?.intent).toBe('WhyIntent');
    expect(matchSentence('en-US', 'I can’t sleep.')?.intent).toBe('SleeplessIntent');
  });

  it('never fails and always says the same, whatever is said', () => {
    fc.assert(
      fc.property(anyLocale, fc.string({ unit: 'grapheme', maxLength: 60 }), (locale, said) => {
        const first = matchSentence(locale, said);
        expect(matchSentence(locale, said)).toEqual(first);
        if (first) expect([...BUILT_IN_INTENTS, ...Object.keys(OUR_INTENTS)]).toContain(first.intent);
      }),
    );
  });

  it('reads the numbers from one to sixty and the ratings as words in every language', () => {
    const words: Record<(typeof LANGUAGES)[number], [string, string, string]> = {
      en: ['five', 'twenty one', 'sixty'],
      de: ['fünf', 'einundzwanzig', 'sechzig'],
      fr: ['cinq', 'vingt et un', 'soixante'],
      es: ['cinco', 'veintiuno', 'sesenta'],
      it: ['cinque', 'ventuno', 'sessanta'],
      pt: ['cinco', 'vinte e um', 'sessenta'],
      ja: ['五', '二十一', '六十'],
      hi: ['पाँच', 'इक्कीस', 'साठ'],
    };
    for (const language of LANGUAGES) {
      expect(words[language].map((word) => numberFrom(language, word))).toEqual([5, 21, 60]);
    }
  });

  it('reads lengths of several parts, and refuses what is no length', () => {
    expect(durationFrom('en', 'an hour and ten minutes')).toBe('PT1H10M');
    expect(durationFrom('de', 'anderthalb stunden')).toBe('PT1H30M');
    expect(durationFrom('es', 'dos horas y media')).toBe('PT2H30M');
    expect(durationFrom('ja', '一時間三十分')).toBe('PT1H30M');
    expect(durationFrom('en', '90 minutes')).toBe('PT90M');
    expect(durationFrom('en', 'ten')).toBeNull();
    expect(durationFrom('en', 'ten minutes ten minutes')).toBeNull();
    expect(durationFrom('en', '')).toBeNull();
  });
});

describe('the interaction model', () => {
  const spec = JSON.parse(
    readFileSync(path.join(packageRoot(), 'node_modules', 'ask-smapi-model', 'spec.json'), 'utf8'),
  ) as { definitions: object };
  const ajv = new Ajv({ strict: false, validateFormats: false });
  ajv.addSchema({ $id: 'smapi', ...spec });
  const valid = ajv.getSchema('smapi#/definitions/v1.skill.interactionModel.InteractionModelData')!;

  it.each(LOCALES)('of %s fits the schema of the skill management', (locale) => {
    valid(interactionModel(locale));
    expect(valid.errors).toBeNull();
  });

  it.each(LOCALES)('of %s names each thing once and gives every slot a type that exists', (locale) => {
    const { languageModel, dialog } = interactionModel(locale).interactionModel;
    const names = languageModel.intents.map(({ name }) => name);
    const types = languageModel.types.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect([...names, ...types].filter((name) => !/^[A-Za-z_.]+$/.test(name))).toEqual([]);
    const slots = languageModel.intents.flatMap((intent) => intent.slots);
    expect(slots.filter(({ type }) => !type.startsWith('AMAZON.') && !types.includes(type))).toEqual([]);
    for (const intent of languageModel.intents.filter(({ name }) => name.startsWith('AMAZON.'))) {
      expect(intent.samples).toEqual([]);
    }
    expect(dialog.intents.map(({ name }) => name)).toEqual(['FeelingIntent']);
    expect(dialog.intents[0]?.slots.map(({ name, type }) => [name, type])).toEqual([['feeling', 'AMAZON.SearchQuery']]);
  });

  it('has exactly the intents of the contract, with exactly their slots, in every locale', () => {
    fc.assert(
      fc.property(anyLocale, (locale) => {
        const { intents } = interactionModel(locale).interactionModel.languageModel;
        const expected = [...BUILT_IN_INTENTS, ...Object.keys(OUR_INTENTS)].sort();
        expect(intents.map(({ name }) => name).sort()).toEqual(expected);
        for (const { name, slots } of intents) {
          expect(slots.map((slot) => slot.name)).toEqual([...(OUR_INTENTS[name as OurIntent] ?? [])]);
          expect(slots.map((slot) => slot.type)).toEqual(slots.map((slot) => SLOT_TYPES[slot.name]));
        }
      }),
    );
  });
});

describe('the linter finds', () => {
  const broken = (change: (sentences: LocaleSentences) => void) => {
    const sentences = structuredClone(sentencesFor('en-US'));
    change(sentences);
    return lintSentences(sentences).map(({ rule }) => rule);
  };
  const withSample = (intent: OurIntent, sample: string) => broken(({ intents }) => void intents[intent].push(sample));

  it.each([
    ['a sentence in two intents, whatever its punctuation', 'WhyIntent', 'go-deeper', 'collision'],
    ['equal sentences with different slots that take the same words', 'EmotionIntent', 'i feel {emotion}', 'collision'],
    ['the same slot alone twice', 'EmotionIntent', '{emotion}', 'collision'],
    ['a sentence that a built-in intent takes', 'StayIntent', 'stop', 'collision'],
    ['an unknown slot', 'WhyIntent', 'why this {song}', 'slots'],
    ['the slot of another intent', 'WhyIntent', 'why this {emotion}', 'slots'],
    ['two slots in one sentence', 'FeelingIntent', 'my {feeling} and {feeling}', 'slots'],
    ['free words without carrier words', 'FeelingIntent', '{feeling}', 'carrier'],
    ['a digit', 'WhyIntent', 'why this music 2', 'characters'],
    ['a question mark', 'WhyIntent', 'but why?', 'characters'],
    ['letters of another script', 'WhyIntent', 'warum なぜ', 'characters'],
  ] as const)('%s', (_, intent, sample, rule) => {
    expect(withSample(intent, sample)).toContain(rule);
  });

  it('too few sentences for the feeling', () => {
    expect(broken(({ intents }) => void intents.FeelingIntent.splice(29))).toEqual(['count']);
  });

  it('a word with two meanings, and one that is too long', () => {
    expect(broken(({ types }) => void types.FEELING[0]!.synonyms.push('Sad'))).toEqual(['values']);
    expect(broken(({ types }) => void types.FEELING[0]!.synonyms.push('a'.repeat(141)))).toEqual(['values']);
  });

  it('an intention that the skill does not know', () => {
    expect(broken(({ types }) => void types.INTENTION.push({ value: 'fly', id: 'fly', synonyms: ['soar'] }))).toEqual([
      'ids',
    ]);
  });

  it.each([
    'bedside',
    'Quiet Bedside',
    'the bedside',
    'open bedside',
    'alexa bedside',
    'mood music',
    'bedside 2',
    'quiet-bed side',
  ])('the invocation name "%s"', (name) => {
    expect(broken((sentences) => void (sentences.invocationName = name))).toContain('invocation-name');
  });
});

describe('a sentences file that cannot be used', () => {
  const file = 'voice-intents/sentences/en.json';
  const content = () => JSON.parse(readFileSync(path.join(packageRoot(), file), 'utf8'));

  it('is refused with the file, the place, the fault and a remedy', () => {
    expect(() => parseSentences(file, '{')).toThrow(/en\.json, at the whole file: it is not JSON\. Look for/);
    const { WhyIntent, ...others } = content().intents;
    expect(WhyIntent).toBeDefined();
    const lacking = JSON.stringify({ ...content(), intents: others });
    expect(() => parseSentences(file, lacking)).toThrow(/en\.json, at intents > WhyIntent: .*sentences\.ts/);
  });

  it('is refused for a locale without an invocation name', () => {
    const parsed = parseSentences(file, JSON.stringify({ ...content(), invocationName: {} }));
    expect(() => mergeLocale(file, parsed, 'en-GB')).toThrow(/at invocationName: en-GB has no invocation name/);
  });
});
