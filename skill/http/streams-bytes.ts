/** Bytes of a known length over HTTP: whole or one range, HEAD, and the validators of RFC 9110. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import { sendProblem } from './problems.js';

export interface Bytes {
  type: string;
  /** Strong: equal only where every byte is. */
  etag: string;
  length: number;
  /** Bytes [from, to) of these, as they become available. */
  read(from: number, to: number, signal: AbortSignal): AsyncIterable<Uint8Array>;
}

/** Answers GET and HEAD. What a slow reader has not taken yet is not read either; one that vanishes is let go at once. */
export async function sendBytes(
  request: Request,
  response: Response,
  { type, etag, length, read }: Bytes,
): Promise<void> {
  response.set({
    'content-type': type,
    'accept-ranges': 'bytes',
    etag,
    'cache-control': 'private, max-age=3600',
    'content-disposition': 'inline',
  });
  if (namesTag(request.get('if-none-match'), etag)) {
    response.status(304).end();
    return;
  }
  const ifRange = request.get('if-range');
  const asked = ifRange && ifRange !== etag ? undefined : request.get('range');
  const range = asked === undefined ? null : parseRange(asked, length);
  if (range === 'unsatisfiable') {
    response.removeHeader('content-type');
    response.removeHeader('etag');
    response.set({ 'content-range': `bytes */${length}`, 'cache-control': 'no-store' });
    sendProblem(response, 416, 'Range not satisfiable', `This stream has ${length} bytes.`);
    return;
  }
  const [from, to] = range ?? [0, length];
  if (range) response.status(206).set('content-range', `bytes ${from}-${to - 1}/${length}`);
  response.set('content-length', String(to - from));
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const bytes = read(from, to, gone.signal)[Symbol.asyncIterator]();
  // The first bytes are waited for before the status goes out: what fails so far can still be said in words.
  const first = await bytes.next().catch((error: unknown) => {
    if (gone.signal.aborted) return null;
    for (const name of ['content-length', 'content-range', 'etag', 'accept-ranges', 'content-type'])
      response.removeHeader(name);
    response.set('cache-control', 'no-store').status(200);
    throw error;
  });
  if (!first) return;
  async function* all(): AsyncGenerator<Uint8Array> {
    try {
      if (!first!.done) yield first!.value;
      for (;;) {
        const next = await bytes.next();
        if (next.done) return;
        yield next.value;
      }
    } finally {
      await bytes.return?.();
    }
  }
  // Once the status has gone out, breaking the connection is the only way to say that the rest is missing.
  await pipeline(Readable.from(all(), { objectMode: true, highWaterMark: 1 }), response).catch(() =>
    response.destroy(),
  );
}

/** True where an If-None-Match header names this tag, by weak comparison. */
function namesTag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header.split(',').some((each) => each.trim() === '*' || each.trim().replace(/^W\//, '') === etag);
}

/** One range of RFC 9110: [from, to) or "unsatisfiable"; null where it is malformed or several (then all is sent). */
export function parseRange(header: string, length: number): [number, number] | 'unsatisfiable' | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header.trim());
  if (!match || (match[1] === '' && match[2] === '')) return null;
  if (match[1] === '') {
    const suffix = Number(match[2]);
    return suffix === 0 || length === 0 ? 'unsatisfiable' : [Math.max(0, length - suffix), length];
  }
  const from = Number(match[1]);
  const last = match[2] === '' ? length - 1 : Number(match[2]);
  if (match[2] !== '' && last < from) return null;
  return from >= length ? 'unsatisfiable' : [from, Math.min(length, last + 1)];
}
