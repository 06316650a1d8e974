/**
 * Somebody who listens over HTTP as a speaker does, and what reached them. They take every byte as soon as it is there: so
 * nothing that was made ahead hides a fault, and the longest wait between two bytes is how long a buffer must last.
 */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { durationSec, silences } from '../sound-judge.js';

/** 128 kbit/s. */
export const MP3_BYTES_A_SEC = 16_000;
/** Speakers ask again after a broken or a refused answer, and give up in the end. */
const ASK_AGAIN_MS = 200;
const MOST_ASKED = 50;
/** Below this nobody hears anything. */
const SILENT_DB = -60;
const HOLE_SEC = 0.4;

export interface Heard {
  /** What came, as one file of sound. */
  sound: Buffer;
  /** The longest time without a byte, after the first one. */
  longestWaitSec: number;
  askedAgain: number;
}

export interface ListenOptions {
  /** Told after every piece that came, with the share of the whole; waited for. */
  at?: (share: number) => Promise<void> | void;
  /** Bytes a second that this listener takes; as fast as they come where not given. */
  bytesASec?: number;
}

/** The longest wait so far; `came` is called for every piece. */
function stopwatch() {
  let lastMs: number | null = null;
  let longestMs = 0;
  return {
    came() {
      const nowMs = performance.now();
      if (lastMs !== null) longestMs = Math.max(longestMs, nowMs - lastMs);
      lastMs = nowMs;
    },
    /** What the listener itself did meanwhile is no waiting. */
    skip() {
      if (lastMs !== null) lastMs = performance.now();
    },
    longestSec: () => longestMs / 1000,
  };
}

/** The whole stream at `url`. A connection that breaks is taken up again at the byte where it broke. */
export async function listenToFile(url: string, { at, bytesASec }: ListenOptions = {}): Promise<Heard> {
  const wait = stopwatch();
  const chunks: Uint8Array[] = [];
  let have = 0;
  let whole = Number.POSITIVE_INFINITY;
  let etag: string | null = null;
  let askedAgain = 0;
  const startMs = performance.now();
  while (have < whole) {
    try {
      const headers: Record<string, string> =
        have > 0 ? { range: `bytes=${have}-`, ...(etag ? { 'if-range': etag } : {}) } : {};
      const answer: Response = await fetch(url, { headers });
      if (!answer.ok) throw new Error(`${answer.status}`);
      if (have > 0 && answer.status !== 206) throw new Error('the stream is another one now');
      etag ??= answer.headers.get('etag');
      if (have === 0) whole = Number(answer.headers.get('content-length'));
      for await (const piece of answer.body!) {
        wait.came();
        chunks.push(piece);
        have += piece.length;
        await at?.(have / whole);
        if (bytesASec) await pause(Math.max(0, (have / bytesASec) * 1000 - (performance.now() - startMs)));
        wait.skip();
      }
      if (have < whole) throw new Error('the connection ended early');
    } catch (error) {
      askedAgain += 1;
      if (askedAgain > MOST_ASKED) throw error;
      await pause(ASK_AGAIN_MS);
    }
  }
  return { sound: Buffer.concat(chunks), longestWaitSec: wait.longestSec(), askedAgain };
}

/** The whole session by HLS, segment by segment. */
export async function listenToHls(master: string, { at }: ListenOptions = {}): Promise<Heard> {
  const wait = stopwatch();
  let askedAgain = 0;
  async function get(address: string): Promise<Buffer> {
    for (;;) {
      try {
        const answer = await fetch(address, { signal: AbortSignal.timeout(30_000) });
        if (!answer.ok) throw new Error(`${answer.status} of ${new URL(address).pathname}`);
        return Buffer.from(await answer.arrayBuffer());
      } catch (error) {
        askedAgain += 1;
        if (askedAgain > MOST_ASKED) throw error;
        await pause(ASK_AGAIN_MS);
      }
    }
  }
  const named = /^aac\.m3u8.*$/m.exec(String(await get(master)))![0];
  const list = new URL(named, master).href;
  const lines = String(await get(list)).split('\n');
  const init = /URI="([^"]+)"/.exec(lines.find((line) => line.startsWith('#EXT-X-MAP'))!)![1]!;
  const parts = [await get(new URL(init, list).href)];
  const segments = lines.filter((line) => /^\d+\.m4s/.test(line));
  for (const [i, segment] of segments.entries()) {
    parts.push(await get(new URL(segment, list).href));
    wait.came();
    await at?.((i + 1) / segments.length);
    wait.skip();
  }
  return { sound: Buffer.concat(parts), longestWaitSec: wait.longestSec(), askedAgain };
}

/** Holes in what was heard, but for the breath at its beginning and the fade at its end; and its length. By FFmpeg's ear. */
export async function holesIn(
  sound: Buffer,
  folder: string,
  endFadeSec: number,
): Promise<{ holes: { startSec: number; endSec: number }[]; lengthSec: number }> {
  const file = path.join(
    folder,
    `heard-${performance.now()}.${sound.toString('latin1', 4, 8) === 'ftyp' ? 'mp4' : 'mp3'}`,
  );
  await writeFile(file, sound);
  const lengthSec = await durationSec(file);
  const found = await silences(file, SILENT_DB, HOLE_SEC);
  return { holes: found.filter(({ startSec, endSec }) => endSec > 1 && startSec < lengthSec - endFadeSec), lengthSec };
}
