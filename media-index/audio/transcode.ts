/** A finished WAV to another format, synchronously: made for worker threads. AAC by FFmpeg's own encoder. */
import { Decoder, Demuxer, Encoder, FilterAPI, Muxer } from 'node-av/api';

export type FileFormat = 'm4a' | 'flac' | 'mp3';

// The encoders' own options stay as they are: handed through this wrapper they free memory twice (node-av 6.1.1).
const FORMATS = {
  m4a: { codec: 'aac', bitrate: '160k', shape: 'aformat=sample_fmts=fltp:channel_layouts=stereo' },
  mp3: { codec: 'libmp3lame', bitrate: '192k', shape: 'aformat=sample_fmts=s16p:channel_layouts=stereo' },
  flac: { codec: 'flac', bitrate: undefined, shape: 'aformat=sample_fmts=s16:channel_layouts=stereo' },
} as const;

export function transcode(wav: string, out: string, format: FileFormat): void {
  const { codec, bitrate, shape } = FORMATS[format];
  const input = Demuxer.openSync(wav);
  const stream = input.audio();
  if (!stream) throw new Error('no sound to transcode');
  const decoder = Decoder.createSync(stream);
  const filter = FilterAPI.create(shape);
  const encoder = Encoder.createSync(codec as never, { ...(bitrate ? { bitrate } : {}), filter } as never);
  const muxer = Muxer.openSync(out, { format: format === 'm4a' ? 'mp4' : format } as never);
  const index = muxer.addStream(encoder);
  for (const packet of encoder.packetsSync(filter.framesSync(decoder.framesSync(input.packetsSync(stream.index))))) {
    if (!packet) continue;
    muxer.writePacketSync(packet, index);
    packet.free();
  }
  muxer.closeSync();
  encoder.close();
  filter.close();
  decoder.close();
  input.closeSync();
}
