/** WAV bytes at the door to what the transcriber takes: mono Float32 at 16 kHz. */
import { EmohealError } from '../errors.js';

export const SPEECH_RATE = 16_000;
const MOST_BYTES = 25 * 1024 * 1024;
const MOST_SECONDS = 60;
const PCM = 1;
const FLOAT = 3;
const EXTENSIBLE = 0xfffe;

interface Format {
  kind: number;
  channels: number;
  rate: number;
  bits: number;
}

const bad = (what: string) =>
  new EmohealError('bad-input', `This is not a readable WAV: ${what}.`, {
    remedy: 'Send a WAV with 8, 16, 24 or 32 bits, any rate.',
  });

/**
 * Mono PCM at 16 kHz in -1..1; channels are averaged. PCM of 8/16/24/32 bits and float of 32/64.
 * A length field that says more than there is (as streaming writers leave it) is taken as "to the end".
 * Throws `bad-input` where it is no WAV, `too-large` over 60 s or 25 MB.
 */
export function readWav(bytes: Uint8Array): Float32Array {
  if (bytes.length > MOST_BYTES) throw tooLarge(`${Math.round(bytes.length / 1024 / 1024)} MB`);
  if (bytes.length === 0) throw bad('it is empty');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tag = (at: number) => String.fromCharCode(...bytes.subarray(at, at + 4));
  if (bytes.length < 12 || tag(0) !== 'RIFF' || tag(8) !== 'WAVE') throw bad('it does not begin with RIFF and WAVE');
  let format: Format | undefined;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const size = view.getUint32(at + 4, true);
    const body = at + 8;
    if (tag(at) === 'fmt ') format = readFormat(view, body, size);
    if (tag(at) === 'data') {
      if (!format) throw bad('the sound comes before its format');
      return toSpeech(view, body, Math.min(size, bytes.length - body), format);
    }
    at = body + size + (size % 2);
  }
  throw bad('it holds no sound');
}

function tooLarge(size: string): EmohealError {
  return new EmohealError(
    'too-large',
    `This recording has ${size}; a spoken feeling may have ${MOST_SECONDS} s and 25 MB.`,
    {
      remedy: 'Cut it to the sentence itself.',
    },
  );
}

function readFormat(view: DataView, at: number, size: number): Format {
  if (size < 16 || at + 16 > view.byteLength) throw bad('its format description is cut short');
  let kind = view.getUint16(at, true);
  if (kind === EXTENSIBLE && size >= 26 && at + 26 <= view.byteLength) kind = view.getUint16(at + 24, true);
  const format = {
    kind,
    channels: view.getUint16(at + 2, true),
    rate: view.getUint32(at + 4, true),
    bits: view.getUint16(at + 14, true),
  };
  if (format.channels < 1 || format.channels > 32) throw bad(`it has ${format.channels} channels`);
  if (format.rate < 4000 || format.rate > 384_000) throw bad(`its sample rate is ${format.rate} Hz`);
  const isKnown =
    (kind === PCM && [8, 16, 24, 32].includes(format.bits)) || (kind === FLOAT && [32, 64].includes(format.bits));
  if (!isKnown) throw bad(`encoding ${kind} with ${format.bits} bits is not supported`);
  return format;
}

function sampleReader(view: DataView, { kind, bits }: Format): (at: number) => number {
  if (kind === FLOAT) return bits === 32 ? (at) => view.getFloat32(at, true) : (at) => view.getFloat64(at, true);
  if (bits === 8) return (at) => (view.getUint8(at) - 128) / 128;
  if (bits === 16) return (at) => view.getInt16(at, true) / 32_768;
  if (bits === 24) return (at) => (view.getUint16(at, true) + (view.getInt8(at + 2) << 16)) / 8_388_608;
  return (at) => view.getInt32(at, true) / 2_147_483_648;
}

/**
 * Mono PCM at 16 kHz in -1..1 from bare samples, little-endian: `rate` in Hz, `width` in bytes (1 unsigned, 2 to 4
 * signed). A sample that is cut short at the end is left out. Throws `bad-input`, and `too-large` over 60 s.
 */
export function speechFromPcm(
  bytes: Uint8Array,
  { rate, width, channels }: { rate: number; width: number; channels: number },
): Float32Array {
  const head = new DataView(new ArrayBuffer(16));
  head.setUint16(0, PCM, true);
  head.setUint16(2, channels, true);
  head.setUint32(4, rate, true);
  head.setUint16(14, width * 8, true);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return toSpeech(view, 0, bytes.length, readFormat(head, 0, 16));
}

function toSpeech(view: DataView, from: number, size: number, format: Format): Float32Array {
  const step = format.bits / 8;
  const frames = Math.floor(size / (step * format.channels));
  if (frames / format.rate > MOST_SECONDS) throw tooLarge(`${Math.round(frames / format.rate)} s`);
  const read = sampleReader(view, format);
  const mono = new Float32Array(frames);
  for (let i = 0; i < frames; i += 1) {
    let sum = 0;
    for (let c = 0; c < format.channels; c += 1) sum += read(from + (i * format.channels + c) * step);
    const value = sum / format.channels;
    mono[i] = Number.isFinite(value) ? Math.max(-1, Math.min(1, value)) : 0;
  }
  let pcm: Float32Array = mono;
  let { rate } = format;
  for (; rate >= FIRST_HALVED_RATE; rate /= 2) pcm = halved(pcm);
  return resample(pcm, rate, SPEECH_RATE);
}

/** From here on every second sample goes before anything is weighed: a minute at 384 kHz would keep the server for 1.6 s. */
const FIRST_HALVED_RATE = 88_000;

/**
 * Every second sample, after a half-band filter (-1, 0, 9, 16, 9, 0, -1 thirty-seconds). From 88 kHz on, what would fold into
 * the eight kilohertz of speech is taken down by 34 dB and more, and these lose less than 0.2 dB.
 */
function halved(input: Float32Array): Float32Array {
  const last = input.length - 1;
  const at = (i: number) => input[Math.max(0, Math.min(i, last))]!;
  const output = new Float32Array(Math.floor(input.length / 2));
  for (let i = 0; i < output.length; i += 1) {
    const k = 2 * i;
    output[i] = (16 * at(k) + 9 * (at(k - 1) + at(k + 1)) - at(k - 3) - at(k + 3)) / 32;
  }
  return output;
}

/**
 * Windowed-sinc resampling (Hann, 16 zero crossings each side); low-pass at the lower of both Nyquist rates.
 * Each output sample's weights are normalised to sum 1, so a steady value stays what it is, also at the edges.
 */
export function resample(input: Float32Array, fromRate: number, toRate: number): Float32Array {
  if (fromRate === toRate) return input;
  const output = new Float32Array(Math.floor((input.length * toRate) / fromRate));
  const cutoff = Math.min(1, toRate / fromRate) * 0.95;
  const half = Math.ceil(16 / cutoff);
  const steps = 512;
  // Weight by distance from the centre, in 1/512 samples.
  const kernel = Float32Array.from({ length: half * steps + 1 }, (_, i) => {
    const x = i / steps;
    const sinc = x === 0 ? 1 : Math.sin(Math.PI * x * cutoff) / (Math.PI * x * cutoff);
    return sinc * (0.5 + 0.5 * Math.cos((Math.PI * x) / half));
  });
  for (let i = 0; i < output.length; i += 1) {
    const centre = (i * fromRate) / toRate;
    const first = Math.max(0, Math.ceil(centre - half));
    const last = Math.min(input.length - 1, Math.floor(centre + half));
    let sum = 0;
    let weights = 0;
    for (let k = first; k <= last; k += 1) {
      const weight = kernel[Math.round(Math.abs(k - centre) * steps)]!;
      sum += weight * input[k]!;
      weights += weight;
    }
    output[i] = weights === 0 ? 0 : sum / weights;
  }
  return output;
}

/** 16-bit mono WAV bytes. */
export function writeWav(pcm: Float32Array, rate: number): Uint8Array {
  const bytes = new Uint8Array(44 + pcm.length * 2);
  const view = new DataView(bytes.buffer);
  const tag = (at: number, text: string) =>
    bytes.set(
      [...text].map((c) => c.charCodeAt(0)),
      at,
    );
  tag(0, 'RIFF');
  view.setUint32(4, 36 + pcm.length * 2, true);
  tag(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, PCM, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  tag(36, 'data');
  view.setUint32(40, pcm.length * 2, true);
  pcm.forEach((value, i) => {
    view.setInt16(44 + i * 2, Math.round(Math.max(-1, Math.min(1, value)) * 32_767), true);
  });
  return bytes;
}
