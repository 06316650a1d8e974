/** The plan of a piece before a note is written: phrases, their tempo, their fullness, and the settings each is played with. */
import type { MusicalProfile } from '../../engine/vocabulary.js';
import type { Texture } from './textures.js';

/** Seconds that the last notes and the room are given to die away. */
export const TAIL_SEC = 5;

/** How busy the layers are, and where they sit: what is solved for so that the page sounds as asked. */
export interface Settings {
  /** Moving notes a beat. */
  notesABeat: number;
  /** Rhythm of the melody, 0..1. */
  busy: number;
  /** Share of the weak moving notes that are left out. */
  thin: number;
  /** MIDI centre that the voices are written around. */
  register: number;
  /** 0..1: how much harmony and voices are bent to make the mode plain to hear; 0 = as they come. */
  plain: number;
}

/** One phrase: what is asked of it, and how it is met. */
export interface Turn extends Settings {
  profile: MusicalProfile;
  /** Written beats a minute. */
  bpm: number;
}

export interface Layout {
  beatsABar: number;
  beatsAPhrase: number;
  beatsAChord: number;
  /** One for each phrase. */
  bpms: number[];
  profiles: MusicalProfile[];
}

/** Drones have no beat; their fields move at most this fast. */
const FREE_BPM = 70;

/**
 * `profileAt` gives what is asked at a second of the piece. Bars a phrase and beats a chord are those of the beginning, so
 * that a piece keeps its form while its pace glides.
 */
export function layOut(profileAt: (sec: number) => MusicalProfile, minutes: number, texture: Texture): Layout {
  const { beatsABar } = texture;
  const bpmOf = (profile: MusicalProfile) => {
    const tempo = texture.free ? Math.min(FREE_BPM, profile.tempoBpm) : profile.tempoBpm;
    // In 6/8 the beat that is felt is three of ours.
    return beatsABar === 6 ? tempo * 2 : tempo;
  };
  const first = profileAt(0);
  const barSec = (beatsABar * 60) / bpmOf(first);
  const wantedSec = minutes * 60 - TAIL_SEC;
  const bars = barsAPhrase(barSec, wantedSec);
  const slow = first.affect.arousal < -0.3;
  const barsAChord = bars < 4 ? 1 : texture.free ? 2 : slow && barSec < 4 ? 2 : 1;
  const beatsAPhrase = bars * beatsABar;
  const bpms: number[] = [];
  const profiles: MusicalProfile[] = [];
  let sec = 0;
  for (;;) {
    const profile = profileAt(sec);
    const bpm = bpmOf(profile);
    const phraseSec = (beatsAPhrase * 60) / bpm;
    // The last phrase is begun only where more than half of it still belongs to the piece.
    if (profiles.length >= LEAST_PHRASES && sec + phraseSec / 2 > wantedSec) break;
    bpms.push(bpm);
    profiles.push(profile);
    sec += phraseSec;
  }
  const slowed = (phrases: number) => slowDown(bpms.slice(0, phrases), texture.slowing ?? 0);
  const missedSec = (phrases: number) =>
    Math.abs(slowed(phrases).reduce((sum, bpm) => sum + (beatsAPhrase * 60) / bpm, 0) - wantedSec);
  let phrases = bpms.length;
  // Broadening takes time: a phrase less may come nearer to what is asked.
  while (phrases > LEAST_PHRASES && missedSec(phrases - 1) < missedSec(phrases)) phrases -= 1;
  return {
    beatsABar,
    beatsAPhrase,
    beatsAChord: barsAChord * beatsABar,
    bpms: slowed(phrases),
    profiles: profiles.slice(0, phrases),
  };
}

/** Statement, return, close: fewer phrases are no form. */
const LEAST_PHRASES = 3;
/** A length that is missed by this much more is worth shorter phrases. */
const WORTH_SEC = 5;

/** A phrase of eight bars is a breath where bars are short, of four where they are long; of fewer where that keeps the length. */
function barsAPhrase(barSec: number, wantedSec: number): number {
  const natural = barSec > 4.5 ? 4 : 8;
  const [first, ...shorter] = [8, 4, 2]
    .filter((bars) => bars <= natural && LEAST_PHRASES * bars * barSec < 1.1 * wantedSec)
    .map((bars) => ({ bars, missedSec: missedBy(bars * barSec, wantedSec) }));
  if (!first) return 2;
  const better = shorter.find(({ bars, missedSec }) => bars >= 4 && missedSec < first.missedSec - WORTH_SEC);
  return (better ?? first).bars;
}

function missedBy(phraseSec: number, wantedSec: number): number {
  return Math.abs(Math.max(LEAST_PHRASES, Math.round(wantedSec / phraseSec)) * phraseSec - wantedSec);
}

/** The last third broadens: its final phrase is slower by `share`. */
function slowDown(bpms: readonly number[], share: number): number[] {
  const from = Math.floor((bpms.length * 2) / 3);
  return bpms.map((bpm, i) => (i < from ? bpm : bpm * (1 - (share * (i - from + 1)) / (bpms.length - from))));
}
