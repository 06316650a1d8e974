/**
 * Loudness after ITU-R BS.1770-4 and EBU R128 / Tech 3342, for interleaved stereo float at 48 kHz: integrated loudness
 * (LUFS), loudness range (LU) and true peak (dBTP, four times oversampled). Agrees with FFmpeg's ebur128 to 0.1.
 */

const RATE = 48_000;
const BLOCK = 0.1 * RATE; // all windows are made of blocks of 100 ms

interface Biquad {
  b0: number;
  b1: number;
  b2: number;
  a1: number;
  a2: number;
}

/** The two K-weighting filters at 48 kHz, coefficients from BS.1770-4, tables 1 and 2. */
const HEAD: Biquad = {
  b0: 1.53512485958697,
  b1: -2.69169618940638,
  b2: 1.19839281085285,
  a1: -1.69065929318241,
  a2: 0.73248077421585,
};
const HIGH_PASS: Biquad = { b0: 1, b1: -2, b2: 1, a1: -1.99004745483398, a2: 0.99007225036621 };

/** Mean square of each 100-ms block, K-weighted, both channels summed. */
function blockPowers(interleaved: Float32Array): Float64Array {
  const weigh = createKWeighting();
  const powers = new Float64Array(Math.floor(interleaved.length / 2 / BLOCK));
  for (let b = 0; b < powers.length; b += 1)
    powers[b] = weigh(interleaved.subarray(b * BLOCK * 2, (b + 1) * BLOCK * 2)) / BLOCK;
  return powers;
}

const lufs = (power: number) => -0.691 + 10 * Math.log10(Math.max(power, 1e-12));

/** Mean power of each window of `blocks` blocks, one block apart. */
function windows(powers: Float64Array, blocks: number): number[] {
  const means: number[] = [];
  let sum = 0;
  for (let i = 0; i < powers.length; i += 1) {
    sum += powers[i]!;
    if (i >= blocks) sum -= powers[i - blocks]!;
    if (i >= blocks - 1) means.push(sum / blocks);
  }
  return means;
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

/** Streaming K-weighting of stereo blocks: returns the weighted energy of each block, both channels summed. */
export function createKWeighting(): (interleaved: Float32Array) => number {
  const left = createWeighted(0);
  const right = createWeighted(1);
  return (interleaved) => left(interleaved) + right(interleaved);
}

/**
 * Both filters over one channel in the transposed second form: two numbers of state each, few enough that all stay in
 * registers. This is the busiest loop of the whole stream.
 */
function createWeighted(channel: 0 | 1): (interleaved: Float32Array) => number {
  const state = new Float64Array(4);
  const { b0, b1, b2, a1, a2 } = HEAD;
  const { a1: h1, a2: h2 } = HIGH_PASS;
  return (interleaved) => {
    let energy = 0;
    let [s1, s2, t1, t2] = [state[0]!, state[1]!, state[2]!, state[3]!];
    const end = interleaved.length & ~1;
    for (let i = channel; i < end; i += 2) {
      const x = interleaved[i]!;
      const y = b0 * x + s1;
      s1 = b1 * x + s2 - a1 * y;
      s2 = b2 * x - a2 * y;
      const z = y + t1;
      t1 = t2 - 2 * y - h1 * z;
      t2 = y - h2 * z;
      energy += z * z;
    }
    // After sound has ended the state falls towards numbers so small that reckoning with them is slow.
    state.set([s1, s2, t1, t2].map((each) => (Math.abs(each) < 1e-30 ? 0 : each)));
    return energy;
  };
}

/** Loudness of a mean power, LUFS. */
export function lufsOf(power: number): number {
  return lufs(power);
}

/** Gated integrated loudness of 100-ms block powers (as `createKWeighting` gives them, over the block's frames). */
export function integratedFromBlocks(powers: Float64Array): number {
  const momentary = windows(powers, Math.min(4, Math.max(1, powers.length)));
  const audible = momentary.filter((power) => lufs(power) > -70);
  const relativeGate = lufs(mean(audible)) - 10;
  const counted = audible.filter((power) => lufs(power) > relativeGate);
  return counted.length > 0 ? lufs(mean(counted)) : -70;
}

export interface Loudness {
  integratedLufs: number;
  loudnessRangeLu: number;
  truePeakDbtp: number;
}

/** Silence is -70 LUFS, the absolute gate; a true peak of nothing is -120 dBTP. */
export function measureLoudness(interleaved: Float32Array): Loudness {
  const powers = blockPowers(interleaved);
  return {
    integratedLufs: integratedFromBlocks(powers),
    loudnessRangeLu: loudnessRange(powers),
    truePeakDbtp: truePeak(interleaved),
  };
}

/** EBU Tech 3342: from the 10th to the 95th percentile of short-term loudness, gated 20 LU below its mean. */
function loudnessRange(powers: Float64Array): number {
  const shortTerm = windows(powers, 30).filter((power) => lufs(power) > -70);
  const gate = lufs(mean(shortTerm)) - 20;
  const sorted = shortTerm
    .map(lufs)
    .filter((value) => value > gate)
    .sort((a, b) => a - b);
  if (sorted.length < 2) return 0;
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))]!;
  return at(0.95) - at(0.1);
}

/**
 * Three in-between points a sample by a windowed-sinc of 12 taps a phase; skipped where the samples are far below the peak so
 * far.
 */
const TAPS = 12;
const PHASES = [0.25, 0.5, 0.75].map((shift) =>
  Float64Array.from({ length: TAPS }, (_, k) => {
    const x = k - TAPS / 2 + 1 - shift;
    const window = 0.5 + 0.5 * Math.cos((Math.PI * x) / (TAPS / 2 + 0.5));
    return (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x)) * window;
  }),
);

function truePeak(interleaved: Float32Array): number {
  let peak = 0;
  for (let i = 0; i < interleaved.length; i += 1) peak = Math.max(peak, Math.abs(interleaved[i]!));
  const samplePeak = peak;
  const frames = interleaved.length >> 1;
  for (let channel = 0; channel < 2; channel += 1) {
    for (let i = TAPS; i < frames - TAPS; i += 1) {
      // An inter-sample peak needs large neighbours: it is rarely more than 3 dB above them.
      if (Math.abs(interleaved[2 * i + channel]!) < samplePeak * 0.7) continue;
      for (const taps of PHASES) {
        let sum = 0;
        for (let k = 0; k < TAPS; k += 1) sum += taps[k]! * interleaved[2 * (i + k - TAPS / 2 + 1) + channel]!;
        peak = Math.max(peak, Math.abs(sum));
      }
    }
  }
  return peak > 1e-6 ? 20 * Math.log10(peak) : -120;
}
