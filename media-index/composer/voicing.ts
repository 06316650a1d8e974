/**
 * Voice leading: each chord's voicing is chosen so that the whole phrase moves least, by dynamic programming.
 * Costs: total motion, leaps beyond a fourth, parallel fifths and octaves, uneven spacing, and distance from the
 * register asked for.
 */
import type { Chord } from './harmony.js';

const VOICES = 4;
/** Ways to lay out one chord that are weighed against each other. */
const MOST = 90;

/** Four voices a chord, low to high, around `centre` (MIDI). `plain` 0..1: how dearly the tone that tells the mode is wanted. */
export function voiceChords(chords: readonly Chord[], centre: number, plain = 0): number[][] {
  if (chords.length === 0) return [];
  const choices = chords.map((chord) => voicingsOf(chord, centre));
  let costs = choices[0]!.map((voicing) => placeCost(voicing, centre, chords[0]!, plain));
  const back: number[][] = [];
  for (let i = 1; i < choices.length; i += 1) {
    const from: number[] = [];
    costs = choices[i]!.map((voicing) => {
      let best = Number.POSITIVE_INFINITY;
      let bestFrom = 0;
      choices[i - 1]!.forEach((before, j) => {
        const cost = costs[j]! + moveCost(before, voicing, chords[i - 1]!);
        if (cost < best) {
          best = cost;
          bestFrom = j;
        }
      });
      from.push(bestFrom);
      return best + placeCost(voicing, centre, chords[i]!, plain);
    });
    back.push(from);
  }
  let at = costs.indexOf(Math.min(...costs));
  const path = [at];
  for (let i = back.length - 1; i >= 0; i -= 1) {
    at = back[i]![at]!;
    path.unshift(at);
  }
  return path.map((choice, i) => choices[i]![choice]!);
}

/** Every close and open position of the chord's tones within an octave and a half around the centre. */
function voicingsOf(chord: Chord, centre: number): number[][] {
  const pitches: number[] = [];
  for (let pitch = Math.round(centre) - 11; pitch <= Math.round(centre) + 12; pitch += 1) {
    if (chord.tones.includes(pitch % 12)) pitches.push(pitch);
  }
  const found: number[][] = [];
  const build = (voices: number[], from: number) => {
    if (voices.length === VOICES) {
      const classes = new Set(voices.map((pitch) => pitch % 12));
      // Root and third (or what suspends it) must sound; the fifth may go.
      if (classes.has(chord.tones[0]! % 12) && classes.has(chord.tones[1]! % 12)) found.push(voices);
      return;
    }
    for (let i = from; i < pitches.length; i += 1) {
      const gap = voices.length > 0 ? pitches[i]! - voices[voices.length - 1]! : 3;
      if (gap < 2 || gap > 9) continue;
      build([...voices, pitches[i]!], i + 1);
    }
  };
  build([], 0);
  // Plenty to move smoothly; every so-manieth keeps low and high ones alike.
  const thinned = found.length > MOST ? found.filter((_, i) => i % Math.ceil(found.length / MOST) === 0) : found;
  return thinned.length > 0
    ? thinned
    : [chord.tones.slice(0, 3).map((tone, i) => 12 * Math.floor(centre / 12) + tone + (i > 0 ? 12 : 0))];
}

/** A seventh falls by a step, or is held over into a chord that has it. */
function resolves(before: number, after: number): boolean {
  const fall = before - after;
  return fall === 0 || fall === 1 || fall === 2;
}

/** What doubling the tone that tells the mode is worth. */
const TELLING = 2;

function placeCost(voicing: readonly number[], centre: number, chord: Chord, plain: number): number {
  const mean = voicing.reduce((sum, pitch) => sum + pitch, 0) / voicing.length;
  const low = voicing[1] !== undefined && voicing[0]! < 48 && voicing[1] - voicing[0]! < 5 ? 4 : 0; // mud
  const telling = voicing.filter((pitch) => pitch % 12 === chord.telling).length;
  return 0.4 * Math.abs(mean - centre) + low - TELLING * (1 + 2 * plain) * Math.min(2, telling);
}

/** Dear enough that a parallel is taken only where there is no other way at all. */
const PARALLEL = 300;
/** A seventh that is left hanging. */
const UNRESOLVED = 40;

function moveCost(before: readonly number[], after: readonly number[], from: Chord): number {
  let cost = 0;
  const voices = Math.min(before.length, after.length);
  for (let i = 0; i < voices; i += 1) {
    const move = Math.abs(after[i]! - before[i]!);
    cost += move + (move > 5 ? (move - 5) * 2 : 0);
    if (from.seventh === before[i]! % 12 && !resolves(before[i]!, after[i]!)) cost += UNRESOLVED;
    for (let j = i + 1; j < voices; j += 1) {
      const was = (before[j]! - before[i]!) % 12;
      const is = (after[j]! - after[i]!) % 12;
      const moves = after[i]! !== before[i]! && after[j]! !== before[j]!;
      if (moves && was === is && (is === 7 || is === 0)) cost += PARALLEL;
    }
  }
  return cost;
}
