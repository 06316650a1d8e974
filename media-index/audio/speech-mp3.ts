/**
 * Speech to a small MP3: mono, 32 kbit/s at 24 kHz, which every browser plays and where nothing of a voice is missed.
 * The packets are a whole file as they are, and files one after the other are one longer file. Synchronous: some
 * milliseconds for a sentence.
 */
import { AV_CHANNEL_LAYOUT_MONO, AV_LOG_WARNING, AV_SAMPLE_FMT_FLTP, type FFEncoderCodec } from 'node-av/constants';
import { Codec, CodecContext, Frame, Log, Packet, Rational } from 'node-av/lib';

const RATE_HZ = 24_000;
const BIT_RATE = 32_000n;
/** Samples of one packet of MPEG-2 layer III. */
const PACKET_SAMPLES = 576;

/** `pcm` is mono at 24 kHz. Throws where FFmpeg has no MP3 encoder. */
export function speechMp3(pcm: Float32Array): Uint8Array {
  const encoder = Codec.findEncoderByName('libmp3lame' as FFEncoderCodec);
  if (!encoder) throw new Error('FFmpeg has no encoder libmp3lame');
  Log.setLevel(AV_LOG_WARNING);
  const context = new CodecContext();
  context.allocContext3(encoder);
  context.sampleRate = RATE_HZ;
  context.sampleFormat = AV_SAMPLE_FMT_FLTP;
  context.channelLayout = AV_CHANNEL_LAYOUT_MONO;
  context.bitRate = BIT_RATE;
  context.timeBase = new Rational(1, RATE_HZ);
  // Without a reservoir each packet stands alone, so that files can be joined.
  context.setOption('reservoir', 0);
  const opened = context.open2Sync(encoder);
  if (opened < 0) throw new Error(`the MP3 encoder does not open (${opened})`);
  const packet = new Packet();
  packet.alloc();
  const frame = new Frame();
  frame.alloc();
  frame.nbSamples = PACKET_SAMPLES;
  frame.format = AV_SAMPLE_FMT_FLTP;
  frame.sampleRate = RATE_HZ;
  frame.channelLayout = AV_CHANNEL_LAYOUT_MONO;
  frame.timeBase = new Rational(1, RATE_HZ);
  if (frame.getBuffer() < 0) throw new Error('no room for a frame of sound');
  const packets: Uint8Array[] = [];
  const take = () => {
    while (context.receivePacketSync(packet) >= 0) {
      if (packet.data) packets.push(Uint8Array.from(packet.data));
      packet.unref();
    }
  };
  for (let at = 0; at < pcm.length; at += PACKET_SAMPLES) {
    frame.makeWritable();
    const plane = frame.data![0]!;
    const room = new Float32Array(plane.buffer, plane.byteOffset, PACKET_SAMPLES);
    const part = pcm.subarray(at, at + PACKET_SAMPLES);
    room.set(part);
    room.fill(0, part.length);
    frame.pts = BigInt(at);
    context.sendFrameSync(frame);
    take();
  }
  context.sendFrameSync(null);
  take();
  frame.free();
  packet.free();
  context.freeContext();
  return new Uint8Array(Buffer.concat(packets));
}
