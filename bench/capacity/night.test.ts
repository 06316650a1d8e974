/** The simulation obeys what can be said without it, and the page shows what it prints and what was measured. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../models/paths.js';
import { nightRows, SIZES } from './capacity.js';
import { MEASURED, simulateNight } from './night.js';

const night = { listeners: 5000, zones: 'world', shared: 0, programmes: 100 } as const;

describe('a night', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(simulateNight(night, MEASURED, 3)).toEqual(simulateNight(night, MEASURED, 3));
    expect(simulateNight(night, MEASURED, 3)).not.toEqual(simulateNight(night, MEASURED, 4));
  });

  it('made to measure finds nothing, needs cores in proportion to who listens, and grows evenly', () => {
    const small = simulateNight(night);
    const large = simulateNight({ ...night, listeners: 50_000 });
    expect(small.hitRate).toBe(0);
    // What is heard is made, and a minute more.
    const makingAtOnce = small.peakMakingCores / MEASURED.makeCoreSecPerSec;
    expect(makingAtOnce / small.peakListening).toBeGreaterThan(1);
    expect(makingAtOnce / small.peakListening).toBeLessThan(1.15);
    expect(large.peakListening / small.peakListening).toBeGreaterThan(8);
    expect(large.peakListening / small.peakListening).toBeLessThan(12);
  });

  it('of one time zone has a higher peak than one around the world', () => {
    const one = simulateNight({ ...night, zones: 'one' });
    expect(one.peakListening).toBeGreaterThan(2 * simulateNight(night).peakListening);
  });

  it('with more sharing never costs more, and more listeners find more', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 1, max: 1000 }),
        (shared, programmes) => {
          const with_ = simulateNight({ ...night, listeners: 2000, shared, programmes });
          expect(with_.hitRate).toBeGreaterThanOrEqual(0);
          expect(with_.hitRate).toBeLessThanOrEqual(1);
          expect(with_.peakMakingCores).toBeLessThan(with_.peakListening * MEASURED.makeCoreSecPerSec * 1.15);
        },
      ),
      { numRuns: 20 },
    );
    const shared = { ...night, shared: 1, programmes: 300 };
    expect(simulateNight({ ...shared, listeners: 20_000 }).hitRate).toBeGreaterThan(
      simulateNight({ ...shared, listeners: 500 }).hitRate,
    );
  });
});

describe('the page', () => {
  const read = (...parts: string[]) => readFileSync(path.join(packageRoot(), ...parts), 'utf8');

  it('shows what the command prints', () => {
    const cells = (line: string) => line.split('|').map((each) => each.trim());
    const shown = read('docs', 'capacity.md').split('\n').map(cells);
    // A million takes seconds; the formula is the same.
    for (const row of nightRows(SIZES.slice(0, 2), 1, 15)) expect(shown).toContainEqual(cells(row));
  });

  it('promises no cheaper sound and no cheaper beginning than the last measurement', () => {
    const aac = /^\| aac: .* (\d+) x real time per core/m.exec(read('bench', 'results', 'stream-latest.md'));
    expect(1 / MEASURED.makeCoreSecPerSec).toBeLessThanOrEqual(Number(aac![1]));
    const most = [...read('bench', 'results', 'load-latest.md').matchAll(/([\d.]+) answered a second/g)].map((each) =>
      Number(each[1]),
    );
    // On two cores, at the most that they could do.
    expect(1 / MEASURED.beginCoreSec).toBeLessThanOrEqual(Math.max(...most) / 2 + 1);
  });
});
