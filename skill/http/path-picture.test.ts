import { DOMParser } from '@xmldom/xmldom';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../audio-prompts/prompts.js';
import { pageWords } from '../../audio-prompts/screen/words.js';
import { loadKnowledge } from '../../engine/knowledge/graph.js';
import { anyWish, feeling } from '../../engine/plan/plan.fixture.js';
import { planSession } from '../../engine/plan/planner.js';
import { type PictureTrack, pathPicture, widthOf } from './path-picture.js';

const knowledge = loadKnowledge();
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
      fc.property(anyWish, tracks, (wish, some) => {
        const svg = pathPicture(
          planSession(knowledge, wish),
          some.map(([title, v, a], i) => track(title.replace(/[^\x20-\x7e]/g, '?'), v, a, i * 90)),
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
    const svg = pathPicture(plan, [track('Folded <Letters>', -0.7, -0.4), track('Rest', 0.4, -0.5, 900)]);
    expect(svg).toContain('1. Folded &#60;Letters&#62; (match)');
    expect(svg).toMatch(
      /aria-label="Planned path from valence -0\.\d\d, arousal -0\.\d\d to .*2 tracks\..*1\. Folded.*2\. Rest/,
    );
    expect(svg).toContain('dotted: as planned');
    for (const stage of ['close to how you feel', 'on the way', 'at rest']) expect(svg).toContain(`>${stage}</text>`);
  });

  it.each(Object.keys(LANGUAGES))('is labelled in %s, and its words have room beside one another', (locale) => {
    const plan = planSession(knowledge, { reading: feeling({ sadness: 0.9 }), seed: 1, nowHour: 20 });
    const svg = pathPicture(plan, [track('a', -0.5, 0.5)], 'night', locale);
    const words = pageWords(locale);
    const said = new Set([...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text));
    for (const key of [
      'unpleasant',
      'pleasant',
      'quiet',
      'stirred',
      'stageMatch',
      'stageGuide',
      'stageTarget',
      'pathFrom',
      'pathPlanned',
      'pathPlayed',
    ] as const)
      expect([...said], key).toContain(words[key]);
    expect(widthOf(words.unpleasant) + widthOf(words.pleasant)).toBeLessThan(380);
    expect(widthOf(words.pathPlanned) + widthOf(words.pathPlayed)).toBeLessThan(385);
    const stages = [words.stageMatch, words.stageGuide, words.stageTarget].map(widthOf);
    expect(stages.reduce((sum, width) => sum + width + 36, 4)).toBeLessThan(460);
    // An unpleasant feeling is on the unpleasant side, which is the right one where lines are read from there.
    const [, at] = /<circle cx="([\d.-]+)"/.exec(svg)!;
    expect(Number(at) > 200).toBe(locale === 'ar');
  });

  it('moves marks apart that would cover one another', () => {
    const plan = planSession(knowledge, { reading: feeling({ sadness: 0.9 }), seed: 1 });
    const svg = pathPicture(plan, [track('a', 0, 0), track('b', 0, 0), track('c', 0.01, 0)]);
    const at = [...svg.matchAll(/<circle cx="([\d.-]+)" cy="([\d.-]+)"/g)].map(
      ([, cx, cy]) => [Number(cx), Number(cy)] as const,
    );
    for (const [i, a] of at.entries())
      for (const b of at.slice(i + 1)) expect(Math.hypot(a[0] - b[0], a[1] - b[1])).toBeGreaterThan(12);
  });
});
