/** A score as one time-ordered list of what the synthesiser is told. */
import type { Score } from '../composer/score.js';

export type ScoreEvent =
  | { at: number; order: number; kind: 'off'; channel: number; pitch: number }
  | { at: number; order: number; kind: 'control'; channel: number; controller: number; value: number }
  | { at: number; order: number; kind: 'on'; channel: number; pitch: number; velocity: number };

/** MIDI channel of a part: the tenth channel plays drums in General MIDI, so it is left out. */
export function channelOf(partIndex: number): number {
  return partIndex < 9 ? partIndex : partIndex + 1;
}

/** Events with `at` in frames of `sampleRate`, rounded to `grid` frames; at one instant: offs, controls, ons. */
export function scoreEvents(score: Score, sampleRate: number, grid: number): ScoreEvent[] {
  const frame = (sec: number) => Math.max(0, Math.round((sec * sampleRate) / grid) * grid);
  const events: ScoreEvent[] = [];
  score.parts.forEach((part, index) => {
    const channel = channelOf(index);
    for (const [startSec, durationSec, pitch, velocity] of part.notes) {
      if (startSec >= score.durationSec) continue;
      const at = frame(startSec);
      // A note shorter than the grid still sounds for one step.
      const end = Math.max(at + grid, frame(startSec + Math.max(0, durationSec)));
      events.push({ at, order: 2, kind: 'on', channel, pitch, velocity });
      events.push({ at: end, order: 0, kind: 'off', channel, pitch });
    }
    for (const [timeSec, controller, value] of part.controls) {
      events.push({ at: frame(timeSec), order: 1, kind: 'control', channel, controller, value });
    }
  });
  // Array.sort is stable, so equal events keep the score's own order and the result is the same every time.
  return events.sort((a, b) => a.at - b.at || a.order - b.order);
}
