/** What each role plays in one phrase: raw notes in beats, before the performance gives them time and touch. */
import type { Chord } from './harmony.js';
import type { MelodyNote } from './melody.js';
import type { Layer } from './textures.js';

export interface RawNote {
  /** Beats from the start of the phrase. */
  beat: number;
  beats: number;
  pitch: number;
  /** Relative weight 0..1 (strong beats, melody peaks). */
  weight: number;
  /** A note of the melody that carries its line. */
  strong?: boolean;
  /** Of the last chord: held to its end, however short the touch is elsewhere. */
  rests?: boolean;
}

export interface Phrase {
  chords: readonly Chord[];
  voicings: readonly (readonly number[])[];
  beatsAChord: number;
  melody: readonly MelodyNote[];
  /** 0..1: how full this phrase is within the breathing of the piece. */
  activity: number;
}

export interface LayerWish {
  phrase: Phrase;
  layer: Layer;
  /** Centre of this layer, MIDI. */
  centre: number;
  /** Moving notes a beat for arpeggio, ostinato and pulse. */
  notesABeat: number;
  /** 0..1 from the profile. */
  density: number;
  /** Place of the layer in its texture: players of one figure tell themselves apart by it. */
  layerIndex: number;
  random: () => number;
}

export function playLayer(wish: LayerWish): RawNote[] {
  const notes = ROLES[wish.layer.role](wish);
  const [low, high] = wish.layer.range;
  return notes.map((note) => ({ ...note, pitch: fold(note.pitch, low, high) }));
}

/** Brings a pitch into an instrument's range by octaves. */
export function fold(pitch: number, low: number, high: number): number {
  let folded = Math.round(pitch);
  while (folded < low) folded += 12;
  while (folded > high) folded -= 12;
  return folded;
}

const totalBeats = (phrase: Phrase) => phrase.chords.length * phrase.beatsAChord;

function chordAt(phrase: Phrase, beat: number): number {
  return Math.min(phrase.chords.length - 1, Math.floor(beat / phrase.beatsAChord + 1e-6));
}

const ROLES: Record<Layer['role'], (wish: LayerWish) => RawNote[]> = {
  melody: ({ phrase, centre }) => {
    // The melody was written around the middle of the ladder; it sings where this instrument sits.
    const mean = phrase.melody.reduce((sum, note) => sum + note.pitch, 0) / Math.max(1, phrase.melody.length);
    const shift = 12 * Math.round((centre - mean) / 12);
    return phrase.melody.map((note) => ({
      beat: note.beat,
      beats: note.beats,
      pitch: note.pitch + shift,
      weight: note.strong ? 0.9 : 0.72,
      strong: note.strong,
    }));
  },

  counter: ({ phrase, notesABeat }) => {
    // Slow: the tenor of the chord. Busy: two inner voices in turn, as second violins do.
    const every = notesABeat >= 1 ? 1 / Math.min(2, notesABeat) : notesABeat >= 0.5 ? 2 : phrase.beatsAChord;
    return steps(totalBeats(phrase), every).map((beat, at) => {
      const voicing = phrase.voicings[chordAt(phrase, beat)]!;
      return { beat, beats: every, pitch: voicing[at % 2 === 0 ? 1 : 2]!, weight: at % 2 === 0 ? 0.5 : 0.4 };
    });
  },

  pad: ({ phrase, density }) =>
    phrase.voicings.flatMap((voicing, i) =>
      voicing
        .filter((_, voice) => density > 0.35 || voice !== 2)
        .map((pitch) => ({ beat: i * phrase.beatsAChord, beats: phrase.beatsAChord * 1.04, pitch, weight: 0.45 })),
    ),

  chords: ({ phrase, centre, notesABeat, density, random }) => {
    if (notesABeat >= 2) return brokenChords(phrase, centre, notesABeat, random);
    const figures = COMPING[notesABeat >= 1.5 ? 'busy' : notesABeat >= 1 ? 'walking' : 'slow'];
    // Two figures take turns, so that no bar is the copy of the one before.
    const drawn = [0, 1].map(() => figures[Math.floor(random() * figures.length)]!);
    const notes: RawNote[] = [];
    for (let bar = 0, at = 0; bar < totalBeats(phrase) - 0.01; bar += COMPED_BEATS, at += 1) {
      for (const [i, offset] of drawn[at % 2]!.entries()) {
        const beat = bar + offset;
        if (beat >= totalBeats(phrase) - 0.01) continue;
        const onChange = i === 0 && bar % phrase.beatsAChord < 0.01;
        if (!onChange && random() > 0.55 + density * 0.4) continue;
        const voicing = phrase.voicings[chordAt(phrase, beat)]!;
        const beats = Math.min((drawn[at % 2]![i + 1] ?? COMPED_BEATS) - offset, phrase.beatsAChord) * 1.1;
        // Gently rolled, as a hand would: each voice a little after the one below; what answers leaves the lowest out.
        for (const [voice, pitch] of voicing.slice(onChange ? 0 : 1).entries()) {
          notes.push({ beat: beat + voice * (onChange ? 0.03 : 0.015), beats, pitch, weight: onChange ? 0.6 : 0.42 });
        }
      }
    }
    return notes;
  },

  arpeggio: ({ phrase, centre, notesABeat, random }) => brokenChords(phrase, centre, notesABeat, random),

  interlock: ({ phrase, centre, notesABeat, layerIndex, random }) => {
    // Two players share one line: each rests where the other strikes.
    const step = 1 / Math.max(0.25, notesABeat);
    const figure = Array.from({ length: 6 }, () => Math.floor(random() * 4));
    return steps(totalBeats(phrase), step).flatMap((beat, at) => {
      if (at % 2 !== layerIndex % 2) return [];
      const voicing = phrase.voicings[chordAt(phrase, beat)]!;
      const shift = 12 * Math.round((centre - voicing[1]!) / 12);
      const voice = figure[Math.floor(at / 2) % figure.length]!;
      const pitch = voicing[voice % voicing.length]! + shift;
      return [{ beat, beats: step * 1.2, pitch, weight: at % 8 < 2 ? 0.6 : 0.45 }];
    });
  },

  walk: ({ phrase, centre, notesABeat, random }) => {
    // A walking bass: root on the change, chord tones between, a step into the next root.
    const step = notesABeat >= 1 ? 1 : 2;
    return steps(totalBeats(phrase), step).map((beat) => {
      const here = chordAt(phrase, beat);
      const chord = phrase.chords[here]!;
      const next = phrase.chords[Math.min(phrase.chords.length - 1, here + 1)]!;
      const onChange = beat % phrase.beatsAChord < 0.01;
      const leads = beat + step >= (here + 1) * phrase.beatsAChord - 0.01 && next !== chord;
      const target = nearest(next.bass, centre);
      const tone = chord.tones[Math.floor(random() * chord.tones.length)]!;
      const pitch = onChange
        ? nearest(chord.bass, centre)
        : leads
          ? target + (random() < 0.5 ? 2 : -1)
          : nearest(tone, centre);
      return { beat, beats: step * 0.92, pitch, weight: onChange ? 0.65 : 0.5 };
    });
  },

  glitter: ({ phrase, centre }) =>
    phrase.melody
      .filter((note) => note.strong || note.beats >= 1)
      .map((note) => ({ beat: note.beat, beats: note.beats, pitch: nearest(note.pitch % 12, centre), weight: 0.6 })),

  ostinato: ({ phrase, centre, notesABeat, random }) => {
    const step = 1 / Math.max(0.25, notesABeat);
    const figure = Array.from({ length: 8 }, () => ({
      voice: Math.floor(random() * 4),
      sounds: random() < 0.8,
      up: random() < 0.25,
    }));
    figure[0] = { voice: 0, sounds: true, up: false };
    const notes: RawNote[] = [];
    let at = 0;
    for (let beat = 0; beat < totalBeats(phrase) - 0.01; beat += step) {
      const { voice, sounds, up } = figure[at % figure.length]!;
      const voicing = phrase.voicings[chordAt(phrase, beat)]!;
      const shift = 12 * Math.round((centre - voicing[1]!) / 12) + (up ? 12 : 0);
      if (sounds)
        notes.push({
          beat,
          beats: step * 0.9,
          pitch: voicing[voice % voicing.length]! + shift,
          weight: at % 4 === 0 ? 0.75 : 0.5,
        });
      at += 1;
    }
    return notes;
  },

  pulse: ({ phrase, centre, notesABeat, random }) => {
    const step = 1 / Math.max(0.25, notesABeat);
    const notes: RawNote[] = [];
    for (let beat = 0, at = 0; beat < totalBeats(phrase) - 0.01; beat += step, at += 1) {
      const chord = phrase.chords[chordAt(phrase, beat)]!;
      const place = at % 8 === 6 && random() < 0.4 ? 2 : at % 8 === 3 && chord.degree === 0 ? 1 : 0;
      const tone = chord.tones[place] ?? chord.tones[0]!;
      notes.push({
        beat,
        beats: step * 0.7,
        pitch: nearest(tone, centre),
        weight: at % Math.max(1, Math.round(1 / step)) === 0 ? 0.8 : 0.5,
      });
    }
    return notes;
  },

  bass: ({ phrase, centre, density, random }) =>
    phrase.chords.flatMap((chord, i) => {
      const beat = i * phrase.beatsAChord;
      const root = nearest(chord.bass, centre);
      const half = phrase.beatsAChord / 2;
      if (density > 0.35 && phrase.beatsAChord >= 3 && random() < 0.5) {
        // Home: root and tenth, as a left hand does; elsewhere root and fifth.
        const second =
          chord.degree === 0
            ? nearest(chord.tones[1] ?? chord.bass, centre + 9)
            : nearest(chord.tones[2] ?? chord.bass, centre + 3);
        return [
          { beat, beats: half, pitch: root, weight: 0.65 },
          { beat: beat + half, beats: half, pitch: second, weight: 0.5 },
        ];
      }
      return [{ beat, beats: phrase.beatsAChord * 0.98, pitch: root, weight: 0.6 }];
    }),

  bells: ({ phrase, centre, notesABeat, random }) => {
    const notes: RawNote[] = [];
    const chance = Math.min(0.9, 0.12 + notesABeat * 0.22);
    for (let beat = 0; beat < totalBeats(phrase); beat += 1) {
      if (random() > chance) continue;
      const chord = phrase.chords[chordAt(phrase, beat)]!;
      const tone = chord.tones[Math.floor(random() * chord.tones.length)]!;
      notes.push({
        beat: beat + random() * 0.6,
        beats: 4,
        pitch: nearest(tone, centre + (random() - 0.5) * 14),
        weight: 0.35 + random() * 0.25,
      });
    }
    return notes;
  },

  drone: ({ phrase, centre }) => {
    // The phrase's own home tone, its fifth and its tenth, overlapping into the next phrase.
    const home = phrase.chords[0]!;
    const tonic = nearest(home.tones[0]!, centre);
    const beats = totalBeats(phrase) * 1.08;
    return [
      { beat: 0, beats, pitch: tonic, weight: 0.5 },
      { beat: totalBeats(phrase) * 0.25, beats: beats * 0.72, pitch: tonic + 7, weight: 0.38 },
      {
        beat: totalBeats(phrase) * 0.12,
        beats: beats * 0.85,
        pitch: nearest(home.tones[1]!, tonic + 16),
        weight: 0.36,
      },
    ];
  },
};

/** Where in a bar of four a chord is struck: never every beat alike, and the first now and then late or early. */
const COMPED_BEATS = 4;
const COMPING = {
  slow: [[0], [0], [0, 2.5], [0.5]],
  walking: [
    [0, 2.5],
    [0, 1.5],
    [0.5, 2],
    [0, 1.5, 3],
    [0, 2, 3.5],
  ],
  busy: [
    [0, 1, 2.5, 3],
    [0, 1.5, 2.5],
    [0, 0.5, 2, 3],
    [0.5, 1.5, 2, 3.5],
  ],
} as const;

/** Beats from 0 to the end, `every` so many. */
function steps(beats: number, every: number): number[] {
  return Array.from({ length: Math.ceil(beats / every - 0.01) }, (_, i) => i * every);
}

function brokenChords(phrase: Phrase, centre: number, notesABeat: number, random: () => number): RawNote[] {
  const step = 1 / Math.max(0.25, notesABeat);
  const pattern = PATTERNS[Math.floor(random() * PATTERNS.length)]!;
  return steps(totalBeats(phrase), step).map((beat, at) => {
    const voicing = phrase.voicings[chordAt(phrase, beat)]!;
    const shift = 12 * Math.round((centre - voicing[1]!) / 12);
    const strong = Math.abs(beat - Math.round(beat)) < 0.01;
    const pitch = voicing[pattern[at % pattern.length]! % voicing.length]! + shift;
    return { beat, beats: step * 1.6, pitch, weight: strong ? 0.55 : 0.42 };
  });
}

const PATTERNS = [
  [0, 2, 1, 3],
  [0, 1, 2, 3, 2, 1],
  [0, 2, 3, 2],
  [0, 3, 1, 2, 3, 1],
  [0, 1, 3, 2, 1, 2],
];

/** The pitch of a class nearest to a centre. */
export function nearest(pitchClass: number, centre: number): number {
  const base = Math.round(centre);
  const up = (((pitchClass - base) % 12) + 12) % 12;
  return up <= 6 ? base + up : base + up - 12;
}
