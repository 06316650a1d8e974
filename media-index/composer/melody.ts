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

/** Lengths in beats and how often each is drawn, from sparse to busy. */
const LENGTHS: [number, number][][] = [
  [
    [2, 3],
    [3, 3],
    [4, 2],
    [1.5, 1],
  ],
  [
    [1, 4],
    [2, 3],
    [1.5, 2],
    [3, 1],
    [0.5, 1],
  ],
  [
    [0.5, 4],
    [1, 4],
    [1.5, 2],
    [2, 1],
  ],
  [
    [0.5, 6],
    [0.25, 1],
    [0.75, 1],
    [1, 3],
    [1.5, 1],
  ],
];
const STEPS: [number, number][] = [
  [1, 4],
  [-1, 4],
  [2, 2],
  [-2, 2],
  [0, 1],
  [3, 1],
  [-3, 1],
  [4, 1],
  [-4, 0.7],
  [5, 0.5],
];

/** A cell of two bars: its rhythm ends long and breathes. `busy` 0..1 picks the lengths. */
export function drawMotif(busy: number, random: () => number, beatsABar = 4): Cell {
  const lengths = LENGTHS[Math.min(LENGTHS.length - 1, Math.floor(busy * LENGTHS.length))]!;
  const whole = beatsABar === 6 ? 6 : beatsABar * 2;
  const rhythm: number[] = [];
  if (random() < 0.2) rhythm.push(-(random() < 0.5 ? 0.5 : 1));
  const breath = busy < 0.25 ? 1 : 1 + random();
  let beat = Math.abs(rhythm[0] ?? 0);
  while (beat < whole - breath - 0.01) {
    const drawn = Math.min(weighted(lengths, random), whole - breath - beat);
    const beats = Math.max(0.25, Math.round(drawn * 4) / 4);
    rhythm.push(beats);
    beat += beats;
    // An off-beat note is answered by its other half, so that the bar is not lost.
    if (beats % 1 !== 0 && beat % 1 !== 0 && random() < 0.8) {
      const half = 1 - (beat % 1);
      rhythm.push(half);
      beat += half;
    }
  }
  if (whole - beat > 0.01) rhythm.push(-(whole - beat));
  const steps: number[] = [];
  let leaps = 0;
  for (let i = 0; i < rhythm.length; i += 1) {
    let step = weighted(STEPS, random);
    // A leap is recovered by step in the other direction; never two in a row.
    if (leaps !== 0) step = -Math.sign(leaps) * (random() < 0.75 ? 1 : 2);
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
        const strong = beat % (beatsAChord % 3 === 0 ? 3 : 2) < 0.01;
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
  // The tone by which the mode is known is sung where it is near.
  const near = chord.telling === undefined ? [] : [place, place - 1, place + 1, place - 2, place + 2];
  for (const candidate of chord.degree === 0 ? near : near.slice(0, 3)) {
    if (ladder[candidate] !== undefined && ladder[candidate]! % 12 === chord.telling) return candidate;
  }
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
