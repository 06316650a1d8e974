/**
 * A piece of music from a profile, a texture and a seed: the same three always give the same score.
 *
 * Order of work: form → harmony → voices → melody → layers → performance. The onset rate is solved for: the piece is
 * laid out with several subdivisions and melodic rhythms, and the one whose written onsets come nearest is kept.
 */
import { brightnessToHz } from '../../engine/musical-profile.js';
import { seededRandom } from '../../engine/plan/random.js';
import type { MusicalProfile } from '../../engine/vocabulary.js';
import { type Cadence, chooseKey, type Key, phraseHarmony } from './harmony.js';
import { type Phrase, playLayer } from './layers.js';
import { drawMotif, phraseMelody } from './melody.js';
import { phraseArc, tempoMap } from './performance.js';
import type { Note, Part, Score } from './score.js';
import { TEXTURES, type Texture, type TextureName } from './textures.js';
import { voiceChords } from './voicing.js';

export interface ComposeWish {
  id: string;
  title: string;
  profile: MusicalProfile;
  texture: TextureName;
  seed: number;
  minutes: number;
}

interface Layout {
  tempoBpm: number;
  beatsABar: number;
  beatsAPhrase: number;
  beatsAChord: number;
  phrases: number;
}

/** Seconds that the last notes and the room are given to die away. */
const TAIL_SEC = 5;
/** Seconds that the room needs after the last release. */
const ROOM_SEC = 2;
const SUBDIVISIONS = [0.25, 0.5, 1, 1.5, 2, 3, 4];
const BUSY = [0.05, 0.35, 0.6, 0.9];

export function compose(wish: ComposeWish): Score {
  const texture: Texture = TEXTURES[wish.texture];
  const layout = layOut(wish, texture);
  const target = wish.profile.onsetRatePerSec;
  let best: { parts: Part[]; endSec: number; key: Key; error: number } | undefined;
  for (const notesABeat of SUBDIVISIONS) {
    for (const busy of BUSY) {
      const tried = write(wish, texture, layout, notesABeat, busy);
      const error = Math.abs(Math.log(onsetRateOf(tried.parts, tried.endSec) / target));
      if (!best || error < best.error - 1e-9) best = { ...tried, error };
    }
  }
  const { parts, endSec, key } = best!;
  return {
    version: 1,
    id: wish.id,
    title: wish.title,
    texture: wish.texture,
    seed: wish.seed,
    tempoBpm: texture.free ? null : Math.round(layout.tempoBpm * 10) / 10,
    keyTonic: key.tonic,
    modeName: key.modeName,
    durationSec: Math.round(Math.max(endSec + TAIL_SEC, lastRelease(parts) + ROOM_SEC) * 10) / 10,
    lowPassHz: lowPass(wish.profile.brightness),
    parts,
  };
}

/** Second at which the last note is let go: a bell or a drone may ring on beyond the last bar. */
function lastRelease(parts: readonly Part[]): number {
  return Math.max(...parts.flatMap((part) => part.notes.map(([start, length]) => start + length)));
}

/** Distinct onsets a second as written: notes within 30 ms are one event. */
export function onsetRateOf(parts: readonly Part[], endSec: number): number {
  const starts = parts.flatMap((part) => part.notes.map(([start]) => start)).sort((a, b) => a - b);
  let events = 0;
  let last = -1;
  for (const start of starts) {
    if (start - last > 0.03) {
      events += 1;
      last = start;
    }
  }
  return Math.max(0.01, events / Math.max(1, endSec));
}

function lowPass(brightness: number): number | null {
  // Only music that should be dark is filtered; the rest is left as the instruments sound.
  return brightness > 0.45 ? null : Math.round(brightnessToHz(brightness) * 3.2);
}

function layOut({ profile, minutes }: ComposeWish, texture: Texture): Layout {
  const tempoBpm = texture.free ? Math.min(70, profile.tempoBpm) : profile.tempoBpm;
  const { beatsABar } = texture;
  // In 6/8 the beat that is felt is three of ours.
  const beatBpm = beatsABar === 6 ? tempoBpm * 2 : tempoBpm;
  const barSec = (beatsABar * 60) / beatBpm;
  const bars = barSec > 4.5 ? 4 : 8;
  const slow = profile.affect.arousal < -0.3;
  const barsAChord = texture.free ? 2 : slow && barSec < 4 ? 2 : 1;
  const phrases = Math.max(3, Math.round((minutes * 60 - TAIL_SEC) / (bars * barSec)));
  return { tempoBpm: beatBpm, beatsABar, beatsAPhrase: bars * beatsABar, beatsAChord: barsAChord * beatsABar, phrases };
}

/** A A' B A'' and on: returns are altered by fullness, octave and inner voices. */
const FORM = ['A', 'A', 'B', 'A', 'C', 'A', 'B', 'A', 'C', 'B'] as const;

function write(
  wish: ComposeWish,
  texture: Texture,
  layout: Layout,
  notesABeat: number,
  busy: number,
): { parts: Part[]; endSec: number; key: Key } {
  const { profile, seed } = wish;
  const random = seededRandom(seed);
  const key = chooseKey(profile.mode, random);
  const material = new Map<string, Phrase>();
  const chords = Math.round(layout.beatsAPhrase / layout.beatsAChord);
  const motif = drawMotif(busy, random);
  const phrases = Array.from({ length: layout.phrases }, (_, i): Phrase => {
    const last = i === layout.phrases - 1;
    const letter = last ? 'A' : FORM[i % FORM.length]!;
    // The breathing of the piece: full and thin over about a minute and a half, thin at both ends.
    const activity = Math.min(1, 0.55 + 0.35 * Math.sin((2 * Math.PI * i) / 5 + 0.6) + (i === 0 || last ? -0.3 : 0.1));
    const name = `${letter}${last ? '!' : i % 2 === 0 ? '' : "'"}`;
    const known = material.get(name);
    if (known) return { ...known, activity };
    const cadence: Cadence = last ? 'full' : i % 2 === 0 ? 'open' : random() < 0.4 ? 'soft' : 'full';
    const harmony = phraseHarmony({ key, chords, cadence, consonance: profile.consonance, random });
    const fresh: Phrase = {
      chords: harmony,
      voicings: voiceChords(harmony, profile.register),
      beatsAChord: layout.beatsAChord,
      melody: phraseMelody({
        key,
        chords: harmony,
        beatsAChord: layout.beatsAChord,
        motif: letter === 'A' ? motif : drawMotif(busy, random),
        centre: profile.register + 9,
        closes: cadence !== 'open',
        random,
      }),
      activity,
    };
    material.set(name, fresh);
    return fresh;
  });

  const steadiness = Math.min(1, Math.max(0, profile.pulseClarity * 1.2 - 0.1));
  const time = tempoMap({ ...layout, steadiness });
  // Pressure of the touch follows arousal and brightness: louder playing is brighter playing.
  const touch = 62 + 26 * ((profile.affect.arousal + 1) / 2) + 14 * profile.brightness;
  const parts = texture.layers.map((layer): Part => {
    const centre = profile.register + layer.offset;
    const sustained = layer.role === 'pad' || layer.role === 'drone' || layer.role === 'counter';
    const held = sustained ? 1.02 : layer.role === 'bells' ? 1 : 1.12 - 0.72 * profile.articulation;
    const notes: Note[] = [];
    phrases.forEach((phrase, i) => {
      if (!sounds(layer.role, i, layout.phrases, phrase.activity, profile.density)) return;
      for (const raw of playLayer({
        phrase,
        layer,
        centre,
        notesABeat,
        density: profile.density * (0.6 + 0.4 * phrase.activity),
        random,
      })) {
        const beat = i * layout.beatsAPhrase + raw.beat;
        const jitter = (random() - 0.5) * 0.018 * (1 - steadiness * 0.6);
        const start = Math.max(0, time.secondsAt(beat) + jitter);
        const end = time.secondsAt(beat + raw.beats * held);
        const arc = phraseArc(raw.beat / layout.beatsAPhrase);
        const velocity = touch * (0.55 + 0.6 * raw.weight) * arc * (0.94 + 0.12 * random());
        notes.push([
          round(start),
          round(Math.max(0.06, end - start)),
          raw.pitch,
          Math.round(Math.min(118, Math.max(14, velocity))),
        ]);
      }
    });
    notes.sort((a, b) => a[0] - b[0] || a[2] - b[2]);
    return {
      name: layer.name,
      program: layer.program,
      pan: layer.pan,
      volume: layer.volume,
      reverb: layer.reverb,
      notes,
      controls: sustained ? swells(layout, time) : [],
    };
  });
  const sounding = parts.filter((part) => part.notes.length > 0);
  return { parts: sounding, endSec: time.secondsAt(layout.phrases * layout.beatsAPhrase), key };
}

/** Who plays in which phrase: the melody waits for the second half of the opening; thin phrases leave voices out. */
function sounds(role: string, index: number, count: number, activity: number, density: number): boolean {
  if (role === 'bass' || role === 'pad' || role === 'arpeggio' || role === 'ostinato' || role === 'drone') return true;
  if (index === count - 1) return role === 'melody' || role === 'chords' || role === 'bells';
  if (role === 'counter') return activity > 0.5 && density > 0.2;
  if (role === 'melody') return index > 0 || density > 0.4;
  return activity > 0.35 || density > 0.5;
}

/** Expression (controller 11) for sustained voices: each phrase swells and ebbs. */
function swells(layout: Layout, time: { secondsAt(beat: number): number }): Part['controls'] {
  const controls: Part['controls'] = [];
  for (let i = 0; i < layout.phrases; i += 1) {
    for (let step = 0; step < 16; step += 1) {
      const at = (i + step / 16) * layout.beatsAPhrase;
      controls.push([
        round(time.secondsAt(at)),
        11,
        Math.round(127 * (0.55 + 0.45 * ((phraseArc(step / 16) - 0.75) / 0.25))),
      ]);
    }
  }
  return controls;
}

const round = (seconds: number) => Math.round(seconds * 100) / 100;
