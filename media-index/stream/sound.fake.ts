/** Cheap sound for proofs: tracks of darkened noise or tones whose level is known, and programmes made of them. */
import type { Programme, ScheduledTrack, Stage, Track } from '../../engine/vocabulary.js';
import { analysePcm } from '../analysis/analyse.js';
import type { AudioPool } from '../audio/audio-pool.js';
import { SAMPLE_RATE, type TrackSource } from '../track-source.js';
import { fakeTrack } from '../tracks.fake.js';

const TRACK_SEC = 30;

/** All blocks as one. */
export function pcmOf(blocks: Iterable<Float32Array>): Float32Array {
  const kept = [...blocks];
  const all = new Float32Array(kept.reduce((sum, block) => sum + block.length, 0));
  let at = 0;
  for (const block of kept) {
    all.set(block, at);
    at += block.length;
  }
  return all;
}

/** Soft partials under dark noise: steady in level, and never in step with another one. */
export function cheapSound(seed: number, level: number, hiss = 0, seconds = TRACK_SEC): Float32Array {
  let state = seed * 7919;
  let dark = 0;
  const pitches = [220, 277.2, 329.6].map((hz) => hz * 2 ** ((seed % 7) / 12));
  const pcm = new Float32Array(seconds * SAMPLE_RATE * 2);
  for (let i = 0; i < pcm.length; i += 2) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const white = state / 2 ** 31 - 1;
    dark += 0.2 * (white - dark);
    const sec = i / 2 / SAMPLE_RATE;
    const tone = pitches.reduce((sum, hz) => sum + Math.sin(2 * Math.PI * hz * sec), 0) / 3;
    pcm[i] = level * (0.2 * tone + 1.5 * dark + hiss * white);
    pcm[i + 1] = level * (0.2 * tone - 1.5 * dark + hiss * white);
  }
  return pcm;
}

/** Four plain ones from very soft to loud, one full of hiss, two that sing. */
const sounds = new Map<string, Float32Array>([
  ...[1, 2, 3, 4].map((n) => [`t${n}`, cheapSound(n, 0.02 * n * n)] as const),
  ['bright', cheapSound(5, 0.1, 0.12)] as const,
  ...[6, 7].map((n) => [`sung${n}`, cheapSound(n, 0.15)] as const),
]);
export const cheapTracks = new Map<string, Track>(
  [...sounds].map(([id, pcm]) => {
    const analysis = { ...analysePcm(pcm), vocals: id.startsWith('sung') ? 0.9 : 0.1 };
    return [id, { ...fakeTrack(id), durationSec: TRACK_SEC, analysis }];
  }),
);

export interface Trouble {
  /** Tracks that cannot be opened. */
  gone?: readonly string[];
  /** Tracks that break off after so many seconds. */
  truncated?: Readonly<Record<string, number>>;
}

export function cheapSource({ gone = [], truncated = {} }: Trouble = {}): TrackSource {
  return {
    async *open(track, offsetSec) {
      if (gone.includes(track.id)) throw new Error('gone');
      const pcm = sounds.get(track.id)!;
      const end = Math.min(pcm.length, (truncated[track.id] ?? TRACK_SEC) * SAMPLE_RATE * 2);
      for (let at = Math.round(offsetSec * SAMPLE_RATE) * 2; at < end; at += SAMPLE_RATE)
        yield pcm.slice(at, Math.min(end, at + SAMPLE_RATE));
      if (truncated[track.id] !== undefined) throw new Error('truncated');
    },
    async warm() {},
  };
}

export function cheapDeps(trouble: Trouble = {}, told: string[] = []) {
  return {
    audio: {
      encode: async () => {
        throw new Error('no encoder here');
      },
      transcode: async () => {},
    } as Pick<AudioPool, 'encode' | 'transcode'>,
    source: cheapSource(trouble),
    tracks: (id: string) => cheapTracks.get(id) ?? null,
    onTrouble: (message: string) => {
      told.push(message);
    },
  };
}

export function cheapScheduled(
  id: string,
  stage: Stage,
  startSec: number,
  endSec: number,
  loudnessLufs: number,
  fades: [number, number] = [4, 4],
): ScheduledTrack {
  return {
    trackId: id,
    title: id,
    stage,
    startSec,
    endSec,
    fadeInSec: fades[0],
    fadeOutSec: fades[1],
    offsetSec: 0,
    loudnessLufs,
    licence: { id: 'CC0-1.0', name: 'CC0' },
    attribution: 'test',
    score: 1,
    parts: {},
  };
}

/** Three stages of a third each, two tracks that meet in the middle. */
export function cheapProgramme({ durationSec = 25, endFadeSec = 4 } = {}): Programme {
  const third = durationSec / 3;
  const middle = durationSec / 2;
  return {
    durationSec,
    stages: [
      { stage: 'match', startSec: 0, endSec: third, loudnessLufs: -20 },
      { stage: 'guide', startSec: third, endSec: 2 * third, loudnessLufs: -23 },
      { stage: 'target', startSec: 2 * third, endSec: durationSec, loudnessLufs: -26 },
    ],
    tracks: [
      cheapScheduled('t2', 'match', 0, middle + 2, -20, [2, 4]),
      cheapScheduled('t3', 'target', middle - 2, durationSec, -24, [4, 0]),
    ],
    endFadeSec,
  };
}
