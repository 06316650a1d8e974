/**
 * The listener's own music goes away in the middle of the night: while a session plays, a file that is to come is cut short
 * and another is deleted, as when a drive is unplugged. And two hands ask for ten more minutes at once. On the real server.
 */
import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeWav } from '../engine/transcription/wav.js';
import { decode } from '../media-index/audio/decode.js';
import { SAMPLE_RATE } from '../media-index/track-source.js';
import { packageRoot } from '../models/paths.js';
import { makeDataFolder } from './data-folder.js';
import { type ServerProcess, startServer } from './server-process.js';

const FILES = 5;
const TRACK_SEC = 150;
const BYTES_A_SEC = 16_000;
const RATE = 16_000;

const data = makeDataFolder();
const music = path.join(data.folder, 'music');
let server: ServerProcess;

/** A quiet chord that breathes, as 16-bit WAV. */
function chord(hz: number): Uint8Array {
  const sound = Float32Array.from({ length: TRACK_SEC * RATE }, (_, i) => {
    const breath = 1 + 0.2 * Math.sin((2 * Math.PI * i) / RATE / 7);
    const sum = [1, 1.25, 1.5].reduce((all, ratio) => all + Math.sin((2 * Math.PI * hz * ratio * i) / RATE), 0);
    return 0.076 * breath * sum;
  });
  return writeWav(sound, RATE);
}

/** Where each of the listener's tracks lies, by its id. */
function ownFiles(): Map<string, string> {
  const records = path.join(data.folder, 'library', 'tracks');
  return new Map(
    readdirSync(records)
      .filter((name) => name.endsWith('.json'))
      .map((name) => {
        const { track } = JSON.parse(readFileSync(path.join(records, name), 'utf8'));
        return [track.id, track.origin.path];
      }),
  );
}

interface Begun {
  id: string;
  durationSec: number;
  revision: number;
  tracks: { trackId: string; startSec: number }[];
  streams: { session: string };
}
async function send(method: 'POST' | 'PUT', route: string, body: object): Promise<Begun> {
  const response = await fetch(`${server.url}${route}`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  expect(response.ok, JSON.stringify(answer)).toBe(true);
  return answer as Begun;
}
const begin = (minutes: number) =>
  send('POST', '/api/v1/utterances', { text: 'I feel tense', minutes, listener: 'ann' });

/** Level of each half second, dBFS. */
async function levels(mp3: string): Promise<number[]> {
  const found: number[] = [];
  let [energy, count] = [0, 0];
  for await (const block of decode({ input: mp3, as: 'music' }))
    for (const sample of block) {
      energy += sample * sample;
      count += 1;
      if (count < SAMPLE_RATE) continue;
      found.push(10 * Math.log10(energy / count + 1e-12));
      [energy, count] = [0, 0];
    }
  return found;
}

beforeAll(async () => {
  mkdirSync(music);
  for (let i = 0; i < FILES; i++) writeFileSync(path.join(music, `chord ${i}.wav`), chord(180 + 37 * i));
  await promisify(execFile)(
    process.execPath,
    [path.join(packageRoot(), 'bin', 'emoheal.mjs'), 'library', 'import', music],
    { env: { ...process.env, EMOHEAL_DATA_DIR: data.folder } },
  );
  server = await startServer(data.folder);
  await send('PUT', '/api/v1/house-rules?listener=ann', { allowed: { trackIds: [...ownFiles().keys()], styles: [] } });
}, 400_000);
afterAll(async () => {
  await server?.stop();
  data.remove();
});

describe('a session of the listener’s own music', { timeout: 400_000 }, () => {
  it('goes on without a hole when a file that is to come is cut short and another deleted', async () => {
    const files = ownFiles();
    const { tracks, durationSec, streams } = await begin(6);
    // What fits the first minutes better is composed; then come the listener's own.
    const [first, second] = [...new Set(tracks.map(({ trackId }) => trackId).filter((id) => files.has(id)))];
    expect(first && second, JSON.stringify(tracks)).toBeTruthy();

    const response = await fetch(new URL(streams.session, server.url));
    const reader = response.body!.getReader();
    const parts = [(await reader.read()).value!];
    // The server works a minute ahead of a listener; what is cut here was not yet read.
    const file = files.get(first!)!;
    truncateSync(file, Math.round(statSync(file).size * 0.7));
    rmSync(files.get(second!)!);
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      parts.push(value);
    }
    const mp3 = Buffer.concat(parts);
    expect(mp3.length).toBe(Number(response.headers.get('content-length')));
    expect(mp3.length).toBeGreaterThan((durationSec - 1) * BYTES_A_SEC);
    const heard = path.join(data.folder, 'heard.mp3');
    writeFileSync(heard, mp3);
    const sound = (await levels(heard)).slice(4, Math.floor(durationSec * 2 * 0.75));
    // What takes the place of a broken track comes in over six seconds: soft for a moment, but never gone for long.
    const gone = sound.map((level) => level < -70);
    expect(gone.filter((is, i) => is && gone[i + 1] && gone[i + 2])).toEqual([]);
    expect(server.log()).toMatch(/could not be read; another takes its place|is gone; another takes its place/);
  });

  it('is longer by all that was asked for, when two ask for ten more minutes at once', async () => {
    const { id, durationSec } = await begin(6);
    const more = () => send('POST', `/api/v1/sessions/${id}/actions`, { action: 'extend', minutes: 10 });
    const answers = await Promise.all([more(), more()]);
    expect(new Set(answers.map(({ revision }) => revision)).size).toBe(2);
    const now = (await (await fetch(`${server.url}/api/v1/sessions/${id}`)).json()) as Begun;
    expect(now.durationSec).toBeCloseTo(durationSec + 1200, 0);
    const { status } = await fetch(new URL(now.streams.session, server.url), { headers: { range: 'bytes=0-99' } });
    expect(status).toBe(206);
  });
});
