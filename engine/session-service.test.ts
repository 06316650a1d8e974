/** Gate and emotion model look at the same words side by side; the gate alone decides what becomes of them. */
import { expect, it } from 'vitest';
import { createSessionService } from './create-session-service.js';
import type { CrisisGate } from './crisis/gate.js';
import { loadKnowledge } from './knowledge/graph.js';
import { noTaste } from './listeners/taste.js';
import { feeling } from './plan/plan.fixture.js';
import { searchFake } from './plan/search.fake.js';
import type { EmotionClassifier } from './ports.js';
import { createMemoryStore } from './stores.js';

const WORDS = 'I am so tense tonight.';
const knowledge = loadKnowledge();

const classifierOf = (classify: EmotionClassifier['classify']): EmotionClassifier => ({
  classify,
  info: () => ({ model: 'made up', sha256: '' }),
  close: async () => {},
});

function serviceWith(gate: CrisisGate, classifier: () => Promise<EmotionClassifier>) {
  const store = createMemoryStore();
  const service = createSessionService({
    gate,
    classifier,
    transcriber: () => Promise.reject(new Error('not needed')),
    search: async () => searchFake(),
    knowledge: () => knowledge,
    store: async () => store,
    tastes: async () => ({ load: async () => noTaste(), save: async () => {}, remove: async () => {} }) as never,
    detectLanguage: () => 'en',
    explain: () => [],
    say: (key) => key,
    nowMs: () => 0,
    nowHour: () => 22,
    newId: () => 'one',
    newSeed: () => 1,
  });
  return { begin: () => service.beginFromText({ text: WORDS, whenEmpty: 'neutral' }), store };
}

const says =
  (level: 'none' | 'concern' | 'crisis'): CrisisGate =>
  async () => [{ level, category: level === 'none' ? null : 'suicide', reason: null }];

it('answers a crisis at once while the emotion model still reads, calls that off, and keeps nothing', async () => {
  let calledOff = false;
  const reads = classifierOf(
    (_texts, signal) =>
      new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => {
          calledOff = true;
          reject(signal.reason);
        });
      }),
  );
  const { begin, store } = serviceWith(says('crisis'), async () => reads);
  const outcome = await begin();
  expect(outcome).toMatchObject({ kind: 'help', say: 'crisis' });
  expect(outcome).not.toHaveProperty('reading');
  expect(calledOff).toBe(true);
  expect(await store.load('one')).toBeNull();
});

it('answers a crisis where the emotion model is broken, and says what is wrong where it is needed', async () => {
  const broken = () => Promise.reject(new Error('no model'));
  expect(await serviceWith(says('crisis'), broken).begin()).toMatchObject({ kind: 'help' });
  await expect(serviceWith(says('none'), broken).begin()).rejects.toThrow('no model');
});

it('begins nothing before the gate has spoken, however soon the feeling is known', async () => {
  const order: string[] = [];
  const reads = classifierOf(async () => {
    order.push('read');
    return [{ ...feeling({ nervousness: 0.9 }), language: 'en' }];
  });
  let speak = () => {};
  const gate: CrisisGate = () =>
    new Promise((resolve) => {
      speak = () => {
        order.push('gate');
        resolve([{ level: 'crisis', category: 'suicide', reason: null }]);
      };
    });
  const { begin, store } = serviceWith(gate, async () => reads);
  const outcome = begin();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(order).toEqual(['read']);
  speak();
  expect(await outcome).toMatchObject({ kind: 'help' });
  expect(await store.load('one')).toBeNull();
});
