/**
 * Decoded frames of any rate, format and layout to blocks of one shape, through FFmpeg's resampler (node-av). What is
 * resampled is written straight into the block that is handed over.
 */
import { AV_CHANNEL_LAYOUT_MONO, AV_CHANNEL_LAYOUT_STEREO, AV_SAMPLE_FMT_FLT } from 'node-av/constants';
import { type ChannelLayout, type Frame, SoftwareResampleContext } from 'node-av/lib';

export interface Shape {
  rate: number;
  layout: ChannelLayout;
  channels: number;
  /** Least frames in each block but the first and the last. */
  blockFrames: number;
}

/** Room behind a block for the frame that fills it. */
const SLACK = 4096;

export interface Shaper {
  /** Takes one decoded frame; gives the blocks that are full. Throws where the resampler refuses. */
  shape(frame: Frame): Generator<Float32Array>;
  /** What is left: the resampler's own rest and the last, shorter block. */
  end(): Generator<Float32Array>;
  /** True once anything was decoded, also if it lay before the beginning. */
  heard(): boolean;
  close(): void;
}

/** `skipFrames` frames of the wanted shape are left out at the beginning. */
export function createShaper({ rate, layout, channels, blockFrames }: Shape, skipFrames: number): Shaper {
  let resampler: SoftwareResampleContext | null = null;
  let from = '';
  let block = new Float32Array((blockFrames + SLACK) * channels);
  let filled = 0;
  let skip = skipFrames;
  let any = false;

  /** Streams may change their rate or layout on the way (chained Ogg, joined MP3). */
  function prepare(frame: Frame): SoftwareResampleContext {
    const { sampleRate, format, channelLayout } = frame;
    const kind = `${sampleRate} ${format} ${channelLayout.nbChannels} ${channelLayout.mask}`;
    if (resampler && kind === from) return resampler;
    resampler?.free();
    const fresh = new SoftwareResampleContext();
    // Plain WAV files do not say which channels they hold.
    const plain = { 1: AV_CHANNEL_LAYOUT_MONO, 2: AV_CHANNEL_LAYOUT_STEREO }[channelLayout.nbChannels];
    const known = channelLayout.order === 0 && plain ? plain : channelLayout;
    if (
      fresh.allocSetOpts2(layout, AV_SAMPLE_FMT_FLT, rate, known, format as never, sampleRate) < 0 ||
      fresh.init() < 0
    ) {
      fresh.free();
      throw new Error('a sound of a kind that cannot be resampled');
    }
    resampler = fresh;
    from = kind;
    return fresh;
  }

  /** Converts to the end of the block, which grows where a frame is long: nothing has to wait in the resampler. */
  function* convert(to: SoftwareResampleContext, data: Buffer[] | null, count: number): Generator<Float32Array> {
    const most = to.getOutSamples(count);
    if (most <= 0) return;
    if ((filled + most) * channels > block.length) {
      const longer = new Float32Array((filled + most) * channels);
      longer.set(block.subarray(0, filled * channels));
      block = longer;
    }
    const got = to.convertSync([Buffer.from(block.buffer, filled * channels * 4)], most, data, count);
    if (got < 0) throw new Error(`a sound that cannot be resampled (${got})`);
    any ||= got > 0;
    filled += got;
    if (filled >= blockFrames) yield* take();
  }

  function* take(): Generator<Float32Array> {
    const left = Math.min(skip, filled);
    skip -= left;
    if (left < filled) yield block.subarray(left * channels, filled * channels);
    block = new Float32Array((blockFrames + SLACK) * channels);
    filled = 0;
  }

  return {
    *shape(frame) {
      if (frame.nbSamples > 0) yield* convert(prepare(frame), frame.extendedData ?? frame.data, frame.nbSamples);
    },
    *end() {
      if (resampler) yield* convert(resampler, null, 0);
      if (filled > 0) yield* take();
    },
    heard: () => any,
    close() {
      resampler?.free();
      resampler = null;
    },
  };
}
