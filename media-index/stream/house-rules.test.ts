/** House rules in the rendered sound: the cap holds for every half second, and a greeting is heard before the music. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { Programme } from '../../engine/vocabulary.js';
import { createKWeighting, lufsOf, measureLoudness } from '../analysis/loudness.js';
import { texturesFor } from '../synth/track-source.js';
import { SAMPLE_RATE } from '../track-source.js';
import { gainUnderGreeting, levelled, openGreetings } from './greeting.js';
import { createOffsetFilter } from './offset.js';
import { mixProgramme } from './programme-mix.js';
import { cheapDeps, cheapProgramme, cheapSound, pcmOf } from './sound.fake.js';

const dataDir = mkdtempSync(path.join(os.tmpdir(), 'emoheal-greeting-'));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

async function soundOf(programme: Programme, deps: object = {}): Promise<Float32Array> {
  const blocks: Float32Array[] = [];
  for await (const block of mixProgramme(programme, { ...cheapDeps(), ...deps })) blocks.push(block.slice());
  return pcmOf(blocks);
}
/** K-weighted loudness of each window of so many seconds, half a second apart. */
function loudest(pcm: Float32Array, sec: number, fromSec = 0): number {
  const weigh = createKWeighting();
  const step = SAMPLE_RATE / 2;
  const powers = Array.from(
    { length: Math.floor(pcm.length / 2 / step) },
    (_, i) => weigh(pcm.subarray(i * step * 2, (i + 1) * step * 2)) / step,
  );
  const wide = sec * 2;
  const windows = powers.slice(fromSec * 2).map((_, i) => powers.slice(fromSec * 2 + i, fromSec * 2 + i + wide));
  const whole = windows.filter(({ length }) => length === wide);
  return Math.max(...whole.map((window) => lufsOf(window.reduce((sum, power) => sum + power, 0) / wide)));
}

describe('a cap', () => {
  it('holds for every three seconds of the sound, also of a programme that asks for more', {
    timeout: 60_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.double({ min: -45, max: -19, noNaN: true }), async (cap) => {
        const heard = await soundOf({ ...cheapProgramme({ durationSec: 20 }), loudestLufs: cap });
        expect(loudest(heard, 3)).toBeLessThanOrEqual(cap + 0.7);
        expect(loudest(heard, 1)).toBeLessThanOrEqual(cap + 1.8);
        // It is still music: no softer than it must be.
        expect(measureLoudness(heard).integratedLufs).toBeGreaterThan(cap - 10);
      }),
      { numRuns: 5 },
    );
  });

  it('holds for the greeting, and for music under it', async () => {
    const said = cheapSound(9, 0.4, 0, 6);
    const greeting = { id: 'g1', durationSec: 6, loudnessLufs: -30 };
    const programme: Programme = { ...cheapProgramme({ durationSec: 20 }), loudestLufs: -30, greeting };
    expect(loudest(await soundOf(programme, { greeting: async () => said }), 3)).toBeLessThanOrEqual(-29.3);
  });
});

/** The largest difference within two seconds from `sec` on. */
function apartAt(a: Float32Array, b: Float32Array, sec: number): number {
  let apart = 0;
  for (let i = sec * SAMPLE_RATE * 2; i < (sec + 2) * SAMPLE_RATE * 2; i += 1)
    apart = Math.max(apart, Math.abs(a[i]! - b[i]!));
  return apart;
}

describe('a greeting', () => {
  const said = cheapSound(9, 0.02, 0, 6);
  const greeting = { id: 'g1', durationSec: 6, loudnessLufs: -22 };
  const programme: Programme = { ...cheapProgramme({ durationSec: 25 }), greeting };

  it('is heard alone at first, at its loudness, and the music comes up under its end', {
    timeout: 60_000,
  }, async () => {
    const heard = await soundOf(programme, { greeting: async () => said });
    const alone = levelled(said, greeting);
    expect(measureLoudness(alone).integratedLufs).toBeCloseTo(-22, 0);
    // As everything that is played: without what lies below hearing.
    createOffsetFilter().apply(alone);
    expect(apartAt(heard, alone, 0)).toBeLessThan(1e-6);
    const music = await soundOf(cheapProgramme({ durationSec: 25 }));
    expect(apartAt(heard, music, 11)).toBeLessThan(1e-6);
    for (let sec = 0; sec < 20; sec += 0.1)
      expect(gainUnderGreeting(6, sec + 0.1)).toBeGreaterThanOrEqual(gainUnderGreeting(6, sec));
  });

  it('that is gone leaves the music as if there had been none, and is told', async () => {
    const told: string[] = [];
    const deps = { greeting: async () => null, onTrouble: (message: string) => told.push(message) };
    const heard = await soundOf(programme, deps);
    const music = await soundOf(cheapProgramme({ durationSec: 25 }));
    expect(Buffer.from(heard.buffer).equals(Buffer.from(music.buffer))).toBe(true);
    expect(told).toEqual(['A recorded greeting is gone; the music begins without it.']);
  });

  it('is read with any ending or none, never from outside its folder, and is none where it is no sound', async () => {
    mkdirSync(path.join(dataDir, 'greetings'));
    for (const name of ['plain', 'spoken.webm', 'broken.mp3', 'half.coming'])
      writeFileSync(path.join(dataDir, 'greetings', name), 'x');
    writeFileSync(path.join(dataDir, 'secret'), 'x');
    const asked: string[] = [];
    const open = openGreetings({
      dataDir,
      async *decodeFile(file) {
        asked.push(path.basename(file));
        if (file.includes('broken')) throw new Error('no sound');
        yield new Float32Array(SAMPLE_RATE * 2 * 40);
        yield new Float32Array(SAMPLE_RATE * 2 * 40);
      },
    });
    expect((await open('plain'))?.length).toBe(60 * SAMPLE_RATE * 2);
    expect(await open('spoken')).not.toBeNull();
    for (const id of ['broken', 'half', 'gone', '../secret', '.', 'greetings']) expect(await open(id)).toBeNull();
    expect(asked).toEqual(['plain', 'spoken.webm', 'broken.mp3']);
  });

  it('of silence stays silence, and one that is shorter than it says is no fault', () => {
    expect(Math.max(...levelled(new Float32Array(SAMPLE_RATE), greeting))).toBe(0);
    expect(levelled(cheapSound(9, 0.1, 0, 1), { ...greeting, durationSec: 5 }).length).toBe(SAMPLE_RATE * 2);
  });
});

describe('a composed piece', () => {
  it('is written in no style that is banned, and in an allowed one where it can be', () => {
    expect(texturesFor({ withoutStyles: ['String-Adagio'] })).not.toContain('string-adagio');
    expect(texturesFor({ onlyStyles: ['string-adagio', 'lullaby'] })).toContain('string-adagio');
    expect(texturesFor({ onlyStyles: ['zither'] })).toEqual(texturesFor({}));
    expect(texturesFor({ onlyStyles: ['piano-nocturne'] })).toEqual(['piano-nocturne']);
    expect(texturesFor({ onlyStyles: ['lullaby'], withoutStyles: ['lullaby'] })).not.toContain('lullaby');
  });
});
