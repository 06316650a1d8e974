/** How a long sound goes over time: waveform and loudness each second, events and colour each ten. Streaming; for pictures. */
import { SAMPLE_RATE } from '../track-source.js';
import { createKWeighting, lufsOf } from './loudness.js';
import { onsetEnvelope, onsetRate } from './rhythm.js';
import { toAnalysisMono } from './spectrum.js';
import { tonality } from './tonality.js';

/** A window holds enough events to count and short enough a time to see a fall. */
export const WINDOW_SEC = 10;

export interface Timeline {
  durationSec: number;
  /** Highest sample of each second, 0..1. */
  peak: number[];
  /** K-weighted loudness of each second, LUFS; -70 is silence. */
  loudnessLufs: number[];
  /** Each ten seconds; null where it is silent. */
  onsetRatePerSec: (number | null)[];
  brightnessHz: (number | null)[];
}

const SILENT_LUFS = -60;
/** Windows are brought to this before rhythm is read, as in `analysePcm`. */
const REFERENCE_LUFS = -20;

export function createTimelineMeter(): { hear(interleaved: Float32Array): void; timeline(): Timeline } {
  const found: Timeline = { durationSec: 0, peak: [], loudnessLufs: [], onsetRatePerSec: [], brightnessHz: [] };
  const weigh = createKWeighting();
  const window = new Float32Array(WINDOW_SEC * SAMPLE_RATE * 2);
  let filled = 0;
  let measured = 0;

  function endSecond(from: number, to: number): void {
    const second = window.subarray(from, to);
    let peak = 0;
    for (const sample of second) peak = Math.max(peak, Math.abs(sample));
    found.peak.push(Math.min(1, peak));
    found.loudnessLufs.push(Math.max(-70, lufsOf(weigh(second) / Math.max(1, second.length / 2))));
  }

  function endWindow(): void {
    const heard = window.subarray(0, filled);
    const seconds = found.loudnessLufs.slice(-Math.ceil(filled / 2 / SAMPLE_RATE));
    const loudest = Math.max(-70, ...seconds);
    // Of a rest shorter than two seconds nothing can be said.
    if (loudest < SILENT_LUFS || filled < 4 * SAMPLE_RATE) {
      found.onsetRatePerSec.push(null);
      found.brightnessHz.push(null);
    } else {
      const mono = toAnalysisMono(heard);
      const gain = 10 ** ((REFERENCE_LUFS - loudest) / 20);
      for (let i = 0; i < mono.length; i += 1) mono[i] = mono[i]! * gain;
      found.onsetRatePerSec.push(onsetRate(onsetEnvelope(mono), filled / 2 / SAMPLE_RATE));
      found.brightnessHz.push(tonality(mono).brightnessHz || null);
    }
    filled = 0;
    measured = 0;
  }

  return {
    hear(block) {
      found.durationSec += block.length / 2 / SAMPLE_RATE;
      let at = 0;
      while (at < block.length) {
        const taken = Math.min(block.length - at, window.length - filled);
        window.set(block.subarray(at, at + taken), filled);
        filled += taken;
        at += taken;
        for (; measured + 2 * SAMPLE_RATE <= filled; measured += 2 * SAMPLE_RATE)
          endSecond(measured, measured + 2 * SAMPLE_RATE);
        if (filled === window.length) endWindow();
      }
    },
    timeline() {
      if (filled > measured) endSecond(measured, filled);
      if (filled > 0) endWindow();
      return found;
    },
  };
}
