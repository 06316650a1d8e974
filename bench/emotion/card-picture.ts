/** The picture of a model card: F1 of each label as a bar, with its interval, as one SVG that needs nothing else. */
import type { Interval } from './metrics.js';

export interface Bar {
  label: string;
  f1: number;
  interval: Interval;
  /** Rows that hold the label: few rows make a wide interval. */
  positives: number;
}

export interface Picture {
  title: string;
  bars: readonly Bar[];
  /** The mean over the bars, drawn as a line across them. */
  macroF1: number;
}

const WIDTH = 760;
const LEFT = 130;
const RIGHT = 130;
const TOP = 74;
const ROW = 22;
const SPAN = WIDTH - LEFT - RIGHT;

const escaped = (text: string) =>
  text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] as string);
const xOf = (value: number) => (LEFT + SPAN * Math.min(1, Math.max(0, value))).toFixed(1);
/** As statisticians print it: .51, 1.00. */
export const figure = (value: number): string =>
  Number.isFinite(value) ? value.toFixed(2).replace(/^(-?)0\./, '$1.') : '–';

/** Best label first. Colours hold their contrast (WCAG AA) on the picture's own white ground. */
export function cardPicture({ title, bars, macroF1 }: Picture): string {
  const sorted = [...bars].sort((a, b) => b.f1 - a.f1 || a.label.localeCompare(b.label));
  const bottom = TOP + sorted.length * ROW;
  const height = bottom + 48;
  const told = sorted.map(
    ({ label, f1, interval: [low, high] }) => `${label} ${figure(f1)} (${figure(low)} to ${figure(high)})`,
  );
  const grid = [0, 0.2, 0.4, 0.6, 0.8, 1].map(
    (value) =>
      `<line class="grid" x1="${xOf(value)}" x2="${xOf(value)}" y1="${TOP - 6}" y2="${bottom}"/>` +
      `<text class="small" text-anchor="middle" x="${xOf(value)}" y="${bottom + 16}">${figure(value)}</text>`,
  );
  const rows = sorted.map(({ label, f1, interval: [low, high], positives }, i) => {
    const y = TOP + i * ROW;
    const middle = y + ROW / 2 - 2;
    return [
      `<text text-anchor="end" x="${LEFT - 8}" y="${middle + 4}">${escaped(label)}</text>`,
      `<rect class="bar" x="${LEFT}" y="${y + 2}" width="${(Number(xOf(f1)) - LEFT).toFixed(1)}" height="${ROW - 8}"/>`,
      `<path class="interval" d="M${xOf(low)} ${middle - 4}v8m0 -4H${xOf(high)}m0 -4v8"/>`,
      `<text text-anchor="end" x="${LEFT + SPAN + 48}" y="${middle + 4}">${figure(f1)}</text>`,
      `<text class="small" text-anchor="end" x="${WIDTH - 16}" y="${middle + 4}">${positives}</text>`,
    ].join('');
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="picture-title picture-desc">
<title id="picture-title">${escaped(title)}</title>
<desc id="picture-desc">Bars, best first, with 95 % intervals. Mean ${figure(macroF1)}. ${escaped(told.join(', '))}.</desc>
<style>
text { font: 13px system-ui, sans-serif; fill: #1c2430 }
.head { font-size: 16px; font-weight: 600 }
.small { font-size: 11px; fill: #4a5563 }
.grid { stroke: #d9dee5 }
.bar { fill: #7d9cc0 }
.interval { stroke: #1c2430; stroke-width: 1.4; fill: none }
.mean { stroke: #9a3412; stroke-width: 1.4; stroke-dasharray: 4 3 }
.mean-text { font-size: 11px; fill: #9a3412 }
</style>
<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>
<text class="head" x="16" y="28">${escaped(title)}</text>
<text class="small" text-anchor="end" x="${LEFT + SPAN + 48}" y="${TOP - 12}">F1</text>
<text class="small" text-anchor="end" x="${WIDTH - 16}" y="${TOP - 12}">rows</text>
${grid.join('\n')}
${rows.join('\n')}
<line class="mean" x1="${xOf(macroF1)}" x2="${xOf(macroF1)}" y1="${TOP - 6}" y2="${bottom}"/>
<text class="mean-text" text-anchor="middle" x="${xOf(macroF1)}" y="${TOP - 12}">mean ${figure(macroF1)}</text>
<text class="small" x="16" y="${height - 12}">Bar: F1. Line on the bar: 95 % interval, rows drawn anew 1,000 times.</text>
</svg>
`;
}
