/**
 * Harmony: a mode chosen by the profile's dial, and a small probabilistic grammar of functions over it.
 *
 * Rules:
 * 1. Modes are ordered from dark to bright (phrygian .. lydian); the dial picks between neighbours by the seed.
 * 2. A phrase opens on the tonic, moves through prolongations and pre-dominants, and closes with a cadence of the
 *    strength that the form asks for: open (on the dominant), soft (plagal), or full.
 * 3. The consonance dial decides how many chords carry a seventh, a ninth or a suspension.
 */
export const MODES = {
  phrygian: [0, 1, 3, 5, 7, 8, 10],
  aeolian: [0, 2, 3, 5, 7, 8, 10],
  dorian: [0, 2, 3, 5, 7, 9, 10],
  mixolydian: [0, 2, 4, 5, 7, 9, 10],
  ionian: [0, 2, 4, 5, 7, 9, 11],
  lydian: [0, 2, 4, 6, 7, 9, 11],
} as const;
export type ModeName = keyof typeof MODES;
const DARK_TO_BRIGHT: ModeName[] = ['phrygian', 'aeolian', 'dorian', 'mixolydian', 'ionian', 'lydian'];

export interface Key {
  tonic: number;
  modeName: ModeName;
  scale: readonly number[];
}

export interface Chord {
  /** Scale degree of the root, 0 = tonic. */
  degree: number;
  /** Pitch classes, root first. */
  tones: number[];
  /** The bass's pitch class. */
  bass: number;
  /** Pitch class of the chord's seventh, which wants to fall by a step. */
  seventh?: number;
  /** Pitch class by which the ear tells minor from major: the third of the home chord, the sixth of the key in its company. */
  telling?: number;
}

export type Cadence = 'open' | 'soft' | 'full';

/**
 * Dial below which: rarer mode, usual mode (places in DARK_TO_BRIGHT), chance of the rarer. Clear majors and minors in the
 * main; the modes at the ends and in the middle are colours.
 */
const PLACES: readonly (readonly [below: number, mode: readonly [rare: number, usual: number, chance: number]])[] = [
  [-0.75, [0, 1, 0.15]],
  [-0.25, [2, 1, 0.1]],
  [0, [1, 2, 0.4]],
  [0.25, [4, 3, 0.4]],
  [0.6, [3, 4, 0.1]],
];

/** `dial`: -1 minor .. +1 major. */
export function chooseKey(dial: number, random: () => number): Key {
  const place = PLACES.find(([below]) => dial < below)?.[1] ?? ([5, 4, 0.1] as const);
  const [rare, usual, chance] = place;
  const modeName = DARK_TO_BRIGHT[random() < chance ? rare : usual]!;
  return { tonic: Math.floor(random() * 12), modeName, scale: MODES[modeName] };
}

export const pitchClass = (key: Key, degree: number): number => (key.tonic + key.scale[((degree % 7) + 7) % 7]!) % 12;

/** What may follow what, by degree. Dominant and tonic are stable attractors; the rest wanders between them. */
const NEXT: Record<number, [number, number][]> = {
  0: [
    [3, 3],
    [4, 3],
    [5, 2],
    [1, 2],
    [2, 0.5],
  ],
  1: [
    [4, 4],
    [0, 2],
    [3, 1],
  ],
  2: [
    [5, 3],
    [3, 3],
    [0, 1],
  ],
  3: [
    [0, 5],
    [4, 3],
    [1, 1],
  ],
  4: [
    [0, 6],
    [5, 2],
    [3, 1],
  ],
  5: [
    [0, 3],
    [3, 3],
    [1, 2],
    [4, 2],
  ],
  6: [
    [0, 5],
    [5, 1],
    [3, 1],
  ],
};

/** What leans to the other mode (by degree) is taken more seldom, or the ear changes sides. */
const LEANS_AWAY = {
  minor: { 1: 0.4, 2: 0.2, 4: 0.5, 5: 0.9, 6: 0.2 } as Record<number, number>,
  major: { 1: 0.6, 2: 0.3, 5: 0.5, 6: 0.5 } as Record<number, number>,
};
/** Home again at once (i iv i): a pedal point in chords. Any other chord is not gone back to so soon. */
const HOME_AT_ONCE = 0.6;

export interface PhraseWish {
  key: Key;
  chords: number;
  cadence: Cadence;
  /** 0 clusters .. 1 pure triads. */
  consonance: number;
  /** 0..1: how much more than of itself it stays at home and tells its mode. */
  plain?: number;
  random: () => number;
}

export function phraseHarmony({ key, chords, cadence, consonance, plain = 0, random }: PhraseWish): Chord[] {
  const minor = key.scale[2] === 3;
  const close: number[] =
    cadence === 'full'
      ? [minor && random() < 0.2 ? 6 : 4, 0]
      : cadence === 'soft'
        ? [3, 0]
        : [random() < 0.5 ? 1 : 3, 4];
  const degrees = [0];
  while (degrees.length < chords - close.length) {
    const before = degrees[degrees.length - 2];
    const options = NEXT[degrees[degrees.length - 1]!]!.filter(([degree]) => degree === 0 || degree !== before);
    const leaning = options.map(([degree, often]): [number, number] => [
      degree,
      often *
        (LEANS_AWAY[minor ? 'minor' : 'major'][degree] ?? 1) ** (1 + plain) *
        (degree === 0 ? 1 + 2 * plain : 1) *
        (degree === 0 && before === 0 ? HOME_AT_ONCE : 1),
    ]);
    degrees.push(weighted(leaning, random));
  }
  degrees.push(...close);
  const used = degrees.slice(-chords);
  return used.map((degree, i) =>
    colour(key, degree, {
      consonance: consonance + (1 - consonance) * 0.5 * plain,
      plain,
      random,
      last: i === used.length - 1,
      dominantMinor: minor && cadence === 'full' && i === used.length - 2 && degree === 4,
    }),
  );
}

/** Chords that hold the sixth of the key. */
const TELLS_BY_SIXTH = new Set([3, 5]);

interface ColourWish {
  consonance: number;
  plain: number;
  random: () => number;
  last: boolean;
  dominantMinor: boolean;
}

function colour(key: Key, degree: number, { consonance, plain, random, last, dominantMinor }: ColourWish): Chord {
  const at = (offset: number) => pitchClass(key, degree + offset);
  let third = at(2);
  // In minor, a full cadence borrows the raised leading note.
  if (dominantMinor) third = (pitchClass(key, degree) + 4) % 12;
  const tones = [at(0), third, at(4)];
  const tension = 1 - consonance;
  let seventh: number | undefined;
  if (!last && random() < (degree === 0 ? 0.05 + tension * 0.25 : 0.15 + tension * 0.5)) {
    seventh = at(6);
    tones.push(seventh);
  }
  // An added ninth.
  else if (random() < 0.12 + tension * 0.25) tones.push(at(1));
  // The home chord keeps its third: by it the mode is known.
  if (!last && degree !== 0 && random() < tension * 0.35) tones[1] = at(3);
  // A semitone rub beside the fifth, where it does not hide the third: above it in minor, below it in major.
  const minor = key.scale[2] === 3;
  if (tension > 0.6 && random() < (tension - 0.6) * 1.6) tones.push((at(4) + (minor ? 1 : 11)) % 12);
  // At home the third in the bass tells the mode; elsewhere the root tells the way home.
  const inverted = degree === 0 ? 0.2 + 0.3 * plain : 0.2 * (1 - plain);
  const inversion = last ? 0 : random() < inverted ? 1 : 0;
  const telling = degree === 0 ? at(2) : TELLS_BY_SIXTH.has(degree) ? pitchClass(key, 5) : undefined;
  return {
    degree,
    tones: [...new Set(tones)],
    bass: tones[inversion]!,
    ...(seventh === undefined ? {} : { seventh }),
    ...(telling === undefined || !tones.includes(telling) ? {} : { telling }),
  };
}

export function weighted<T>(options: readonly (readonly [T, number])[], random: () => number): T {
  const total = options.reduce((sum, [, weight]) => sum + weight, 0);
  let left = random() * total;
  for (const [value, weight] of options) {
    left -= weight;
    if (left <= 0) return value;
  }
  return options[options.length - 1]![0];
}
