/**
 * How a piece ends: whatever moved comes to rest on the home chord, rolled as a hand does, and is held until it has died away.
 */
import { fold, nearest, type Phrase, type RawNote } from './layers.js';
import type { Layer } from './textures.js';

/** Beats between the voices of the last chord: slower than a roll in passing. */
const ROLL_BEATS = 0.09;
/** Weight of the last chord: no louder than what led to it. */
const WEIGHT = 0.5;

export interface Rest {
  phrase: Phrase;
  layer: Layer;
  layerIndex: number;
  /** Centre of this layer, MIDI. */
  centre: number;
  /** Beats that the last chord is held. */
  holdBeats: number;
}

/** The last phrase's notes of one layer, with its moving notes ended by the last chord. */
export function comeToRest(notes: readonly RawNote[], rest: Rest): RawNote[] {
  const { phrase, layer, holdBeats } = rest;
  const from = (phrase.chords.length - 1) * phrase.beatsAChord;
  const until = from + holdBeats;
  const before = notes.filter((note) => note.beat < from - 0.2).map((note) => endingBy(note, until));
  if (layer.role === 'melody' || layer.role === 'glitter') return homeward(notes, from, until);
  if (layer.role === 'drone') return notes.map((note) => ({ ...note, beats: until - note.beat, rests: true }));
  if (layer.role === 'bells') return [...before, lastBell(rest, from, until)];
  return [
    ...before,
    ...chordOf(rest).map((pitch, voice) => ({
      beat: from + voice * ROLL_BEATS,
      beats: holdBeats - voice * ROLL_BEATS,
      pitch,
      weight: WEIGHT,
      rests: true,
    })),
  ];
}

const endingBy = (note: RawNote, until: number): RawNote => ({
  ...note,
  beats: Math.min(note.beats, until - note.beat),
});

/** A tune is home before the last chord has half died away, and stays there. */
const HOME_BY = 0.4;

function homeward(notes: readonly RawNote[], from: number, until: number): RawNote[] {
  const last = notes.at(-1);
  if (!last) return [];
  const kept = notes.filter((note) => note.beat <= from + HOME_BY * (until - from));
  const at = kept.at(-1) && kept.at(-1)!.beat >= from - 0.01 ? kept.at(-1)!.beat : from;
  const before = kept.filter((note) => note.beat < at).map((note) => endingBy(note, at));
  return [...before, { ...last, beat: at, beats: until - at, rests: true }];
}

/** One more bell, when the chord already stands. */
function lastBell({ phrase, layer, centre }: Rest, from: number, until: number): RawNote {
  const [low, high] = layer.range;
  const pitch = fold(nearest(phrase.chords.at(-1)!.tones[0]!, centre), low, high);
  return { beat: from + 1, beats: until - from - 1, pitch, weight: WEIGHT, rests: true };
}

/** What a layer plays of the last chord, low to high. */
function chordOf({ phrase, layer, layerIndex, centre }: Rest): number[] {
  const chord = phrase.chords.at(-1)!;
  const voicing = phrase.voicings.at(-1)!;
  const root = nearest(chord.tones[0]!, centre);
  const near = (pitch: number) => pitch + 12 * Math.round((centre - voicing[1]!) / 12);
  const pitches =
    layer.role === 'bass' || layer.role === 'pulse' || layer.role === 'walk'
      ? [root]
      : layer.role === 'pad' || layer.role === 'counter'
        ? voicing
        : layer.role === 'interlock'
          ? voicing.filter((_, voice) => voice % 2 === layerIndex % 2).map(near)
          : voicing.map(near);
  const [low, high] = layer.range;
  return [...new Set(pitches.map((pitch) => fold(pitch, low, high)))].sort((a, b) => a - b);
}
