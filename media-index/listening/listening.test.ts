import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { GEMS_FACTORS } from '../../engine/vocabulary.js';
import { packageRoot } from '../../models/paths.js';
import { fakeAnalysis } from '../tracks.fake.js';
import { blendHeard } from './blend.js';
import { EARS, earsAreHere, earsFolder, openEars } from './ears.js';
import { feltByTags } from './feelings.js';
import { BANDS, melPatches, PATCH_FRAMES, toMono16k } from './mel.js';
import { MSD_TAGS, MTT_TAGS } from './tags.js';

const RATE = 48_000;
/** Stereo at 48 kHz: a tone that begins again `rate` times a second, or without end. */
function tone(hz: number, seconds: number, level = 0.3, rate = 0): Float32Array {
  const pcm = new Float32Array(seconds * RATE * 2);
  for (let i = 0; i < seconds * RATE; i += 1) {
    const since = rate > 0 ? (i / RATE) % (1 / rate) : 0;
    const value = level * Math.exp(-since * 6) * Math.sin((2 * Math.PI * hz * i) / RATE);
    pcm[2 * i] = value;
    pcm[2 * i + 1] = value;
  }
  return pcm;
}
const loudestBand = (patch: Float32Array, frame: number) => {
  const bands = patch.subarray(frame * BANDS, (frame + 1) * BANDS);
  return bands.indexOf(Math.max(...bands));
};

describe('what the ears are given', () => {
  it('is a third of the samples, with the same tone at the same level and nothing that folds back', () => {
    const level = (pcm: Float32Array) => Math.sqrt(pcm.reduce((sum, x) => sum + x * x, 0) / pcm.length);
    const low = toMono16k(tone(1000, 1));
    expect(low.length).toBe(16_000);
    expect(level(low)).toBeCloseTo(0.3 / Math.SQRT2, 2);
    // 11 kHz would come back as 5 kHz.
    expect(level(toMono16k(tone(11_000, 1)))).toBeLessThan(0.002);
  });

  it('has a patch for every three seconds, at most as many as asked for, none where it is shorter', () => {
    const mono = toMono16k(tone(440, 31));
    expect(melPatches(mono, 40)).toHaveLength(10);
    expect(melPatches(mono, 4)).toHaveLength(4);
    expect(melPatches(toMono16k(tone(440, 2)), 40)).toHaveLength(0);
    expect(melPatches(mono, 1)[0]).toHaveLength(PATCH_FRAMES * BANDS);
  });

  it('has low tones in low bands and high ones in high, silence as zero, and ten times the power a step of one', () => {
    const patch = (pcm: Float32Array) => melPatches(toMono16k(pcm), 1)[0]!;
    const [low, middle, high] = [110, 880, 5000].map((hz) => loudestBand(patch(tone(hz, 4)), 90));
    expect(low!).toBeLessThan(middle!);
    expect(middle!).toBeLessThan(high!);
    expect(Math.max(...patch(tone(440, 4, 0)))).toBe(0);
    const at = (level: number) => Math.max(...patch(tone(880, 4, level)).subarray(90 * BANDS, 91 * BANDS));
    expect(at(0.5) - at(0.5 / Math.sqrt(10))).toBeCloseTo(1, 1);
  });
});

describe('from tags to feelings', () => {
  const heard = (names: readonly string[], strong: Record<string, number>) => names.map((name) => strong[name] ?? 0.02);
  const felt = (msd: Record<string, number>, mtt: Record<string, number>) =>
    feltByTags(heard(MSD_TAGS, msd), heard(MTT_TAGS, mtt));

  it('gives nine factors of 0 to 1 for anything that can be heard', () => {
    for (const p of [0, 0.5, 1]) {
      const gems = feltByTags(
        MSD_TAGS.map(() => p),
        MTT_TAGS.map(() => p),
      );
      for (const factor of GEMS_FACTORS) {
        expect(gems[factor]).toBeGreaterThanOrEqual(0);
        expect(gems[factor]).toBeLessThanOrEqual(1);
      }
    }
  });

  it('hears calm in slow soft ambient music, power in loud metal, joy in a dance, sorrow in a slow cello', () => {
    const ambient = felt({ ambient: 0.7, chillout: 0.5, Mellow: 0.4 }, { slow: 0.6, soft: 0.4, ambient: 0.6 });
    const metal = felt({ metal: 0.8, rock: 0.6, 'hard rock': 0.4 }, { loud: 0.5, rock: 0.7, metal: 0.5, drums: 0.4 });
    const dance = felt({ dance: 0.7, party: 0.4, happy: 0.4 }, { dance: 0.6, fast: 0.5, beat: 0.5, drums: 0.5 });
    const cello = felt({ sad: 0.4, beautiful: 0.3 }, { cello: 0.7, slow: 0.6, solo: 0.4, strings: 0.5 });
    expect(ambient.peacefulness).toBeGreaterThan(Math.max(metal.peacefulness, dance.peacefulness));
    expect(metal.power).toBeGreaterThan(Math.max(ambient.power, cello.power));
    expect(metal.tension).toBeGreaterThan(ambient.tension);
    expect(dance.joyfulActivation).toBeGreaterThan(Math.max(ambient.joyfulActivation, cello.joyfulActivation));
    expect(cello.sadness).toBeGreaterThan(Math.max(metal.sadness, dance.sadness));
  });

  it('is part of the analysis where the ears are there, and said there', () => {
    const analysis = fakeAnalysis({});
    expect(blendHeard(analysis, null)).toEqual(analysis);
    const gems = felt({ metal: 0.8 }, { loud: 0.8 });
    const both = blendHeard(analysis, { msd: [], mtt: [], gems, patches: [] });
    expect(both.heardBy).toBe(EARS);
    for (const factor of GEMS_FACTORS) {
      const [low, high] = [gems[factor], analysis.gems[factor]].sort((a, b) => a - b) as [number, number];
      expect(both.gems[factor]).toBeGreaterThanOrEqual(low - 1e-9);
      expect(both.gems[factor]).toBeLessThanOrEqual(high + 1e-9);
    }
  });
});

const share = process.env.XDG_DATA_HOME || path.join(os.homedir(), '.local', 'share');
const folder = earsFolder(process.env.EMOHEAL_DATA_DIR || path.join(share, 'emoheal'));
const here = earsAreHere(folder);
if (!here) console.warn('skipped: the model that listens is not installed (npm start fetches it)');

describe.runIf(here)('the ears themselves', () => {
  it('hear probabilities, the same each time, in a tone as in a beat', async () => {
    const ears = await openEars(folder);
    const drone = await ears.listen(tone(220, 12));
    const beat = await ears.listen(tone(220, 12, 0.5, 4));
    for (const { msd, mtt } of [drone!, beat!])
      for (const p of [...msd, ...mtt]) {
        expect(p).toBeGreaterThanOrEqual(0);
        expect(p).toBeLessThanOrEqual(1);
      }
    expect(drone!.msd).toHaveLength(50);
    expect(await ears.listen(tone(220, 12))).toEqual(drone);
    expect(drone!.mtt).not.toEqual(beat!.mtt);
    expect(await ears.listen(tone(220, 1))).toBeNull();
  });

  // A full export of the same network, made elsewhere: ours points into the checkpoint and must say the same.
  const full = process.env.MUSICNN_EXPORTS ?? path.join(packageRoot(), '..', 'shared', 'models', 'musicnn');
  it.skipIf(!existsSync(path.join(full, 'musicnn_msd.onnx')))(
    'say the same as a full export, to 1e-4',
    { timeout: 60_000 },
    async () => {
      for (const name of ['msd', 'mtt']) {
        const ours = await InferenceSession.create(path.join(folder, name, 'graph.onnx'));
        const theirs = await InferenceSession.create(path.join(full, `musicnn_${name}.onnx`));
        const values = Float32Array.from(
          { length: 2 * PATCH_FRAMES * BANDS },
          (_, i) => 2 + 2 * Math.sin(i * 0.37) * Math.cos(i * 0.011),
        );
        const mel = new Tensor('float32', values, [2, PATCH_FRAMES, BANDS]);
        const [a, b] = await Promise.all([ours.run({ mel }), theirs.run({ mel })]);
        for (const output of ['tags', 'embedding'] as const) {
          const [x, y] = [a[output]!.data as Float32Array, b[output]!.data as Float32Array];
          for (let i = 0; i < x.length; i += 1) expect(Math.abs(x[i]! - y[i]!)).toBeLessThan(1e-4);
        }
      }
    },
  );
});
