/** From beats to seconds and velocities: rubato, phrase arcs, human timing. The same random stream gives the same hands. */

export interface TempoMap {
  /** Seconds at a beat of the piece; beats beyond the end go on at the last tempo. */
  secondsAt(beat: number): number;
}

const STEPS_A_BEAT = 4;

/**
 * Each phrase lingers over its last bar, the piece over its last two; between, the tempo leans forward and back by a
 * few per cent. `steadiness` 1 = a machine's beat (dances), 0 = free.
 */
export function tempoMap(wish: {
  tempoBpm: number;
  beatsAPhrase: number;
  beatsABar: number;
  phrases: number;
  steadiness: number;
}): TempoMap {
  const { tempoBpm, beatsAPhrase, beatsABar, phrases, steadiness } = wish;
  const total = beatsAPhrase * phrases;
  const seconds = [0];
  for (let step = 0; step < total * STEPS_A_BEAT; step += 1) {
    const beat = step / STEPS_A_BEAT;
    const inPhrase = (beat % beatsAPhrase) / beatsAPhrase;
    const left = beatsAPhrase - (beat % beatsAPhrase);
    let stretch = 1 - 0.025 * Math.sin(Math.PI * inPhrase) * (1 - steadiness);
    if (left <= beatsABar) stretch += 0.07 * (1 - left / beatsABar) * (1 - steadiness * 0.7);
    const toEnd = total - beat;
    if (toEnd <= 2 * beatsABar) stretch += 0.35 * (1 - toEnd / (2 * beatsABar));
    seconds.push(seconds[seconds.length - 1]! + ((60 / tempoBpm) * stretch) / STEPS_A_BEAT);
  }
  const lastStep = seconds[seconds.length - 1]! - seconds[seconds.length - 2]!;
  return {
    secondsAt(beat) {
      const step = beat * STEPS_A_BEAT;
      const whole = Math.floor(step);
      if (whole >= seconds.length - 1) return seconds[seconds.length - 1]! + (step - (seconds.length - 1)) * lastStep;
      return seconds[whole]! + (step - whole) * (seconds[whole + 1]! - seconds[whole]!);
    },
  };
}

/** Swell of a phrase: up to its golden section, then down; 0.75 .. 1. */
export function phraseArc(position: number): number {
  const peak = 0.618;
  const x = position < peak ? position / peak : (1 - position) / (1 - peak);
  return 0.75 + 0.25 * Math.sin((Math.PI / 2) * Math.max(0, Math.min(1, x)));
}
