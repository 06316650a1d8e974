import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../engine/plan/random.js';
import { profileForAffect } from '../starter/affect-profile.js';
import { COMMISSIONS } from '../starter/commissions.js';
import { loadScore, starterTracks } from '../starter/starter.js';
import { compose } from './compose.js';
import { chooseKey, phraseHarmony } from './harmony.js';
import type { Score } from './score.js';
import { TEXTURES, type TextureName } from './textures.js';
import { voiceChords } from './voicing.js';

/** Interval and length against the note before, four notes at a time: what a listener would know again. */
function patterns(notes: readonly (readonly number[])[]): Set<string> {
  const found = new Set<string>();
  const gap = (i: number) => notes[i]![0]! - notes[i - 1]![0]! + 0.02;
  for (let i = 3; i < notes.length; i += 1) {
    const moves = [i - 2, i - 1, i].map((k) => {
      const length = Math.round(2 * Math.log2(gap(k) / gap(i - 2)));
      return `${notes[k]![2]! - notes[k - 1]![2]!}:${length}`;
    });
    found.add(moves.join());
  }
  return found;
}

/** The melody of a score, or what leads it where it has none. */
function leading({ texture, parts }: Score): Set<string> {
  const lead = TEXTURES[texture as TextureName].layers.find(({ role }) => role === 'melody')?.name;
  return patterns((parts.find(({ name }) => name === lead) ?? parts[0]!).notes);
}

describe.each(['as composed', 'as shipped'] as const)('the catalogue %s', (way) => {
  const shipped = new Map(starterTracks().map((track) => [track.id, track]));
  const pieces = COMMISSIONS.map((commission) => {
    const { id, title, texture, seed, minutes, valence, arousal } = commission;
    const score =
      way === 'as shipped'
        ? loadScore(shipped.get(id)!)
        : compose({ id, title, texture, seed, minutes, profile: profileForAffect(valence, arousal) });
    return { id, found: leading(score) };
  });

  it('holds at least 150 pieces, each under a name of its own', () => {
    expect(COMMISSIONS.length).toBeGreaterThanOrEqual(150);
    expect(new Set(COMMISSIONS.map(({ title }) => title)).size).toBe(COMMISSIONS.length);
    expect(new Set(COMMISSIONS.map(({ id }) => id)).size).toBe(COMMISSIONS.length);
  });

  it('has no two pieces that share more than 30 % of their four-note patterns', () => {
    for (const [i, a] of pieces.entries()) {
      for (const b of pieces.slice(i + 1)) {
        const shared = [...a.found].filter((each) => b.found.has(each)).length;
        const share = shared / Math.max(1, Math.min(a.found.size, b.found.size));
        expect(share, `${a.id} and ${b.id}`).toBeLessThanOrEqual(0.3);
      }
    }
  });
});

describe('sevenths', () => {
  it('fall by a step or are held over, in nearly every voice that has one', () => {
    let sevenths = 0;
    let resolved = 0;
    for (let seed = 1; seed <= 60; seed += 1) {
      const random = seededRandom(seed);
      const key = chooseKey(seed % 2 === 0 ? 0.5 : -0.5, random);
      const chords = phraseHarmony({ key, chords: 8, cadence: 'full', consonance: 0.6, random });
      const voicings = voiceChords(chords, 60);
      for (let i = 0; i + 1 < chords.length; i += 1) {
        voicings[i]!.forEach((pitch, voice) => {
          if (chords[i]!.seventh !== pitch % 12) return;
          sevenths += 1;
          const fall = pitch - voicings[i + 1]![voice]!;
          if (fall >= 0 && fall <= 2) resolved += 1;
        });
      }
    }
    expect(sevenths).toBeGreaterThan(40);
    expect(resolved / sevenths).toBeGreaterThan(0.85);
  });
});
