/**
 * A room for the whole ensemble: an 8-line feedback delay network with a Hadamard mixing matrix
 * (Jot & Chaigne 1991), low-pass in every line so that highs die sooner, two all-passes to thicken the first echoes.
 */
export interface Reverb {
  /** Adds the room's answer to (sendL, sendR) onto (outL, outR), the first `frames` frames. */
  process(sendL: Float32Array, sendR: Float32Array, outL: Float32Array, outR: Float32Array, frames: number): void;
}

/** Line lengths in ms: spread, none a multiple of another, so that no pitch rings. */
const LINE_MS = [29.7, 34.1, 39.9, 45.3, 52.1, 58.7, 66.1, 73.9];
const DIFFUSER_MS = [5.3, 8.9];
const DIFFUSION = 0.6;

export interface RoomOptions {
  /** Time to fall by 60 dB below 1 kHz, seconds. */
  decaySec: number;
  preDelayMs: number;
  /** Corner above which the room darkens, Hz. */
  dampingHz: number;
  /** Loudness of the room at a full send. */
  gain: number;
}

export const CALM_HALL: RoomOptions = { decaySec: 2.6, preDelayMs: 22, dampingHz: 4200, gain: 0.3 };

/** The network is worked in runs shorter than its shortest line, so that each line is one tight loop. */
const CHUNK = 256;
/** 1/√8 makes the Hadamard matrix lossless; what is lost is only what decaySec asks for. */
const MIX = 1 / Math.sqrt(8);

/** A delay that spreads a click, in place: out = -g·in + z(t-n), z = in + g·out (Schroeder 1962). */
function createDiffuser(length: number) {
  const line = new Float32Array(length);
  let at = 0;
  return (samples: Float32Array, count: number) => {
    for (let i = 0; i < count; i++) {
      const x = samples[i]!;
      const out = line[at]! - DIFFUSION * x;
      line[at] = x + DIFFUSION * out;
      samples[i] = out;
      if (++at === length) at = 0;
    }
  };
}

function createDelay(length: number) {
  const line = new Float32Array(length);
  let at = 0;
  return (samples: Float32Array, count: number) => {
    for (let i = 0; i < count; i++) {
      const out = line[at]!;
      line[at] = samples[i]!;
      samples[i] = out;
      if (++at === length) at = 0;
    }
  };
}

/** One line of the network: a run of what leaves it, and a run of what enters at the same places. */
function createLine(length: number) {
  const line = new Float32Array(length);
  let at = 0;
  return {
    read(out: Float32Array, count: number) {
      const first = Math.min(count, length - at);
      out.set(line.subarray(at, at + first));
      if (first < count) out.set(line.subarray(0, count - first), first);
    },
    write(values: Float32Array, count: number) {
      const first = Math.min(count, length - at);
      line.set(values.subarray(0, first), at);
      if (first < count) line.set(values.subarray(first, count));
      at = (at + count) % length;
    },
  };
}

type Eight = [number, number, number, number, number, number, number, number];

export function createReverb(sampleRate: number, room: RoomOptions = CALM_HALL): Reverb {
  const frames = (ms: number) => Math.max(1, Math.round((ms / 1000) * sampleRate));
  const lines = LINE_MS.map((ms) => createLine(frames(ms)));
  const damping = Math.exp((-2 * Math.PI * room.dampingHz) / sampleRate);
  /** What a round in each line leaves, so that all lines die away together. */
  const left = Float64Array.from(LINE_MS, (ms) => 10 ** ((-3 * frames(ms)) / (sampleRate * room.decaySec)));
  /** The low-pass of each line. */
  const lows = new Float64Array(8);
  const taps = lines.map(() => new Float32Array(CHUNK));
  const diffuseL = DIFFUSER_MS.map((ms) => createDiffuser(frames(ms)));
  const diffuseR = DIFFUSER_MS.map((ms) => createDiffuser(frames(ms * 1.13)));
  const delayL = createDelay(frames(room.preDelayMs));
  const delayR = createDelay(frames(room.preDelayMs));
  const inL = new Float32Array(CHUNK);
  const inR = new Float32Array(CHUNK);

  const chunk = (count: number, outL: Float32Array, outR: Float32Array, gain: number) => {
    delayL(inL, count);
    delayR(inR, count);
    for (const diffuse of diffuseL) diffuse(inL, count);
    for (const diffuse of diffuseR) diffuse(inR, count);
    for (let k = 0; k < 8; k++) lines[k]!.read(taps[k]!, count);
    const [t0, t1, t2, t3, t4, t5, t6, t7] = taps as [
      Float32Array,
      Float32Array,
      Float32Array,
      Float32Array,
      Float32Array,
      Float32Array,
      Float32Array,
      Float32Array,
    ];
    // All eight in one loop, with the state in locals: each low-pass waits for itself, so eight side by side cost little more
    // than one.
    let [l0, l1, l2, l3, l4, l5, l6, l7] = lows as unknown as Eight;
    const [g0, g1, g2, g3, g4, g5, g6, g7] = left as unknown as Eight;
    for (let i = 0; i < count; i++) {
      const y0 = t0[i]!;
      l0 = y0 + (l0 - y0) * damping;
      const x0 = l0 * g0;
      const y1 = t1[i]!;
      l1 = y1 + (l1 - y1) * damping;
      const x1 = l1 * g1;
      const y2 = t2[i]!;
      l2 = y2 + (l2 - y2) * damping;
      const x2 = l2 * g2;
      const y3 = t3[i]!;
      l3 = y3 + (l3 - y3) * damping;
      const x3 = l3 * g3;
      const y4 = t4[i]!;
      l4 = y4 + (l4 - y4) * damping;
      const x4 = l4 * g4;
      const y5 = t5[i]!;
      l5 = y5 + (l5 - y5) * damping;
      const x5 = l5 * g5;
      const y6 = t6[i]!;
      l6 = y6 + (l6 - y6) * damping;
      const x6 = l6 * g6;
      const y7 = t7[i]!;
      l7 = y7 + (l7 - y7) * damping;
      const x7 = l7 * g7;
      outL[i]! += gain * (x0 - x2 + x4 - x6);
      outR[i]! += gain * (x1 - x3 + x5 - x7);
      // Fast Walsh–Hadamard transform, written out: sums and differences at distance 1, 2 and 4.
      const a0 = x0 + x1;
      const a1 = x0 - x1;
      const a2 = x2 + x3;
      const a3 = x2 - x3;
      const a4 = x4 + x5;
      const a5 = x4 - x5;
      const a6 = x6 + x7;
      const a7 = x6 - x7;
      const b0 = a0 + a2;
      const b1 = a1 + a3;
      const b2 = a0 - a2;
      const b3 = a1 - a3;
      const b4 = a4 + a6;
      const b5 = a5 + a7;
      const b6 = a4 - a6;
      const b7 = a5 - a7;
      const l = inL[i]!;
      const r = inR[i]!;
      t0[i] = (b0 + b4) * MIX + l;
      t1[i] = (b1 + b5) * MIX + r;
      t2[i] = (b2 + b6) * MIX + l;
      t3[i] = (b3 + b7) * MIX + r;
      t4[i] = (b0 - b4) * MIX + l;
      t5[i] = (b1 - b5) * MIX + r;
      t6[i] = (b2 - b6) * MIX + l;
      t7[i] = (b3 - b7) * MIX + r;
    }
    lows.set([l0, l1, l2, l3, l4, l5, l6, l7]);
    // Too small to hear and slow to compute with (denormal numbers).
    for (let k = 0; k < 8; k++) if (Math.abs(lows[k]!) < 1e-20) lows[k] = 0;
    for (let k = 0; k < 8; k++) lines[k]!.write(taps[k]!, count);
  };

  return {
    process(sendL, sendR, outL, outR, count) {
      for (let at = 0; at < count; at += CHUNK) {
        const n = Math.min(CHUNK, count - at);
        inL.set(sendL.subarray(at, at + n));
        inR.set(sendR.subarray(at, at + n));
        chunk(n, outL.subarray(at, at + n), outR.subarray(at, at + n), room.gain);
      }
    },
  };
}
