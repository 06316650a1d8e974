/**
 * The path on the plane of feeling: as planned from what was felt to where it leads (dotted), and as the chosen tracks
 * measure (drawn through, each track with its number). Labelled directly in the listener's language, readable in grey; the
 * same in words as its title. Where lines are read from the right, pleasant is on the left, as on the page's own plane.
 */
import { type PageWords, pageWords, writtenIn } from '../../audio-prompts/screen/words.js';
import { profileAt } from '../../engine/plan/way.js';
import { type Affect, type SessionPlan, STAGES, type Stage } from '../../engine/vocabulary.js';

const SIZE = 400;
interface Palette {
  ground: string;
  ink: string;
  quiet: string;
  axis: string;
  hue: Record<Stage, string>;
}
/** The bedside page at night, and the caregivers' console on paper. */
const PALETTES = {
  night: {
    ground: '#0b0908',
    ink: '#f3e9dc',
    quiet: '#b5a899',
    axis: '#4a3f36',
    hue: { match: '#e8a565', guide: '#c9868a', target: '#8795c9' },
  },
  day: {
    ground: '#fdf9f2',
    ink: '#2b2119',
    quiet: '#665747',
    axis: '#cfc2b2',
    hue: { match: '#a85a10', guide: '#a04a55', target: '#46589c' },
  },
} satisfies Record<string, Palette>;
const STAGE_WORD = { match: 'stageMatch', guide: 'stageGuide', target: 'stageTarget' } as const satisfies Record<
  Stage,
  keyof PageWords
>;
const FONT_PX = 13;
/** From here on letters are as wide as they are high (Chinese, Japanese); before it about half of that. */
const FIRST_WIDE_LETTER = '\u2e80';
const POINTS = 60;
/** Marks nearer than this are moved apart, so that each number can be read. */
const APART = 17;

/** 1 where pleasant is on the right, -1 where it is on the left. */
type Side = 1 | -1;
const x = (valence: number, side: Side) => (SIZE * (1 + side * valence)) / 2;
const y = (arousal: number) => (SIZE * (1 - arousal)) / 2;
const at = (value: number) => value.toFixed(1);
const escaped = (text: string) => text.replace(/[<>&"']/g, (c) => `&#${c.charCodeAt(0)};`);

export interface PictureTrack {
  title: string;
  stage: Stage;
  /** Seconds of the session. */
  startSec: number;
  endSec: number;
  measured: { valence: number; arousal: number } | null;
}

interface Mark {
  number: number;
  track: PictureTrack;
  wanted: Affect;
  x: number;
  y: number;
}

/** Without tracks it is the planned way alone, in the colours of its stages. */
export function pathPicture(
  plan: SessionPlan,
  tracks: readonly PictureTrack[],
  palette: keyof typeof PALETTES = 'night',
  locale = 'en',
): string {
  const said = pageWords(locale);
  const { lang, dir } = writtenIn(locale);
  const side: Side = dir === 'rtl' ? -1 : 1;
  const { ground, ink, quiet, axis, hue } = PALETTES[palette];
  const totalSec = plan.stages[2]!.endSec;
  const affectAt = (sec: number) => profileAt(plan, Math.min(sec, totalSec * 0.9999)).affect;
  const planned = Array.from({ length: POINTS + 1 }, (_, i) => affectAt((i / POINTS) * totalSec));
  const marks = tracks.flatMap((track, i): Mark[] => {
    if (!track.measured) return [];
    const { valence, arousal } = track.measured;
    return [
      {
        number: i + 1,
        track,
        wanted: affectAt((track.startSec + track.endSec) / 2),
        x: x(valence, side),
        y: y(arousal),
      },
    ];
  });
  const measuredLine = marks.map((mark, i) => `${i === 0 ? 'M' : 'L'}${at(mark.x)} ${at(mark.y)}`).join('');
  movedApart(marks);
  const [start, end] = [planned[0]!, planned[planned.length - 1]!];
  const words = lang.startsWith('en') ? inWords(start, end, marks, tracks.length) : said.pathPicture;
  const isRest = plan.intention !== 'wake-gently' && plan.intention !== 'lift-up';
  const [low, high] = side === 1 ? [said.unpleasant, said.pleasant] : [said.pleasant, said.unpleasant];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-30 -24 460 500" lang="${escaped(lang)}" role="img" aria-label="${escaped(words)}" font-family="Atkinson Hyperlegible, Verdana, sans-serif" font-size="${FONT_PX}" fill="${ink}">`,
    `<title>${escaped(words)}</title><rect x="-30" y="-24" width="460" height="500" fill="${ground}"/>`,
    `<path d="M0 ${SIZE / 2}H${SIZE}M${SIZE / 2} 0V${SIZE}" stroke="${axis}"/>`,
    `<text x="0" y="${SIZE / 2 - 6}">${escaped(low)}</text><text x="${SIZE}" y="${SIZE / 2 - 6}" text-anchor="end">${escaped(high)}</text>`,
    `<text x="${SIZE / 2 + 6}" y="10">${escaped(said.stirred)}</text><text x="${SIZE / 2 + 6}" y="${SIZE - 2}">${escaped(said.quiet)}</text>`,
    // Where a track lies from what was planned for it.
    ...marks.map(
      (mark) =>
        `<path d="M${at(x(mark.wanted.valence, side))} ${at(y(mark.wanted.arousal))}L${at(mark.x)} ${at(mark.y)}" stroke="${hue[mark.track.stage]}" stroke-opacity=".35"/>`,
    ),
    `<path d="${measuredLine}" fill="none" stroke="${quiet}" stroke-width="1.5" stroke-opacity=".7"/>`,
    ...(marks.length === 0 ? stageLines(plan, affectAt, hue, side) : []),
    `<path d="${lineOf(planned, side)}" fill="none" stroke="${ink}" stroke-width="2" stroke-dasharray="2 5" stroke-linecap="round"/>`,
    endLabel(said.pathFrom, start, [-10, 22], ground, side, marks),
    endLabel(isRest ? said.pathRest : said.pathTo, end, [20, -14, 38], ground, side, marks),
    // Over the words: a number that cannot be read is worse than a letter.
    ...marks.map((mark) => markPicture(mark, palette)),
    `<text x="0" y="${SIZE + 24}" fill="${quiet}">${escaped(said.pathPlanned)}</text>`,
    marks.length > 0
      ? `<text x="${SIZE}" y="${SIZE + 24}" text-anchor="end" fill="${quiet}">${escaped(said.pathPlayed)}</text>`
      : '',
    ...legend(said, hue, quiet),
    '</svg>',
  ].join('');
}

function markPicture({ number, track, x: cx, y: cy }: Mark, palette: keyof typeof PALETTES): string {
  const { ground, hue } = PALETTES[palette];
  return (
    `<g><circle cx="${at(cx)}" cy="${at(cy)}" r="8.5" fill="${hue[track.stage]}" stroke="${ground}"/>` +
    `<text x="${at(cx)}" y="${at(cy + 4)}" font-size="11" text-anchor="middle" fill="${ground}">${number}</text>` +
    `<title>${number}. ${escaped(track.title)} (${track.stage})</title></g>`
  );
}

const lineOf = (points: readonly Affect[], side: Side): string =>
  points.map(({ valence, arousal }, i) => `${i === 0 ? 'M' : 'L'}${at(x(valence, side))} ${at(y(arousal))}`).join('');

/** Under the dots, where no marks tell the stages. */
const stageLines = (plan: SessionPlan, affectAt: (sec: number) => Affect, hue: Palette['hue'], side: Side): string[] =>
  plan.stages.map(({ stage, startSec, endSec }) => {
    const points = Array.from({ length: 21 }, (_, i) => affectAt(startSec + (i / 20) * (endSec - startSec)));
    return `<path d="${lineOf(points, side)}" fill="none" stroke="${hue[stage]}" stroke-opacity=".45" stroke-width="12" stroke-linecap="round" stroke-linejoin="round"/>`;
  });

/** The stages in a row, each as far from the next as its words need. */
function legend(said: PageWords, hue: Palette['hue'], quiet: string): string[] {
  let left = 4;
  return STAGES.map((stage) => {
    const word = said[STAGE_WORD[stage]];
    const from = left;
    left += 18 + widthOf(word) + 18;
    return `<path d="M${from} ${SIZE + 44}h10" stroke="${hue[stage]}" stroke-width="8" stroke-linecap="round"/><text x="${from + 18}" y="${SIZE + 48}" fill="${quiet}">${escaped(word)}</text>`;
  });
}

/** About how wide words will be, in the units of the picture: nobody here knows the reader's font. */
export const widthOf = (text: string): number =>
  [...text].reduce((sum, letter) => sum + (letter >= FIRST_WIDE_LETTER ? FONT_PX : FONT_PX * 0.52), 0);

/** A label beside a point, always inside the frame, and at that of the heights `dys` where it hides behind the fewest marks. */
function endLabel(
  text: string,
  { valence, arousal }: Affect,
  dys: readonly number[],
  ground: string,
  side: Side,
  marks: readonly Mark[],
): string {
  const from = x(valence, side);
  // Away from the path, which runs down and to the pleasant side, where the frame leaves room for words.
  const along = x(valence, 1);
  const isBack = along > SIZE * 0.75 || ((dys[0] ?? 0) < 0 && along > 70);
  const toLeft = isBack === (side === 1);
  const start = from + (toLeft ? -12 : 12);
  const end = start + (toLeft ? -widthOf(text) : widthOf(text));
  const tops = dys.map((dy) => Math.min(SIZE - 4, Math.max(12, y(arousal) + dy)));
  const hidden = (top: number) =>
    marks.filter(
      (mark) =>
        mark.x > Math.min(start, end) - 9 && mark.x < Math.max(start, end) + 9 && mark.y > top - 19 && mark.y < top + 9,
    ).length;
  const top = tops.reduce((best, each) => (hidden(each) < hidden(best) ? each : best));
  return `<text x="${at(start)}" y="${at(top)}"${toLeft ? ' text-anchor="end"' : ''} stroke="${ground}" stroke-width="4" paint-order="stroke">${escaped(text)}</text>`;
}

/** A few rounds of pushing: marks that cover one another move apart along the line between them. */
function movedApart(marks: Mark[]): void {
  for (let round = 0; round < 40; round += 1)
    for (const [i, a] of marks.entries())
      for (const b of marks.slice(i + 1)) {
        const [dx, dy] = [b.x - a.x || 0.01 * (i + 1), b.y - a.y || 0.01];
        const near = Math.hypot(dx, dy);
        if (near >= APART) continue;
        const push = (APART - near) / 2 / near;
        a.x -= dx * push;
        a.y -= dy * push;
        b.x += dx * push;
        b.y += dy * push;
      }
}

function inWords(start: Affect, end: Affect, marks: readonly Mark[], count: number): string {
  const place = ({ valence, arousal }: Affect) => `valence ${valence.toFixed(2)}, arousal ${arousal.toFixed(2)}`;
  const heard = marks.map(({ number, track }) => `${number}. ${track.title} at ${place(track.measured!)}`).join('; ');
  return `Planned path from ${place(start)} to ${place(end)}; ${count} tracks.${heard ? ` As measured: ${heard}.` : ''}`;
}
