/**
 * Samples to packets of one codec through FFmpeg (node-av), synchronously: made for worker threads. A stretch is encoded
 * with a run-in before the packets that are wanted, so that stretches encoded apart join as if encoded in one go.
 */
import {
  AV_CHANNEL_LAYOUT_STEREO,
  AV_LOG_WARNING,
  AV_SAMPLE_FMT_FLT,
  AV_SAMPLE_FMT_FLTP,
  type FFEncoderCodec,
} from 'node-av/constants';
import { Codec, CodecContext, Frame, Log, Packet, Rational } from 'node-av/lib';

export interface PacketCodec {
  /** FFmpeg's name of the encoder. */
  encoder: string;
  bitRate: number;
  /** Samples of each channel in one packet, at 48 kHz. */
  frameSamples: number;
  planar: boolean;
  /** Packets at the beginning that hold the encoder's own delay only. */
  ownDelay: number;
  options: Readonly<Record<string, string | number>>;
}

const TIME_BASE = new Rational(1, 48_000);

/**
 * Packets of `frames` frames, after `primeFrames` frames of run-in; `interleaved` is stereo at 48 kHz. Throws where the
 * encoder is missing or gives fewer packets than asked for.
 */
export function encodePackets(
  codec: PacketCodec,
  interleaved: Float32Array,
  primeFrames: number,
  frames: number,
  bitRate = codec.bitRate,
): Uint8Array[] {
  const found = Codec.findEncoderByName(codec.encoder as FFEncoderCodec);
  if (!found) throw new Error(`FFmpeg has no encoder ${codec.encoder}`);
  const format = codec.planar ? AV_SAMPLE_FMT_FLTP : AV_SAMPLE_FMT_FLT;
  const context = new CodecContext();
  context.allocContext3(found);
  context.sampleRate = 48_000;
  context.sampleFormat = format;
  context.channelLayout = AV_CHANNEL_LAYOUT_STEREO;
  context.bitRate = BigInt(bitRate);
  context.timeBase = TIME_BASE;
  for (const [name, value] of Object.entries(codec.options)) {
    const set = context.setOption(name, value);
    if (set < 0) throw new Error(`the encoder ${codec.encoder} does not know the option ${name}`);
  }
  const opened = context.open2Sync(found);
  if (opened < 0) throw new Error(`the encoder ${codec.encoder} does not open (${opened})`);
  // Encoders tell statistics at their end, which are no news for an operator.
  Log.setLevel(AV_LOG_WARNING);
  const packet = new Packet();
  packet.alloc();
  const out: Uint8Array[] = [];
  let packets = 0;
  const take = () => {
    while (context.receivePacketSync(packet) >= 0) {
      const place = packets - primeFrames - codec.ownDelay;
      if (place >= 0 && place < frames && packet.data) out.push(Uint8Array.from(packet.data));
      packets += 1;
      packet.unref();
    }
  };
  const { frameSamples } = codec;
  const total = Math.ceil(interleaved.length / 2 / frameSamples);
  // One frame for all: a new one for each costs as much as a twentieth of the encoding.
  const frame = new Frame();
  frame.alloc();
  frame.nbSamples = frameSamples;
  frame.format = format;
  frame.sampleRate = 48_000;
  frame.channelLayout = AV_CHANNEL_LAYOUT_STEREO;
  frame.timeBase = TIME_BASE;
  const allotted = frame.getBuffer();
  if (allotted < 0) throw new Error(`no room for a frame of sound (${allotted})`);
  for (let f = 0; f < total; f += 1) {
    // Where the encoder still holds the last one, this gives room of its own.
    frame.makeWritable();
    fill(frame.data!, interleaved, f * frameSamples, codec);
    frame.pts = BigInt(f * frameSamples);
    context.sendFrameSync(frame);
    take();
  }
  frame.free();
  context.sendFrameSync(null);
  take();
  packet.free();
  context.freeContext();
  if (out.length < frames) throw new Error(`the encoder ${codec.encoder} gave ${out.length} packets, not ${frames}`);
  return out;
}

/** One frame of samples in the order that the encoder wants; silence beyond the end. */
function fill(planes: Buffer[], interleaved: Float32Array, from: number, { frameSamples, planar }: PacketCodec): void {
  const views = planes.map((plane) => new Float32Array(plane.buffer, plane.byteOffset, plane.length >> 2));
  const here = Math.max(0, Math.min(frameSamples, (interleaved.length >> 1) - from));
  if (planar) {
    const [left, right] = [views[0]!, views[1]!];
    for (let i = 0; i < here; i += 1) {
      left[i] = interleaved[2 * (from + i)]!;
      right[i] = interleaved[2 * (from + i) + 1]!;
    }
    left.fill(0, here, frameSamples);
    right.fill(0, here, frameSamples);
  } else {
    views[0]!.set(interleaved.subarray(2 * from, 2 * (from + here)));
    views[0]!.fill(0, 2 * here, 2 * frameSamples);
  }
}
