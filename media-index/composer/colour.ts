/**
 * Brightness, solved: brighter relatives of the instruments and a glitter on top for what should shine, a low-pass for what
 * should be dark. (The instruments of the sound font grow louder under a harder touch, hardly brighter.)
 */
import { brightnessToHz } from '../../engine/musical-profile.js';
import { TEXTURES } from './textures.js';

/** A programme's relatives: what plays its part where the music should be darker or brighter. */
const RELATIVES: Record<number, { dark?: number; bright?: number }> = {
  4: { bright: 0 },
  8: { bright: 9 },
  10: { dark: 8 },
  11: { bright: 8 },
  12: { bright: 13 },
  13: { dark: 12, bright: 9 },
  24: { bright: 25 },
  46: { bright: 24 },
  52: { bright: 54 },
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

/** Above this a low-pass changes nothing that the analysis or an ear at a bedside would notice. */
const OPEN_HZ = 9_000;
const LOWEST_HZ = 350;

/**
 * The corner of a second-order low-pass that brings a spectrum whose magnitudes fall off exponentially around `fromHz` to
 * the centroid that the dial asks for; null where it is dark enough.
 */
export function lowPassFor(brightness: number, fromHz: number): number | null {
  const wanted = brightnessToHz(brightness);
  if (fromHz <= wanted) return null;
  let low = LOWEST_HZ;
  let high = OPEN_HZ;
  for (let i = 0; i < 24; i += 1) {
    const middle = Math.sqrt(low * high);
    if (filteredCentroid(fromHz, middle) > wanted) high = middle;
    else low = middle;
  }
  return low > OPEN_HZ * 0.95 ? null : Math.round(low);
}

function filteredCentroid(centroidHz: number, cornerHz: number): number {
  let sum = 0;
  let weight = 0;
  for (let hz = 60; hz < 12_000; hz *= 1.06) {
    const magnitude = (Math.exp(-hz / centroidHz) * hz) / Math.sqrt(1 + (hz / cornerHz) ** 4);
    sum += magnitude * hz;
    weight += magnitude;
  }
  return sum / weight;
}
