/** The shipped catalogue as a map: pieces that the index holds to be alike lie near each other (UMAP of their vectors). */
import { UMAP } from 'umap-js';
import { seededRandom } from '../../engine/plan/random.js';
import type { Pieces } from './retrieval.js';

const [WIDTH, HEIGHT, EDGE] = [960, 720, 60];
const INK = '#2b2119';

const escaped = (text: string) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

/** From pleasant (warm) to unpleasant (blue), as on the bedside page. */
function colourOf(valence: number): string {
  const [sad, glad] = [
    [61, 90, 148],
    [201, 110, 40],
  ];
  const share = (Math.max(-1, Math.min(1, valence)) + 1) / 2;
  return `rgb(${sad!.map((from, i) => Math.round(from + share * (glad![i]! - from))).join(',')})`;
}

export function mapPicture({ titles, vectors, valences }: Pieces): string {
  const random = seededRandom(7);
  const places = new UMAP({ nNeighbors: 20, minDist: 0.9, spread: 1, random }).fit(vectors.map((v) => [...v]));
  const scaled = (axis: 0 | 1, size: number) => {
    const along = places.map((place) => place[axis]!);
    const [low, high] = [Math.min(...along), Math.max(...along)];
    return along.map((value) => EDGE + ((value - low) / (high - low || 1)) * (size - 2 * EDGE));
  };
  const [xs, ys] = [scaled(0, WIDTH), scaled(1, HEIGHT)];
  // A name is written where it covers no other; every dot has its name as a tooltip.
  const written: { x: number; y: number; half: number }[] = [];
  const dots = titles.map((title, i) => {
    const [x, y, half] = [xs[i]!, ys[i]! - 8, title.length * 2.1];
    const free = written.every((other) => Math.abs(other.y - y) > 9 || Math.abs(other.x - x) > other.half + half);
    if (free) written.push({ x, y, half });
    const name = free
      ? `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="middle">${escaped(title)}</text>`
      : '';
    return `<circle cx="${x.toFixed(1)}" cy="${ys[i]!.toFixed(1)}" r="5" fill="${colourOf(valences[i]!)}"><title>${escaped(title)}</title></circle>${name}`;
  });
  const label = `${titles.length} pieces on a map: neighbours sound alike to the index; orange is pleasant, blue unpleasant`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${label}" font-family="Atkinson Hyperlegible, Verdana, sans-serif" font-size="8" fill="${INK}"><title>${label}</title><rect width="${WIDTH}" height="${HEIGHT}" fill="#f7f1e8"/>${dots.join('')}<text x="16" y="${HEIGHT - 14}" font-size="13">${label}</text></svg>\n`;
}
