import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../../audio-prompts/prompts.js';
import { pageWords } from '../../../audio-prompts/screen/words.js';
import type { CheckInBook } from '../../../engine/checkins/checkin.js';
import { createCheckIns } from '../../../engine/checkins/checkins.js';
import { createMemoryRecords } from '../../../engine/records.js';
import { houseFixture } from '../../house/house.fixture.js';
import { answerCheckIn, type Question, questionWords } from './check-in-answer.js';

/** A listener who agreed to be asked, and a classifier that reads "sad" as low and "fine" as high. */
async function bedside() {
  let ids = 0;
  const { gate } = houseFixture();
  const checkIns = createCheckIns({
    records: createMemoryRecords<CheckInBook>(),
    nowMs: () => 1_000,
    newId: () => `c${ids++}`,
    valenceOf: async (words) => (/sad/.test(words) ? -0.6 : /fine/.test(words) ? 0.6 : null),
    heardIn: async () => null,
  });
  await checkIns.agree('bedside');
  return {
    says: (
      question: Question,
      text: string,
      { mode = 'awake' as 'awake' | 'overheard', locale = 'en-US', session = 's1' } = {},
    ) => answerCheckIn({ question, session }, { text, locale, mode }, { gate, checkIns: async () => checkIns }),
    kept: async () => (await checkIns.book('bedside'))!.checkIns.map(({ id: _id, atMs: _at, ...answer }) => answer),
  };
}

describe('an answer by voice to how somebody is', () => {
  it('is a number, in the words of every language', async () => {
    const { says, kept } = await bedside();
    const four = {
      en: 'Four.',
      de: 'vier',
      fr: 'quatre',
      es: 'cuatro',
      it: 'quattro',
      pt: 'quatro',
      ja: '四',
      hi: 'चार',
      nl: 'vier',
      pl: 'cztery',
      tr: 'Dört.',
      ar: 'أربعة',
      zh: '四。',
    };
    for (const [locale, text] of Object.entries(four))
      expect([locale, await says('before', text, { locale })]).toEqual([locale, 'kept']);
    expect(await kept()).toEqual(
      Object.keys(four).map(() => ({ moment: 'before', sessionId: 's1', points: 4, mood: 0.5 })),
    );
  });

  it('is two words, of which the mood is kept and not one of them', async () => {
    const { says, kept } = await bedside();
    expect(await says('after', 'rather sad')).toBe('kept');
    expect(await kept()).toEqual([{ moment: 'after', sessionId: 's1', mood: -0.6 }]);
  });

  it('is how the night was, and how well the music met the feeling', async () => {
    const { says, kept } = await bedside();
    expect(await says('morning', "I'd say a three")).toBe('kept');
    expect(await says('understood', 'five out of five')).toBe('kept');
    expect(await kept()).toEqual([
      { moment: 'morning', sessionId: 's1', sleepQuality: 3 },
      { moment: 'after', sessionId: 's1', understood: 5 },
    ]);
    // The night and the music are answered with a number: a feeling said then is about something else.
    expect(await says('morning', 'rather sad')).toBe(null);
  });

  it('may be left out by saying so', async () => {
    const { says, kept } = await bedside();
    for (const text of ['no', 'Not now.', 'No thanks'])
      expect([text, await says('before', text)]).toEqual([text, 'left']);
    for (const locale of Object.keys(LANGUAGES))
      expect([locale, await says('before', pageWords(locale).later, { locale })]).toEqual([locale, 'left']);
    expect(await kept()).toEqual([]);
  });

  it('of who was not called is a number and nothing else', async () => {
    const { says, kept } = await bedside();
    expect(await says('after', 'two', { mode: 'overheard' })).toBe('kept');
    for (const text of ['rather sad', 'no', 'not now', 'are you coming'])
      expect([text, await says('after', text, { mode: 'overheard' })]).toEqual([text, null]);
    expect(await kept()).toHaveLength(1);
  });

  it.each([
    'I want to end my life tonight',
    'stop',
    'ten more minutes',
    'softer',
    'why this music?',
    'nine',
    'the kitchen light',
    'I feel so sad because my sister went away again',
  ])('is none, and is understood as ever: "%s"', async (text) => {
    const { says, kept } = await bedside();
    expect(await says('before', text)).toBe(null);
    expect(await kept()).toEqual([]);
  });
});

it('is asked in words that say what the numbers mean', () => {
  const say = (key: string) => `(${key})`;
  expect(questionWords('before', 'de-DE', say)).toBe('(checkInBefore)');
  expect(questionWords('after', 'de-DE', say)).toBe('(checkInAfter)');
  for (const question of ['morning', 'understood'] as const)
    expect(questionWords(question, 'de-DE', say)).toMatch(/\?.* 1 .* 5 /);
});
