/**
 * Rehearses before anyone comes: feelings read, sessions thought out, the first seconds of their sound made, all for nobody
 * and kept nowhere. Whoever speaks first would otherwise wait a second and a half for code, shelf and graph to get warm.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Programme } from '../engine/vocabulary.js';
import type { App } from './compose.js';

/** One of each kind of way: stirred, low, sleepless. What is read first is read slowest. */
const FEELINGS = ['I feel tense', 'I am sad and lonely', 'I cannot sleep'] as const;
const MORE = [
  'My thoughts keep racing after today, and there is so much to do tomorrow.',
  'Actually I am fine, only a little restless.',
  'I have been lying here for hours and I keep thinking about what was said to me at work this morning.',
  'I am angry with myself, and I am ashamed of it.',
  'Ich bin müde und kann trotzdem nicht schlafen.',
  'Estoy un poco nerviosa por mañana.',
] as const;
const MINUTES = 20;
/** Stretches of sound: some seconds. */
const STRETCHES = 3;
const BEGINNING_SEC = 30;
/**
 * Sentences thought through before the ways are as fast as they get, since JavaScript is compiled while it runs: from words to
 * a plan over 20,000 tracks the first ten take 60 ms, the next twenty 34, and 24 from the fiftieth on (`bench:peers` has the
 * same rehearsal behind it).
 */
const READINGS = 50;

type Words = Pick<App, 'gate' | 'classifier' | 'service'>;

interface Rehearsal {
  /** Asked between all steps: a server that ends does not wait for a rehearsal. */
  stopped: () => boolean;
}

export async function rehearse(app: Words & Pick<App, 'mixer'>, { stopped }: Rehearsal): Promise<void> {
  const mixer = await app.mixer();
  for (const text of FEELINGS) {
    if (stopped()) return;
    const { programme } = await thought(app, text);
    let heard = 0;
    for await (const _ of mixer.encode(beginningOf(programme))) {
      heard += 1;
      if (heard >= STRETCHES || stopped()) break;
    }
  }
  await rehearseWords(app, { stopped });
}

/** Its first half minute: of a whole session the next pieces would be made ahead too, some twenty minutes of music for nobody. */
function beginningOf(programme: Programme): Programme {
  const [first] = programme.tracks;
  return first ? { ...programme, tracks: [{ ...first, endSec: Math.min(first.endSec, BEGINNING_SEC) }] } : programme;
}

/** Words and ways only, again and again. Half of the time is left to whoever comes meanwhile. */
export async function rehearseWords(app: Words, { stopped }: Rehearsal): Promise<void> {
  const texts = [...MORE, ...FEELINGS];
  for (let i = 0; i < READINGS && !stopped(); i += 1) {
    const beganMs = performance.now();
    await thought(app, texts[i % texts.length]!);
    await pause(performance.now() - beganMs);
  }
}

/** As for a listener: gate and emotion model side by side, then the way. */
async function thought(app: Words, text: string) {
  const [classifier, service] = [await app.classifier(), await app.service()];
  const [[gate], [reading]] = await Promise.all([app.gate([text]), classifier.classify([text])]);
  return service.prepare({
    ...(gate && reading ? { known: { text, gate, reading } } : {}),
    minutes: MINUTES,
    atMs: Date.now(),
  });
}
