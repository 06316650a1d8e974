/** Port of a music server in the house: what it holds, and the files themselves. */
import { createWriteStream } from 'node:fs';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { EmohealError } from '../../../engine/errors.js';

export interface RemoteTrack {
  /** The server's own id. */
  id: string;
  title: string;
  maker: string;
  genre: string;
  durationSec: number;
  /** Ending of its file with the dot: ".flac". */
  ending: string;
}

export interface RemoteServer {
  /** All music, page by page. Rejects with `forbidden` for a wrong password or key, `busy` (retryable) where nobody answers. */
  list(signal?: AbortSignal): AsyncIterable<RemoteTrack>;
  /** The file as the server keeps it. Rejects as `list`; `too-large` beyond a gigabyte. */
  download(id: string, file: string, signal?: AbortSignal): Promise<void>;
}

const ANSWER_LIMIT_MS = 30_000;
const MOST_ANSWER_BYTES = 32 * 1024 * 1024;
const MOST_FILE_BYTES = 1024 ** 3;
const MOST_REDIRECTIONS = 3;

/** `shown` names the server in messages; addresses may hold secrets and are never shown. */
export async function askServer(
  shown: string,
  url: URL,
  headers: Record<string, string>,
  signal?: AbortSignal,
): Promise<Response> {
  const limit = AbortSignal.timeout(ANSWER_LIMIT_MS);
  let response: Response;
  try {
    response = await followed(url, { headers, signal: signal ? AbortSignal.any([signal, limit]) : limit });
  } catch (cause) {
    signal?.throwIfAborted();
    throw new EmohealError('busy', `The music server ${shown} does not answer.`, {
      retryable: true,
      remedy: 'Check that it runs and that the address is right, then run "library sync" again; what is done is kept.',
      cause,
    });
  }
  if (response.status === 401 || response.status === 403) throw refused(shown);
  if (!response.ok) {
    throw new EmohealError('busy', `The music server ${shown} answers with ${response.status}.`, { retryable: true });
  }
  return response;
}

export const refused = (shown: string): EmohealError =>
  new EmohealError('forbidden', `The music server ${shown} does not let us in.`, {
    remedy: 'Check user and password, or the key, and run "library connect" again.',
  });

export async function jsonOf(shown: string, response: Response): Promise<unknown> {
  try {
    return JSON.parse(await boundedText(response));
  } catch (cause) {
    throw new EmohealError('busy', `The music server ${shown} answers with something else than JSON.`, { cause });
  }
}

/** A body that does not end is left when it is larger than any answer. */
async function boundedText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > MOST_ANSWER_BYTES) throw new Error('too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/**
 * Follows a redirection only to the same machine (http to https, another path): the password goes along, and a server
 * that somebody took over must not send us to other machines of the house.
 */
async function followed(url: URL, init: RequestInit): Promise<Response> {
  let at = url;
  for (let turn = 0; turn <= MOST_REDIRECTIONS; turn += 1) {
    const response = await fetch(at, { ...init, redirect: 'manual' });
    const location = response.status >= 300 && response.status < 400 ? response.headers.get('location') : null;
    if (location === null) return response;
    await response.body?.cancel();
    const next = new URL(location, at);
    const weaker = at.protocol === 'https:' && next.protocol !== 'https:';
    if (next.hostname !== at.hostname || !/^https?:$/.test(next.protocol) || weaker) break;
    at = next;
  }
  throw new Error('sent elsewhere');
}

/** Writes a body to a file, with a bound. */
export async function saveBody(response: Response, file: string, signal?: AbortSignal): Promise<void> {
  if (!response.body) throw new EmohealError('busy', 'The music server sent nothing.', { retryable: true });
  let bytes = 0;
  const bounded = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      done(
        bytes > MOST_FILE_BYTES ? new EmohealError('too-large', 'The file is larger than a gigabyte.') : null,
        chunk,
      );
    },
  });
  await pipeline(Readable.fromWeb(response.body as never), bounded, createWriteStream(file), { signal });
}
