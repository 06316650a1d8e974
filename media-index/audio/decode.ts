/** Any audio container to samples, through FFmpeg (node-av), synchronously: made for worker threads. */
import { existsSync } from 'node:fs';
import { Decoder, Demuxer, FilterAPI } from 'node-av/api';
import { EmohealError } from '../../engine/errors.js';

export interface DecodeWish {
  /** A file's path, or the bytes of a whole file. */
  input: string | Buffer;
  startSec?: number;
  /** 'music': interleaved stereo 48 kHz; 'speech': mono 16 kHz. */
  as: 'music' | 'speech';
}

/** Long frames at the end: what passes from FFmpeg to us costs by the frame. */
const SHAPE = {
  music: 'aresample=48000,aformat=sample_fmts=flt:channel_layouts=stereo,asetnsamples=n=12000:p=0',
  speech: 'aresample=16000,aformat=sample_fmts=flt:channel_layouts=mono,asetnsamples=n=4000:p=0',
};
/**
 * Only containers that hold their own sound. Playlist formats (concat, HLS) name further files: what is sent to us must
 * never make us open a file of this machine or an address.
 */
export const ALLOWED_FORMATS =
  'wav,w64,aiff,caf,mp3,flac,ogg,matroska,webm,mov,mp4,m4a,3gp,3g2,mj2,aac,ape,wv,tta,asf,amr,ac3,eac3';

const SAMPLES_A_SECOND = { music: 96_000, speech: 16_000 };

/** Blocks of float samples as the decoder gives them. Throws `track-unreadable` or, for bytes, `bad-input`. */
export function* decode({ input, startSec = 0, as }: DecodeWish): Generator<Float32Array> {
  const name = typeof input === 'string' ? input : 'the recording';
  const unreadable = (why: string, cause?: unknown) =>
    new EmohealError(typeof input === 'string' ? 'track-unreadable' : 'bad-input', `${name} ${why}.`, {
      remedy: typeof input === 'string' ? 'Check that the file plays elsewhere.' : 'Send a WAV, WebM or Ogg recording.',
      cause,
    });
  if (typeof input === 'string' && !existsSync(input)) throw unreadable('is not there');
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
  let decoder: Decoder | undefined;
  let filter: FilterAPI | undefined;
  try {
    const stream = demuxer.audio();
    if (!stream) throw unreadable('holds no sound');
    decoder = Decoder.createSync(stream);
    filter = FilterAPI.create(SHAPE[as]);
    // Skipping by samples, not by seeking: exact in every container, and decoding is hundreds of times real time.
    let skip = Math.round(startSec * SAMPLES_A_SECOND[as]);
    if (as === 'music') skip -= skip % 2;
    let any = false;
    for (const frame of filter.framesSync(decoder.framesSync(demuxer.packetsSync(stream.index)))) {
      if (!frame) continue;
      const bytes = frame.data?.[0];
      const count = frame.nbSamples * (as === 'music' ? 2 : 1);
      if (bytes && count > 0) {
        any = true;
        const copied = new Float32Array(count);
        Buffer.from(copied.buffer).set(bytes.subarray(0, count * 4));
        if (skip >= count) skip -= count;
        else {
          yield skip > 0 ? copied.slice(skip) : copied;
          skip = 0;
        }
      }
      frame.free?.();
    }
    if (!any) throw unreadable('holds no sound');
  } catch (cause) {
    if (cause instanceof EmohealError) throw cause;
    throw unreadable('is damaged', cause);
  } finally {
    filter?.close();
    decoder?.close();
    demuxer.closeSync();
  }
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
