/** What one server made, another gives out byte by byte and goes on with; storage that is away costs nobody the music. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Programme } from '../../engine/vocabulary.js';
import { FORMATS, type StreamFormatName, unitsOf } from './formats.js';
import { KEYS, type S3Server, startS3 } from './s3-server.fixture.js';
import { createS3Sounds, readPlace } from './s3-sounds.js';
import { createSessionStreams } from './session-streams.js';
import { partBytes, type SharedSounds } from './shared-sounds.js';
import { cheapProgramme } from './sound.fake.js';

const folders: string[] = [];
const closing: (() => Promise<void>)[] = [];
let s3: S3Server;
const before = { ...process.env };
beforeAll(async () => {
  Object.assign(process.env, KEYS);
  s3 = await startS3();
});
afterAll(async () => {
  for (const close of closing) await close();
  await s3.close();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  process.env = before;
});
let made = 0;
beforeEach(() => {
  made = 0;
});

/** Bytes that tell their own place, in stretches that fit no part. */
async function* encode(programme: Programme, signal: AbortSignal, format: StreamFormatName) {
  const { unitBytes } = FORMATS[format];
  const total = unitsOf(FORMATS[format], programme) * unitBytes;
  const step = format === 'aac' ? unitBytes : 84 * unitBytes;
  for (let at = 0; at < total; at += step) {
    signal.throwIfAborted();
    await new Promise((resolve) => setImmediate(resolve));
    const bytes = new Uint8Array(Math.min(step, total - at)).map((_, i) => (at + i) % 251);
    made += bytes.length;
    yield bytes;
  }
}

function serverWith(shared: SharedSounds) {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'emoheal-shared-'));
  folders.push(dataDir);
  const streams = createSessionStreams({ dataDir, encode, shared });
  return streams;
}
const s3Sounds = (url = s3.url, onWarning: (message: string) => void = () => {}) => {
  const sounds = createS3Sounds(readPlace(url), onWarning);
  closing.push(sounds.close);
  return sounds;
};
/** Waits for what is on its way to the storage. */
function counted(sounds: SharedSounds) {
  let under: Promise<void>[] = [];
  return {
    ...sounds,
    give(rendering: string, n: number, bytes: Uint8Array) {
      const one = sounds.give(rendering, n, bytes);
      under.push(one);
      return one;
    },
    async settled() {
      await Promise.all(under);
      under = [];
    },
  };
}
async function bytesOf(stream: AsyncIterable<Uint8Array>) {
  const all: Uint8Array[] = [];
  for await (const bytes of stream) all.push(bytes);
  return Buffer.concat(all);
}

describe.each(['mp3', 'opus', 'aac'] as const)('%s', (format) => {
  it('made by one server is given out by another without being made again', async () => {
    const programme = { ...cheapProgramme({ durationSec: 62 }), seed: format } as Programme;
    const sounds = counted(s3Sounds());
    const first = serverWith(sounds);
    const stream = first.open(programme, format);
    const whole = await bytesOf(stream.read(0, stream.totalBytes));
    await sounds.settled();
    await first.close();
    made = 0;
    const second = serverWith(s3Sounds());
    const again = second.open(programme, format);
    expect(again.key).toBe(stream.key);
    expect((await bytesOf(again.read(0, again.totalBytes))).equals(whole)).toBe(true);
    expect(made).toBe(0);
    await second.close();
  });

  it('goes on in the middle where the first server was killed, with the very bytes that it would have given', async () => {
    const programme = { ...cheapProgramme({ durationSec: 240 }), seed: `killed ${format}` } as Programme;
    const sounds = counted(s3Sounds());
    const first = serverWith(sounds);
    const stream = first.open(programme, format);
    const cut = partBytes(FORMATS[format]) * 3 + 17;
    const head = await bytesOf(stream.read(0, cut));
    await sounds.settled();
    await first.close();
    const second = serverWith(s3Sounds());
    const rest = await bytesOf(second.open(programme, format).read(cut, stream.totalBytes));
    const judge = serverWith({
      take: async () => null,
      give: async () => {},
      state: s3Sounds().state,
      close: async () => {},
    });
    const whole = await bytesOf(judge.open(programme, format).read(0, stream.totalBytes));
    expect(Buffer.concat([head, rest]).equals(whole)).toBe(true);
    await second.close();
    await judge.close();
  });
});

it('what another server gives after all is taken, and not made a second time', async () => {
  const programme = { ...cheapProgramme({ durationSec: 240 }), seed: 'late parts' } as Programme;
  const sounds = counted(s3Sounds());
  const first = serverWith(sounds);
  const stream = first.open(programme, 'mp3');
  const whole = await bytesOf(stream.read(0, stream.totalBytes));
  await sounds.settled();
  await first.close();
  made = 0;
  const asked: number[] = [];
  const late: SharedSounds = {
    ...sounds,
    // The fourth part is still on its way to the storage when it is asked for first.
    async take(rendering, n) {
      asked.push(n);
      return n >= 3 && asked.filter((each) => each === 3).length < 2 ? null : sounds.take(rendering, n);
    },
  };
  const second = serverWith(late);
  const again = second.open(programme, 'mp3');
  expect((await bytesOf(again.read(0, again.totalBytes))).equals(whole)).toBe(true);
  expect(made).toBeLessThan(2 * partBytes(FORMATS.mp3));
  await second.close();
});

describe('storage that is', () => {
  it('gone: the sound is made here, it is told once, and nobody waits for it again and again', async () => {
    const warnings: string[] = [];
    const gone = await new Promise<number>((resolve) => {
      const server = createServer().listen(0, '127.0.0.1', () => {
        const { port } = server.address() as { port: number };
        server.close(() => resolve(port));
      });
    });
    const sounds = s3Sounds(`s3://emoheal-sounds?endpoint=http://127.0.0.1:${gone}`, (message) =>
      warnings.push(message),
    );
    const streams = serverWith(sounds);
    for (const n of [1, 2, 3, 4, 5]) {
      const stream = streams.open({ ...cheapProgramme({ durationSec: 30 }), seed: `gone ${n}` } as Programme);
      expect((await bytesOf(stream.read(0, stream.totalBytes))).length).toBe(stream.totalBytes);
    }
    expect(warnings).toEqual([expect.stringContaining('does not answer')]);
    expect(sounds.state()).toMatchObject({ status: 'degraded', remedy: expect.stringContaining('EMOHEAL_SOUNDS_URL') });
    await streams.close();
  });

  it('holding something else under our name: it is not given to a listener', async () => {
    const lies: SharedSounds = {
      take: async () => new Uint8Array(99),
      give: async () => {},
      state: () => ({ status: 'ready', detail: '' }),
      close: async () => {},
    };
    const streams = serverWith(lies);
    const stream = streams.open({ ...cheapProgramme({ durationSec: 30 }), seed: 'lies' } as Programme);
    const bytes = await bytesOf(stream.read(0, stream.totalBytes));
    expect([...bytes.subarray(0, 4)]).toEqual([0, 1, 2, 3]);
    await streams.close();
  });
});

it('the setting names a place, and never a password', () => {
  expect(readPlace('s3://bucket/a/b/?endpoint=https://s3.example.org&region=eu-1')).toEqual({
    bucket: 'bucket',
    prefix: 'a/b/',
    endpoint: 'https://s3.example.org',
    region: 'eu-1',
  });
  expect(() => readPlace('s3://bucket?endpoint=https://user:secret@s3.example.org')).toThrow(/endpoint is not/);
});
