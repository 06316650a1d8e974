/**
 * Brightness, solved: brighter relatives of the instruments, a lift of the treble and a glitter on top for what should
 * shine, a low-pass for what should be dark. (The instruments of the sound font grow louder under a harder touch, hardly
 * brighter.)
 */
import { brightnessToHz } from '../../engine/musical-profile.js';
import type { MusicalProfile } from '../../engine/vocabulary.js';
import { LOW_PASS_OPEN_HZ } from '../synth/finish.js';
import { heardThrough, type Page } from './estimate.js';
import { type Colouring, UNCOLOURED } from './filters.js';
import { TEXTURES } from './textures.js';

/** A programme's relatives: what plays its part where the music should be darker or brighter. */
const RELATIVES: Record<number, { dark?: number; bright?: number }> = {
  4: { bright: 0 },
  8: { bright: 9 },
  10: { dark: 8 },
  11: { bright: 10 },
  13: { dark: 12, bright: 9 },
  24: { bright: 25 },
  32: { bright: 34 },
  46: { bright: 15 },
  52: { bright: 54 },
  58: { bright: 57 },
  60: { bright: 56 },
  71: { dark: 73 },
  73: { dark: 75 },
  88: { bright: 90 },
  89: { bright: 94 },
  114: { bright: 10 },
};
/** Below and above these the relatives take over. */
const DARK_DIAL = 0.25;
const BRIGHT_DIAL = 0.55;

export function programFor(program: number, brightness: number): number {
  const relatives = RELATIVES[program];
  if (brightness < DARK_DIAL) return relatives?.dark ?? program;
  if (brightness > BRIGHT_DIAL) return relatives?.bright ?? program;
  return program;
}

/** Every programme that any piece may use. */
export function programsInUse(): number[] {
  const named = Object.values(TEXTURES).flatMap((texture) => texture.layers.map((layer) => layer.program as number));
  const all = named.flatMap((program) => [
    program,
    RELATIVES[program]?.dark ?? program,
    RELATIVES[program]?.bright ?? program,
  ]);
  return [...new Set(all)].sort((a, b) => a - b);
}

/** From open to closed: no lower than what leaves a voice its own tone. */
const LOWEST_HZ = 300;
const DARKER: readonly Colouring[] = Array.from({ length: 64 }, (_, i) => ({
  lowPassHz: Math.round(LOW_PASS_OPEN_HZ * (LOWEST_HZ / LOW_PASS_OPEN_HZ) ** (i / 63)),
  presenceDb: 0,
}));
/** More lift than the last of these would be harsh at a bedside. */
const BRIGHTER: readonly Colouring[] = Array.from({ length: 28 }, (_, i) => ({
  lowPassHz: null,
  presenceDb: (i + 1) / 2,
}));
/** A sound that a low-pass makes this much quieter has lost itself: a high voice cannot be darker than its own pitch. */
const MOST_LOST_DB = 6;

/** Nor is the corner set lower than this above the register asked for, or the upper voices go and the lower stay. */
const ABOVE_REGISTER = 1.9;

/** The filters that bring a page nearest to the colour that the dial asks for. */
export function colouringFor(
  { brightness, register }: Pick<MusicalProfile, 'brightness' | 'register'>,
  page: Page,
): Colouring {
  const lowest = ABOVE_REGISTER * 440 * 2 ** ((register - 69) / 12);
  const wanted = brightnessToHz(brightness);
  const plain = heardThrough(page, UNCOLOURED);
  if (plain.brightnessHz <= wanted)
    return firstOf(BRIGHTER, (each) => heardThrough(page, each).brightnessHz >= wanted) ?? BRIGHTER.at(-1)!;
  const found = firstOf(DARKER, (each) => {
    const heard = heardThrough(page, each);
    return heard.brightnessHz <= wanted || plain.lufs - heard.lufs > MOST_LOST_DB || each.lowPassHz! <= lowest;
  });
  return found ?? DARKER.at(-1)!;
}

/** The first for which it holds, where it goes on holding once it does. */
function firstOf<T>(list: readonly T[], holds: (each: T) => boolean): T | undefined {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(list[middle]!)) high = middle;
    else low = middle + 1;
  }
  return list[low];
}
