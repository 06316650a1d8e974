/** Turns, tried on sessions whose time is only reckoned: nobody waits, and every order is the same again. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTurns, slackSec } from './turns.js';

const never = new AbortController().signal;
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

interface Listener {
  beginsSec: number;
  /** Seconds made, and when the first of them were there. */
  madeSec: number;
  firstSec: number | null;
  leastSec: number;
}

/** Stretches as a session has them, and as they were: doubling. */
const stretchSec = (made: number) => (made < 60 ? 2 : 6);
const doublingSec = (made: number) => (made < 0.4 ? 0.5 : made < 1.4 ? 1 : made < 3 ? 2 : made < 7 ? 4 : 6);

/**
 * A machine that makes `timesReal` seconds of sound a second, one stretch after the other, for listeners who play from
 * their first sound on and of whom each is made up to `aheadSec` ahead. In turns, or in the order in which they ask.
 */
async function play(begins: readonly number[], timesReal: number, untilSec: number, inTurns: boolean, aheadSec = 30) {
  const turns = createTurns(inTurns ? 3 : Number.POSITIVE_INFINITY, 1e9);
  const listeners = begins.map(
    (beginsSec): Listener => ({ beginsSec, madeSec: 0, firstSec: null, leastSec: Number.POSITIVE_INFINITY }),
  );
  let nowSec = 0;
  const work: { each: Listener; end: () => void }[] = [];
  const asking = new Set<Listener>();
  const handSec = (each: Listener) => each.madeSec - (each.firstSec === null ? 0 : nowSec - each.firstSec);
  const ask = () => {
    for (const each of listeners) {
      if (asking.has(each) || each.beginsSec > nowSec || handSec(each) >= aheadSec) continue;
      asking.add(each);
      void turns
        .take(() => slackSec(handSec(each), each.firstSec === null ? nowSec - each.beginsSec : null), never)
        .then((end) => work.push({ each, end }));
    }
  };
  while (nowSec < untilSec) {
    ask();
    await settled();
    const next = work.shift();
    if (!next) {
      nowSec += 0.05;
      continue;
    }
    const lengthSec = (inTurns ? stretchSec : doublingSec)(next.each.madeSec);
    nowSec += lengthSec / timesReal;
    for (const each of listeners) if (each.firstSec !== null) each.leastSec = Math.min(each.leastSec, handSec(each));
    next.each.madeSec += lengthSec;
    next.each.firstSec ??= nowSec;
    asking.delete(next.each);
    next.end();
  }
  return listeners;
}

describe('turns', () => {
  it('let sixty that begin in the same second play without running dry on a machine a third faster than they need', async () => {
    const listeners = await play(new Array<number>(60).fill(0), 80, 20, true);
    expect(Math.min(...listeners.map(({ leastSec }) => leastSec))).toBeGreaterThan(0);
    expect(Math.max(...listeners.map(({ firstSec }) => firstSec!))).toBeLessThan(2);
    // In the order of asking, with stretches that double, they run dry.
    const queued = await play(new Array<number>(60).fill(0), 80, 20, false);
    expect(Math.min(...queued.map(({ leastSec }) => leastSec))).toBeLessThan(0);
  });

  it('give the one who comes last its first sound before those who have enough get more', async () => {
    const begins = [...new Array<number>(40).fill(0), 5];
    const [served, queued] = [await play(begins, 60, 15, true), await play(begins, 60, 15, false)];
    const waited = (all: Listener[]) => all.at(-1)!.firstSec! - 5;
    expect(waited(served)).toBeLessThan(1.2);
    // The measure tells the two apart.
    expect(waited(queued)).toBeGreaterThan(2);
  });

  it('leave nobody dry, whenever they come', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.double({ min: 0, max: 8, noNaN: true }), { minLength: 1, maxLength: 30 }),
        async (begins) => {
          const listeners = await play(begins, Math.max(25, begins.length * 1.3), 14, true);
          for (const { leastSec } of listeners) expect(leastSec).toBeGreaterThan(0);
        },
      ),
      { numRuns: 15 },
    );
  });

  it('are never more than said at once, and all come to an end', async () => {
    const turns = createTurns(3);
    let making = 0;
    let most = 0;
    await Promise.all(
      Array.from({ length: 50 }, async (_, i) => {
        const end = await turns.take(() => i % 7, never);
        making += 1;
        most = Math.max(most, making);
        await settled();
        making -= 1;
        end();
        end();
      }),
    );
    expect(most).toBe(3);
    expect(turns.state()).toEqual({ making: 0, waiting: 0 });
  });

  it('pass over whoever has gone', async () => {
    const turns = createTurns(1);
    const end = await turns.take(() => 0, never);
    const gone = new AbortController();
    const refused = turns.take(() => 0, gone.signal);
    gone.abort(new Error('gone'));
    await expect(refused).rejects.toThrow('gone');
    const next = turns.take(() => 9, never);
    end();
    (await next)();
    expect(turns.state()).toEqual({ making: 0, waiting: 0 });
  });

  it('go on beside one that waits for something slow', async () => {
    const turns = createTurns(1, 10);
    await turns.take(() => 0, never);
    (await turns.take(() => 0, never))();
    expect(turns.state()).toEqual({ making: 0, waiting: 0 });
  });
});
