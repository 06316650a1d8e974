/** A WAV file that any other tool reads: mono, 24 kHz, 16 bits. */
import { ANALYSIS_RATE, toAnalysisMono } from '../../media-index/analysis/spectrum.js';

const HEADER_BYTES = 44;

export function wavOf(interleaved: Float32Array): Buffer {
  const mono = toAnalysisMono(interleaved);
  const file = Buffer.alloc(HEADER_BYTES + mono.length * 2);
  file.write('RIFF', 0);
  file.writeUInt32LE(file.length - 8, 4);
  file.write('WAVEfmt ', 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(ANALYSIS_RATE, 24);
  file.writeUInt32LE(ANALYSIS_RATE * 2, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36);
  file.writeUInt32LE(mono.length * 2, 40);
  mono.forEach((sample, i) => {
    file.writeInt16LE(Math.round(Math.max(-1, Math.min(1, sample)) * 32_767), HEADER_BYTES + 2 * i);
  });
  return file;
}
