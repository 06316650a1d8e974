/**
 * One continuous piece that follows a plan: pace, fullness, colour, register and loudness glide from point to point, while
 * key, motif and instruments stay. Made to measure where a stage is composed, and a filler where the library has no track.
 *
 * Each point is solved by itself (`solve.ts`), each phrase takes its settings from the two points around it. What the page
 * cannot carry is carried by expression (controller 11: loudness within ±7 dB) and by a low-pass over all that glides to
 * where the inner ear finds the colour that is asked (`colour.ts`).
 */
import { seededRandom } from '../../engine/plan/random.js';
import type { MusicalProfile } from '../../engine/vocabulary.js';
import { LOW_PASS_OPEN_HZ } from '../synth/finish.js';
import { colouringFor } from './colour.js';
import { type ComposeWish, finish } from './compose.js';
import { estimate, heardThrough } from './estimate.js';
import { UNCOLOURED } from './filters.js';
import { chooseKey } from './harmony.js';
import { layOut, type Settings, type Turn } from './layout.js';
import type { Part, Score } from './score.js';
import { seedHeardAs, solve } from './solve.js';
import { TEXTURES, type Texture } from './textures.js';
import { write } from './write.js';

export interface MorphPoint {
  atSec: number;
  profile: MusicalProfile;
}

export type MorphWish = Omit<ComposeWish, 'profile'> & {
  /** In order of time; before the first and after the last the nearest holds. */
  points: readonly MorphPoint[];
};

/** A point is solved as the middle of a piece that stays as it asks. */
const SKETCHED_MINUTES = 2;

/** Throws RangeError without points or where they are not in order. */
export function composeMorph(wish: MorphWish): Score {
  const { points } = wish;
  if (points.length === 0) throw new RangeError('A piece that follows a plan needs at least one point.');
  if (points.some((point, i) => i > 0 && point.atSec < points[i - 1]!.atSec))
    throw new RangeError('The points of a plan must be in order of time.');
  const texture: Texture = TEXTURES[wish.texture];
  const brightest = Math.max(...points.map((point) => point.profile.brightness));
  const whole = profileAt(points, (points[0]!.atSec + points.at(-1)!.atSec) / 2);
  const key = chooseKey(whole.mode, seededRandom(wish.seed));
  const frameOf = (profile: MusicalProfile) => ({
    profile,
    texture,
    key,
    layout: layOut(() => profile, SKETCHED_MINUTES, texture),
  });
  const { seed, plain } = seedHeardAs(frameOf(whole), wish.seed);
  const layout = layOut((sec) => profileAt(points, sec), wish.minutes, texture);
  const solved = points.map(({ profile }) => solve(frameOf(profile), seed, plain));
  let sec = 0;
  const turns = layout.profiles.map((profile, i): Turn => {
    const settings = settingsAt(points, solved, sec);
    const bpm = layout.bpms[i]!;
    sec += (layout.beatsAPhrase * 60) / bpm;
    // The touch stays; loudness is left to the expression, which can move within a phrase.
    return { ...settings, profile: { ...profile, brightness: brightest, loudnessLufs: -22 }, bpm };
  });
  const { parts, endSec } = write({ seed, key, texture, layout, turns });
  const asked = { ...whole, brightness: brightest, loudnessLufs: meanLufs(points, endSec) };
  const colours = coloursOf(parts, points, endSec);
  const gliding = parts.map((part) => ({ ...part, controls: expressed(part, points, colours, endSec) }));
  return {
    ...finish(wish, texture, { parts: gliding, endSec, profile: asked, bpm: layout.bpms[0]!, key }),
    lowPassHz: null,
    lowPassGlide: colours.map(({ sec, hz }) => [sec, hz] as [number, number]),
  };
}

/** What is asked at a second: in straight lines from point to point, onset rate in equal ratios. */
export function profileAt(points: readonly MorphPoint[], sec: number): MusicalProfile {
  const { from, to, share } = around(points, sec);
  const [a, b] = [points[from]!.profile, points[to]!.profile];
  const mix = (x: number, y: number) => x + (y - x) * share;
  return {
    affect: { valence: mix(a.affect.valence, b.affect.valence), arousal: mix(a.affect.arousal, b.affect.arousal) },
    onsetRatePerSec: Math.exp(
      mix(Math.log(Math.max(0.05, a.onsetRatePerSec)), Math.log(Math.max(0.05, b.onsetRatePerSec))),
    ),
    tempoBpm: mix(a.tempoBpm, b.tempoBpm),
    mode: mix(a.mode, b.mode),
    loudnessLufs: mix(a.loudnessLufs, b.loudnessLufs),
    brightness: mix(a.brightness, b.brightness),
    articulation: mix(a.articulation, b.articulation),
    density: mix(a.density, b.density),
    register: mix(a.register, b.register),
    consonance: mix(a.consonance, b.consonance),
    pulseClarity: mix(a.pulseClarity, b.pulseClarity),
    instrumentation: share < 0.5 ? a.instrumentation : b.instrumentation,
  };
}

function around(points: readonly MorphPoint[], sec: number): { from: number; to: number; share: number } {
  const to = points.findIndex((point) => point.atSec > sec);
  if (to === 0) return { from: 0, to: 0, share: 0 };
  if (to < 0) return { from: points.length - 1, to: points.length - 1, share: 0 };
  const [a, b] = [points[to - 1]!.atSec, points[to]!.atSec];
  return { from: to - 1, to, share: (sec - a) / (b - a) };
}

/** Subdivisions cannot be mixed: the nearer point's is taken, and thinned on the way to the other's pace. */
function settingsAt(points: readonly MorphPoint[], solved: readonly Settings[], sec: number): Settings {
  const { from, to, share } = around(points, sec);
  const [a, b] = [solved[from]!, solved[to]!];
  const mix = (x: number, y: number) => x + (y - x) * share;
  const rate = (s: Settings) => s.notesABeat * (1 - s.thin);
  const busier = a.notesABeat >= b.notesABeat ? a : b;
  const wanted = mix(rate(a), rate(b));
  const nearer = share < 0.5 ? a : b;
  const base = wanted > nearer.notesABeat ? busier : nearer;
  return {
    notesABeat: base.notesABeat,
    busy: nearer.busy,
    thin: Math.min(0.95, Math.max(0, 1 - wanted / base.notesABeat)),
    register: Math.round(mix(a.register, b.register)),
    plain: nearer.plain,
  };
}

/** Power mean of what is asked over the piece: the whole is brought to it. */
function meanLufs(points: readonly MorphPoint[], endSec: number): number {
  let sum = 0;
  let count = 0;
  for (let sec = 0; sec < endSec; sec += 2, count += 1) sum += 10 ** (profileAt(points, sec).loudnessLufs / 10);
  return 10 * Math.log10(sum / Math.max(1, count));
}

/** The colour that is asked at a second, and what it costs. */
interface Colour {
  sec: number;
  /** Corner of the low-pass. */
  hz: number;
  /** What the low-pass takes from the loudness. */
  lostDb: number;
}

const COLOUR_STEP_SEC = 10;
/** A colour is reckoned from what is played so far around it. */
const COLOUR_SEC = 15;

function coloursOf(parts: readonly Part[], points: readonly MorphPoint[], endSec: number): Colour[] {
  const colours: Colour[] = [];
  for (let sec = 0; sec < endSec; sec += COLOUR_STEP_SEC) {
    const fromSec = Math.max(0, Math.min(sec - COLOUR_SEC, endSec - 2 * COLOUR_SEC));
    const near = parts.map((part) => ({
      ...part,
      notes: part.notes.filter(([start]) => start >= fromSec && start < fromSec + 2 * COLOUR_SEC),
    }));
    const page = estimate(near, 2 * COLOUR_SEC);
    const { lowPassHz } = colouringFor(profileAt(points, sec), page);
    const filtered = { ...UNCOLOURED, lowPassHz };
    const lostDb = heardThrough(page, UNCOLOURED).lufs - heardThrough(page, filtered).lufs;
    colours.push({ sec, hz: lowPassHz ?? LOW_PASS_OPEN_HZ, lostDb });
  }
  return colours;
}

const EXPRESSION = 11;
const GLIDE_STEP_SEC = 1;

/** Loudness as asked, with what the low-pass takes given back. */
function expressed(
  part: Part,
  points: readonly MorphPoint[],
  colours: readonly Colour[],
  endSec: number,
): Part['controls'] {
  const controls: Part['controls'] = [];
  const swell = part.controls.filter(([, controller]) => controller === EXPRESSION);
  const lostAt = (sec: number) => {
    const i = Math.min(colours.length - 1, Math.floor(sec / COLOUR_STEP_SEC));
    const [a, b] = [colours[i]!, colours[i + 1] ?? colours[i]!];
    return a.lostDb + (b.lostDb - a.lostDb) * Math.min(1, (sec - a.sec) / COLOUR_STEP_SEC);
  };
  const levelAt = (sec: number) => profileAt(points, sec).loudnessLufs + lostAt(sec);
  let loudest = Number.NEGATIVE_INFINITY;
  for (let sec = 0; sec < endSec; sec += GLIDE_STEP_SEC) loudest = Math.max(loudest, levelAt(sec));
  let next = 0;
  let expression = 127;
  for (let sec = 0; sec < endSec; sec += GLIDE_STEP_SEC) {
    while (next < swell.length && swell[next]![0] <= sec) expression = swell[next++]![2];
    // Expression is squared into amplitude: 40 dB a decade.
    const quieter = 10 ** ((levelAt(sec) - loudest) / 40);
    controls.push([sec, EXPRESSION, Math.round(Math.min(127, Math.max(8, expression * quieter)))]);
  }
  return controls;
}
