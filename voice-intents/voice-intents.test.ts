import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../models/paths.js';
import { interactionModel } from './alexa-model.js';
import { BUILT_IN_INTENTS, LOCALES, type Locale, OUR_INTENTS, type OurIntent, SLOT_TYPES } from './intents.js';
import { lintLocale } from './lint.js';
import { matchSentence } from './matcher.js';
import { sentencesFor } from './sentences.js';

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
    time: '7',
  };
  return sample.replace(/\{(\w+)\}/, (_, slot: keyof typeof SLOT_TYPES) => values[slot]);
}

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
