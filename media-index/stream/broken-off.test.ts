/** The thread that mixes is lost in the middle of a session: who listens gets every byte, and no break. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { EmohealError } from '../../engine/errors.js';
import { FORMATS, unitsOf } from './formats.js';
import { createSessionStreams } from './session-streams.js';
import { cheapProgramme } from './sound.fake.js';

const dataDir = mkdtempSync(path.join(os.tmpdir(), 'emoheal-broken-'));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));
const { unitBytes } = FORMATS.mp3;

/** Bytes that tell their place; breaks off after `breaks[i]` bytes on the i-th making. */
function makerThat(breaks: number[], retryable = true) {
  let makings = 0;
  return {
    makings: () => makings,
    async *encode(programme: ReturnType<typeof cheapProgramme>, signal: AbortSignal) {
      const total = unitsOf(FORMATS.mp3, programme) * unitBytes;
      const until = breaks[makings] ?? total;
      makings += 1;
      for (let at = 0; at < total; at += 84 * unitBytes) {
        signal.throwIfAborted();
        await new Promise((resolve) => setImmediate(resolve));
        if (at >= until) throw new EmohealError('internal', 'The mixing thread ended unexpectedly.', { retryable });
        yield new Uint8Array(Math.min(84 * unitBytes, total - at)).map((_, i) => (at + i) % 251);
      }
    },
  };
}
const read = async (encode: ReturnType<typeof makerThat>['encode'], seconds: number, warnings: string[] = []) => {
  const streams = createSessionStreams({ dataDir, encode, onWarning: (message) => warnings.push(message) });
  const stream = streams.open(cheapProgramme({ durationSec: seconds }));
  const all: Uint8Array[] = [];
  try {
    for await (const bytes of stream.read(0, stream.totalBytes)) all.push(bytes);
  } finally {
    await streams.close();
  }
  return Buffer.concat(all);
};

it('once, or again while it catches up: every byte comes, in order', async () => {
  const warnings: string[] = [];
  const maker = makerThat([700_000, 200_000, 900_000]);
  const bytes = await read(maker.encode, 90, warnings);
  expect(bytes.length).toBe(unitsOf(FORMATS.mp3, cheapProgramme({ durationSec: 90 })) * unitBytes);
  expect(bytes.every((value, at) => value === at % 251)).toBe(true);
  expect(maker.makings()).toBe(4);
  expect(warnings.length).toBe(3);
});

it('for good, or by a fault that does not pass: it is told, and not tried for ever', async () => {
  const always = makerThat([1, 1, 1, 1, 1, 1, 1]);
  await expect(read(always.encode, 91)).rejects.toMatchObject({ code: 'internal' });
  expect(always.makings()).toBe(4);
  const wrong = makerThat([1], false);
  await expect(read(wrong.encode, 92)).rejects.toMatchObject({ code: 'internal' });
  expect(wrong.makings()).toBe(1);
});
