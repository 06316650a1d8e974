/** The bytes of a listener's file: their fingerprint, that of the sound within them, and whether they can be had at all. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import type { Demuxer } from 'node-av/api';
import { ALLOWED_FORMATS } from '../audio/decode.js';

export async function contentHash(file: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  for await (const block of createReadStream(file, { signal })) hash.update(block as Buffer);
  return hash.digest('hex');
}

/**
 * Of the encoded sound alone, so that a file with other tags or another cover is known as the same recording. Null where
 * no sound can be found; whether it is music is decided by listening.
 */
export async function soundHash(file: string, signal?: AbortSignal): Promise<string | null> {
  let demuxer: Demuxer | undefined;
  try {
    // Loaded when music is imported, not whenever a shelf is opened.
    const [{ AV_LOG_FATAL, Log }, api] = await Promise.all([import('node-av'), import('node-av/api')]);
    // What FFmpeg thinks of a file is told in the report, not on the terminal.
    Log.setLevel(AV_LOG_FATAL);
    demuxer = await api.Demuxer.open(file, {
      options: { format_whitelist: ALLOWED_FORMATS, protocol_whitelist: 'file' },
    } as never);
    const stream = demuxer.audio();
    if (!stream) return null;
    const hash = createHash('sha256');
    for await (const packet of demuxer.packets(stream.index)) {
      signal?.throwIfAborted();
      if (packet?.data) hash.update(packet.data);
      packet?.free?.();
    }
    return hash.digest('hex');
  } catch {
    signal?.throwIfAborted();
    return null;
  } finally {
    await demuxer?.close();
  }
}

export async function isReadable(file: string): Promise<boolean> {
  return access(file, constants.R_OK).then(
    () => true,
    () => false,
  );
}
