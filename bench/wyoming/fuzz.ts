/**
 * Damaged, cut, mixed and made-up bytes against the Wyoming door: the frame reader and the messages with every case, and a
 * real server with every hundredth. Whatever comes, there is one clear refusal or an answer, and no memory is kept.
 */
import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { EmohealError } from '../../engine/errors.js';
import { connectTo } from '../../skill/wyoming/client.js';
import { createFrameReader, encodeEvent, FRAME_LIMITS } from '../../skill/wyoming/frame.js';
import { readMessage } from '../../skill/wyoming/messages.js';

const TYPES = ['describe', 'ping', 'transcribe', 'audio-start', 'audio-chunk', 'audio-stop', 'transcript', 'recognize'];
const number = fc.oneof(
  fc.integer({ min: -3, max: 6 }),
  fc.constantFrom(16_000, 44_100, 1e9, 1e308, -0, 0.5),
  fc.double(),
);
const event = fc
  .record({
    type: fc.oneof(fc.constantFrom(...TYPES), fc.string({ minLength: 1, maxLength: 12 })),
    data: fc.oneof(
      fc.record({ rate: number, width: number, channels: number }),
      fc.record({ text: fc.oneof(fc.string(), fc.jsonValue()), language: fc.string() }),
      fc.dictionary(fc.string(), fc.jsonValue()),
    ) as fc.Arbitrary<Record<string, unknown>>,
    payload: fc.uint8Array({ maxLength: 600 }),
  })
  .map(encodeEvent);
const header = fc
  .record(
    {
      type: fc.oneof(fc.constantFrom(...TYPES), fc.jsonValue()),
      data: fc.jsonValue(),
      data_length: fc.oneof(number, fc.constant(1024 ** 3), fc.jsonValue()),
      payload_length: fc.oneof(number, fc.constant(1024 ** 3), fc.jsonValue()),
    },
    { requiredKeys: [] },
  )
  .map((each) => Buffer.from(`${JSON.stringify(each)}\n`));
const damaged = fc
  .tuple(
    fc.array(event, { minLength: 1, maxLength: 4 }),
    fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 6 }),
    fc.nat(),
  )
  .map(([parts, changes, cut]) => {
    const bytes = Buffer.concat(parts);
    for (const [at, value] of changes) bytes[at % bytes.length] = value;
    return cut % 3 === 0 ? bytes.subarray(0, cut % bytes.length) : bytes;
  });
const anyBytes = fc.uint8Array({ maxLength: 800 }).map((bytes) => Buffer.from(bytes));
const aCase = fc.tuple(fc.oneof(event, header, damaged, anyBytes), fc.integer({ min: 1, max: 900 }));

/** Throws with the seed where a case is not met. Returns how many were events, and how many were refused. */
export function fuzzReader(cases: number, seed: number): { events: number; refused: number } {
  const count = { events: 0, refused: 0 };
  fc.assert(
    fc.property(aCase, ([bytes, size]) => {
      const reader = createFrameReader();
      try {
        for (let at = 0; at < bytes.length; at += size)
          for (const found of reader.push(bytes.subarray(at, at + size))) {
            count.events += 1;
            readMessage(found);
          }
      } catch (error) {
        if (!(error instanceof EmohealError) || !['bad-input', 'too-large'].includes(error.code)) throw error;
        count.refused += 1;
      }
      return reader.heldBytes() <= FRAME_LIMITS.payloadBytes;
    }),
    { numRuns: cases, seed },
  );
  return count;
}

/** The same kinds of bytes over real sockets, half of which vanish. Throws where the server no longer answers. */
export async function fuzzServer(port: number, cases: number, seed: number): Promise<void> {
  const samples = fc.sample(aCase, { numRuns: cases, seed });
  for (let at = 0; at < samples.length; at += 20)
    await Promise.all(
      samples.slice(at, at + 20).map(async ([bytes], i) => {
        const client = await connectTo(port);
        client.socket.write(bytes);
        if (i % 2 === 0) client.socket.end();
        else client.socket.resetAndDestroy();
        await client.end();
      }),
    );
  const client = await connectTo(port);
  client.send('ping', { text: 'well' });
  await client.until('pong');
  client.socket.destroy();
}
