/** Joins by content: how long, in what keys, on which beat, and never two voices at once. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyDistance } from '../../engine/key-distance.js';
import type { AudioAnalysis, Track } from '../../engine/vocabulary.js';
import { SAMPLE_RATE } from '../track-source.js';
import { fakeAnalysis, fakeTrack } from '../tracks.fake.js';
import { beatPhaseSec, skipToBeatSec } from './beat-phase.js';
import { joinOf, LONGEST_JOIN_SEC, SHORTEST_JOIN_SEC, withJoins } from './joins.js';
import { cheapProgramme, cheapScheduled } from './sound.fake.js';

const like = (given: Partial<AudioAnalysis>) =>
  fakeAnalysis({ keyClarity: 0.8, pulseClarity: 0.1, tempoBpm: null, ...given });
const C = like({ keyTonic: 0, mode: 'major' });

describe('keys', () => {
  it.each([
    ['itself', 0, 'major', 0],
    ['its relative minor', 9, 'minor', 0],
    ['its dominant', 7, 'major', 1],
    ['its parallel minor', 0, 'minor', 3],
    ['the tritone', 6, 'major', 6],
  ] as const)('C major is near to %s as musicians have it', (_, keyTonic, mode, apart) => {
    expect(keyDistance(C, like({ keyTonic, mode }))).toBe(apart);
  });

  it('that rub lie over one another only briefly', () => {
    expect(joinOf(C, C).overlapSec).toBe(LONGEST_JOIN_SEC);
    expect(joinOf(C, like({ keyTonic: 6 })).overlapSec).toBe(SHORTEST_JOIN_SEC);
  });
});

const anyAnalysis: fc.Arbitrary<AudioAnalysis> = fc
  .record({
    keyTonic: fc.nat(11),
    mode: fc.constantFrom('major' as const, 'minor' as const),
    keyClarity: fc.double({ min: 0, max: 1, noNaN: true }),
    pulseClarity: fc.double({ min: 0, max: 1, noNaN: true }),
    tempoBpm: fc.option(fc.double({ min: 35, max: 200, noNaN: true })),
    vocals: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined }),
  })
  .map((given) => fakeAnalysis(given));

describe('any two pieces', () => {
  it('meet for 6 to 12 seconds, or one after the other where both sing', () => {
    fc.assert(
      fc.property(anyAnalysis, anyAnalysis, (a, b) => {
        const { overlapSec, beatSec } = joinOf(a, b);
        if ((a.vocals ?? 0) >= 0.5 && (b.vocals ?? 0) >= 0.5) expect(overlapSec).toBe(0);
        else {
          expect(overlapSec).toBeGreaterThanOrEqual(SHORTEST_JOIN_SEC);
          expect(overlapSec).toBeLessThanOrEqual(LONGEST_JOIN_SEC);
        }
        if (beatSec) expect(Math.min(a.pulseClarity, b.pulseClarity)).toBeGreaterThanOrEqual(0.5);
      }),
    );
  });

  it('with one pulse meet for whole bars', () => {
    const pulse = like({ tempoBpm: 72, pulseClarity: 0.8 });
    const { overlapSec, beatSec } = joinOf(pulse, like({ tempoBpm: 72.5, pulseClarity: 0.8 }));
    expect(beatSec).toBeCloseTo(60 / 72, 3);
    expect((overlapSec / (60 / 72)) % 4).toBeCloseTo(0, 6);
    expect(joinOf(pulse, like({ tempoBpm: 100, pulseClarity: 0.8 })).beatSec).toBeNull();
  });
});

describe('a programme with its joins', () => {
  const trackOf =
    (analyses: readonly AudioAnalysis[]) =>
    (id: string): Track | null =>
      fakeTrack(id, {
        ...analyses[Number(id.slice(1))]!,
        durationSec: 400,
        leadingSilenceSec: 0,
        trailingSilenceSec: 0,
      });
  const programmeOf = (lengths: readonly number[]) => {
    let at = 0;
    const tracks = lengths.map((length, i) => {
      const startSec = at;
      at += length - 8;
      return cheapScheduled(`t${i}`, 'match', startSec, startSec + length, -22, [i ? 8 : 2, 8]);
    });
    return { ...cheapProgramme({ durationSec: at + 8 }), tracks };
  };
  const anySession = fc.array(fc.tuple(anyAnalysis, fc.integer({ min: 20, max: 120 })), { minLength: 2, maxLength: 8 });

  it('keeps order and middles, has no hole, and no two voices overlap', () => {
    fc.assert(
      fc.property(anySession, (session) => {
        const tracks = trackOf(session.map(([analysis]) => analysis));
        const planned = programmeOf(session.map(([, length]) => length));
        const { programme } = withJoins(planned, tracks);
        programme.tracks.slice(1).forEach((into, i) => {
          const out = programme.tracks[i]!;
          expect(into.startSec).toBeGreaterThanOrEqual(0);
          expect(into.startSec).toBeLessThanOrEqual(out.endSec + 1e-9);
          const middle = (planned.tracks[i]!.endSec + planned.tracks[i + 1]!.startSec) / 2;
          expect((out.endSec + into.startSec) / 2).toBeCloseTo(middle, 6);
          const sing = [i, i + 1].every((k) => (session[k]![0].vocals ?? 0) >= 0.5);
          if (sing) expect(out.endSec - into.startSec).toBeLessThan(1e-6);
        });
      }),
    );
  });

  it('changes nothing that was heard when the rest is changed', () => {
    fc.assert(
      fc.property(anySession, anyAnalysis, (session, other) => {
        fc.pre(session.length > 2);
        const lengths = session.map(([, length]) => length);
        const analyses = session.map(([analysis]) => analysis);
        const one = withJoins(programmeOf(lengths), trackOf(analyses)).programme;
        const changed = [...analyses.slice(0, -1), other];
        const two = withJoins(programmeOf([...lengths.slice(0, -1), 200]), trackOf(changed)).programme;
        expect(two.tracks.slice(0, -2)).toEqual(one.tracks.slice(0, -2));
      }),
    );
  });
});

describe('the beat', () => {
  /** Soft clicks every `beatSec`, the first at `phaseSec`, over noise. */
  const clicks = (beatSec: number, phaseSec: number, seconds = 8): Float32Array => {
    const pcm = new Float32Array(seconds * SAMPLE_RATE * 2);
    let state = 1;
    for (let i = 0; i < pcm.length; i += 1) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      pcm[i] = (state / 2 ** 31 - 1) * 0.005;
    }
    for (let sec = phaseSec; sec < seconds - 0.1; sec += beatSec)
      for (let i = 0; i < 0.08 * SAMPLE_RATE; i += 1) {
        const at = 2 * (Math.round(sec * SAMPLE_RATE) + i);
        pcm[at] = pcm[at]! + 0.4 * Math.exp(-i / 1200) * Math.sin(i * 0.06);
      }
    return pcm;
  };

  it('is found where it lies', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.5, max: 1.2, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (beat, share) => {
          const found = beatPhaseSec(clicks(beat, share * beat), beat)!;
          const off = Math.abs(found - share * beat);
          expect(Math.min(off, beat - off)).toBeLessThan(0.04);
        },
      ),
      { numRuns: 20 },
    );
  });

  it('of the second piece falls on that of the first', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 0.79, noNaN: true }),
        fc.double({ min: 0, max: 0.79, noNaN: true }),
        (a, b) => {
          const playing = { pcm: clicks(0.8, a), fromSec: 92 };
          const skip = skipToBeatSec(playing, { pcm: clicks(0.8, b), atSec: 100 }, 0.8);
          const off = (((100 + b - skip - (92 + a)) % 0.8) + 0.8) % 0.8;
          expect(Math.min(off, 0.8 - off)).toBeLessThan(0.06);
        },
      ),
      { numRuns: 20 },
    );
  });

  it('is not made up where there is none', () => {
    const noise = clicks(100, 0);
    expect(beatPhaseSec(noise.subarray(SAMPLE_RATE), 0.8)).toBeNull();
  });
});
