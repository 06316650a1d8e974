/**
 * Rehearses before anyone comes: feelings read, sessions thought out, the first seconds of their sound made, all for nobody
 * and kept nowhere. Whoever speaks first would otherwise wait a second and a half for code, shelf and graph to get warm.
 */
import type { App } from './compose.js';

/** One of each kind of way: stirred, low, sleepless. What is read first is read slowest. */
const FEELINGS = ['I feel tense', 'I am sad and lonely', 'I cannot sleep'] as const;
const MINUTES = 20;
/** Stretches of sound: some seconds. */
const STRETCHES = 3;

type Rehearsed = Pick<App, 'gate' | 'classifier' | 'service' | 'mixer'>;

/** `stopped` is asked between all steps: a server that ends does not wait for a rehearsal. */
export async function rehearse(app: Rehearsed, { stopped }: { stopped: () => boolean }): Promise<void> {
  const [classifier, service, mixer] = [await app.classifier(), await app.service(), await app.mixer()];
  for (const text of FEELINGS) {
    if (stopped()) return;
    const [gate] = await app.gate([text]);
    const [reading] = await classifier.classify([text]);
    const { programme } = await service.prepare({
      ...(gate && reading ? { known: { text, gate, reading } } : {}),
      minutes: MINUTES,
      atMs: Date.now(),
    });
    let heard = 0;
    for await (const _ of mixer.encode(programme)) {
      heard += 1;
      if (heard >= STRETCHES || stopped()) break;
    }
  }
}
