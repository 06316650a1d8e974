import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { profileForAffect } from '../starter/affect-profile.js';
import { COMMISSIONS } from '../starter/commissions.js';
import { loadScore, starterTracks } from '../starter/starter.js';
import { compose, onsetRateOf } from './compose.js';
import { Score } from './score.js';
import { TEXTURE_NAMES, TEXTURES } from './textures.js';
import { voiceChords } from './voicing.js';

const places = fc.record({
  valence: fc.double({ min: -1, max: 1, noNaN: true }),
  arousal: fc.double({ min: -0.95, max: 0.95, noNaN: true }),
  texture: fc.constantFrom(...TEXTURE_NAMES),
  seed: fc.integer({ min: 1, max: 1e6 }),
});
const piece = (
  w: { valence: number; arousal: number; texture: (typeof TEXTURE_NAMES)[number]; seed: number },
  minutes = 1,
) =>
  compose({
    id: 'x',
    title: 'x',
    profile: profileForAffect(w.valence, w.arousal),
    texture: w.texture,
    seed: w.seed,
    minutes,
  });

const rank = (values: number[]) => values.map((value) => values.filter((other) => other < value).length);
function spearman(a: number[], b: number[]): number {
  const [x, y] = [rank(a), rank(b)];
  const mean = (v: number[]) => v.reduce((s, n) => s + n, 0) / v.length;
  const [mx, my] = [mean(x), mean(y)];
  const cov = x.reduce((s, n, i) => s + (n - mx) * (y[i]! - my), 0);
  return cov / Math.sqrt(x.reduce((s, n) => s + (n - mx) ** 2, 0) * y.reduce((s, n) => s + (n - my) ** 2, 0));
}

describe('the composer', () => {
  it('writes the same piece for the same wish, valid and within every instrument’s range', () => {
    fc.assert(
      fc.property(places, (wish) => {
        const score = piece(wish);
        expect(score).toEqual(piece(wish));
        expect(Score.parse(score)).toBeTruthy();
        for (const part of score.parts) {
          const layer = TEXTURES[wish.texture].layers.find((each) => each.name === part.name)!;
          for (const [start, length, pitch] of part.notes) {
            expect(start + length).toBeLessThanOrEqual(score.durationSec + 4);
            expect(pitch).toBeGreaterThanOrEqual(layer.range[0] - 12);
            expect(pitch).toBeLessThanOrEqual(layer.range[1]);
          }
        }
      }),
      { numRuns: 24 },
    );
  });

  it('never falls silent inside, and never plays every note alike', () => {
    fc.assert(
      fc.property(places, (wish) => {
        const score = piece(wish);
        const notes = score.parts.flatMap((part) => part.notes).sort((a, b) => a[0] - b[0]);
        let sounding = 0;
        for (const [start, length] of notes) {
          expect(start - sounding).toBeLessThan(4);
          sounding = Math.max(sounding, start + length);
        }
        expect(new Set(notes.map(([, , , velocity]) => velocity)).size).toBeGreaterThan(3);
      }),
      { numRuns: 40 },
    );
  });

  it('follows the asked onset rate', () => {
    const wishes = Array.from({ length: 60 }, (_, i) => ({
      valence: Math.sin(i * 2.3),
      arousal: -0.95 + (1.9 * i) / 59,
      texture: TEXTURE_NAMES[i % TEXTURE_NAMES.length]!,
      seed: 50 + i,
    }));
    const asked = wishes.map((w) => profileForAffect(w.valence, w.arousal).onsetRatePerSec);
    const wrote = wishes.map((w) => {
      const score = piece(w);
      return onsetRateOf(score.parts, score.durationSec - 5);
    });
    expect(spearman(asked, wrote)).toBeGreaterThan(0.8);
  });

  it('leads its voices without parallel fifths or octaves where there is any other way', () => {
    const chords = [0, 5, 3, 4, 0].map((degree) => {
      const tones = [0, 2, 4].map((step) => [0, 2, 4, 5, 7, 9, 11][(degree + step) % 7]!);
      return { degree, tones, bass: tones[0]! };
    });
    const voicings = voiceChords(chords, 60);
    voicings.slice(1).forEach((after, i) => {
      const before = voicings[i]!;
      for (let a = 0; a < 4; a += 1) {
        for (let b = a + 1; b < 4; b += 1) {
          const moved = after[a] !== before[a] && after[b] !== before[b];
          const [was, is] = [(before[b]! - before[a]!) % 12, (after[b]! - after[a]!) % 12];
          expect(moved && was === is && (is === 7 || is === 0)).toBe(false);
        }
      }
    });
  });
});

describe('the starter catalogue', () => {
  const tracks = starterTracks();
  const pieces = tracks.filter((track) => track.origin.kind === 'score');

  it('holds at least 60 pieces in at least 8 styles and 6 nature sounds, each with its score', () => {
    expect(pieces.length).toBeGreaterThanOrEqual(60);
    expect(new Set(pieces.map((track) => track.style)).size).toBeGreaterThanOrEqual(8);
    expect(tracks.length - pieces.length).toBeGreaterThanOrEqual(6);
    expect(new Set(tracks.map((track) => track.title)).size).toBe(tracks.length);
    for (const track of pieces) expect(loadScore(track).durationSec).toBeCloseTo(track.durationSec, 1);
  });

  it('reaches every corner of the plane, as measured in its own sound', () => {
    const corner = (valence: number, arousal: number) =>
      pieces.filter(
        ({ analysis }) => Math.sign(analysis.valence) === valence && Math.sign(analysis.arousal) === arousal,
      ).length;
    for (const [v, a] of [
      [1, 1],
      [1, -1],
      [-1, 1],
      [-1, -1],
    ] as const)
      expect(corner(v, a), `valence ${v}, arousal ${a}`).toBeGreaterThanOrEqual(5);
  });

  it('sounds as it was asked to: pace, colour and mode', () => {
    const asked = pieces.map((track) =>
      profileForAffect(
        ...(({ valence, arousal }) => [valence, arousal] as const)(COMMISSIONS.find((c) => c.id === track.id)!),
      ),
    );
    const measured = pieces.map((track) => track.analysis);
    expect(
      spearman(
        asked.map((p) => p.onsetRatePerSec),
        measured.map((m) => m.onsetRatePerSec),
      ),
    ).toBeGreaterThan(0.7);
    expect(
      spearman(
        asked.map((p) => p.brightness),
        measured.map((m) => m.brightnessHz),
      ),
    ).toBeGreaterThan(0.3);
    const clear = pieces
      .map((_, i) => [asked[i]!.mode, measured[i]!.mode] as const)
      .filter(([mode]) => Math.abs(mode) > 0.4);
    expect(
      clear.filter(([mode, heard]) => heard === (mode > 0 ? 'major' : 'minor')).length / clear.length,
    ).toBeGreaterThan(0.8);
  });

  it('shares few four-note patterns between pieces', () => {
    const patterns = (id: string) => {
      const melody = loadScore(pieces.find((track) => track.id === id)!).parts[0]!.notes.map(([, , pitch]) => pitch);
      return new Set(
        melody
          .slice(3)
          .map((pitch, i) =>
            [melody[i + 1]! - melody[i]!, melody[i + 2]! - melody[i + 1]!, pitch - melody[i + 2]!].join(),
          ),
      );
    };
    const ids = pieces.filter((track) => track.style === 'piano-nocturne').map((track) => track.id);
    const shares = ids.flatMap((a, i) =>
      ids.slice(i + 1).map((b) => {
        const [x, y] = [patterns(a), patterns(b)];
        return [...x].filter((each) => y.has(each)).length / Math.max(1, Math.min(x.size, y.size));
      }),
    );
    const median = shares.sort((a, b) => a - b)[Math.floor(shares.length / 2)]!;
    expect(median).toBeLessThan(0.5);
  });
});
