/** Without words: a point on the plane of affect is met by music, and nothing is put into the listener's mouth. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readingOfPoint } from '../emotion/reading.js';
import { loadKnowledge } from '../knowledge/graph.js';
import { planSession } from './planner.js';

const knowledge = loadKnowledge();
const planOf = (valence: number, arousal: number) =>
  planSession(knowledge, { reading: readingOfPoint({ valence, arousal }), pointed: true, seed: 1, nowHour: 14 });
const place = fc.double({ min: -1, max: 1, noNaN: true });

describe('a session from a point', () => {
  it('reads the very point, and names no feeling', () => {
    fc.assert(
      fc.property(place, place, (valence, arousal) => {
        const reading = readingOfPoint({ valence, arousal });
        expect(reading).toMatchObject({ valence, arousal, labels: [] });
        expect(Math.max(...Object.values(reading.probabilities))).toBeCloseTo(1);
      }),
    );
  });

  it('begins busier where it was pointed higher, and more in major where it was pointed further to the pleasant', () => {
    for (const valence of [-0.6, 0, 0.6])
      expect(planOf(valence, 0.7).from.onsetRatePerSec).toBeGreaterThan(planOf(valence, -0.6).from.onsetRatePerSec);
    for (const arousal of [-0.5, 0, 0.5])
      expect(planOf(0.8, arousal).from.mode).toBeGreaterThan(planOf(-0.8, arousal).from.mode);
  });

  it('says that it was pointed to, and gives no unspoken feeling as a reason', () => {
    fc.assert(
      fc.property(place, place, (valence, arousal) => {
        const plan = planOf(valence, arousal);
        expect(plan.summaryFacts?.[0]?.key).toBe('pointed');
        for (const fact of plan.summaryFacts ?? []) expect(fact.feelings ?? []).toEqual([]);
        for (const { path } of plan.stages[0]!.because) if (path) expect(['valence', 'arousal']).toContain(path.from);
      }),
      { numRuns: 300 },
    );
  });
});
