/** Any audio container to samples, through FFmpeg (node-av), synchronously: made for worker threads. */
import { existsSync } from 'node:fs';
import { Demuxer } from 'node-av/api';
import {
  AV_CHANNEL_LAYOUT_MONO,
  AV_CHANNEL_LAYOUT_STEREO,
  AV_FRAME_FLAG_CORRUPT,
  AV_LOG_ERROR,
  AVERROR_EAGAIN,
  AVERROR_EOF,
} from 'node-av/constants';
import { Codec, CodecContext, Frame, Log, Packet } from 'node-av/lib';
import { EmohealError } from '../../engine/errors.js';
import { ALLOWED_FORMATS } from './allowed-formats.js';
import { createShaper, type Shaper } from './shaper.js';

export interface DecodeWish {
  /** A file's path, or the bytes of a whole file. */
  input: string | Buffer;
  startSec?: number;
  /** 'music': interleaved stereo 48 kHz; 'speech': mono 16 kHz. */
  as: 'music' | 'speech';
}

/** Blocks of half a second: what passes from a thread to another costs by the block. */
const SHAPE = {
  music: { rate: 48_000, layout: AV_CHANNEL_LAYOUT_STEREO, channels: 2, blockFrames: 24_000 },
  speech: { rate: 16_000, layout: AV_CHANNEL_LAYOUT_MONO, channels: 1, blockFrames: 8_000 },
} as const;
/** Blocks of float samples as the decoder gives them. Throws `track-unreadable` or, for bytes, `bad-input`. */
export function* decode({ input, startSec = 0, as }: DecodeWish): Generator<Float32Array> {
  const name = typeof input === 'string' ? input : 'the recording';
  const unreadable = (why: string, cause?: unknown) =>
    new EmohealError(typeof input === 'string' ? 'track-unreadable' : 'bad-input', `${name} ${why}.`, {
      remedy: typeof input === 'string' ? 'Check that the file plays elsewhere.' : 'Send a WAV, WebM or Ogg recording.',
      cause,
    });
  if (typeof input === 'string' && !existsSync(input)) throw unreadable('is not there');
  // "Estimating duration from bitrate" and the like are no news for whoever waits for music.
  Log.setLevel(AV_LOG_ERROR);
  let demuxer: Demuxer;
  try {
    demuxer = Demuxer.openSync(input, {
      options: {
        format_whitelist: ALLOWED_FORMATS,
        ...(typeof input === 'string' ? { protocol_whitelist: 'file' } : {}),
      },
    } as never);
  } catch (cause) {
    throw unreadable('is no sound that can be read', cause);
  }
  // FFmpeg's own functions, with one packet and one frame for all: the wrappers above them cost more than the decoding.
  const packet = new Packet();
  const frame = new Frame();
  let context: CodecContext | undefined;
  let shaper: Shaper | undefined;
  try {
    const stream = demuxer.audio();
    if (!stream) throw unreadable('holds no sound');
    const codec = Codec.findDecoder(stream.codecpar.codecId);
    if (!codec) throw unreadable('is in a format that cannot be read');
    context = new CodecContext();
    context.allocContext3(codec);
    need(context.parametersToContext(stream.codecpar));
    context.pktTimebase = stream.timeBase;
    context.threadCount = 1;
    need(context.open2Sync(codec));
    packet.alloc();
    frame.alloc();
    const shape = SHAPE[as];
    // Skipping by samples, not by seeking: exact in every container, and decoding is hundreds of times real time.
    shaper = createShaper(shape, Math.round(startSec * shape.rate));
    const container = demuxer.getFormatContext();
    for (let more = true; more; ) {
      more = container.readFrameSync(packet) >= 0;
      if (more && (packet.streamIndex !== stream.index || packet.size === 0)) {
        packet.unref();
        continue;
      }
      const sent = context.sendPacketSync(more ? packet : null);
      if (more) packet.unref();
      if (sent !== AVERROR_EOF) need(sent);
      for (;;) {
        const got = context.receiveFrameSync(frame);
        if (got === AVERROR_EAGAIN || got === AVERROR_EOF) break;
        need(got);
        if (frame.decodeErrorFlags || frame.hasFlags(AV_FRAME_FLAG_CORRUPT)) throw new Error('a damaged frame');
        yield* shaper.shape(frame);
        frame.unref();
      }
    }
    yield* shaper.end();
    if (!shaper.heard()) throw unreadable('holds no sound');
  } catch (cause) {
    if (cause instanceof EmohealError) throw cause;
    throw unreadable('is damaged', cause);
  } finally {
    shaper?.close();
    frame.free();
    packet.free();
    context?.freeContext();
    demuxer.closeSync();
  }
}

/** What FFmpeg answers with a number below nothing is a fault. */
function need(result: number): void {
  if (result < 0) throw new Error(`FFmpeg's fault ${result}`);
}

/** Length of a file as its container tells it, seconds; null where it does not. */
export function containerDurationSec(file: string): number | null {
  const demuxer = Demuxer.openSync(file, {
    options: { format_whitelist: ALLOWED_FORMATS, protocol_whitelist: 'file' },
  } as never);
  try {
    return Number.isFinite(demuxer.duration) && demuxer.duration > 0 ? demuxer.duration : null;
  } finally {
    demuxer.closeSync();
  }
}
