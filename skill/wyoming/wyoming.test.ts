import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { EmohealError } from '../../engine/errors.js';
import type { Transcriber } from '../../engine/ports.js';
import { type FakeTranscriber, fakeTranscriber } from '../../engine/transcription/transcriber.fake.js';
import { writeWav } from '../../engine/transcription/wav.js';
import { type FakeSynthesiser, fakeSynthesiser } from '../../engine/voice/synthesiser.fake.js';
import type { HouseConversation } from '../house/conversation.js';
import { connectTo } from './client.js';
import { encodeEvent } from './frame.js';
import { publishedWyoming } from './python.fixture.js';
import { openWyoming, type WyomingDeps, type WyomingServer } from './server.js';

const FORMAT = { rate: 16_000, width: 2, channels: 1 };
const folder = mkdtempSync(path.join(tmpdir(), 'emoheal-wyoming-'));
const servers: WyomingServer[] = [];
const faults: unknown[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
  expect(faults.splice(0)).toEqual([]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a house would answer, without music: the words decide. */
const conversation: Pick<HouseConversation, 'answer'> = {
  answer: async (text, options) => {
    if (options?.listener !== 'bedside') throw new Error('whose rules hold is not said');
    const handled = /feel|deeper|kill/.test(text);
    return { handled, say: handled ? `heard ${text.length}` : 'not mine', locale: 'en-US', sessionId: 'abc' };
  },
};

async function open(more: Partial<WyomingDeps> = {}) {
  const ears: FakeTranscriber = fakeTranscriber();
  const voice: FakeSynthesiser = fakeSynthesiser();
  const server = await openWyoming({
    host: '127.0.0.1',
    port: 0,
    version: '1.2.3',
    transcriber: async () => ears,
    synthesiser: async () => voice,
    conversation,
    onFault: (error) => faults.push(error),
    ...more,
  });
  servers.push(server);
  return { server, ears, voice, port: server.port };
}

/** A tone that comes and goes, as PCM of the given format. */
function tone(seconds: number, { rate, width, channels }: typeof FORMAT): Buffer {
  const frames = Math.round(seconds * rate);
  const bytes = Buffer.alloc(frames * width * channels);
  for (let i = 0; i < frames * channels; i += 1) {
    const value = 0.4 * Math.sin((2 * Math.PI * 220 * Math.floor(i / channels)) / rate);
    if (width === 1) bytes.writeUInt8(Math.round(128 + value * 127), i);
    else bytes.writeIntLE(Math.round(value * (2 ** (8 * width - 1) - 1)), i * width, width);
  }
  return bytes;
}

describe('the Wyoming door', () => {
  it('says what is there, and leaves out what is not', async () => {
    const { ears, voice, port } = await open();
    const client = await connectTo(port);
    client.send('describe');
    const all = (await client.until('info')).at(-1)?.data as Record<string, { installed: boolean }[]>;
    expect(Object.entries(all).flatMap(([kind, list]) => list.map(({ installed }) => [kind, installed]))).toEqual([
      ['asr', true],
      ['handle', true],
      ['tts', true],
    ]);
    ears.is({ status: 'unavailable', detail: 'not built' });
    voice.is({ status: 'unavailable', detail: 'not fetched' });
    client.send('describe');
    expect((await client.until('info'))[0]?.data).toMatchObject({ asr: [], tts: [], handle: [{ installed: true }] });
    client.socket.destroy();
  });

  it('hears sound of any rate, width and channels as the same seconds', async () => {
    const heard: Float32Array[] = [];
    const ears = fakeTranscriber();
    const transcriber: Transcriber = {
      ...ears,
      transcribe: (pcm, options) => {
        heard.push(pcm);
        return ears.transcribe(pcm, options);
      },
    };
    const { port } = await open({ transcriber: async () => transcriber });
    const client = await connectTo(port);
    for (const rate of [8000, 16_000, 22_050, 44_100, 48_000])
      for (const width of [1, 2, 3, 4])
        for (const channels of [1, 2]) {
          const format = { rate, width, channels };
          client.send('transcribe', { language: 'en' });
          client.send('audio-start', format);
          const sound = tone(1, format);
          // Pieces that cut samples in two.
          for (let at = 0; at < sound.length; at += 4097)
            client.send('audio-chunk', { ...format, timestamp: at }, sound.subarray(at, at + 4097));
          client.send('audio-stop', { timestamp: null });
          expect((await client.until('transcript-stop')).map(({ type }) => type)).toEqual([
            'transcript-start',
            'transcript-chunk',
            'transcript',
            'transcript-stop',
          ]);
        }
    for (const pcm of heard) {
      expect(pcm.length / 16_000).toBeCloseTo(1, 3);
      const rms = Math.sqrt(pcm.reduce((sum, value) => sum + value * value, 0) / pcm.length);
      expect(rms).toBeCloseTo(0.4 / Math.SQRT2, 1);
    }
    expect(heard).toHaveLength(40);
    client.socket.destroy();
  });

  it('answers fifty who speak at once, though the recogniser hears few at a time', async () => {
    const ears = fakeTranscriber();
    let now = 0;
    let most = 0;
    const transcriber: Transcriber = {
      ...ears,
      async transcribe(pcm, options) {
        now += 1;
        most = Math.max(most, now);
        // As the real one: it refuses who comes when its own queue of eight is full.
        if (now > 8) throw new EmohealError('busy', 'Too many people are speaking at once.', { retryable: true });
        await new Promise(setImmediate);
        now -= 1;
        return { ...(await ears.transcribe(pcm, options)), text: `${pcm.length}` };
      },
    };
    const { server, port } = await open({ transcriber: async () => transcriber });
    const texts = await Promise.all(
      Array.from({ length: 50 }, async (_, i) => {
        const client = await connectTo(port);
        client.send('transcribe', { language: 'en' });
        client.send('audio-start', FORMAT);
        const sound = tone(1 + i / 50, FORMAT);
        for (let at = 0; at < sound.length; at += 2048)
          client.send('audio-chunk', FORMAT, sound.subarray(at, at + 2048));
        client.send('audio-stop');
        const answer = (await client.until('transcript')).at(-1);
        client.socket.destroy();
        return answer?.data.text;
      }),
    );
    expect(texts).toEqual(Array.from({ length: 50 }, (_, i) => `${Math.round((1 + i / 50) * 16_000)}`));
    expect(most).toBeLessThanOrEqual(2);
    expect(server.heldBytes()).toBe(0);
  });

  it('tells whoever is too many, and ends, so that nobody waits in vain', async () => {
    const { port } = await open({ limits: { waiting: 0 } });
    const client = await connectTo(port);
    client.send('audio-start', FORMAT);
    client.send('audio-chunk', FORMAT, tone(1, FORMAT));
    client.send('audio-stop');
    expect(await client.end()).toMatchObject([{ type: 'error', data: { code: 'busy' } }]);
  });

  it('turns words into an answer, and says where words were not its own', async () => {
    const { port } = await open();
    const client = await connectTo(port);
    client.send('transcript', { text: 'I feel calm', context: { conversation_id: '7' } });
    expect((await client.until('handled'))[0]?.data).toEqual({ text: 'heard 11', context: { session_id: 'abc' } });
    client.send('recognize', { text: 'turn on the light' });
    expect((await client.until('not-handled'))[0]?.data).toMatchObject({ text: 'not mine' });
    client.socket.destroy();
  });

  it('speaks, sentence by sentence, and refuses where no voice is set up', async () => {
    const { voice, port } = await open();
    const client = await connectTo(port);
    client.send('synthesize', { text: 'I am with you.', voice: { name: 'hum' } });
    const spoken = await client.until('audio-stop');
    expect(spoken[0]).toMatchObject({ type: 'audio-start', data: { rate: 24_000, width: 2, channels: 1 } });
    const bytes = spoken.reduce((sum, { payload }) => sum + (payload?.length ?? 0), 0);
    expect(bytes).toBe(4 * 2400 * 2);
    client.send('synthesize', { text: '…' });
    expect((await client.until('audio-stop')).map(({ type }) => type)).toEqual(['audio-start', 'audio-stop']);
    voice.is({ status: 'unavailable', detail: 'No voice.', remedy: 'Set one up.' });
    client.send('synthesize', { text: 'Hello' });
    expect(await client.end()).toMatchObject([{ type: 'error', data: { text: 'No voice. Set one up.' } }]);
  });

  it('leaves alone what it does not know, and says what is wrong with what it does', async () => {
    const { port } = await open();
    const client = await connectTo(port);
    for (const type of ['run-satellite', 'streaming-started', 'timer-started', 'played', 'constructor', 'toString'])
      client.send(type, { id: 'x' }, Buffer.from('bytes\n'));
    client.send('transcript', { text: 7 });
    client.send('ping', { text: 'still there' });
    expect(await client.until('pong')).toMatchObject([
      { type: 'error', data: { code: 'bad-input' } },
      { type: 'pong', data: { text: 'still there' } },
    ]);
    client.socket.destroy();
  });

  it.each([
    ['a gigabyte to come', '{"type":"audio-chunk","payload_length":1073741824}\n', 'too-large'],
    ['JSON that is no object', '"transcribe"\n', 'bad-input'],
    ['a negative length', '{"type":"ping","data_length":-4}\n', 'bad-input'],
    ['a format that no sound has', '{"type":"audio-chunk","data":{"rate":0,"width":9,"channels":0}}\n', 'bad-input'],
  ])('refuses %s and ends', async (_name, bytes, code) => {
    const { port } = await open();
    const client = await connectTo(port);
    client.socket.write(bytes);
    expect(await client.end()).toMatchObject([{ type: 'error', data: { code } }]);
  });

  it('takes no more than a minute of one voice, and no more than its memory of all', async () => {
    const { server, port } = await open({ limits: { soundBytes: 100_000 } });
    const long = await connectTo(port);
    long.send('audio-start', { rate: 4000, width: 1, channels: 1 });
    long.send('audio-chunk', { rate: 4000, width: 1, channels: 1 }, Buffer.alloc(61 * 4000, 128));
    expect(await long.end()).toMatchObject([{ data: { code: 'too-large' } }]);
    const first = await connectTo(port);
    first.send('audio-start', FORMAT);
    first.send('audio-chunk', FORMAT, Buffer.alloc(90_000));
    first.send('ping');
    await first.until('pong');
    const second = await connectTo(port);
    second.send('audio-chunk', FORMAT, Buffer.alloc(20_000));
    expect(await second.end()).toMatchObject([{ data: { code: 'busy' } }]);
    first.socket.destroy();
    await gone(server);
    expect(server.heldBytes()).toBe(0);
  });

  it('forgets who disappears, in the middle of a frame or of a sentence', async () => {
    const { server, port } = await open();
    const event = encodeEvent({ type: 'audio-chunk', data: FORMAT, payload: tone(0.5, FORMAT) });
    for (const at of [1, 20, 100, event.length - 1, event.length]) {
      const client = await connectTo(port);
      client.send('audio-start', FORMAT);
      client.socket.write(event.subarray(0, at));
      client.send('ping');
      if (at === event.length) await client.until('pong');
      client.socket.resetAndDestroy();
    }
    await gone(server);
    expect(server.heldBytes()).toBe(0);
  });

  it('ends a frame that never becomes whole, and a client that says nothing', async () => {
    const timers = timersInHand();
    const { port } = await open({ after: timers.after, limits: { frameMs: 111, idleMs: 222 } });
    const half = await connectTo(port);
    half.socket.write('{"type":"ping","data_length":10}\n{"te');
    await timers.fire(111);
    expect(await half.end()).toEqual([]);
    const silent = await connectTo(port);
    await timers.fire(222);
    expect(await silent.end()).toEqual([]);
  });

  it('counts what pieces of sound take, not only what they hold', async () => {
    const { server, port } = await open({ limits: { soundBytes: 100_000 } });
    const flood = await connectTo(port);
    const nothing = encodeEvent({ type: 'audio-chunk', data: FORMAT });
    flood.socket.write(Buffer.concat(Array.from({ length: 5000 }, () => nothing)));
    flood.send('ping');
    await flood.until('pong');
    expect(server.heldBytes()).toBe(0);
    const crumb = encodeEvent({ type: 'audio-chunk', data: FORMAT, payload: Buffer.alloc(1) });
    flood.socket.write(Buffer.concat(Array.from({ length: 5000 }, () => crumb)));
    expect(await flood.end()).toMatchObject([{ data: { code: 'busy' } }]);
  });

  it('keeps no place for a client that takes no answer', async () => {
    const { server, port } = await open({ limits: { frameMs: 300 } });
    const deaf = await connectTo(port);
    deaf.socket.pause();
    const ping = encodeEvent({ type: 'ping', data: { text: 'x'.repeat(10_000) } });
    const many = Buffer.concat(Array.from({ length: 100 }, () => ping));
    deaf.socket.on('error', () => {});
    const feed = () => {
      while (!deaf.socket.destroyed && deaf.socket.write(many));
    };
    deaf.socket.on('drain', feed);
    feed();
    await gone(server);
    deaf.socket.destroy();
  });

  it('takes the time of its own answer from nobody', async () => {
    const timers = timersInHand();
    const ears = fakeTranscriber();
    let armed: readonly number[] = [];
    const transcriber: Transcriber = {
      ...ears,
      transcribe: (pcm, options) => {
        armed = timers.armed();
        return ears.transcribe(pcm, options);
      },
    };
    const { port } = await open({ transcriber: async () => transcriber, after: timers.after });
    const client = await connectTo(port);
    const stop = encodeEvent({ type: 'audio-stop', data: { timestamp: 1 } });
    client.send('audio-chunk', FORMAT, tone(1, FORMAT));
    client.send('ping');
    client.socket.write(stop.subarray(0, 5));
    await client.until('pong');
    client.socket.write(stop.subarray(5));
    expect((await client.until('transcript')).at(-1)?.data.text).toBe('I feel calm');
    expect(armed).toEqual([]);
    client.socket.destroy();
  });

  it('is still there after a thousand clients that send nonsense', async () => {
    const { server, port } = await open();
    const type = fc.constantFrom(
      'describe',
      'transcribe',
      'audio-start',
      'audio-chunk',
      'audio-stop',
      'transcript',
      'ping',
    );
    const number = fc.oneof(fc.integer({ min: -2, max: 5 }), fc.constantFrom(16_000, 1e9, 0.5));
    const event = fc
      .record({
        type: fc.oneof(type, fc.string({ minLength: 1, maxLength: 9 })),
        data: fc.oneof(
          fc.record({ rate: number, width: number, channels: number }),
          fc.record({ text: fc.oneof(fc.string(), fc.jsonValue({ maxDepth: 1 })) }),
          fc.constant({}),
        ) as fc.Arbitrary<Record<string, unknown>>,
        payload: fc.uint8Array({ maxLength: 400 }),
      })
      .map(encodeEvent);
    const bytes = fc.oneof(
      fc.array(event, { minLength: 1, maxLength: 6 }).map((parts) => Buffer.concat(parts)),
      fc.tuple(event, fc.nat(500)).map(([whole, at]) => whole.subarray(0, at)),
      fc.tuple(event, fc.nat(60), fc.nat(255)).map(([whole, at, value]) => {
        const copy = Buffer.from(whole);
        copy[at % copy.length] = value;
        return copy;
      }),
      fc.uint8Array({ maxLength: 300 }).map((each) => Buffer.from(each)),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(bytes, { minLength: 8, maxLength: 8 }), async (each) => {
        await Promise.all(
          each.map(async (some, i) => {
            const client = await connectTo(port);
            client.socket.write(some);
            if (i % 2 === 0) client.socket.end();
            else client.socket.resetAndDestroy();
            await client.end();
          }),
        );
      }),
      { numRuns: 130 },
    );
    await gone(server);
    expect(server.heldBytes()).toBe(0);
    const client = await connectTo(port);
    client.send('ping', { text: 'well' });
    expect((await client.until('pong')).at(-1)?.data).toEqual({ text: 'well' });
    client.socket.destroy();
  });
});

/** Timers that go off when the test says so. */
function timersInHand() {
  const all = new Set<{ ms: number; then: () => void }>();
  return {
    after: (ms: number, then: () => void) => {
      const timer = { ms, then };
      all.add(timer);
      return () => void all.delete(timer);
    },
    armed: () => [...all].map(({ ms }) => ms),
    /** Waits until a timer of that length is armed, and lets it go off. */
    async fire(ms: number): Promise<void> {
      for (;;) {
        const timer = [...all].find((each) => each.ms === ms);
        if (timer) {
          all.delete(timer);
          return timer.then();
        }
        await new Promise(setImmediate);
      }
    },
  };
}

/** Until the server has noticed that all its clients are gone. */
async function gone(server: WyomingServer): Promise<void> {
  while (server.clients() > 0) await new Promise(setImmediate);
}

const wheel = publishedWyoming();

describe.runIf(wheel)('the published client', () => {
  it('is understood in everything that it says, and understands everything that it hears', async () => {
    const { ears, voice, port } = await open();
    ears.hears('I feel so tense tonight.');
    const wav = path.join(folder, 'said.wav');
    const pcm = Float32Array.from({ length: 44_100 }, (_, i) => 0.4 * Math.sin(i / 20));
    writeFileSync(wav, writeWav(pcm, 22_050));
    const script = new URL('client.fixture.py', import.meta.url).pathname;
    const { stdout } = await promisify(execFile)('python3', [script, '127.0.0.1', String(port), wav], {
      env: { ...process.env, PYTHONPATH: wheel as string },
    });
    expect(JSON.parse(stdout)).toEqual({
      pong: 'hallö\n',
      asr: [['whisper-base-q8_0', 100]],
      tts: ['hum'],
      handle: [['en', 'de', 'fr', 'es', 'it', 'pt', 'ja', 'hi', 'nl', 'pl', 'tr', 'ar', 'zh']],
      transcribed: ['transcript-start', 'transcript-chunk', 'transcript', 'transcript-stop'],
      text: 'I feel so tense tonight.',
      feeling: ['handled', 'heard 23'],
      deeper: ['handled', 'heard 9'],
      other: ['not-handled', 'not mine'],
      danger: ['handled', 'heard 21'],
      spoken: [24_000, 2, 1, 9600],
      streamed: 9600,
    });
    expect(voice.said()).toEqual(['I am with you.', 'I am with you.']);
  });
});
