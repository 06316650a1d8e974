/** The page's icon, drawn here: a lamp turned low in a thin ring of three arcs. As PNG for home screens, as SVG for tabs. */
import { encode } from 'fast-png';

type Colour = readonly [number, number, number];
const GROUND: Colour = [11, 9, 8];
const STAGES: readonly (readonly [Colour, number])[] = [
  [[232, 165, 101], 0.25],
  [[201, 134, 138], 0.75],
  [[135, 149, 201], 1],
];
const EMBER = STAGES[0]![0];

/** Radii as shares of half the picture. A maskable icon is cut to its inner four fifths by some systems. */
const GLOW = 0.5;
const RING = 0.7;
const RING_WIDTH = 0.035;

export const ICON_SIZES = [180, 192, 512] as const;
const drawn = new Map<number, Uint8Array>();

/** @param size width and height in pixels; the picture fills its square, so that systems can cut it to any shape. */
export function icon(size: number): Uint8Array {
  const known = drawn.get(size);
  if (known) return known;
  const data = new Uint8Array(size * size * 3);
  for (let y = 0; y < size; y += 1)
    for (let x = 0; x < size; x += 1) {
      const [dx, dy] = [(x + 0.5) / (size / 2) - 1, (y + 0.5) / (size / 2) - 1];
      data.set(colourAt(Math.hypot(dx, dy), Math.atan2(dx, -dy), 2 / size), (y * size + x) * 3);
    }
  const png = encode({ width: size, height: size, data, channels: 3, depth: 8 });
  drawn.set(size, png);
  return png;
}

/** @param pixel size of a pixel in the same units, for soft edges. */
function colourAt(radius: number, angle: number, pixel: number): number[] {
  const glow = Math.max(0, 1 - radius / GLOW) ** 1.4;
  const share = (angle / (2 * Math.PI) + 1) % 1;
  const stage = STAGES.find(([, until]) => share < until) ?? STAGES[0]!;
  const edge = Math.abs(radius - RING) - RING_WIDTH / 2;
  const inGap = STAGES.some(
    ([, until]) => Math.min(Math.abs(share - (until % 1)), 1 - Math.abs(share - until)) < 0.012,
  );
  const ring = inGap ? 0 : Math.min(1, Math.max(0, 0.5 - edge / pixel));
  return GROUND.map((ground, i) => {
    const lit = ground + (EMBER[i]! - ground) * glow;
    return Math.round(lit + (stage[0][i]! - lit) * ring * 0.9);
  });
}

export const ICON_SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><defs><radialGradient id="g"><stop offset="0" stop-color="#e8a565"/><stop offset="1" stop-color="#e8a565" stop-opacity="0"/></radialGradient></defs><rect width="32" height="32" rx="7" fill="#0b0908"/><circle cx="16" cy="16" r="9" fill="url(#g)"/><g fill="none" stroke-width="1.4" stroke-linecap="round"><path d="M16.8 4.6A11.4 11.4 0 0 1 27.4 15.2" stroke="#e8a565"/><path d="M27.4 16.8A11.4 11.4 0 0 1 4.6 16.8" stroke="#c9868a"/><path d="M4.6 15.2A11.4 11.4 0 0 1 15.2 4.6" stroke="#8795c9"/></g></svg>';
