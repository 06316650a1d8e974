/**
 * Where the beat falls: the onsets of some seconds of sound, folded over the length of a beat. The place that gathers
 * most of them is the beat's phase. So a piece can enter on the beat of the one that plays.
 */
import { SAMPLE_RATE } from '../track-source.js';

/** Onsets are looked at in steps of 10 ms. */
const HOP = SAMPLE_RATE / 100;
/** Below this share of all onsets in one tenth of a beat no beat is heard, and none is followed. */
const LEAST_SHARE = 0.2;

/** Rises of energy between steps, on a logarithmic scale: what ears take for onsets. */
function onsets(interleaved: Float32Array): Float64Array {
  const steps = Math.floor(interleaved.length / 2 / HOP);
  const rises = new Float64Array(steps);
  let before = Number.POSITIVE_INFINITY;
  for (let s = 0; s < steps; s += 1) {
    let energy = 0;
    for (let i = s * HOP * 2; i < (s + 1) * HOP * 2; i += 1) energy += interleaved[i]! ** 2;
    const level = Math.log10(energy / HOP + 1e-6);
    rises[s] = Math.max(0, level - before);
    before = level;
  }
  return rises;
}

/** Seconds from the first sample to a beat, below `beatSec`; null where no beat stands out. */
export function beatPhaseSec(interleaved: Float32Array, beatSec: number): number | null {
  const rises = onsets(interleaved);
  const bins = Math.round(beatSec * 100);
  if (rises.length < 3 * bins) return null;
  const folded = new Float64Array(bins);
  let total = 0;
  rises.forEach((rise, s) => {
    const bin = Math.floor(((s / 100 / beatSec) % 1) * bins);
    folded[bin] = folded[bin]! + rise;
    total += rise;
  });
  const width = Math.max(1, Math.round(bins / 10));
  const gathered = (at: number) => {
    let sum = 0;
    for (let k = 0; k < width; k += 1) sum += folded[(at + k) % bins]!;
    return sum;
  };
  let best = 0;
  for (let at = 1; at < bins; at += 1) if (gathered(at) > gathered(best)) best = at;
  if (total === 0 || gathered(best) < LEAST_SHARE * total) return null;
  let weighted = 0;
  for (let k = 0; k < width; k += 1) weighted += k * folded[(best + k) % bins]!;
  return (((best + weighted / gathered(best)) / bins) * beatSec) % beatSec;
}

/** Seconds of the entering piece to skip, so that its beats fall on those of the one that plays; 0 where unsure. */
export function skipToBeatSec(
  playing: { pcm: Float32Array; fromSec: number },
  entering: { pcm: Float32Array; atSec: number },
  beatSec: number,
): number {
  const a = beatPhaseSec(playing.pcm, beatSec);
  const b = beatPhaseSec(entering.pcm, beatSec);
  if (a === null || b === null) return 0;
  const late = (entering.atSec + b - (playing.fromSec + a)) % beatSec;
  return late < 0 ? late + beatSec : late;
}
