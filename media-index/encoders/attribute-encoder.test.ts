import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fakeAnalysis, fakeProfile, MOOD_TRACKS } from '../tracks.fake.js';
import { createAttributeEncoder } from './attribute-encoder.js';
import { type Attribute, pointOf, SCALES } from './attributes.js';
import { texturesOf, wishOfText } from './wish.js';

const encoder = createAttributeEncoder();
const length = (v: Float32Array): number => Math.hypot(...v);
const dot = (a: Float32Array, b: Float32Array): number => a.reduce((sum, x, i) => sum + x * (b[i] as number), 0);

async function best(text: string): Promise<string> {
  const query = await encoder.embedText(text);
  const scored = await Promise.all(
    MOOD_TRACKS.filter((t) => t.origin.kind === 'score').map(async (t) => ({
      id: t.id,
      score: dot(query, await encoder.embedAudio(t.analysis)),
    })),
  );
  return (scored.sort((a, b) => b.score - a.score)[0] as { id: string }).id;
}

describe('the attribute space', () => {
  it('gives unit vectors of one length for any text, profile and track', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 200, unit: 'binary' }), async (text) => {
        const vector = await encoder.embedText(text);
        expect(vector.length).toBe(encoder.model.dim);
        expect(length(vector)).toBeCloseTo(1, 5);
      }),
      { numRuns: 200 },
    );
    expect(
      length(await encoder.embedProfile(fakeProfile({ affect: { valence: -1, arousal: 1 }, mode: 1 }))),
    ).toBeCloseTo(1, 5);
    expect(
      length(await encoder.embedAudio(fakeAnalysis({ tempoBpm: null, onsetRatePerSec: 0, brightnessHz: 0 }))),
    ).toBeCloseTo(1, 5);
  });

  it('makes the cosine fall with the distance of an attribute, on both sides of the aim', () => {
    for (const attribute of Object.keys(SCALES) as Attribute[]) {
      const aim = pointOf({ [attribute]: { x: 0.2, confidence: 1 } });
      const at = (x: number): number => dot(aim, pointOf({ [attribute]: { x, confidence: 1 } }));
      const rising = [-1, -0.6, -0.2, 0.2].map(at);
      const falling = [0.2, 0.5, 0.9].map(at);
      expect(rising).toEqual([...rising].sort((a, b) => a - b));
      expect(falling).toEqual([...falling].sort((a, b) => b - a));
    }
  });

  it('changes the checksum of the model with its tables, and names it', () => {
    expect(encoder.model).toMatchObject({
      id: 'emoheal-attributes-1',
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });
});

describe('words', () => {
  it.each([
    ['calm peaceful music', 'calm-nocturne'],
    ['ruhige, friedliche Musik', 'calm-nocturne'],
    ['musique calme et paisible', 'calm-nocturne'],
    ['música tranquila y serena', 'calm-nocturne'],
    ['musica rilassante', 'calm-nocturne'],
    ['música relaxante', 'calm-nocturne'],
    ['rustige muziek', 'calm-nocturne'],
    ['spokojna muzyka', 'calm-nocturne'],
    ['спокойная музыка', 'calm-nocturne'],
    ['穏やかな音楽', 'calm-nocturne'],
    ['平静的音乐', 'calm-nocturne'],
    ['차분한 음악', 'calm-nocturne'],
    ['sad music in minor', 'sad-adagio'],
    ['traurige Musik in Moll', 'sad-adagio'],
    ['musique triste', 'sad-adagio'],
    ['悲しい音楽', 'sad-adagio'],
    ['fast joyful dance', 'joyful-reel'],
    ['fröhlicher Tanz', 'joyful-reel'],
    ['música alegre para bailar', 'joyful-reel'],
    ['веселая музыка', 'joyful-reel'],
    ['tense and nervous', 'tense-march'],
    ['angespannt und nervös', 'tense-march'],
    ['musica tesa', 'tense-march'],
    ['nostalgic, dreamy', 'sad-adagio'],
    ['powerful, triumphant and tense', 'tense-march'],
  ])('"%s" finds %s', async (text, id) => {
    expect(await best(text)).toBe(id);
  });

  it('turns negated words round and leaves what they do not reach', () => {
    expect(wishOfText('not sad').aims.sadness?.x).toBeLessThan(0);
    expect(wishOfText('sad').aims.sadness?.x).toBeGreaterThan(0);
    expect(wishOfText('nicht zu schnell').aims.onsetRate?.x).toBeLessThan(0);
    expect(wishOfText('no drums but please let there be soft piano').wanted.has('piano')).toBe(true);
    expect([...wishOfText('no drums, sanftes Klavier').unwanted]).toEqual(['drums']);
    expect(wishOfText('悲しくない、静かな音楽').aims.loudness?.x).toBeLessThan(0);
  });

  it('hears how sure a wish is', () => {
    const sure = (text: string): number => wishOfText(text).aims.arousal?.confidence ?? 0;
    expect(sure('very slow')).toBeGreaterThan(sure('slow'));
    expect(sure('a bit slow')).toBeLessThan(sure('slow'));
  });

  it('lets the words win over the profile and the profile fill in the rest', () => {
    const profile = fakeProfile({ mode: -1, onsetRatePerSec: 8, instrumentation: ['harp'] });
    const { aims, wanted } = wishOfText('slow', profile);
    expect(aims.onsetRate?.x).toBeLessThan(-0.5);
    expect(aims.mode?.x).toBeLessThan(-0.5);
    expect(aims.mode?.confidence).toBeLessThan(1);
    expect([...wanted.keys()]).toEqual(['harp']);
  });

  it('asks the reading of feelings once per text and keeps the vector', async () => {
    let asked = 0;
    const withReading = createAttributeEncoder({
      profileOf: () => {
        asked += 1;
        return fakeProfile({ affect: { valence: 0.3, arousal: -0.7 }, onsetRatePerSec: 0.8, brightness: 0.2 });
      },
    });
    const first = await withReading.embedText('I had a long day');
    first[0] = 99;
    const second = await withReading.embedText('I had a long day');
    expect(asked).toBe(1);
    expect(length(second)).toBeCloseTo(1, 5);
    expect(dot(second, await withReading.embedAudio(MOOD_TRACKS[0]!.analysis))).toBeGreaterThan(
      dot(second, await withReading.embedAudio(MOOD_TRACKS[2]!.analysis)) + 0.2,
    );
  });

  it('is quick: far under 8 ms for a new text', async () => {
    await encoder.embedText('warm up');
    const startMs = performance.now();
    for (let i = 0; i < 100; i++) await encoder.embedText(`ruhige Musik mit Klavier und Regen, not too fast ${i}`);
    expect((performance.now() - startMs) / 100).toBeLessThan(8);
  });
});

describe('sounds by name', () => {
  it('reads them from the style and title of a track in any language', () => {
    const about = (title: string, style = 'piece') => [
      ...texturesOf({ title, style, origin: { kind: 'file', path: '/x' } }),
    ];
    expect(about('Nocturne in E flat')).toContain('piano');
    expect(about('x', 'string-adagio')).toContain('strings');
    expect(about('Regen im Wald')).toEqual(expect.arrayContaining(['rain', 'forest']));
    expect(about('Gitarrenstück')).toEqual(['guitar']);
  });
  it('does not take a place in the title of a piece for its sound', () => {
    expect([
      ...texturesOf({ title: 'Harp by the Sea', style: 'arpeggio', origin: { kind: 'score', path: 'x' } }),
    ]).toEqual(['harp']);
  });
});
