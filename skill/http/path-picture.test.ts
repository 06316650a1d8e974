import { DOMParser } from '@xmldom/xmldom';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pathWords } from '../../audio-prompts/screen/path-words.js';
import { loadKnowledge } from '../../engine/knowledge/graph.js';
import { anyWish, feeling } from '../../engine/plan/plan.fixture.js';
import { planSession } from '../../engine/plan/planner.js';
import { type PictureTrack, pathPicture } from './path-picture.js';

const knowledge = loadKnowledge();
const english = pathWords('en');
const LOCALES = ['en', 'de', 'fr', 'es', 'it', 'pt', 'ja', 'hi'];
const track = (title: string, valence: number, arousal: number, startSec = 0): PictureTrack => ({
  title,
  stage: 'match',
  startSec,
  endSec: startSec + 100,
  measured: { valence, arousal },
});

describe('the picture of the path', () => {
  it('is well-formed and keeps to its frame for any plan and any title', () => {
    const place = fc.double({ min: -1, max: 1, noNaN: true });
    const tracks = fc.array(fc.tuple(fc.string({ maxLength: 30 }), place, place), { maxLength: 12 });
    fc.assert(
      fc.property(anyWish, tracks, fc.constantFrom(...LOCALES), (wish, some, locale) => {
        const svg = pathPicture(
          planSession(knowledge, wish),
          some.map(([title, v, a], i) => track(title.replace(/[^\x20-\x7e]/g, '?'), v, a, i * 90)),
          pathWords(locale),
        );
        const document = new DOMParser({ onError: (_level, message) => expect.fail(message) }).parseFromString(
          svg,
          'image/svg+xml',
        );
        for (const circle of document.getElementsByTagName('circle')) {
          expect(Number(circle.getAttribute('cx'))).toBeGreaterThan(-60);
          expect(Number(circle.getAttribute('cx'))).toBeLessThan(460);
        }
        expect(document.getElementsByTagName('circle')).toHaveLength(some.length);
      }),
      { numRuns: 300 },
    );
  });

  it('numbers the tracks, names them, and tells the whole in words', () => {
    const plan = planSession(knowledge, { reading: feeling({ sadness: 0.9 }), seed: 1, nowHour: 20 });
    const svg = pathPicture(plan, [track('Folded <Letters>', -0.7, -0.4), track('Rest', 0.4, -0.5, 900)], english);
    expect(svg).toContain('1. Folded &#60;Letters&#62; (close to the feeling)');
    expect(svg).toMatch(
      /aria-label="Planned path from valence -0\.\d\d, arousal -0\.\d\d to .*pieces: 2\..*1\. Folded.*2\. Rest/,
    );
    expect(svg).toContain('dotted: as planned');
    for (const stage of ['close to the feeling', 'on the way', 'rest']) expect(svg).toContain(`>${stage}</text>`);
  });

  it('moves marks apart that would cover one another', () => {
    const plan = planSession(knowledge, { reading: feeling({ sadness: 0.9 }), seed: 1 });
    const svg = pathPicture(plan, [track('a', 0, 0), track('b', 0, 0), track('c', 0.01, 0)], english);
    const at = [...svg.matchAll(/<circle cx="([\d.-]+)" cy="([\d.-]+)"/g)].map(
      ([, cx, cy]) => [Number(cx), Number(cy)] as const,
    );
    for (const [i, a] of at.entries())
      for (const b of at.slice(i + 1)) expect(Math.hypot(a[0] - b[0], a[1] - b[1])).toBeGreaterThan(12);
  });
});
