/**
 * Somebody who listens over HTTP as a speaker does, and what reached them. They take every byte as soon as it is there, so
 * that whatever breaks breaks in the midst of the making; beside it goes a player, which plays what came at its own pace.
 */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { segmentsIn } from '../hls-segments.js';
import { durationSec, silences } from '../sound-judge.js';

/** 128 kbit/s. */
export const MP3_BYTES_A_SEC = 16_000;
/** Speakers ask again after a broken or a refused answer, and give up in the end. */
const ASK_AGAIN_MS = 200;
const MOST_ASKED = 50;
/** What a speaker that reads one file has in hand before it plays, and a player of HLS (three segments). */
const BUFFER_SEC = { file: 10, hls: 18 };
/** What the server makes ahead of a player, beside that. */
const MADE_AHEAD_SEC = 60;
/** Below this nobody hears anything. */
const SILENT_DB = -60;
const HOLE_SEC = 0.4;

export interface Heard {
  /** What came, as one file of sound. */
  sound: Buffer;
  /** How long the player stood still for want of sound, once it had begun. */
  stillSec: number;
  askedAgain: number;
}

export interface ListenOptions {
  /** Told after every piece that came, with the share of the whole; waited for. */
  at?: (share: number) => Promise<void> | void;
}

/** Begins to play with a full buffer, and has never more in hand than a real one, which the server makes ahead for. */
function createPlayer(bufferSec: number) {
  let handSec = 0;
  let stillSec = 0;
  let atMs: number | null = null;
  return {
    came(sec: number) {
      const nowMs = performance.now();
      if (atMs !== null) {
        const passedSec = (nowMs - atMs) / 1000;
        const playsSec = Math.min(passedSec, handSec);
        handSec -= playsSec;
        stillSec += passedSec - playsSec;
      }
      handSec = Math.min(handSec + sec, bufferSec + MADE_AHEAD_SEC);
      if (atMs !== null || handSec >= bufferSec) atMs = nowMs;
    },
    /** What the listener itself did meanwhile is no waiting. */
    skip() {
      if (atMs !== null) atMs = performance.now();
    },
    stillSec: () => stillSec,
  };
}

/** The whole stream at `url`. A connection that breaks is taken up again at the byte where it broke. */
export async function listenToFile(url: string, { at }: ListenOptions = {}): Promise<Heard> {
  const player = createPlayer(BUFFER_SEC.file);
  const chunks: Uint8Array[] = [];
  let have = 0;
  let whole = Number.POSITIVE_INFINITY;
  let etag: string | null = null;
  let askedAgain = 0;
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
        player.came(piece.length / MP3_BYTES_A_SEC);
        chunks.push(piece);
        have += piece.length;
        await at?.(have / whole);
        player.skip();
      }
      if (have < whole) throw new Error('the connection ended early');
    } catch (error) {
      askedAgain += 1;
      if (askedAgain > MOST_ASKED) throw error;
      await pause(ASK_AGAIN_MS);
    }
  }
  return { sound: Buffer.concat(chunks), stillSec: player.stillSec(), askedAgain };
}

/** The whole session by HLS, segment by segment. */
export async function listenToHls(master: string, { at }: ListenOptions = {}): Promise<Heard> {
  const player = createPlayer(BUFFER_SEC.hls);
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
  const text = String(await get(list));
  const init = /^#EXT-X-MAP.*URI="([^"]+)"/m.exec(text)![1]!;
  const parts = [await get(new URL(init, list).href)];
  const segments = segmentsIn(text, list);
  for (const [i, segment] of segments.entries()) {
    parts.push(await get(segment.url));
    player.came(segment.sec);
    await at?.((i + 1) / segments.length);
    player.skip();
  }
  return { sound: Buffer.concat(parts), stillSec: player.stillSec(), askedAgain };
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
