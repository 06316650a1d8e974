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

/** A delay that spreads a click: out = -g·in + z(t-n), z = in + g·out (Schroeder 1962). */
function diffuser(length: number) {
  const line = new Float32Array(length);
  let at = 0;
  return (x: number) => {
    const delayed = line[at]!;
    const out = delayed - DIFFUSION * x;
    line[at] = x + DIFFUSION * out;
    if (++at === length) at = 0;
    return out;
  };
}

export function createReverb(sampleRate: number, room: RoomOptions = CALM_HALL): Reverb {
  const frames = (ms: number) => Math.max(1, Math.round((ms / 1000) * sampleRate));
  const lengths = LINE_MS.map(frames);
  const lines = lengths.map((n) => new Float32Array(n));
  const positions = new Int32Array(8);
  // 1/√8 makes the Hadamard matrix lossless; what is lost is only what decaySec asks for.
  const feedback = Float64Array.from(lengths, (n) => 10 ** ((-3 * n) / (sampleRate * room.decaySec)) / Math.sqrt(8));
  const damping = Math.exp((-2 * Math.PI * room.dampingHz) / sampleRate);
  const low = new Float64Array(8);
  const v = new Float64Array(8);
  const diffuseL = DIFFUSER_MS.map((ms) => diffuser(frames(ms)));
  const diffuseR = DIFFUSER_MS.map((ms) => diffuser(frames(ms * 1.13)));
  const pre = frames(room.preDelayMs);
  const preL = new Float32Array(pre);
  const preR = new Float32Array(pre);
  let preAt = 0;

  return {
    process(sendL, sendR, outL, outR, count) {
      const [dl0, dl1, dr0, dr1] = [diffuseL[0]!, diffuseL[1]!, diffuseR[0]!, diffuseR[1]!];
      for (let i = 0; i < count; i++) {
        const inL = dl1(dl0(preL[preAt]!));
        const inR = dr1(dr0(preR[preAt]!));
        preL[preAt] = sendL[i]!;
        preR[preAt] = sendR[i]!;
        if (++preAt === pre) preAt = 0;
        for (let k = 0; k < 8; k++) {
          const y = lines[k]![positions[k]!]!;
          const damped = y + (low[k]! - y) * damping;
          // Adding and taking away a tiny number keeps the tail out of denormals, which are slow.
          low[k] = damped + 1e-18 - 1e-18;
          v[k] = damped * feedback[k]!;
        }
        outL[i]! += room.gain * (low[0]! - low[2]! + low[4]! - low[6]!);
        outR[i]! += room.gain * (low[1]! - low[3]! + low[5]! - low[7]!);
        // Fast Walsh–Hadamard transform: three rounds of sums and differences.
        for (let half = 1; half < 8; half <<= 1) {
          for (let k = 0; k < 8; k++) {
            if (k & half) continue;
            const a = v[k]!;
            const b = v[k + half]!;
            v[k] = a + b;
            v[k + half] = a - b;
          }
        }
        for (let k = 0; k < 8; k++) {
          const line = lines[k]!;
          let at = positions[k]!;
          line[at] = v[k]! + (k & 1 ? inR : inL);
          if (++at === line.length) at = 0;
          positions[k] = at;
        }
      }
    },
  };
}
