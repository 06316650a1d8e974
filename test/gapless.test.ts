/**
 * Whether the streams play without a gap: a steady sound, encoded and served as the product does, played by a real browser
 * and listened to through WebAudio. A hole of twenty milliseconds, made on purpose, must be found.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import express from 'express';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Programme, Track } from '../engine/vocabulary.js';
import { encodeAs } from '../media-index/audio/encode-as.js';
import { encodeProgramme } from '../media-index/stream/encoded-programme.js';
import { createSessionStreams } from '../media-index/stream/session-streams.js';
import { SAMPLE_RATE } from '../media-index/track-source.js';
import { fakeTrack } from '../media-index/tracks.fake.js';
import type { HttpDeps } from '../skill/http/app.js';
import { signQuery } from '../skill/http/signed-address.js';
import { streamRoutes } from '../skill/http/streams.js';

const CHROMIUM = '/usr/bin/chromium';
const here = existsSync(CHROMIUM);
if (!here) console.warn('skipped: streams are not played in a browser, chromium is not installed');

const SECONDS = 40;
/** Played this long: the edges of two segments lie within. */
const LISTEN_SEC = 14;
const WINDOW_MS = 5;
const HOLE = { atSec: 7, sec: 0.02 };

const programme: Programme = {
  durationSec: SECONDS,
  stages: (['match', 'guide', 'target'] as const).map((stage, i) => ({
    stage,
    startSec: (SECONDS * i) / 3,
    endSec: (SECONDS * (i + 1)) / 3,
    loudnessLufs: -22,
  })),
  tracks: [
    {
      trackId: 'whole',
      title: 'Steady',
      stage: 'match',
      startSec: 0,
      endSec: SECONDS,
      fadeInSec: 0,
      fadeOutSec: 0,
      offsetSec: 0,
      loudnessLufs: -22,
      licence: { id: 'CC0-1.0', name: 'CC0' },
      attribution: 'test',
      score: 1,
      parts: {},
    },
  ],
  endFadeSec: 5,
};
const programmes: Record<string, Programme> = {
  whole: programme,
  holed: { ...programme, tracks: [{ ...programme.tracks[0]!, trackId: 'holed' }] },
};
const steady = fakeTrack('whole');
const track = (id: string): Track => ({
  ...steady,
  id,
  durationSec: SECONDS,
  analysis: { ...steady.analysis, integratedLufs: -22, truePeakDbtp: -15, leadingSilenceSec: 0, trailingSilenceSec: 0 },
});

/** A steady tone of many partials, in blocks; `holed` falls silent once. */
async function* sound(id: string): AsyncGenerator<Float32Array> {
  for (let start = 0; start < SECONDS * SAMPLE_RATE; start += SAMPLE_RATE) {
    const block = new Float32Array(SAMPLE_RATE * 2);
    for (let i = 0; i < SAMPLE_RATE; i += 1) {
      const sec = (start + i) / SAMPLE_RATE;
      const silent = id === 'holed' && sec >= HOLE.atSec && sec < HOLE.atSec + HOLE.sec;
      const value = silent
        ? 0
        : [440, 660, 880].reduce((sum, hz, k) => sum + Math.sin(2 * Math.PI * hz * sec + k), 0) * 0.05;
      block[2 * i] = value;
      block[2 * i + 1] = value;
    }
    yield block;
  }
}

/** In the page: plays an address, and gives the softest 5 ms among those between the first second and the last. */
const LISTEN = `async (url, seconds, windowMs) => {
  const audio = new Audio();
  audio.crossOrigin = 'anonymous';
  const context = new AudioContext();
  const tap = context.createScriptProcessor(4096, 1, 1);
  const windows = [];
  const size = Math.round((context.sampleRate * windowMs) / 1000);
  let sum = 0, count = 0, waited = 0;
  tap.onaudioprocess = ({ inputBuffer }) => {
    for (const x of inputBuffer.getChannelData(0)) {
      sum += x * x;
      if (++count === size) { windows.push(Math.sqrt(sum / size)); sum = 0; count = 0; }
    }
  };
  context.createMediaElementSource(audio).connect(tap);
  tap.connect(context.destination);
  audio.addEventListener('waiting', () => { if (audio.currentTime > 0.5) waited += 1; });
  if (url.includes('.m3u8')) {
    const hls = new Hls({ enableWorker: false });
    hls.loadSource(url);
    hls.attachMedia(audio);
  } else audio.src = url;
  await context.resume();
  await new Promise((resolve) => audio.addEventListener('canplay', resolve, { once: true }));
  await audio.play();
  while (audio.currentTime < seconds) await new Promise((resolve) => setTimeout(resolve, 50));
  const first = windows.findIndex((each) => each > 0.001);
  const heard = windows.slice(first + 1000 / windowMs, -200 / windowMs);
  const middle = [...heard].sort((a, b) => a - b)[heard.length >> 1];
  audio.pause();
  return { share: Math.min(...heard) / middle, heardSec: (heard.length * windowMs) / 1000, waited };
}`;

describe.skipIf(!here)('a stream in a real browser', { timeout: 120_000, retry: 2 }, () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'emoheal-gapless-'));
  const key = randomBytes(32);
  const streams = createSessionStreams({
    dataDir,
    encode: (wanted, signal, format) =>
      encodeProgramme(
        wanted,
        {
          tracks: track,
          source: { open: ({ id }) => sound(id), async warm() {} },
          audio: {
            encode: async (pcm, prime, frames, place) =>
              encodeAs(place ?? { format: 'mp3', frame: 0, unit: 0 }, pcm, prime, frames),
            transcode: async () => {},
          },
        },
        signal,
        format,
      ),
  });
  let server: Server;
  let browser: Browser;
  let origin: string;

  beforeAll(async () => {
    const app = express();
    const service = { look: async (id: string) => ({ session: { programme: programmes[id] } }) };
    app.use(
      streamRoutes({
        signingKey: key,
        nowMs: Date.now,
        service: async () => service,
        streams: async () => streams,
      } as unknown as HttpDeps),
    );
    const script = readFileSync(path.join(import.meta.dirname, '..', 'node_modules', 'hls.js', 'dist', 'hls.min.js'));
    app.get('/hls.js', (_, response) => void response.type('js').send(script));
    app.get('/', (_, response) => void response.type('html').send('<script src="/hls.js"></script>'));
    server = createServer(app);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: ['--no-sandbox', '--disable-gpu', '--autoplay-policy=no-user-gesture-required'],
    });
  });
  afterAll(async () => {
    await browser?.close();
    server?.closeAllConnections();
    server?.close();
    await streams.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const listenTo = async (id: string, name: string) => {
    const page = await browser.newPage();
    try {
      await page.goto(origin);
      const url = `/stream/${id}/${name}?${signQuery(key, id, 1, Date.now() + 3_600_000)}`;
      return (await page.evaluate(`(${LISTEN})(${JSON.stringify(url)}, ${LISTEN_SEC}, ${WINDOW_MS})`)) as {
        share: number;
        heardSec: number;
        waited: number;
      };
    } finally {
      await page.close();
    }
  };

  it.concurrent.each(['master.m3u8', 'session.mp3', 'session.webm'])('%s has no gap', async (name) => {
    const { share, heardSec, waited } = await listenTo('whole', name);
    expect(heardSec).toBeGreaterThan(LISTEN_SEC - 4);
    expect(waited).toBe(0);
    expect(share).toBeGreaterThan(0.7);
  });

  it.concurrent('would be found out if it had one of twenty milliseconds', async () => {
    expect((await listenTo('holed', 'master.m3u8')).share).toBeLessThan(0.3);
  });
});
