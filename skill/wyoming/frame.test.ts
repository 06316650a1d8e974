import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EmohealError } from '../../engine/errors.js';
import { createFrameReader, encodeEvent, FRAME_LIMITS, type WyomingEvent } from './frame.js';

const anEvent: fc.Arbitrary<WyomingEvent> = fc.record(
  {
    type: fc.string({ minLength: 1, maxLength: 30 }),
    data: fc.dictionary(
      fc.string({ maxLength: 10 }).filter((name) => name !== '__proto__'),
      fc.jsonValue({ maxDepth: 2 }),
      { maxKeys: 5 },
    ) as fc.Arbitrary<Record<string, unknown>>,
    payload: fc.uint8Array({ minLength: 1, maxLength: 300 }),
  },
  { requiredKeys: ['type', 'data'] },
);

/** The bytes in pieces of the given sizes, over and over. */
function inPieces(bytes: Uint8Array, sizes: readonly number[]): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let at = 0, i = 0; at < bytes.length; i += 1) {
    const size = sizes[i % sizes.length]!;
    pieces.push(bytes.subarray(at, at + size));
    at += size;
  }
  return pieces;
}

const plainEvent = ({ type, data, payload }: WyomingEvent) => ({
  type,
  data: JSON.parse(JSON.stringify(data)),
  ...(payload ? { payload: [...payload] } : {}),
});

describe('a Wyoming frame', () => {
  it('is read as it was written, wherever the network cuts the bytes', () => {
    fc.assert(
      fc.property(
        fc.array(anEvent, { minLength: 1, maxLength: 5 }),
        fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 6 }),
        (events, sizes) => {
          const reader = createFrameReader();
          const bytes = Buffer.concat(events.map(encodeEvent));
          const read = inPieces(bytes, sizes).flatMap((piece) => reader.push(piece));
          expect(read.map(plainEvent)).toEqual(events.map(plainEvent));
          expect(reader.isInside()).toBe(false);
          expect(reader.heldBytes()).toBe(0);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('has the bytes that the published library writes, and takes its own', () => {
    // Written by wyoming 1.10.2 (PyPI): async_write_event of an AudioChunk with a newline in its sound.
    const published = Buffer.from(
      '{"type": "audio-chunk", "version": "1.10.2", "data_length": 64, "payload_length": 4}\n{"rate": 16000, "width": 2, "channels": 1, "timestamp": 1234567}',
      'latin1',
    );
    const [event] = createFrameReader().push(Buffer.concat([published, Buffer.from([0x0a, 0x00, 0xff, 0x0a])]));
    expect(event).toEqual({
      type: 'audio-chunk',
      data: { rate: 16_000, width: 2, channels: 1, timestamp: 1_234_567 },
      payload: Uint8Array.from([0x0a, 0x00, 0xff, 0x0a]),
    });
    expect(encodeEvent({ type: 'pong', data: { text: 'ü' } }).toString()).toBe(
      '{"type":"pong","data_length":13}\n{"text":"ü"}',
    );
    expect(encodeEvent({ type: 'audio-stop', data: {} }).toString()).toBe('{"type":"audio-stop"}\n');
  });

  it('lays the data behind the header over the data inside it', () => {
    const more = '{"b":3,"c":4}';
    const line = JSON.stringify({ type: 't', data: { a: 1, b: 2 }, data_length: more.length });
    expect(createFrameReader().push(Buffer.from(`${line}\n${more}`))[0]?.data).toEqual({ a: 1, b: 3, c: 4 });
  });

  it('refuses a gigabyte when it is declared, before a byte of it has come', () => {
    for (const part of ['data_length', 'payload_length']) {
      const reader = createFrameReader();
      const line = Buffer.from(`${JSON.stringify({ type: 'audio-chunk', [part]: 1024 ** 3 })}\n`);
      expect(() => reader.push(line)).toThrow(expect.objectContaining({ code: 'too-large' }));
      expect(reader.heldBytes()).toBe(0);
    }
    const endless = createFrameReader();
    expect(() => {
      for (let i = 0; i < 100; i += 1) endless.push(Buffer.alloc(4096, 'a'));
    }).toThrow(expect.objectContaining({ code: 'too-large' }));
    expect(endless.heldBytes()).toBe(0);
  });

  it.each([
    ['a list', '[1,2]\n'],
    ['a number', '7\n'],
    ['null', 'null\n'],
    ['no JSON', '{"type": \n'],
    ['an empty line', '\n'],
    ['no type', '{"data":{}}\n'],
    ['a type that is no text', '{"type":7}\n'],
    ['a negative length', '{"type":"a","data_length":-1}\n'],
    ['half a byte', '{"type":"a","payload_length":1.5}\n'],
    ['a length in words', '{"type":"a","payload_length":"4"}\n'],
    ['data that is no object', '{"type":"a","data_length":3}\n[1]'],
    ['bytes that are no UTF-8', Buffer.from([0x7b, 0xff, 0xfe, 0x7d, 0x0a])],
  ])('is not made of %s', (_name, bytes) => {
    const reader = createFrameReader();
    expect(() => reader.push(Buffer.from(bytes as string))).toThrow(expect.objectContaining({ code: 'bad-input' }));
    // What follows has no place any more.
    expect(() => reader.push(Buffer.from('{"type":"ping"}\n'))).toThrow(EmohealError);
  });

  it('never tells what was in it', () => {
    const reader = createFrameReader();
    const secret = 'I feel so lonely tonight';
    expect(() => reader.push(Buffer.from(`{"type":"transcript","data":{"text":"${secret}\n`))).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('lonely') }),
    );
  });

  it('survives any bytes: whole events, or one clear refusal, and never more memory than the limits', () => {
    const whole = fc.array(anEvent, { maxLength: 3 }).map((events) => Buffer.concat(events.map(encodeEvent)));
    const damaged = fc
      .tuple(whole, fc.array(fc.tuple(fc.nat(2000), fc.integer({ min: 0, max: 255 })), { maxLength: 4 }))
      .map(([bytes, changes]) => {
        const copy = Buffer.from(bytes);
        for (const [at, value] of changes) if (at < copy.length) copy[at] = value;
        return copy;
      });
    const cut = fc.tuple(whole, fc.nat(2000)).map(([bytes, at]) => bytes.subarray(0, at));
    const lines = fc.json().map((json) => Buffer.from(`${json}\n`));
    fc.assert(
      fc.property(
        fc.oneof(fc.uint8Array({ maxLength: 500 }), damaged, cut, lines),
        fc.integer({ min: 1, max: 600 }),
        (bytes, size) => {
          const reader = createFrameReader();
          try {
            for (const piece of inPieces(Buffer.from(bytes), [size])) reader.push(piece);
          } catch (error) {
            expect(error).toBeInstanceOf(EmohealError);
            expect(['bad-input', 'too-large']).toContain((error as EmohealError).code);
          }
          expect(reader.heldBytes()).toBeLessThanOrEqual(FRAME_LIMITS.payloadBytes);
        },
      ),
      { numRuns: 1500 },
    );
  });
});
