/**
 * MP3 in frames of exactly 384 bytes and 24 ms: 48 kHz stereo, 128 kbit/s, no bit reservoir, no tag frame
 * (docs/decisions/2026-11-23-streams-as-constant-frames.md). Synchronous: made for worker threads.
 */
import { AV_CHANNEL_LAYOUT_STEREO, AV_SAMPLE_FMT_FLTP, type FFEncoderCodec } from 'node-av/constants';
import { Codec, CodecContext, Frame, Packet, Rational } from 'node-av/lib';

export const FRAME_SAMPLES = 1152;
export const FRAME_BYTES = 384;
export const FRAME_SEC = 0.024;

/** LAME's quality 7: twice as fast as its default, and not to be told apart at this rate for quiet music. */
const QUALITY = 7;
const TIME_BASE = new Rational(1, 48_000);

/**
 * Encodes a stretch of interleaved samples that begins `primeFrames` frames before the frames that are wanted and ends
 * one frame after them, so that stretches encoded apart join as if encoded in one go. Returns `frames` whole frames.
 */
export function encodeStretch(interleaved: Float32Array, primeFrames: number, frames: number): Uint8Array {
  const codec = Codec.findEncoderByName('libmp3lame' as FFEncoderCodec);
  if (!codec) throw new Error('FFmpeg has no MP3 encoder');
  const context = new CodecContext();
  context.allocContext3(codec);
  context.sampleRate = 48_000;
  context.sampleFormat = AV_SAMPLE_FMT_FLTP;
  context.channelLayout = AV_CHANNEL_LAYOUT_STEREO;
  context.bitRate = 128_000n;
  context.timeBase = TIME_BASE;
  context.setOption('reservoir', 0);
  context.setOption('compression_level', QUALITY);
  const opened = context.open2Sync(codec);
  if (opened < 0) throw new Error(`the MP3 encoder does not open (${opened})`);
  const packet = new Packet();
  packet.alloc();
  const out = new Uint8Array(frames * FRAME_BYTES);
  let packets = 0;
  const take = () => {
    while (context.receivePacketSync(packet) >= 0) {
      // The encoder's first packet is its own delay: without it, sound lies within 1 ms of where it was.
      const place = packets - primeFrames - 1;
      if (place >= 0 && place < frames && packet.data)
        out.set(packet.data.subarray(0, FRAME_BYTES), place * FRAME_BYTES);
      packets += 1;
      packet.unref();
    }
  };
  const total = Math.ceil(interleaved.length / 2 / FRAME_SAMPLES);
  const planar = new Float32Array(FRAME_SAMPLES * 2);
  const bytes = Buffer.from(planar.buffer);
  for (let f = 0; f < total; f += 1) {
    for (let i = 0; i < FRAME_SAMPLES; i += 1) {
      const at = 2 * (f * FRAME_SAMPLES + i);
      planar[i] = interleaved[at] ?? 0;
      planar[FRAME_SAMPLES + i] = interleaved[at + 1] ?? 0;
    }
    const frame = Frame.fromAudioBuffer(bytes, {
      nbSamples: FRAME_SAMPLES,
      format: AV_SAMPLE_FMT_FLTP,
      sampleRate: 48_000,
      channelLayout: AV_CHANNEL_LAYOUT_STEREO,
      timeBase: TIME_BASE,
    });
    frame.pts = BigInt(f * FRAME_SAMPLES);
    context.sendFrameSync(frame);
    frame.free();
    take();
  }
  context.sendFrameSync(null);
  take();
  packet.free();
  context.freeContext();
  if (packets < primeFrames + frames)
    throw new Error(`the MP3 encoder gave ${packets} frames, not ${primeFrames + frames + 1}`);
  return out;
}
