/** A laid-out piece written down: harmony and melody by letter, voices, layers, and the hands that play them. */
import { seededRandom } from '../../engine/plan/random.js';
import { programFor } from './colour.js';
import { comeToRest } from './ending.js';
import { type Cadence, type Chord, type Key, phraseHarmony } from './harmony.js';
import { type Phrase, playLayer, type RawNote } from './layers.js';
import type { Layout, Turn } from './layout.js';
import { drawMotif, phraseMelody } from './melody.js';
import { createHand, phraseArc, type TempoMap, tempoMap } from './performance.js';
import type { Note, Part } from './score.js';
import type { Layer, Texture } from './textures.js';
import { unbroken } from './unbroken.js';
import { voiceChords } from './voicing.js';

export interface Written {
  parts: Part[];
  endSec: number;
  time: TempoMap;
}

/** A A' B A'' and on: returns are altered by fullness, octave and inner voices. */
const FORM = ['A', 'A', 'B', 'A', 'C', 'A', 'B', 'A', 'C', 'B'] as const;

export interface Page {
  seed: number;
  key: Key;
  texture: Texture;
  layout: Layout;
  turns: readonly Turn[];
  /** Only so many phrases are written out, as they stand in the whole: a sketch. All where it is left out. */
  first?: number;
}

export function write(page: Page): Written {
  const { seed, texture, layout, turns } = page;
  const shown = turns.slice(0, page.first);
  const phrases = shown.map((_, i) => phraseOf(page, i));
  const mean = (of: (turn: Turn) => number) => turns.reduce((sum, turn) => sum + of(turn), 0) / turns.length;
  const steadiness = Math.min(1, Math.max(0, mean((turn) => turn.profile.pulseClarity) * 1.2 - 0.1));
  const time = tempoMap({
    beatsABar: layout.beatsABar,
    beatsAPhrase: layout.beatsAPhrase,
    phrases: turns.length,
    steadiness,
    tempoOf: (phrase) => turns[phrase]!.bpm,
  });
  const brightness = mean((turn) => turn.profile.brightness);
  const parts = texture.layers.map((layer, layerIndex): Part => {
    const random = seededRandom(seed * 64 + layerIndex * 3 + 1);
    const hand = createHand(seededRandom(seed * 64 + layerIndex * 3 + 2), 1 - steadiness);
    const notes = shown.flatMap((turn, i) => {
      const phrase = phrases[i]!;
      const waits = i === 0 && (layout.beatsAPhrase * 60) / turn.bpm < LONGEST_WAIT_SEC;
      if (!sounds(layer.role, { waits, last: i === turns.length - 1 }, phrase.activity, turn.profile.density))
        return [];
      const centre = turn.register + layer.offset;
      const raw = playLayer({
        phrase,
        layer,
        centre,
        notesABeat: turn.notesABeat,
        density: turn.profile.density * (0.6 + 0.4 * phrase.activity),
        layerIndex,
        random: seededRandom(seed * 4096 + i * 32 + layerIndex),
      });
      const kept = thinned(
        raw,
        layer,
        turn.thin,
        phrase.beatsAChord,
        seededRandom(seed * 4096 + i * 32 + 16 + layerIndex),
      );
      const ends = i === turns.length - 1;
      const holdBeats = Math.max(layout.beatsAChord, (LAST_CHORD_SEC * turn.bpm) / 60);
      const led = ends ? comeToRest(kept, { phrase, layer, layerIndex, centre, holdBeats }) : kept;
      return led.map((note) =>
        perform(note, { turn, layer, from: i * layout.beatsAPhrase, layout, time, hand, random }),
      );
    });
    notes.sort((a, b) => a[0] - b[0] || a[2] - b[2]);
    const { name, pan, volume, reverb } = layer;
    return {
      name,
      program: programFor(layer.program, brightness),
      pan,
      volume,
      reverb,
      notes,
      controls: isSustained(layer) ? swells(layout, time) : [],
    };
  });
  const accompanied = parts.map((part, i) => ({ part, accompanies: ACCOMPANIES.has(texture.layers[i]!.role) }));
  const beats = Array.from({ length: shown.length * layout.beatsAPhrase }, (_, beat) => time.secondsAt(beat));
  return {
    parts: unbroken(accompanied, beats).filter((part) => part.notes.length > 0),
    endSec: time.secondsAt(shown.length * layout.beatsAPhrase),
    time,
  };
}

/** Who may strike a chord once more. */
const ACCOMPANIES = new Set<Layer['role']>(['pad', 'drone', 'bass', 'chords', 'walk', 'arpeggio', 'ostinato']);

/** The last chord is held at least so long (it is played slower than it is written). */
const LAST_CHORD_SEC = 3;

const MOVES = new Set<Layer['role']>([
  'arpeggio',
  'ostinato',
  'pulse',
  'interlock',
  'bells',
  'counter',
  'chords',
  'melody',
  'walk',
]);

/** Leaves out a share of the moving notes; those on a change of chord stay, so that the harmony is never lost. */
function thinned(notes: RawNote[], layer: Layer, thin: number, beatsAChord: number, random: () => number): RawNote[] {
  if (thin <= 0 || !MOVES.has(layer.role)) return notes;
  return notes.filter((note, i) => {
    const drawn = random();
    if (note.beat % beatsAChord < 0.1 || (layer.role === 'melody' && (note.strong || i === notes.length - 1)))
      return true;
    return drawn >= thin;
  });
}

interface Playing {
  turn: Turn;
  layer: Layer;
  from: number;
  layout: Layout;
  time: TempoMap;
  hand: () => number;
  random: () => number;
}

const isSustained = (layer: Layer) => layer.role === 'pad' || layer.role === 'drone' || layer.role === 'counter';

function perform(raw: RawNote, { turn, layer, from, layout, time, hand, random }: Playing): Note {
  const { profile } = turn;
  const held = raw.rests
    ? 1
    : isSustained(layer)
      ? 1.02
      : layer.role === 'bells'
        ? 1
        : 1.12 - 0.72 * profile.articulation;
  const start = Math.max(0, time.secondsAt(from + raw.beat) + hand());
  const end = time.secondsAt(from + raw.beat + raw.beats * held);
  const arc = phraseArc(raw.beat / layout.beatsAPhrase);
  // Pressure of the touch follows arousal and the loudness asked for.
  const touch = 58 + 16 * ((profile.affect.arousal + 1) / 2) + 1.6 * (profile.loudnessLufs + 22);
  const velocity = touch * (0.6 + 0.55 * raw.weight) * arc * (0.95 + 0.1 * random());
  return [
    round(start),
    round(Math.max(0.06, end - start)),
    raw.pitch,
    Math.round(Math.min(118, Math.max(14, velocity))),
  ];
}

function phraseOf({ seed, key, texture, layout, turns }: Page, i: number): Phrase {
  const turn = turns[i]!;
  const last = i === turns.length - 1;
  const letter = last ? 'A' : FORM[i % FORM.length]!;
  const name = `${letter}${last ? '!' : i % 2 === 0 ? '' : "'"}`;
  const random = seededRandom(seed * 128 + [...name].reduce((sum, c) => sum * 7 + c.charCodeAt(0), 0));
  const cadence: Cadence = last ? 'full' : i % 2 === 0 ? 'open' : random() < 0.4 ? 'soft' : 'full';
  const chords: Chord[] = phraseHarmony({
    key,
    chords: Math.round(layout.beatsAPhrase / layout.beatsAChord),
    cadence,
    consonance: turn.profile.consonance,
    plain: turn.plain,
    random,
  });
  const lead = texture.layers.find((layer) => layer.role === 'melody');
  const motif = drawMotif(turn.busy, seededRandom(seed * 16 + letter.charCodeAt(0)), texture.beatsABar);
  return {
    chords,
    voicings: voiceChords(chords, Math.round(turn.register), turn.plain),
    beatsAChord: layout.beatsAChord,
    melody: phraseMelody({
      key,
      chords,
      beatsAChord: layout.beatsAChord,
      motif,
      centre: turn.register + (lead?.offset ?? 9),
      closes: cadence !== 'open',
      random,
    }),
    // The breathing of the piece: full and thin over about a minute and a half, thin at both ends.
    activity: Math.min(1, 0.55 + 0.35 * Math.sin((2 * Math.PI * i) / 5 + 0.6) + (i === 0 || last ? -0.3 : 0.1)),
  };
}

/** A melody may be waited for through one short phrase; through a long one, nothing would seem to begin. */
const LONGEST_WAIT_SEC = 16;

/** Who plays in which phrase: the melody waits where the opening is thin; thin phrases leave voices out. */
function sounds(
  role: Layer['role'],
  { waits, last }: { waits: boolean; last: boolean },
  activity: number,
  density: number,
): boolean {
  if (last) return role !== 'counter' && role !== 'pulse';
  if (role === 'counter') return activity > 0.5 || density > 0.2;
  if (role === 'melody' || role === 'glitter') return !waits || density > 0.3;
  if (role === 'bells' || role === 'chords') return activity > 0.35 || density > 0.3;
  return true;
}

/** Expression (controller 11) for sustained voices: each phrase swells and ebbs. */
function swells(layout: Layout, time: TempoMap): Part['controls'] {
  return layout.bpms.flatMap((_, i) =>
    Array.from({ length: 16 }, (_, step): [number, number, number] => [
      round(time.secondsAt((i + step / 16) * layout.beatsAPhrase)),
      11,
      Math.round(127 * (0.55 + 0.45 * ((phraseArc(step / 16) - 0.75) / 0.25))),
    ]),
  );
}

const round = (seconds: number) => Math.round(seconds * 100) / 100;
