/**
 * Wyoming's frame as bytes, and nothing of voice:
 *
 *   {"type": "…", "data": {…}, "data_length": N, "payload_length": M}\n   a JSON object on one line
 *   N bytes of JSON, an object that is laid over "data"                    where data_length is there
 *   M bytes of anything, mostly PCM                                        where payload_length is there
 *
 * Every length has a limit and is checked when it is declared, before a byte of it is waited for. After an error the
 * place in the bytes is lost: the connection must end.
 */
import { z } from 'zod';
import { EmohealError } from '../../engine/errors.js';
import { firstFault } from '../../engine/read-as.js';

export interface WyomingEvent {
  type: string;
  data: Record<string, unknown>;
  payload?: Uint8Array;
}

export interface FrameLimits {
  headerBytes: number;
  dataBytes: number;
  payloadBytes: number;
}

/** A chunk of sound is a few kilobytes; a second of the widest that is taken is 1.5 MB. A spoken feeling is a line. */
export const FRAME_LIMITS: FrameLimits = {
  headerBytes: 64 * 1024,
  dataBytes: 512 * 1024,
  payloadBytes: 2 * 1024 * 1024,
};

const NEWLINE = 0x0a;
const length = z.number().int().min(0).nullish();
const Header = z.looseObject({
  type: z.string().min(1).max(200),
  data: z.record(z.string(), z.unknown()).nullish(),
  data_length: length,
  payload_length: length,
});
const Data = z.record(z.string(), z.unknown());

const bad = (what: string) =>
  new EmohealError('bad-input', `This is no Wyoming event: ${what}.`, {
    remedy: 'Send a JSON object on one line, then exactly as many bytes as it declares.',
  });
const tooLarge = (part: string, bytes: number, most: number) =>
  new EmohealError('too-large', `The ${part} of an event may have ${most} bytes; ${bytes} are declared.`, {
    remedy: 'Send sound in smaller pieces.',
  });

export interface FrameReader {
  /** The events that are whole with these bytes. Throws `bad-input` or `too-large`, and then reads nothing any more. */
  push(bytes: Uint8Array): WyomingEvent[];
  /** An event has begun and is not whole yet. */
  isInside(): boolean;
  /** Bytes that are waiting for the rest of their event. */
  heldBytes(): number;
}

type Part = 'header' | 'data' | 'payload';

export function createFrameReader(limits: FrameLimits = FRAME_LIMITS): FrameReader {
  let part: Part = 'header';
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  let need = 0;
  let header: z.infer<typeof Header> | undefined;
  let data: Record<string, unknown> = {};
  let broken: EmohealError | undefined;

  function take(bytes: Uint8Array): void {
    // A copy: the socket's own buffer is a large pool of which a small view would keep everything.
    held.push(Uint8Array.from(bytes));
    heldBytes += bytes.length;
  }

  function release(): Uint8Array {
    const whole = held.length === 1 ? held[0]! : Buffer.concat(held);
    held = [];
    heldBytes = 0;
    return whole;
  }

  /** What follows the part that is whole now; undefined where the event is. */
  function next(from: Part): Part | undefined {
    if (from === 'header' && header?.data_length) {
      need = header.data_length;
      return 'data';
    }
    if (from !== 'payload' && header?.payload_length) {
      need = header.payload_length;
      return 'payload';
    }
    return undefined;
  }

  function readHeader(line: Uint8Array): void {
    const parsed = Header.safeParse(json(line, 'its first line'));
    if (!parsed.success) throw bad(`its first line, at ${firstFault(parsed.error, 'the top')}`);
    header = parsed.data;
    data = { ...header.data };
    const { data_length: ofData, payload_length: ofPayload } = header;
    if (ofData && ofData > limits.dataBytes) throw tooLarge('data', ofData, limits.dataBytes);
    if (ofPayload && ofPayload > limits.payloadBytes) throw tooLarge('payload', ofPayload, limits.payloadBytes);
  }

  /** Bytes taken from `at` on; adds an event where one became whole. */
  function step(bytes: Uint8Array, at: number, found: WyomingEvent[]): number {
    let end: number;
    let skip = 0;
    if (part === 'header') {
      const newline = bytes.indexOf(NEWLINE, at);
      end = newline < 0 ? bytes.length : newline;
      if (heldBytes + end - at > limits.headerBytes)
        throw tooLarge('first line', heldBytes + end - at, limits.headerBytes);
      take(bytes.subarray(at, end));
      if (newline < 0) return end;
      skip = 1;
      readHeader(release());
    } else {
      end = Math.min(bytes.length, at + need - heldBytes);
      take(bytes.subarray(at, end));
      if (heldBytes < need) return end;
    }
    let payload: Uint8Array | undefined;
    if (part === 'data') {
      const parsed = Data.safeParse(json(release(), 'its data'));
      if (!parsed.success) throw bad('its data is no JSON object');
      data = { ...data, ...parsed.data };
    } else if (part === 'payload') payload = release();
    const following = next(part);
    if (following) part = following;
    else {
      found.push({ type: header!.type, data, ...(payload ? { payload } : {}) });
      part = 'header';
      header = undefined;
      data = {};
    }
    return end + skip;
  }

  return {
    push(bytes) {
      if (broken) throw broken;
      const found: WyomingEvent[] = [];
      try {
        for (let at = 0; at < bytes.length; ) at = step(bytes, at, found);
      } catch (error) {
        broken = error as EmohealError;
        release();
        throw error;
      }
      return found;
    },
    isInside: () => part !== 'header' || heldBytes > 0,
    heldBytes: () => heldBytes,
  };
}

function json(bytes: Uint8Array, what: string): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    // The bytes may hold what somebody said: they stay out of the error.
    throw bad(`${what} is no JSON`);
  }
}

/** The bytes of one event. Data stands behind the header, as the published library writes it. */
export function encodeEvent({ type, data, payload }: WyomingEvent): Buffer {
  const more = Object.keys(data).length > 0 ? Buffer.from(JSON.stringify(data)) : null;
  const header = {
    type,
    ...(more ? { data_length: more.length } : {}),
    ...(payload?.length ? { payload_length: payload.length } : {}),
  };
  return Buffer.concat([
    Buffer.from(`${JSON.stringify(header)}\n`),
    more ?? Buffer.alloc(0),
    payload ?? Buffer.alloc(0),
  ]);
}
