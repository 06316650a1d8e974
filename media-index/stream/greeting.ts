/**
 * A recorded greeting before the music: read whole (it is short), brought to its loudness, faded at both ends. Where the
 * file is gone or is no sound there is no greeting, and the music begins as if none had been recorded.
 */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Programme } from '../../engine/vocabulary.js';
import { measureLoudness } from '../analysis/loudness.js';
import { SAMPLE_RATE } from '../track-source.js';

/** The longest that is played, whatever a file holds. */
const MOST_SEC = 60;
const FADE_SEC = 0.05;
/** The music comes up from so long before the greeting's end to so long after it. */
const UNDER_SEC = 4;
const AFTER_SEC = 4;
/** A recording is lifted by this much at the most: what is softer is mostly hiss. */
const MOST_LIFT_DB = 24;
const MOST_PEAK = 10 ** (-3 / 20);

type Greeting = NonNullable<Programme['greeting']>;
export type OpenGreeting = (id: string, signal?: AbortSignal) => Promise<Float32Array | null>;

export interface GreetingDeps {
  dataDir: string;
  decodeFile(file: string, options: { signal?: AbortSignal }): AsyncIterable<Float32Array>;
}

/** Reads `greetings/<id>` of the data folder, with any ending: interleaved stereo at 48 kHz; null where it is not to be had. */
export function openGreetings({ dataDir, decodeFile }: GreetingDeps): OpenGreeting {
  const folder = path.join(dataDir, 'greetings');
  return async (id, signal) => {
    if (!/^[a-z0-9]{1,40}$/.test(id)) return null;
    const names = await readdir(folder).catch((): string[] => []);
    const name = names.find((each) => each === id || (path.parse(each).name === id && !each.endsWith('.coming')));
    if (!name) return null;
    const blocks: Float32Array[] = [];
    let samples = 0;
    try {
      for await (const block of decodeFile(path.join(folder, name), signal ? { signal } : {})) {
        blocks.push(block);
        samples += block.length;
        if (samples >= MOST_SEC * SAMPLE_RATE * 2) break;
      }
    } catch (error) {
      if (signal?.aborted) throw error;
      return null;
    }
    const pcm = new Float32Array(Math.min(samples, MOST_SEC * SAMPLE_RATE * 2));
    let at = 0;
    for (const block of blocks) {
      pcm.set(block.subarray(0, pcm.length - at), at);
      at += Math.min(block.length, pcm.length - at);
    }
    return pcm.length > 0 ? pcm : null;
  };
}

/** The recording cut to what the programme knows of it, at the loudness that the programme asks for. */
export function levelled(pcm: Float32Array, { durationSec, loudnessLufs }: Greeting): Float32Array {
  const cut = pcm.slice(0, Math.round(Math.min(durationSec, MOST_SEC) * SAMPLE_RATE) * 2);
  let peak = 0;
  for (const sample of cut) peak = Math.max(peak, Math.abs(sample));
  const lift = Math.min(MOST_LIFT_DB, loudnessLufs - measureLoudness(cut).integratedLufs);
  const gain = Math.min(10 ** (lift / 20), peak > 0 ? MOST_PEAK / peak : 1);
  const frames = cut.length >> 1;
  const fade = Math.max(1, Math.min(frames / 2, FADE_SEC * SAMPLE_RATE));
  for (let i = 0; i < frames; i += 1) {
    const level = gain * Math.min(1, i / fade, (frames - 1 - i) / fade);
    cut[2 * i] = cut[2 * i]! * level;
    cut[2 * i + 1] = cut[2 * i + 1]! * level;
  }
  return cut;
}

/** Gain of the music at a second while somebody speaks before it: nothing, then up under the end. */
export function gainUnderGreeting(greetingSec: number, sec: number): number {
  const from = Math.max(0, greetingSec - UNDER_SEC);
  return Math.sin((Math.PI / 2) * Math.min(1, Math.max(0, (sec - from) / (greetingSec + AFTER_SEC - from))));
}
