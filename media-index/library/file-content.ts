/** The bytes of a listener's file: their fingerprint, that of the sound within them, and whether they can be had at all. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import type { Demuxer } from 'node-av/api';
import { ALLOWED_FORMATS } from '../audio/allowed-formats.js';

export async function contentHash(file: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  for await (const block of createReadStream(file, { signal })) hash.update(block as Buffer);
  return hash.digest('hex');
}

export interface EncodedSound {
  /** Of the encoded sound alone: a file with other tags or another cover is known as the same recording. */
  sha256: string;
}

/** Marks of a purchased file that only its shop's player may decode: FairPlay, MPEG Common Encryption, Audible. */
const PROTECTED_TAGS = new Set(['drms', 'enca', 'aavd']);

/**
 * The sound in a file before it is decoded, or why it is none for us: known within moments, however long the file is.
 * Null where no sound can be found; whether it is music is decided by listening.
 */
export async function encodedSound(
  file: string,
  longestSec: number,
  signal?: AbortSignal,
): Promise<EncodedSound | { reason: string } | null> {
  let demuxer: Demuxer | undefined;
  try {
    // Loaded when music is imported, not whenever a shelf is opened.
    const [{ AV_LOG_FATAL, AV_PKT_DATA_ENCRYPTION_INFO, Log }, api] = await Promise.all([
      import('node-av'),
      import('node-av/api'),
    ]);
    // What FFmpeg thinks of a file is told in the report, not on the terminal.
    Log.setLevel(AV_LOG_FATAL);
    demuxer = await api.Demuxer.open(file, {
      options: { format_whitelist: ALLOWED_FORMATS, protocol_whitelist: 'file' },
    } as never);
    const stream = demuxer.audio();
    if (!stream) return null;
    const locked = { reason: 'it is copy-protected; only the player of the shop it comes from can open it' };
    if (PROTECTED_TAGS.has(stream.codecpar.codecTagString ?? '')) return locked;
    if (demuxer.duration > longestSec) return { reason: tooLong(longestSec) };
    const hash = createHash('sha256');
    for await (const packet of demuxer.packets(stream.index)) {
      signal?.throwIfAborted();
      if (packet?.getSideData(AV_PKT_DATA_ENCRYPTION_INFO)) return locked;
      if (packet?.data) hash.update(packet.data);
      packet?.free?.();
    }
    return { sha256: hash.digest('hex') };
  } catch {
    signal?.throwIfAborted();
    return null;
  } finally {
    await demuxer?.close();
  }
}

export const tooLong = (longestSec: number): string => `longer than ${longestSec / 3600} hours`;

export async function isReadable(file: string): Promise<boolean> {
  return access(file, constants.R_OK).then(
    () => true,
    () => false,
  );
}
