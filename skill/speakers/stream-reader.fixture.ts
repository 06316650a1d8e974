/** How the tests' speakers fetch: like real ones, by HTTP with ranges, looking at what comes. */
export interface Fetched {
  url: string;
  status: number;
  type: string;
  /** Of the whole stream, as Content-Range says. */
  totalBytes: number;
  /** Second of the session at which the address begins. */
  fromSec: number;
}

const AHEAD_BYTES = 5 * 16_000;

/**
 * Begins a stream and then asks for a piece some seconds on, as players do that read ahead. Throws where a speaker would be
 * silent.
 */
export async function fetchAsSpeaker(url: string): Promise<Fetched> {
  const begin = await fetch(url, { headers: { range: 'bytes=0-4095' } });
  if (begin.status !== 206) throw new Error(`a range was asked for, and ${begin.status} came`);
  const type = begin.headers.get('content-type') ?? '';
  if (type !== 'audio/mpeg') throw new Error(`this is no MP3: ${type}`);
  const totalBytes = Number(/\/(\d+)$/.exec(begin.headers.get('content-range') ?? '')?.[1]);
  mustBeMp3(Buffer.from(await begin.arrayBuffer()));
  const middle = Math.floor(Math.min(totalBytes / 2, AHEAD_BYTES) / 384) * 384;
  const piece = await fetch(url, { headers: { range: `bytes=${middle}-${middle + 767}` } });
  if (piece.status !== 206) throw new Error('what comes later cannot be had');
  mustBeMp3(Buffer.from(await piece.arrayBuffer()));
  return { url, status: begin.status, type, totalBytes, fromSec: Number(new URL(url).searchParams.get('from') ?? 0) };
}

/** Layer III frames, one after the other: 384 bytes each at 128 kbit/s and 48 kHz. */
function mustBeMp3(bytes: Buffer): void {
  for (let at = 0; at + 384 <= bytes.length; at += 384)
    if (bytes[at] !== 0xff || (bytes[at + 1]! & 0xe6) !== 0xe2) throw new Error(`no frame of MP3 at byte ${at}`);
}

export type Playing = 'playing' | 'paused' | 'stopped';

/** What a speaker knows of its own playing; it runs with the clock of the wall, `speed` times as fast. */
export function createPlayClock(speed = 1) {
  let status: Playing = 'stopped';
  let reached = 0;
  let sinceMs = 0;
  const atSec = () => reached + (status === 'playing' ? ((performance.now() - sinceMs) / 1000) * speed : 0);
  const turn = (next: Playing) => {
    reached = next === 'stopped' ? 0 : atSec();
    sinceMs = performance.now();
    status = next;
  };
  return { status: () => status, atSec, turn };
}
