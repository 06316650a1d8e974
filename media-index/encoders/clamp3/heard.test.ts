import { appendFileSync, mkdtempSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { EmohealError } from '../../../engine/errors.js';
import { fakeTrack } from '../../tracks.fake.js';
import { hearTracks } from './hear-tracks.js';
import { openHeard } from './heard.js';

const root = mkdtempSync(path.join(os.tmpdir(), 'emoheal-clamp3-heard-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let folders = 0;
const newFolder = () => path.join(root, `${++folders}`, 'clamp3');

const model = { id: 'clamp3-test', dim: 3, sha256: '0'.repeat(64) };
const vector = (x: number) => Float32Array.of(x, 0.1, -1 / 3);
const tracks = ['a', 'b', 'c', 'd'].map((id) => fakeTrack(id));

describe('what CLaMP3 has heard', () => {
  it('is there after a restart, number for number, and shown with the tracks', async () => {
    const folder = newFolder();
    const heard = await openHeard(folder, model);
    await heard.add('b', vector(0.7));
    const again = await openHeard(folder, model);
    expect(again.has('b')).toBe(true);
    const [a, b] = again.over(tracks);
    expect(a).toBe(tracks[0]);
    expect(b!.analysis.heardVector).toEqual({ model: 'clamp3-test', values: [...vector(0.7)] });
    expect(tracks[1]!.analysis.heardVector).toBeUndefined();
  });

  it('shows the same array until something changes, so that a search notices only then', async () => {
    const heard = await openHeard(newFolder(), model);
    await heard.add('a', vector(1));
    const first = heard.over(tracks);
    expect(heard.over(tracks)).toBe(first);
    await heard.add('b', vector(2));
    const second = heard.over(tracks);
    expect(second).not.toBe(first);
    expect(second[0]!.analysis).toBe(first[0]!.analysis);
    expect(second[1]!.analysis).not.toBe(first[1]!.analysis);
  });

  it('loses nothing but the line that a stopped run was writing', async () => {
    const folder = newFolder();
    const heard = await openHeard(folder, model);
    for (const [i, id] of ['a', 'b'].entries()) await heard.add(id, vector(i));
    const file = path.join(folder, 'clamp3-test.jsonl');
    truncateSync(file, readFileSync(file).length - 5);
    const after = await openHeard(folder, model);
    expect([after.has('a'), after.has('b')]).toEqual([true, false]);
    await after.add('c', vector(3));
    const last = await openHeard(folder, model);
    expect(['a', 'b', 'c'].map((id) => last.has(id))).toEqual([true, false, true]);
  });

  it('passes over lines that are none of its own', async () => {
    const folder = newFolder();
    await (await openHeard(folder, model)).add('a', vector(1));
    const short = Buffer.from(new Float32Array(2).buffer).toString('base64');
    const notFinite = Buffer.from(Float32Array.of(Number.NaN, 0, 0).buffer).toString('base64');
    for (const line of ['', 'x', '{}', `{"track":"b","vector":"${short}"}`, `{"track":"c","vector":"${notFinite}"}`])
      appendFileSync(path.join(folder, 'clamp3-test.jsonl'), `${line}\n`);
    const heard = await openHeard(folder, model);
    expect(['a', 'b', 'c'].map((id) => heard.has(id))).toEqual([true, false, false]);
  });

  it('of one model is not shown for another', async () => {
    const folder = newFolder();
    await (await openHeard(folder, model)).add('a', vector(1));
    expect((await openHeard(folder, { ...model, id: 'clamp3-other' })).has('a')).toBe(false);
  });
});

describe('hearing the shelf', () => {
  const unreadable = new EmohealError('track-unreadable', 'It is torn.');
  /** Hears how loud a sound is; what `fails` names fails. */
  const deps = async (folder: string, fails: Record<string, Error> = {}) => {
    const opened: string[] = [];
    return {
      opened,
      heard: await openHeard(folder, model),
      open: (track: { id: string }) => {
        opened.push(track.id);
        if (fails[track.id]) throw fails[track.id];
        return [new Float32Array(96).fill(0.5)];
      },
      encoder: {
        embedSound: async (sound: () => AsyncIterable<Float32Array> | Iterable<Float32Array>) => {
          let samples = 0;
          for await (const block of sound()) samples += block.length;
          return vector(samples);
        },
      },
    };
  };

  it('hears what was not heard yet, at 24 kHz, and goes on after a track that cannot be read', async () => {
    const folder = newFolder();
    const first = await deps(folder, { b: unreadable });
    expect(await hearTracks(tracks, first)).toEqual({
      heard: 3,
      alreadyHeard: 0,
      unreadable: [{ trackId: 'b', reason: 'It is torn.' }],
    });
    // 48 frames of stereo are 24 samples.
    expect(first.heard.over(tracks)[0]!.analysis.heardVector!.values[0]).toBe(24);
    const second = await deps(folder);
    expect(await hearTracks(tracks, second)).toEqual({ heard: 1, alreadyHeard: 3, unreadable: [] });
    expect(second.opened).toEqual(['b']);
  });

  it('keeps what it heard when it is called off, and says how far it is', async () => {
    const made = await deps(newFolder());
    const stop = new AbortController();
    const seen: number[] = [];
    const onProgress = (done: number) => {
      seen.push(done);
      if (done === 0.5) stop.abort(new Error('enough'));
    };
    await expect(hearTracks(tracks, made, { signal: stop.signal, onProgress })).rejects.toThrow('enough');
    expect(seen).toEqual([0.25, 0.5]);
    expect(tracks.map(({ id }) => made.heard.has(id))).toEqual([true, true, false, false]);
  });

  it('stops at a fault of its own: a model that fails once fails on every track', async () => {
    const failed = new EmohealError('inference-failed', 'mert.onnx failed.');
    await expect(hearTracks(tracks, await deps(newFolder(), { a: failed }))).rejects.toBe(failed);
  });
});
