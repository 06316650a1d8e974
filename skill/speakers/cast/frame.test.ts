/** Cast's frames as bytes, held against the wire format of protobuf written out by hand. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFrameReader, MOST_BYTES, writeFrame } from './frame.js';

const PING = { source: 's', destination: 'r', namespace: 'n', text: '{"type":"PING"}' };
/** Length; version 0; source, destination, namespace; type 0; text. */
const BYTES = Buffer.concat([
  Buffer.from([0, 0, 0, 30, 0x08, 0, 0x12, 1, 0x73, 0x1a, 1, 0x72, 0x22, 1, 0x6e, 0x28, 0, 0x32, 15]),
  Buffer.from('{"type":"PING"}'),
]);

describe('a frame', () => {
  it('is written and read byte by byte as the protocol has it', () => {
    expect(writeFrame(PING)).toEqual(BYTES);
    expect(createFrameReader().push(BYTES)).toEqual([PING]);
  });

  it('is read however the bytes arrive, one after the other', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string(), { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 40 }),
        (texts, step) => {
          const all = Buffer.concat(texts.map((text) => writeFrame({ ...PING, text })));
          const reader = createFrameReader();
          const read: string[] = [];
          for (let at = 0; at < all.length; at += step)
            read.push(...reader.push(all.subarray(at, at + step)).map(({ text }) => text));
          expect(read).toEqual(texts);
        },
      ),
    );
  });

  it('that declares too much is refused before it is waited for, and what is no protobuf when it is read', () => {
    expect(() => createFrameReader().push(Buffer.from([0x7f, 0xff, 0xff, 0xff]))).toThrow(/declares/);
    const most = Buffer.alloc(4);
    most.writeUInt32BE(MOST_BYTES);
    expect(createFrameReader().push(most)).toEqual([]);
    expect(() => createFrameReader().push(Buffer.from([0, 0, 0, 4, 255, 255, 255, 255]))).toThrow();
  });

  it('never does anything but read or refuse, whatever comes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const frame = Buffer.concat([Buffer.from([0, 0, 0, bytes.length]), bytes]);
        try {
          expect(Array.isArray(createFrameReader().push(frame))).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
        }
      }),
    );
  });
});
