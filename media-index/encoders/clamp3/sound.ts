/**
 * Sound as CLaMP3's ears (MERT) want it: mono at 24 kHz, zero mean and unit variance over the whole track, in windows of
 * five seconds. A track is read twice, once to measure and once to cut, so that a long one takes no more memory than a
 * short one. Source: preprocessing/audio/extract_mert.py of sanderwood/clamp3 at 9016d2b.
 */

/** Samples in blocks of any size, from a decoder here or from a thread elsewhere. */
export type Blocks = Iterable<Float32Array> | AsyncIterable<Float32Array>;
/** A sound that can be read from its beginning as often as wanted: mono at 24 kHz. */
export type Sound = () => Blocks;

export interface Level {
  mean: number;
  /** Standard deviation, with what the publication adds so that silence does not divide by nothing. */
  deviation: number;
  /** Samples that were measured. */
  count: number;
}

export interface Windows {
  /** Samples a window; the last may be shorter. */
  size: number;
  /** A last window shorter than this is left out. */
  shortest: number;
}

const TINY_VARIANCE = 1e-7;
/** Blocks between two turns of the event loop: some 0.1 s of work. */
const BLOCKS_A_TURN = 256;
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Mean and deviation of up to `most` samples. Throws what the signal's reason is when called off. */
export async function levelOf(sound: Sound, most: number, signal?: AbortSignal): Promise<Level> {
  // Sums of differences from the first sample: a constant offset, however large, costs no precision.
  let [count, sum, squares, blocks, first] = [0, 0, 0, 0, Number.NaN];
  for await (const block of sound()) {
    const used = Math.min(block.length, most - count);
    if (count === 0 && used > 0) first = block[0]!;
    for (let i = 0; i < used; i += 1) {
      const difference = block[i]! - first;
      sum += difference;
      squares += difference * difference;
    }
    count += used;
    if (count >= most) break;
    blocks += 1;
    if (blocks % BLOCKS_A_TURN === 0) await turn();
    signal?.throwIfAborted();
  }
  if (count === 0) return { mean: 0, deviation: Math.sqrt(TINY_VARIANCE), count };
  const offset = sum / count;
  const variance = Math.max(0, squares / count - offset * offset);
  return { mean: first + offset, deviation: Math.sqrt(variance + TINY_VARIANCE), count };
}

/** The windows of the first `level.count` samples, levelled. */
export async function* windowsOf(
  sound: Sound,
  level: Level,
  { size, shortest }: Windows,
): AsyncGenerator<Float32Array> {
  let window = new Float32Array(size);
  let [filled, left] = [0, level.count];
  for await (const block of sound()) {
    for (let at = 0; at < block.length && left > 0; ) {
      const take = Math.min(block.length - at, size - filled, left);
      for (let i = 0; i < take; i += 1) window[filled + i] = (block[at + i]! - level.mean) / level.deviation;
      at += take;
      filled += take;
      left -= take;
      if (filled === size) {
        yield window;
        window = new Float32Array(size);
        filled = 0;
      }
    }
    if (left === 0) break;
  }
  if (filled >= shortest) yield window.slice(0, filled);
}

/** Interleaved stereo at 48 kHz to mono at 24 kHz, block by block. */
export async function* toMono24k(stereo: Blocks): AsyncGenerator<Float32Array> {
  // `kept` begins with what the filter still needs of earlier samples; before the sound there is silence.
  let kept = new Float32Array(REACH);
  for await (const block of stereo) {
    const mono = new Float32Array(kept.length + (block.length >> 1));
    mono.set(kept);
    for (let i = 0; 2 * i + 1 < block.length; i += 1) mono[kept.length + i] = (block[2 * i]! + block[2 * i + 1]!) / 2;
    const [out, used] = halved(mono);
    if (out.length > 0) yield out;
    kept = mono.slice(used);
  }
  // What is left ends in silence as long as the filter reaches.
  const end = new Float32Array(kept.length + REACH);
  end.set(kept);
  const [out] = halved(end);
  if (out.length > 0) yield out;
}

/** Every second sample, filtered, and how many samples of the input will not be needed again. */
function halved(mono: Float32Array): [out: Float32Array, used: number] {
  const count = Math.max(0, Math.floor((mono.length - TAPS.length) / 2) + 1);
  const out = new Float32Array(count);
  for (let n = 0; n < count; n += 1) {
    let sum = 0;
    for (let k = 0; k < TAPS.length; k += 1) sum += TAPS[k]! * mono[2 * n + k]!;
    out[n] = sum;
  }
  return [out, 2 * count];
}

/**
 * The publication resamples with torchaudio's defaults: a sinc cut at .99 of the lower Nyquist frequency, under a Hann
 * window six zero crossings wide. For half the rate that is this filter of 25 taps.
 */
const ROLL_OFF = 0.99;
const CROSSINGS = 6;
const REACH = Math.floor((2 * CROSSINGS) / ROLL_OFF);
const TAPS = Float64Array.from({ length: 2 * REACH + 1 }, (_, k) => {
  const t = ((k - REACH) / 2) * ROLL_OFF;
  const sinc = t === 0 ? 1 : Math.sin(Math.PI * t) / (Math.PI * t);
  return sinc * Math.cos((Math.PI * t) / (2 * CROSSINGS)) ** 2 * (ROLL_OFF / 2);
});
