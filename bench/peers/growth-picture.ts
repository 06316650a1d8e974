/** How something grows: lines over two logarithmic axes, as one SVG that needs nothing else. */
export interface Line {
  name: string;
  /** x and y, both above nought, x ascending. */
  points: readonly (readonly [number, number])[];
}

export interface Growth {
  title: string;
  xName: string;
  yName: string;
  lines: readonly Line[];
}

const WIDTH = 760;
const HEIGHT = 420;
const LEFT = 76;
const RIGHT = 210;
const TOP = 62;
const BOTTOM = 60;
/** Hold 4.5 : 1 and more on white, and differ in lightness for who cannot tell the hues apart; the marks differ too. */
const COLOURS = ['#0b4f8a', '#9a3412', '#4a5563', '#1d6b3a'];
const NAME_GAP = 18;

const escaped = (text: string) =>
  text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] as string);
const figure = (value: number) =>
  value >= 1e6 ? `${value / 1e6} M` : value >= 1 ? Math.round(value).toLocaleString('en-GB') : value.toPrecision(1);

/** From the power of ten at or below the least to the one at or above the greatest. */
function decades(values: readonly number[]): [number, number] {
  const [low, high] = [Math.floor(Math.log10(Math.min(...values))), Math.ceil(Math.log10(Math.max(...values)))];
  return [low, Math.max(high, low + 1)];
}

export function growthPicture({ title, xName, yName, lines }: Growth): string {
  const all = lines.flatMap(({ points }) => points);
  const xs = [...new Set(all.map(([x]) => x))].sort((a, b) => a - b);
  const [left, right] = [Math.log10(xs[0]!), Math.log10(xs.at(-1)!)];
  const [low, high] = decades(all.map(([, y]) => y));
  const bottom = HEIGHT - BOTTOM;
  const xOf = (x: number) => LEFT + ((WIDTH - LEFT - RIGHT) * (Math.log10(x) - left)) / (right - left || 1);
  const yOf = (y: number) => bottom - ((bottom - TOP) * (Math.log10(y) - low)) / (high - low);
  const grid = Array.from({ length: high - low + 1 }, (_, i) => 10 ** (low + i)).map(
    (y) =>
      `<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${yOf(y).toFixed(1)}" y2="${yOf(y).toFixed(1)}"/>` +
      `<text class="small" text-anchor="end" x="${LEFT - 8}" y="${(yOf(y) + 4).toFixed(1)}">${figure(y)}</text>`,
  );
  const ticks = xs.map(
    (x) => `<text class="small" text-anchor="middle" x="${xOf(x).toFixed(1)}" y="${bottom + 18}">${figure(x)}</text>`,
  );
  // Names stand at the ends of their lines; where those are close, one below the other.
  const names = lines.map(({ name, points }, i) => ({ name, i, y: yOf(points.at(-1)![1]) })).sort((a, b) => a.y - b.y);
  for (const [at, each] of names.entries()) if (at > 0) each.y = Math.max(each.y, names[at - 1]!.y + NAME_GAP);
  const drawn = lines.map(({ points }, i) => {
    const path = points.map(([x, y]) => `${xOf(x).toFixed(1)} ${yOf(y).toFixed(1)}`).join('L');
    const marks = points.map(([x, y]) => {
      const [cx, cy] = [xOf(x), yOf(y)];
      return i % 2 === 0
        ? `<circle cx="${cx.toFixed(1)}" cy="${cy.toFixed(1)}" r="4" fill="${COLOURS[i]}"/>`
        : `<rect x="${(cx - 4).toFixed(1)}" y="${(cy - 4).toFixed(1)}" width="8" height="8" fill="${COLOURS[i]}"/>`;
    });
    return `<path d="M${path}" fill="none" stroke="${COLOURS[i]}" stroke-width="2"/>${marks.join('')}`;
  });
  const told = lines.map(
    ({ name, points }) => `${name}: ${points.map(([x, y]) => `${figure(x)} ${y.toPrecision(3)}`).join(', ')}`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-labelledby="growth-title growth-desc">
<title id="growth-title">${escaped(title)}</title>
<desc id="growth-desc">${escaped(`${yName} by ${xName}. ${told.join('. ')}.`)}</desc>
<style>
text { font: 13px system-ui, sans-serif; fill: #1c2430 }
.head { font-size: 16px; font-weight: 600 }
.small { font-size: 11px; fill: #4a5563 }
.grid { stroke: #d9dee5 }
</style>
<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>
<text class="head" x="16" y="28">${escaped(title)}</text>
<text class="small" x="16" y="${TOP - 14}">${escaped(yName)}</text>
<text class="small" text-anchor="middle" x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 16}">${escaped(xName)}</text>
${grid.join('\n')}
${ticks.join('\n')}
${drawn.join('\n')}
${names.map(({ name, i, y }) => `<text x="${WIDTH - RIGHT + 12}" y="${(y + 4).toFixed(1)}" style="fill:${COLOURS[i]}">${escaped(name)}</text>`).join('\n')}
</svg>
`;
}
