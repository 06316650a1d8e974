/** Three formats of one programme: each has its length beforehand, joins without a seam, and can be read from anywhere. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import * as HLS from 'hls-parser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SessionStream } from '../../engine/ports.js';
import { decode } from '../audio/decode.js';
import { encodeAs } from '../audio/encode-as.js';
import { OPUS, OPUS_BYTES } from '../audio/opus-encoder.js';
import { encodePackets } from '../audio/packet-encoder.js';
import { SAMPLE_RATE } from '../track-source.js';
import { encodeProgramme } from './encoded-programme.js';
import { initSegment } from './fmp4.js';
import { FORMATS, slotSeconds, unitsOf } from './formats.js';
import { fragmentPlaylist, masterPlaylist, mediaPlaylist } from './hls.js';
import { createSessionStreams } from './session-streams.js';
import { readSlot } from './slots.js';
import { cheapDeps, cheapProgramme, pcmOf } from './sound.fake.js';
import { webmView } from './webm.js';

const folder = mkdtempSync(path.join(os.tmpdir(), 'emoheal-formats-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Encodes on this thread: short programmes need no other. */
const audio = {
  encode: async (...[pcm, prime, frames, place]: Parameters<ReturnType<typeof cheapDeps>['audio']['encode']>) =>
    encodeAs(place ?? { format: 'mp3', frame: 0, unit: 0 }, pcm, prime, frames),
  transcode: async () => {},
};
const programme = cheapProgramme({ durationSec: 25 });
const streams = createSessionStreams({
  dataDir: folder,
  encode: (wanted, signal, format) => encodeProgramme(wanted, { ...cheapDeps(), audio }, signal, format),
});
afterAll(() => streams.close());

async function gather(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const each of bytes) all.push(each);
  return Buffer.concat(all);
}
const heard = (name: string, bytes: Uint8Array): Float32Array => {
  const file = path.join(folder, name);
  writeFileSync(file, bytes);
  return pcmOf(decode({ input: file, as: 'music' }));
};
/** How far `sound` is from `truth`, decibels below it, each 100 ms; the worst of them. */
function worstSnr(sound: Float32Array, truth: Float32Array, fromSec: number, toSec: number): number {
  let worst = 120;
  for (let sec = fromSec; sec < toSec; sec += 0.1) {
    let signal = 0;
    let error = 0;
    for (let i = Math.round(sec * SAMPLE_RATE) * 2; i < Math.round((sec + 0.1) * SAMPLE_RATE) * 2; i += 1) {
      signal += truth[i]! ** 2;
      error += (sound[i]! - truth[i]!) ** 2;
    }
    worst = Math.min(worst, 10 * Math.log10(signal / Math.max(error, 1e-12)));
  }
  return worst;
}

let mix: Float32Array;
beforeAll(async () => {
  const { mixProgramme } = await import('./programme-mix.js');
  const blocks: Float32Array[] = [];
  for await (const block of mixProgramme(programme, cheapDeps())) blocks.push(block.slice());
  mix = pcmOf(blocks);
});

describe('Opus in WebM', () => {
  const packets = FORMATS.opus.framesOf(programme);
  const view = webmView(packets);
  const file = (stream: SessionStream) => (from: number, to: number) =>
    gather(view.read(from, to, (a, b) => stream.read(a, b)));

  it('has its length before the sound exists, and plays where the mix plays', async () => {
    const whole = await file(streams.open(programme, 'opus'))(0, view.totalBytes);
    expect(whole.length).toBe(view.totalBytes);
    const sound = heard('session.webm', whole);
    expect(Math.abs(sound.length / 2 / SAMPLE_RATE - 25)).toBeLessThan(0.05);
    // A waveform codec: were a stretch out of place or a join broken, nothing of the signal would be left there.
    expect(worstSnr(sound, mix, 3, 18)).toBeGreaterThan(5);
  });

  it('is the same bytes in any range', async () => {
    const read = file(streams.open(programme, 'opus'));
    const whole = await read(0, view.totalBytes);
    await fc.assert(
      fc.asyncProperty(fc.nat(view.totalBytes - 1), fc.integer({ min: 1, max: 70_000 }), async (from, length) => {
        const to = Math.min(view.totalBytes, from + length);
        expect((await read(from, to)).equals(whole.subarray(from, to))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('has packets of one size, whatever sounds', () => {
    const loud = Float32Array.from({ length: OPUS.frameSamples * 2 * 30 }, (_, i) => Math.sin(i * i));
    for (const pcm of [loud, new Float32Array(loud.length)])
      for (const packet of encodePackets(OPUS, pcm, 2, 20)) expect(packet.length).toBe(OPUS_BYTES);
  });
});

describe('AAC in fragments', () => {
  it('plays as one sound of the right length, in place', async () => {
    const stream = streams.open(programme, 'aac');
    const parts = [initSegment()];
    for (let slot = 0; ; slot += 1) {
      const bytes = await readSlot(stream, slot);
      if (!bytes) break;
      parts.push(bytes);
    }
    expect(parts).toHaveLength(1 + slotSeconds(programme).length);
    const sound = heard('session.mp4', Buffer.concat(parts));
    expect(Math.abs(sound.length / 2 / SAMPLE_RATE - 25)).toBeLessThan(0.05);
    expect(worstSnr(sound, mix, 3, 18)).toBeGreaterThan(5);
  });

  it('has each fragment whole by itself: one from the middle plays after the head', async () => {
    const middle = await readSlot(streams.open(programme, 'aac'), 2);
    const sound = heard('middle.mp4', Buffer.concat([initSegment(), middle!]));
    expect(sound.length / 2 / SAMPLE_RATE).toBeGreaterThan(5.9);
    expect(sound.length / 2 / SAMPLE_RATE).toBeLessThan(6.1);
  });
});

describe('lengths', () => {
  it('follow from the programme alone, in every format', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 11_000, noNaN: true }), (durationSec) => {
        const wanted = { ...programme, durationSec };
        for (const format of Object.values(FORMATS)) {
          const units = unitsOf(format, wanted);
          expect(format.frameAt(units)).toBeGreaterThanOrEqual(format.framesOf(wanted));
          expect(format.frameAt(units - 1)).toBeLessThan(format.framesOf(wanted));
        }
        const seconds = slotSeconds(wanted).reduce((sum, each) => sum + each, 0);
        expect(Math.abs(seconds - durationSec)).toBeLessThan(0.03);
      }),
    );
  });
});

describe('playlists', () => {
  HLS.setOptions({ strictMode: true });

  it('are what a strict reader accepts', () => {
    const master = HLS.parse(masterPlaylist('aac.m3u8?x=1')) as HLS.types.MasterPlaylist;
    expect(master.variants.map(({ uri }) => uri)).toEqual(['aac.m3u8?x=1']);
    const seconds = slotSeconds(programme);
    const media = HLS.parse(fragmentPlaylist(seconds, (file) => `${file}?x=1`)) as HLS.types.MediaPlaylist;
    expect(media.endlist).toBe(true);
    expect(media.segments.map(({ uri }) => uri)).toEqual(seconds.map((_, i) => `${i}.m4s?x=1`));
    for (const segment of media.segments) {
      expect(segment.map?.uri).toBe('init.mp4?x=1');
      expect(Math.round(segment.duration)).toBeLessThanOrEqual(media.targetDuration);
    }
    const packed = HLS.parse(
      mediaPlaylist([
        { stage: 'match', url: 'match.mp3', bytes: 384 * 600 },
        { stage: 'guide', url: 'guide.mp3', bytes: 384 * 300 },
      ]),
    ) as HLS.types.MediaPlaylist;
    expect(packed.segments.map(({ byterange }) => byterange?.length)).toEqual([96_000, 96_000, 38_400, 96_000, 19_200]);
  });
});
