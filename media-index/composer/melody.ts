/**
 * Melody: one motif (rhythm and contour drawn apart), worked by repetition, sequence, inversion and fragmentation.
 * Strong beats sit on chord tones, the rest passes by step; one peak a phrase; each phrase ends long and then breathes.
 */
import { type Chord, type Key, weighted } from './harmony.js';

export interface MelodyNote {
  /** Beats from the start of the phrase. */
  beat: number;
  beats: number;
  pitch: number;
  strong: boolean;
}

interface Cell {
  rhythm: number[];
  steps: number[];
}

/** Rhythms of two bars of four beats, from sparse to busy. Negative = a rest. */
const RHYTHMS: number[][][] = [
  [
    [3, -1, 4],
    [4, 3, -1],
    [2, 4, -2],
    [-1, 3, 2, -2],
    [6, -2],
  ],
  [
    [2, 1, 1, 3, -1],
    [1.5, 0.5, 2, 2, -2],
    [3, 1, 2, -2],
    [1, 1, 2, 3, -1],
    [2, 2, 1, 1, -2],
  ],
  [
    [1, 0.5, 0.5, 1, 1, 2, 1, -1],
    [1.5, 0.5, 1, 1, 1.5, 0.5, 1, -1],
    [0.5, 0.5, 1, 1, 1, 1, 1, 1, -1],
  ],
  [
    [0.5, 0.5, 0.5, 0.5, 1, 0.5, 0.5, 1, 0.5, 0.5, 1, -1],
    [0.75, 0.25, 0.5, 0.5, 1, 0.75, 0.25, 0.5, 0.5, 1, 1, -1],
  ],
];

/** `busy` 0..1 picks the rhythm family. */
export function drawMotif(busy: number, random: () => number): Cell {
  const family = RHYTHMS[Math.min(RHYTHMS.length - 1, Math.floor(busy * RHYTHMS.length))]!;
  const rhythm = family[Math.floor(random() * family.length)]!;
  const steps: number[] = [];
  let leaps = 0;
  for (let i = 0; i < rhythm.length; i += 1) {
    let step = weighted(
      [
        [1, 4],
        [-1, 4],
        [2, 2],
        [-2, 2],
        [0, 1],
        [4, 0.7],
        [-3, 0.7],
      ] as const,
      random,
    ) as number;
    // A leap is recovered by step in the other direction; never two in a row.
    if (leaps !== 0) step = -Math.sign(leaps);
    leaps = Math.abs(step) > 2 ? step : 0;
    steps.push(step);
  }
  return { rhythm, steps };
}

const WORKS = ['plain', 'sequence', 'inversion', 'fragment'] as const;

export interface MelodyWish {
  key: Key;
  /** One chord for each stretch of `beatsAChord` beats. */
  chords: readonly Chord[];
  beatsAChord: number;
  motif: Cell;
  centre: number;
  /** Ends on the tonic chord's root or third rather than open. */
  closes: boolean;
  random: () => number;
}

export function phraseMelody({ key, chords, beatsAChord, motif, centre, closes, random }: MelodyWish): MelodyNote[] {
  const totalBeats = chords.length * beatsAChord;
  const ladder = scaleLadder(key, centre);
  const middle = Math.floor(ladder.length / 2);
  const notes: MelodyNote[] = [];
  let place = middle + Math.floor(random() * 3) - 1;
  let beat = 0;
  let round = 0;
  while (beat < totalBeats - 0.01) {
    const work = round === 0 ? 'plain' : WORKS[Math.floor(random() * WORKS.length)]!;
    const turn = work === 'inversion' ? -1 : 1;
    const length = work === 'fragment' ? Math.ceil(motif.rhythm.length / 2) : motif.rhythm.length;
    // The phrase rises to its peak near two thirds, then falls.
    const rise = beat / totalBeats < 0.6 ? 1 : -1;
    if (work === 'sequence') place += rise;
    for (let i = 0; i < length && beat < totalBeats - 0.01; i += 1) {
      const beats = Math.min(Math.abs(motif.rhythm[i]!), totalBeats - beat);
      if (motif.rhythm[i]! > 0) {
        place += turn * motif.steps[i]!;
        if (place < 1 || place > ladder.length - 2) place = middle + Math.sign(middle - place) * 2;
        const chord = chords[Math.min(chords.length - 1, Math.floor(beat / beatsAChord))]!;
        const strong = beat % 2 < 0.01;
        if (strong) place = nearestChordTone(ladder, place, chord);
        notes.push({ beat, beats, pitch: ladder[place]!, strong });
      }
      beat += beats;
    }
    round += 1;
  }
  const last = notes[notes.length - 1];
  const final = chords[chords.length - 1]!;
  if (last) {
    const tones = closes ? final.tones.slice(0, 2) : final.tones.slice(0, 3);
    last.pitch = nearestOf(ladder, last.pitch, tones);
    last.beats = Math.max(last.beats, Math.min(3, totalBeats - last.beat));
    last.strong = true;
  }
  return notes;
}

/** The notes of the scale for about a tenth around the centre. */
function scaleLadder(key: Key, centre: number): number[] {
  const classes = new Set(key.scale.map((step) => (key.tonic + step) % 12));
  const from = Math.round(centre) - 9;
  return Array.from({ length: 20 }, (_, i) => from + i).filter((pitch) => classes.has(((pitch % 12) + 12) % 12));
}

function nearestChordTone(ladder: number[], place: number, chord: Chord): number {
  for (let reach = 0; reach < 3; reach += 1) {
    for (const candidate of [place - reach, place + reach]) {
      const pitch = ladder[candidate];
      if (pitch !== undefined && chord.tones.includes(pitch % 12)) return candidate;
    }
  }
  return place;
}

function nearestOf(ladder: number[], pitch: number, tones: number[]): number {
  const fitting = ladder.filter((each) => tones.includes(each % 12));
  return fitting.sort((a, b) => Math.abs(a - pitch) - Math.abs(b - pitch))[0] ?? pitch;
}
