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
  /** Tempo of a phrase, by its place. */
  tempoOf: (phrase: number) => number;
  beatsAPhrase: number;
  beatsABar: number;
  phrases: number;
  steadiness: number;
}): TempoMap {
  const { tempoOf, beatsAPhrase, beatsABar, phrases, steadiness } = wish;
  const total = beatsAPhrase * phrases;
  // From one phrase's tempo to the next in a straight line: nobody hears a gear change.
  const tempoAt = (beat: number) => {
    const phrase = Math.min(phrases - 1, Math.floor(beat / beatsAPhrase));
    const [here, next] = [tempoOf(phrase), tempoOf(Math.min(phrases - 1, phrase + 1))];
    return here + (next - here) * (beat / beatsAPhrase - phrase);
  };
  const seconds = [0];
  for (let step = 0; step < total * STEPS_A_BEAT; step += 1) {
    const beat = step / STEPS_A_BEAT;
    const inPhrase = (beat % beatsAPhrase) / beatsAPhrase;
    const left = beatsAPhrase - (beat % beatsAPhrase);
    let stretch = 1 - 0.025 * Math.sin(Math.PI * inPhrase) * (1 - steadiness);
    if (left <= beatsABar) stretch += 0.07 * (1 - left / beatsABar) * (1 - steadiness * 0.7);
    const toEnd = total - beat;
    if (toEnd <= 2 * beatsABar) stretch += 0.35 * (1 - toEnd / (2 * beatsABar));
    seconds.push(seconds[seconds.length - 1]! + ((60 / tempoAt(beat)) * stretch) / STEPS_A_BEAT);
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

/**
 * How a hand strays from the beat, seconds: slow drifts and quick ones added up, as measured in players (about 1/f), never
 * white noise. `loose` 0..1; standard deviation 4 to 10 ms.
 */
export function createHand(random: () => number, loose: number): () => number {
  const drifts = [0.97, 0.85, 0.4].map((keeps) => ({ keeps, value: 0 }));
  const size = 0.004 + 0.006 * loose;
  return () => {
    let sum = 0;
    for (const drift of drifts) {
      drift.value = drift.keeps * drift.value + Math.sqrt(1 - drift.keeps ** 2) * (random() + random() - 1) * 2.45;
      sum += drift.value;
    }
    return Math.max(-0.03, Math.min(0.03, (size * sum) / Math.sqrt(3)));
  };
}
