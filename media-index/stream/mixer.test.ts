/** The mixing thread: the same bytes as without it, made only when they are asked for, let go when nobody wants them. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Programme, ScheduledTrack } from '../../engine/vocabulary.js';
import { FRAME_BYTES } from '../audio/mp3-encoder.js';
import { starterTracks } from '../starter/starter.js';
import { framesOf } from './encoded-programme.js';
import { createMixer } from './mixer.js';

const dataDir = mkdtempSync(path.join(os.tmpdir(), 'emoheal-mixer-'));
const nature = starterTracks().find((track) => track.origin.kind === 'nature')!;
const warnings: string[] = [];
const mixer = createMixer({
  dataDir,
  tracks: (id) => (id === nature.id ? nature : null),
  onWarning: (message) => warnings.push(message),
});
afterAll(async () => {
  await mixer.close();
  rmSync(dataDir, { recursive: true, force: true });
});

function programme(trackId: string): Programme {
  const track: ScheduledTrack = {
    trackId,
    title: trackId,
    stage: 'match',
    startSec: 0,
    endSec: 20,
    fadeInSec: 1,
    fadeOutSec: 2,
    offsetSec: 0,
    loudnessLufs: -24,
    licence: nature.licence,
    attribution: '',
    score: 1,
    parts: {},
  };
  const third = (stage: 'match' | 'guide' | 'target', i: number) => ({
    stage,
    startSec: (i * 20) / 3,
    endSec: ((i + 1) * 20) / 3,
    loudnessLufs: -24,
  });
  return {
    durationSec: 20,
    stages: [third('match', 0), third('guide', 1), third('target', 2)],
    tracks: [track],
    endFadeSec: 2,
  };
}

async function gather(wanted: Programme, signal?: AbortSignal): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const bytes of mixer.encode(wanted, signal)) all.push(bytes);
  return Buffer.concat(all);
}

describe('the mixing thread', () => {
  it('makes whole frames, all of them, and the same ones again', async () => {
    const wanted = programme(nature.id);
    const [first, second] = [await gather(wanted), await gather(wanted)];
    expect(first.length).toBe(framesOf(wanted) * FRAME_BYTES);
    expect(second.equals(first)).toBe(true);
  });

  it('serves several at once', async () => {
    const all = await Promise.all([1, 2, 3].map(() => gather(programme(nature.id))));
    for (const each of all) expect(each.length).toBe(all[0]!.length);
  });

  it('lets go at once when the reader does', async () => {
    const stop = new AbortController();
    const reading = mixer.encode(programme(nature.id), stop.signal);
    await reading.next();
    stop.abort();
    await expect(reading.next()).rejects.toThrow();
    expect((await gather(programme(nature.id))).length).toBeGreaterThan(0);
  });

  it('knows the sounds of the night that follows the music', async () => {
    const night = { musicEndSec: 20, nature: { trackId: nature.id, untilSec: 30, loudnessLufs: -38 } };
    const before = warnings.length;
    await gather({ ...programme(nature.id), tracks: [], durationSec: 30, night });
    expect(warnings.slice(before)).toEqual([]);
  });

  it('says which track it could not find, and goes on', async () => {
    const made = await gather(programme('gone'));
    expect(made.length).toBe(framesOf(programme('gone')) * FRAME_BYTES);
    expect(warnings.join()).toMatch(/gone/);
  });
});
