/**
 * `npm run bench:stream [-- --quick] [-- listeners | sessions]`: what the stream engine takes on this machine. Results
 * go to bench/results/stream-latest.md and stream-history.jsonl. It reports; what is to be reached stands beside it.
 */
import '../../models/node20.js';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import express from 'express';
import type { Programme, ScheduledTrack, Track } from '../../engine/vocabulary.js';
import type { createAudioPool } from '../../media-index/audio/audio-pool.js';
import { decode } from '../../media-index/audio/decode.js';
import { encodeAs } from '../../media-index/audio/encode-as.js';
import { starterTracks } from '../../media-index/starter/starter.js';
import { encodeProgramme } from '../../media-index/stream/encoded-programme.js';
import { createMixer } from '../../media-index/stream/mixer.js';
import { createSessionStreams } from '../../media-index/stream/session-streams.js';
import { readSlot } from '../../media-index/stream/slots.js';
import { renderToPcm } from '../../media-index/synth/render-score.js';
import { loadScore } from '../../media-index/synth/score-file.js';
import { workerUrl } from '../../models/paths.js';
import type { HttpDeps } from '../../skill/http/app.js';
import { signQuery } from '../../skill/http/signed-address.js';
import { streamRoutes } from '../../skill/http/streams.js';
import { again, keepResults, measuredHere } from '../keep.js';
import { readOptions } from '../options.js';
import { markdown, type Row, rowOf } from '../table.js';
import type { Heard, ListenersData } from './listeners.js';

const CROSS_SEC = 8;
const MP3_BYTES_A_SEC = 16_000;
const PIECES = 4;

export async function main(words: readonly string[]): Promise<number> {
  const {
    values: { quick },
    words: parts,
  } = readOptions(words, { quick: 'flag' }, ['listeners', 'sessions']);
  const rows: Row[] = [];
  const add = (row: Row) => {
    rows.push(row);
    process.stderr.write(`${row.step}: ${row.p50Ms.toFixed(0)} ms ${row.note}\n`);
  };
  if (parts.length === 0) {
    for (const row of await firstSegments(quick ? 3 : 8)) add(row);
    for (const row of await libraryFiles(quick ? 60 : 300)) add(row);
    add(await wholeSession(quick ? 2 : 20));
  }
  if (!parts.includes('sessions')) add(await listeners('300 listeners on one session', 300, 1, quick ? 15 : 60));
  add(await listeners('60 listeners on 60 sessions', 60, 60, quick ? 20 : 60));
  await keep(rows, parts);
  return 0;
}

const scores = () => starterTracks().filter(({ origin }) => origin.kind === 'score');

/** A session of these tracks, one after the other, as often round as it takes. */
function sessionOf(tracks: readonly Track[], minutes: number): Programme {
  const durationSec = minutes * 60;
  const scheduled: ScheduledTrack[] = [];
  for (let at = 0, i = 0; at < durationSec - CROSS_SEC; i += 1) {
    const track = tracks[i % tracks.length]!;
    const { leadingSilenceSec, trailingSilenceSec } = track.analysis;
    const endSec = Math.min(durationSec, at + track.durationSec - leadingSilenceSec - trailingSilenceSec);
    scheduled.push({
      trackId: track.id,
      title: track.title,
      stage: 'guide',
      startSec: at,
      endSec,
      fadeInSec: at === 0 ? 2 : CROSS_SEC,
      fadeOutSec: endSec < durationSec ? CROSS_SEC : 0,
      offsetSec: leadingSilenceSec,
      loudnessLufs: -22,
      licence: track.licence,
      attribution: track.attribution,
      score: 1,
      parts: {},
    });
    at = endSec - CROSS_SEC;
  }
  const last = scheduled[scheduled.length - 1]!;
  scheduled[scheduled.length - 1] = { ...last, endSec: durationSec, fadeOutSec: 0 };
  return {
    durationSec,
    stages: (['match', 'guide', 'target'] as const).map((stage, i) => ({
      stage,
      startSec: (durationSec * i) / 3,
      endSec: (durationSec * (i + 1)) / 3,
      loudnessLufs: -22,
    })),
    tracks: scheduled,
    endFadeSec: 10,
  };
}

/** A mixer and streams over an empty data folder: nothing is rendered yet. */
async function fresh<T>(use: (streams: ReturnType<typeof createSessionStreams>) => Promise<T>): Promise<T> {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'emoheal-bench-stream-'));
  const byId = new Map(starterTracks().map((track) => [track.id, track]));
  const onWarning = (message: string) => process.stderr.write(`${message}\n`);
  const mixer = createMixer({ dataDir, tracks: (id) => byId.get(id) ?? null, onWarning });
  const streams = createSessionStreams({ encode: mixer.encode, dataDir, onWarning });
  try {
    await mixer.prepare();
    return await use(streams);
  } finally {
    await streams.close();
    await mixer.close();
    // The synthesiser may still be writing a piece to the cache.
    await rm(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 }).catch(() => {});
  }
}

/** The same pieces for every format, each format over an empty cache. */
async function firstSegments(runs: number): Promise<Row[]> {
  const pieces = scores();
  const rows: Row[] = [];
  for (const format of ['mp3', 'opus', 'aac'] as const) {
    const samples = await fresh(async (streams) => {
      const took: number[] = [];
      for (let i = 0; i < runs; i += 1) {
        const programme = sessionOf([pieces[(i * 7) % pieces.length]!], 1);
        const startMs = performance.now();
        const stream = streams.open(programme, format);
        if (format === 'aac') await readSlot(stream, 0);
        else for await (const bytes of stream.read(0, 384)) if (bytes.length > 0) break;
        took.push(performance.now() - startMs);
        // What is measured next must not share the cores with what is still being made.
        for await (const _ of stream.read(stream.totalBytes - 1, stream.totalBytes));
      }
      return took;
    });
    const what = format === 'aac' ? 'first segment (6 s)' : 'first bytes';
    rows.push(rowOf(`${format}: ${what} of a never-rendered piece`, samples, 'to reach: 400'));
  }
  return rows;
}

/** Decode, mix and encode on this one thread, so that its processor time is one core's. */
async function libraryFiles(seconds: number): Promise<Row[]> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'emoheal-bench-files-'));
  try {
    const file = path.join(folder, 'piece.mp3');
    const template = scores()[0]!;
    // Music, not a test tone: encoders take their time by what they hear.
    const piece = await renderToPcm(
      await loadScore((template.origin as Extract<Track['origin'], { kind: 'score' }>).path),
    );
    const frames = Math.ceil(seconds / 0.024);
    const pcm = Float32Array.from({ length: (frames + 6) * 1152 * 2 }, (_, i) => piece[i % piece.length]!);
    await writeFile(file, encodeAs({ format: 'mp3', frame: 0, unit: 0 }, pcm, 4, frames));
    const track: Track = {
      ...template,
      id: 'file',
      durationSec: seconds,
      origin: { kind: 'file', path: file } as Track['origin'],
    };
    const rows: Row[] = [];
    for (const format of ['mp3', 'opus', 'aac'] as const) {
      const programme = sessionOf([track], seconds / 60);
      const deps = {
        tracks: () => track,
        source: {
          async *open() {
            yield* decode({ input: file, as: 'music' });
          },
          async warm() {},
        },
        audio: {
          encode: async (...[samples, prime, count, place]: Parameters<ReturnType<typeof createAudioPool>['encode']>) =>
            encodeAs(place ?? { format: 'mp3', frame: 0, unit: 0 }, samples, prime, count),
          transcode: async () => {},
        },
      };
      const before = process.cpuUsage();
      const startMs = performance.now();
      for await (const _ of encodeProgramme(programme, deps, undefined, format));
      const tookMs = performance.now() - startMs;
      const { user, system } = process.cpuUsage(before);
      const times = (seconds * 1e6) / (user + system);
      rows.push(
        rowOf(
          `${format}: ${seconds} s of a library file`,
          [tookMs],
          `${times.toFixed(0)} x real time per core; to reach: 80`,
        ),
      );
    }
    return rows;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function wholeSession(minutes: number): Promise<Row> {
  return fresh(async (streams) => {
    const startMs = performance.now();
    const stream = streams.open(sessionOf(scores().slice(0, minutes), minutes));
    for await (const _ of stream.read(0, stream.totalBytes));
    const tookMs = performance.now() - startMs;
    return rowOf(
      `${minutes}-minute session of composed pieces, none rendered`,
      [tookMs],
      'to reach: 20000 for 20 minutes',
    );
  });
}

async function listeners(step: string, count: number, sessions: number, seconds: number): Promise<Row> {
  const key = randomBytes(32);
  const pieces = scores();
  // Different sessions over a few pieces: what is measured is mixing, encoding and serving, not the synthesiser.
  const programmes = Array.from({ length: sessions }, (_, i) => ({
    ...sessionOf([pieces[i % PIECES]!], 3),
    endFadeSec: 10 + Math.floor(i / PIECES) / 10,
  }));
  return fresh(async (streams) => {
    for (let i = 0; i < Math.min(PIECES, sessions); i += 1) {
      const stream = streams.open({ ...programmes[i]!, endFadeSec: 9 });
      for await (const _ of stream.read(0, stream.totalBytes));
    }
    const app = express();
    const service = {
      look: async (id: string) => ({ session: { programme: programmes[Number(id)]! } }),
    };
    app.use(
      streamRoutes({
        signingKey: key,
        nowMs: Date.now,
        service: async () => service,
        streams: async () => streams,
      } as unknown as HttpDeps),
    );
    const server = createServer(app);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const urls = Array.from({ length: count }, (_, i) => {
      const id = String(i % sessions);
      return `http://127.0.0.1:${port}/stream/${id}/session.mp3?${signQuery(key, id, 1, Date.now() + 3_600_000)}`;
    });
    const before = process.memoryUsage().rss;
    const cpuBefore = process.cpuUsage();
    const heard = await new Promise<Heard>((resolve, reject) => {
      const workerData: ListenersData = { urls, seconds, bytesPerSec: MP3_BYTES_A_SEC };
      const worker = new Worker(workerUrl('bench/stream/listeners'), { workerData, execArgv: [] });
      worker.once('message', resolve);
      worker.once('error', reject);
    });
    const grownMb = Math.round((process.memoryUsage().rss - before) / 1e6);
    server.closeAllConnections();
    server.close();
    const { user, system } = process.cpuUsage(cpuBefore);
    const perSecond = (user + system) / 1e3 / seconds / count;
    const least = heard.leastSec.sort((a, b) => a - b);
    const hand = `in hand at the least: ${(least[0] ?? 0).toFixed(1)} s, middle ${(least[least.length >> 1] ?? 0).toFixed(1)} s`;
    // Of all threads, the listeners' own included.
    const cost = `${perSecond.toFixed(1)} ms of processor a listener's second`;
    const note = `${heard.underruns} underruns in ${seconds} s, ${heard.failed} failed, memory ${grownMb >= 0 ? '+' : ''}${grownMb} MB, ${hand}, ${cost}; to reach: 0`;
    return rowOf(`${step}: to the first bytes`, heard.firstMs, note);
  });
}

async function keep(rows: Row[], parts: readonly string[]): Promise<void> {
  const { dated, machine } = measuredHere();
  const table = `# Streams, ${dated.slice(0, 10)}\n\n${machine}. Repeat with \`${again('npm run bench:stream', parts)}\`.\n\n${markdown(rows)}\n`;
  await keepResults('stream', table, { dated, machine, rows }, { parts });
}
