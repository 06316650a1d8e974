import { describe, expect, it } from 'vitest';
import { mix } from '../engine/plan/way.js';
import type { Track } from '../engine/vocabulary.js';
import { createAttributeEncoder } from './encoders/attribute-encoder.js';
import { createExactIndex } from './index/exact.js';
import { openIndex } from './index/open-index.js';
import { createMusicSearch } from './search.js';
import { fakeProfile, fakeTrack, MOOD_TRACKS } from './tracks.fake.js';

const encoder = createAttributeEncoder();
const searchOver = (tracks: readonly Track[]) =>
  createMusicSearch({ tracks: () => tracks, encoder, index: openIndex(encoder.model) });
const ids = (found: { track: Track }[]): string[] => found.map(({ track }) => track.id);
const rest = fakeProfile({
  affect: { valence: 0.4, arousal: -0.6 },
  onsetRatePerSec: 0.9,
  brightness: 0.2,
  mode: 0.4,
  pulseClarity: 0.2,
});

describe('createMusicSearch', () => {
  it('finds by profile, best first, with parts that sum to the score', async () => {
    const search = await searchOver(MOOD_TRACKS);
    const found = await search.search({ profile: rest, k: 5 });
    expect(ids(found)[0]).toBe('calm-nocturne');
    expect(new Set(ids(found).slice(3))).toEqual(new Set(['joyful-reel', 'tense-march']));
    for (const { score, parts } of found)
      expect(score).toBeCloseTo(
        Object.values(parts).reduce((a, b) => a + b, 0),
        9,
      );
  });

  it('leaves out singing where none is wanted, and only that', async () => {
    const tracks = [
      fakeTrack('sung', { vocals: 0.9 }),
      fakeTrack('played', { vocals: 0.1 }),
      fakeTrack('not-heard-by-any-model'),
    ];
    const search = await searchOver(tracks);
    expect(ids(await search.search({ text: 'calm', k: 3, instrumental: true }))).not.toContain('sung');
    expect(ids(await search.search({ text: 'calm', k: 3, instrumental: true }))).toHaveLength(2);
    expect(ids(await search.search({ text: 'calm', k: 3 }))).toHaveLength(3);
  });

  it('finds by words, by a sound alone, and by words with a profile', async () => {
    const search = await searchOver(MOOD_TRACKS);
    expect(ids(await search.search({ text: 'fast and joyful', k: 1 }))).toEqual(['joyful-reel']);
    expect(ids(await search.search({ text: 'Regen', k: 1 }))).toEqual(['leaf-rain']);
    expect(ids(await search.search({ text: 'rain', profile: rest, k: 1 }))).toEqual(['leaf-rain']);
    expect(ids(await search.search({ text: 'slow strings', k: 1 }))).toEqual(['sad-adagio']);
  });

  it('answers unknown words with something restful instead of nothing', async () => {
    const found = await (await searchOver(MOOD_TRACKS)).search({ text: 'qwertz', k: 2 });
    expect(ids(found).every((id) => ['calm-nocturne', 'leaf-rain', 'sad-adagio'].includes(id))).toBe(true);
  });

  it('consults the reading of feelings for words alone', async () => {
    const search = await createMusicSearch({
      tracks: () => MOOD_TRACKS,
      encoder,
      index: createExactIndex(encoder.model),
      profileOf: () => rest,
    });
    expect(ids(await search.search({ text: 'it was a long day at the office', k: 1 }))).toEqual(['calm-nocturne']);
  });

  it('leaves out excluded ids, other kinds, other licences and long pieces, and finds nothing where none is left', async () => {
    const search = await searchOver(MOOD_TRACKS);
    expect(ids(await search.search({ profile: rest, k: 5, excludeTrackIds: ['calm-nocturne'] }))).not.toContain(
      'calm-nocturne',
    );
    expect(ids(await search.search({ profile: rest, k: 5, kinds: ['nature'] }))).toEqual(['leaf-rain']);
    expect(await search.search({ profile: rest, k: 5, licences: ['CC-BY-4.0'] })).toEqual([]);
    expect(await search.search({ profile: rest, k: 5, maxDurationSec: 10 })).toEqual([]);
  });

  it('looks to the end of the index where filters leave too few', async () => {
    const many = Array.from({ length: 2000 }, (_, i) => fakeTrack(`calm-${i}`, { arousal: -0.6 }));
    const odd = fakeTrack(
      'odd',
      { arousal: 0.9, onsetRatePerSec: 9 },
      { licence: { id: 'CC-BY-4.0', name: 'CC BY 4.0' } },
    );
    const search = await searchOver([...many, odd]);
    expect(ids(await search.search({ profile: rest, k: 3, licences: ['CC-BY-4.0'] }))).toEqual(['odd']);
  });

  it('is empty over an empty shelf, and follows a shelf that changes', async () => {
    let shelf: readonly Track[] = [];
    const search = await createMusicSearch({ tracks: () => shelf, encoder, index: openIndex(encoder.model) });
    expect(await search.search({ profile: rest, k: 3 })).toEqual([]);
    shelf = MOOD_TRACKS;
    const both = await Promise.all([search.search({ profile: rest, k: 1 }), search.search({ profile: rest, k: 1 })]);
    expect(both.map(ids)).toEqual([['calm-nocturne'], ['calm-nocturne']]);
    shelf = MOOD_TRACKS.slice(1);
    expect(ids(await search.search({ profile: rest, k: 9 }))).not.toContain('calm-nocturne');
    expect(search.track('calm-nocturne')).toBeNull();
    expect(search.track('leaf-rain')?.title).toBe('Rain on Leaves');
  });

  it('fills an index again that lost its vectors, as a server that was set up anew', async () => {
    const index = openIndex(encoder.model);
    const search = await createMusicSearch({ tracks: () => MOOD_TRACKS, encoder, index });
    await index.remove(await index.ids());
    expect(ids(await search.search({ profile: rest, k: 1 }))).toEqual(['calm-nocturne']);
    expect(await index.count()).toBe(MOOD_TRACKS.length);
  });

  it('takes a changed analysis of the same track', async () => {
    let shelf: readonly Track[] = [fakeTrack('a', { arousal: 0.9 }), fakeTrack('b')];
    const search = await createMusicSearch({ tracks: () => shelf, encoder, index: openIndex(encoder.model) });
    expect(ids(await search.search({ profile: rest, k: 1 }))).toEqual(['b']);
    shelf = [
      fakeTrack('a', { arousal: -0.6, onsetRatePerSec: 1, brightnessHz: 600, modeScore: 0.2 }),
      shelf[1] as Track,
    ];
    expect(ids(await search.search({ profile: rest, k: 1 }))).toEqual(['a']);
  });

  it('refuses an index of another model, naming both, and odd queries', async () => {
    const other = createExactIndex({ id: 'other-model', dim: 8, sha256: 'c'.repeat(64) });
    await expect(createMusicSearch({ tracks: () => MOOD_TRACKS, encoder, index: other })).rejects.toMatchObject({
      code: 'index-mismatch',
      message: expect.stringMatching(/"other-model".*"emoheal-attributes-1"/),
    });
    const search = await searchOver(MOOD_TRACKS);
    await expect(search.search({ k: 3 })).rejects.toMatchObject({ code: 'bad-input' });
    await expect(search.search({ text: '  ', k: 3 })).rejects.toMatchObject({ code: 'bad-input' });
    await expect(search.search({ text: 'calm', k: 0 })).rejects.toMatchObject({ code: 'bad-input' });
    await expect(search.search({ text: 'x'.repeat(5000), k: 3 })).rejects.toMatchObject({ code: 'too-large' });
  });
});

describe('a search along a way', () => {
  const spread = (i: number, of: number, by: number) => (((i * by) % of) / of) * 1.8 - 0.9;
  const many = Array.from({ length: 2400 }, (_, i) =>
    fakeTrack(
      `piece-${i}`,
      {
        valence: spread(i, 2400, 601),
        arousal: spread(i, 2400, 997),
        onsetRatePerSec: 3 + 2.5 * spread(i, 2400, 233),
        brightnessHz: 1500 + 1000 * spread(i, 2400, 71),
      },
      i % 7 === 0 ? { origin: { kind: 'nature', sound: 'rain' } as Track['origin'] } : {},
    ),
  );
  const tense = fakeProfile({
    affect: { valence: -0.6, arousal: 0.7 },
    onsetRatePerSec: 5,
    brightness: 0.7,
    mode: -0.6,
  });
  const middle = fakeProfile({ affect: { valence: -0.1, arousal: 0 }, onsetRatePerSec: 2.5, brightness: 0.45 });
  const way = [tense, middle, rest];
  const scoreOf = (found: { score: number }[]) => found.reduce((sum, { score }) => sum + score, 0) / found.length;

  it('is the same search over a small shelf', async () => {
    const search = await searchOver(many.slice(0, 250));
    const along = await search.along!(way);
    for (const profile of way)
      for (const query of [
        { profile, k: 40 },
        { profile, k: 5, kinds: ['nature' as const] },
        { profile, text: 'rain', k: 9 },
      ])
        expect(await along.search({ ...query, excludeTrackIds: ['piece-3'] })).toEqual(
          await search.search({ ...query, excludeTrackIds: ['piece-3'] }),
        );
  });

  it('finds no worse over a large one, at its points and between them', async () => {
    const search = await searchOver(many);
    const along = await search.along!(way);
    const between = mix(tense, middle, 0.4);
    for (const profile of [...way, between]) {
      const query = { profile, k: 10 };
      expect(scoreOf(await along.search(query))).toBeGreaterThan(scoreOf(await search.search(query)) - 0.01);
    }
  });

  it('gives only what fits, and looks further where too little of what lies near does', async () => {
    const search = await searchOver(many);
    const along = await search.along!([tense]);
    const far = new Set(ids(await search.search({ profile: rest, k: 30 })));
    const permits = ({ id }: Track) => far.has(id);
    expect(new Set(ids(await along.search({ profile: rest, k: 30, permits })))).toEqual(far);
    expect(await along.search({ profile: rest, k: 30, permits: () => false })).toEqual([]);
    const nature = await along.search({ profile: tense, k: 40, kinds: ['nature'] });
    expect(nature).toHaveLength(40);
    expect(nature.every(({ track }) => track.origin.kind === 'nature')).toBe(true);
  });

  it('knows what came to the shelf and left it since the last session to the same rest', async () => {
    const best = ids(await (await searchOver(many)).search({ profile: rest, k: 1 }))[0];
    let shelf = many.filter(({ id }) => id !== best);
    const search = await createMusicSearch({ tracks: () => shelf, encoder, index: openIndex(encoder.model) });
    const bestAtRest = async () => ids(await (await search.along!([rest])).search({ profile: rest, k: 1 }))[0];
    expect(await bestAtRest()).not.toBe(best);
    shelf = many;
    expect(await bestAtRest()).toBe(best);
    shelf = many.filter(({ id }) => id !== best);
    expect(await bestAtRest()).not.toBe(best);
  });

  it('finds nothing on an empty shelf', async () => {
    expect(await (await (await searchOver([])).along!(way)).search({ profile: rest, k: 3 })).toEqual([]);
  });
});
