/**
 * The path on the plane of feeling: as planned from what was felt to where it leads (dotted), and as the chosen tracks
 * measure (drawn through, each track with its number). Labelled directly, readable in grey; the same in words as its title.
 */
import { filled } from '../../audio-prompts/screen/filled.js';
import type { PathWords } from '../../audio-prompts/screen/path-words.js';
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
const LEGEND_X: Record<Stage, number> = { match: 4, guide: 200, target: 320 };
const POINTS = 60;
/** Marks nearer than this are moved apart, so that each number can be read. */
const APART = 17;

const x = (valence: number) => (SIZE * (1 + valence)) / 2;
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
  said: PathWords,
  palette: keyof typeof PALETTES = 'night',
): string {
  const { ground, ink, quiet, axis, hue } = PALETTES[palette];
  const totalSec = plan.stages[2]!.endSec;
  const affectAt = (sec: number) => profileAt(plan, Math.min(sec, totalSec * 0.9999)).affect;
  const planned = Array.from({ length: POINTS + 1 }, (_, i) => affectAt((i / POINTS) * totalSec));
  const marks = tracks.flatMap((track, i): Mark[] => {
    if (!track.measured) return [];
    const { valence, arousal } = track.measured;
    return [
      { number: i + 1, track, wanted: affectAt((track.startSec + track.endSec) / 2), x: x(valence), y: y(arousal) },
    ];
  });
  const measuredLine = marks.map((mark, i) => `${i === 0 ? 'M' : 'L'}${at(mark.x)} ${at(mark.y)}`).join('');
  movedApart(marks);
  const [start, end] = [planned[0]!, planned[planned.length - 1]!];
  const words = inWords(start, end, marks, tracks.length, said);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-30 -24 460 500" role="img" aria-label="${escaped(words)}" font-family="Atkinson Hyperlegible, Verdana, sans-serif" font-size="13" fill="${ink}">`,
    `<title>${escaped(words)}</title><rect x="-30" y="-24" width="460" height="500" fill="${ground}"/>`,
    `<path d="M0 ${SIZE / 2}H${SIZE}M${SIZE / 2} 0V${SIZE}" stroke="${axis}"/>`,
    `<text x="0" y="${SIZE / 2 - 6}">${escaped(said.unpleasant)}</text><text x="${SIZE}" y="${SIZE / 2 - 6}" text-anchor="end">${escaped(said.pleasant)}</text>`,
    `<text x="${SIZE / 2 + 6}" y="10">${escaped(said.stirredUp)}</text><text x="${SIZE / 2 + 6}" y="${SIZE - 2}">${escaped(said.quiet)}</text>`,
    // Where a track lies from what was planned for it.
    ...marks.map(
      (mark) =>
        `<path d="M${at(x(mark.wanted.valence))} ${at(y(mark.wanted.arousal))}L${at(mark.x)} ${at(mark.y)}" stroke="${hue[mark.track.stage]}" stroke-opacity=".35"/>`,
    ),
    `<path d="${measuredLine}" fill="none" stroke="${quiet}" stroke-width="1.5" stroke-opacity=".7"/>`,
    ...(marks.length === 0 ? stageLines(plan, affectAt, hue) : []),
    `<path d="${lineOf(planned)}" fill="none" stroke="${ink}" stroke-width="2" stroke-dasharray="2 5" stroke-linecap="round"/>`,
    endLabel(said.fromHere, start, -10, ground),
    endLabel(
      plan.intention === 'wake-gently' || plan.intention === 'lift-up' ? said.toHere : said.toRest,
      end,
      20,
      ground,
    ),
    // Over the words: a number that cannot be read is worse than a letter.
    ...marks.map((mark) => markPicture(mark, palette, said)),
    `<text x="0" y="${SIZE + 24}" fill="${quiet}">${escaped(said.dotted)}</text>`,
    marks.length > 0
      ? `<text x="${SIZE}" y="${SIZE + 24}" text-anchor="end" fill="${quiet}">${escaped(said.drawn)}</text>`
      : '',
    ...STAGES.map(
      (stage) =>
        `<path d="M${LEGEND_X[stage]} ${SIZE + 44}h10" stroke="${hue[stage]}" stroke-width="8" stroke-linecap="round"/><text x="${LEGEND_X[stage] + 18}" y="${SIZE + 48}" fill="${quiet}">${escaped(said[stage])}</text>`,
    ),
    '</svg>',
  ].join('');
}

function markPicture({ number, track, x: cx, y: cy }: Mark, palette: keyof typeof PALETTES, said: PathWords): string {
  const { ground, hue } = PALETTES[palette];
  return (
    `<g><circle cx="${at(cx)}" cy="${at(cy)}" r="8.5" fill="${hue[track.stage]}" stroke="${ground}"/>` +
    `<text x="${at(cx)}" y="${at(cy + 4)}" font-size="11" text-anchor="middle" fill="${ground}">${number}</text>` +
    `<title>${number}. ${escaped(`${track.title} (${said[track.stage]})`)}</title></g>`
  );
}

const lineOf = (points: readonly Affect[]): string =>
  points.map(({ valence, arousal }, i) => `${i === 0 ? 'M' : 'L'}${at(x(valence))} ${at(y(arousal))}`).join('');

/** Under the dots, where no marks tell the stages. */
const stageLines = (plan: SessionPlan, affectAt: (sec: number) => Affect, hue: Palette['hue']): string[] =>
  plan.stages.map(({ stage, startSec, endSec }) => {
    const points = Array.from({ length: 21 }, (_, i) => affectAt(startSec + (i / 20) * (endSec - startSec)));
    return `<path d="${lineOf(points)}" fill="none" stroke="${hue[stage]}" stroke-opacity=".45" stroke-width="12" stroke-linecap="round" stroke-linejoin="round"/>`;
  });

/** A label beside a point, always inside the frame. */
function endLabel(text: string, { valence, arousal }: Affect, dy: number, ground: string): string {
  // Away from the path, which runs to the right and down, where the frame leaves room for words.
  const toLeft = x(valence) > SIZE * 0.75 || (dy < 0 && x(valence) > 70);
  const top = Math.min(SIZE - 4, Math.max(12, y(arousal) + dy));
  return `<text x="${at(x(valence) + (toLeft ? -12 : 12))}" y="${at(top)}"${toLeft ? ' text-anchor="end"' : ''} stroke="${ground}" stroke-width="4" paint-order="stroke">${escaped(text)}</text>`;
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

function inWords(start: Affect, end: Affect, marks: readonly Mark[], count: number, said: PathWords): string {
  const place = ({ valence, arousal }: Affect) =>
    filled(said.place, { valence: valence.toFixed(2), arousal: arousal.toFixed(2) });
  const heard = marks
    .map(({ number, track }) =>
      filled(said.heardAt, { title: `${number}. ${track.title}`, place: place(track.measured!) }),
    )
    .join('; ');
  const planned = filled(said.planned, { from: place(start), to: place(end), count });
  return heard ? `${planned} ${filled(said.measured, { heard })}` : planned;
}
