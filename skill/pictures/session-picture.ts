/**
 * `session.svg`: what a session sounds like from its first second to its last. Waveform with the stages behind it, and
 * below it loudness, events a second and brightness, each labelled where it stands; the tracks by name.
 */
import { musicEndSec } from '../../engine/plan/night.js';
import type { Programme, Stage } from '../../engine/vocabulary.js';
import { type Timeline, WINDOW_SEC } from '../../media-index/analysis/timeline.js';

const WIDTH = 960;
const LEFT = 96;
const RIGHT = 24;
const WAVE = { top: 56, height: 96 };
const ROW = { top: 196, height: 56, gap: 26 };
const HUE: Record<Stage, string> = { match: '#e8a565', guide: '#c9868a', target: '#8795c9' };
const STAGE_WORD: Record<Stage, string> = { match: 'close to the feeling', guide: 'on the way', target: 'rest' };
const INK = '#f3e9dc';
const QUIET = '#b5a899';
const GROUND = '#0b0908';
const LINE = 14;
/** Room for two lines of words above the usual one. */
const HEAD = 16;
/** Titles of the listener's own files can be as long as they like. */
const MOST_LETTERS = 110;
/** About, for letters of 13 px: enough to keep them apart. */
const widthOf = (text: string) => 7 * text.length;

const escaped = (text: string) => text.replace(/[<>&"']/g, (c) => `&#${c.charCodeAt(0)};`);
const minutes = (sec: number) => `${Math.floor(sec / 60)}:${String(Math.floor(sec % 60)).padStart(2, '0')}`;
const at = (value: number) => value.toFixed(1);

interface Row {
  name: string;
  unit: string;
  values: readonly (number | null)[];
  stepSec: number;
  low: number;
  high: number;
  show: (value: number) => string;
  /** Drawn on a scale of ratios, as it is heard. */
  ratio?: boolean;
}

/**
 * `timeline` may be shorter than the programme: what is not rendered yet is left empty, and said. Of a night only the music is
 * drawn: in hours of nature until dawn nothing could be seen of it.
 */
export function sessionPicture(programme: Programme, timeline: Timeline): string {
  const durationSec = musicEndSec(programme);
  const x = (sec: number) => LEFT + ((WIDTH - LEFT - RIGHT) * Math.min(sec, durationSec)) / durationSec;
  const rows = rowsOf(timeline).map((row) => ({
    ...row,
    values: row.values.slice(0, Math.floor(durationSec / row.stepSec)),
  }));
  const namesTop = ROW.top + rows.length * (ROW.height + ROW.gap) + 8;
  const height = namesTop + 22 * programme.tracks.length + 28;
  const partial = timeline.durationSec < durationSec - 1;
  const words = describe(programme, timeline, partial);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 ${-HEAD} ${WIDTH} ${height + HEAD}" role="img" aria-label="${escaped(words)}" font-family="Atkinson Hyperlegible, Verdana, sans-serif" font-size="13" fill="${INK}">`,
    `<title>${escaped(words)}</title><rect y="${-HEAD}" width="${WIDTH}" height="${height + HEAD}" fill="${GROUND}"/>`,
    ...bands(programme, x, namesTop - 24),
    waveform(programme, timeline, x),
    ...rows.map((row, i) => curve(row, ROW.top + i * (ROW.height + ROW.gap), x)),
    times(durationSec, x, namesTop - 12),
    ...programme.tracks.map((track, i) => trackLine(track, i, x, namesTop + 22 * i + 16)),
    partial
      ? `<text x="${WIDTH - RIGHT}" y="${height - 8}" text-anchor="end" fill="${QUIET}">rendered as far as ${minutes(timeline.durationSec)}</text>`
      : '',
    '</svg>',
  ].join('');
}

function rowsOf(timeline: Timeline): Row[] {
  const audible = timeline.loudnessLufs.map((value) => (value > -69 ? value : null));
  return [
    {
      name: 'loudness',
      unit: 'LUFS',
      values: smooth(audible, 3),
      stepSec: 1,
      low: -54,
      high: -14,
      show: (v) => v.toFixed(0),
    },
    {
      name: 'events',
      unit: 'a second',
      values: timeline.onsetRatePerSec,
      stepSec: WINDOW_SEC,
      low: 0,
      high: Math.max(3, ...timeline.onsetRatePerSec.map((value) => value ?? 0)),
      show: (v) => v.toFixed(1),
    },
    {
      name: 'brightness',
      unit: 'Hz',
      values: timeline.brightnessHz,
      stepSec: WINDOW_SEC,
      low: 150,
      high: 4000,
      show: (v) => String(Math.round(v / 10) * 10),
      ratio: true,
    },
  ];
}

/** Mean of the neighbours within `reach` steps; silence stays silence. */
const smooth = (values: readonly (number | null)[], reach: number): (number | null)[] =>
  values.map((value, i) => {
    if (value === null) return null;
    const near = values.slice(Math.max(0, i - reach), i + reach + 1).filter((each): each is number => each !== null);
    return near.reduce((sum, each) => sum + each, 0) / near.length;
  });

/** Words of a short stage stand a line higher, so that they do not run into those of the next. */
function bands({ stages }: Programme, x: (sec: number) => number, bottom: number): string[] {
  return stages.map(({ stage, startSec, endSec }, i) => {
    const [from, to] = [x(startSec), x(endSec)];
    const isShort = i < stages.length - 1 && 12 + widthOf(STAGE_WORD[stage]) > to - from;
    const lines = isShort ? stages.length - 1 - i : 0;
    return (
      `<rect x="${at(from)}" y="36" width="${at(to - from)}" height="${at(bottom - 36)}" fill="${HUE[stage]}" fill-opacity=".1"/>` +
      `<text x="${at(Math.min(from + 6, WIDTH - 6 - widthOf(STAGE_WORD[stage])))}" y="${30 - LINE * lines}" fill="${HUE[stage]}">${STAGE_WORD[stage]}</text>`
    );
  });
}

/** One line a second, mirrored; the colour of its stage. On a square-root scale, so that the quiet end can be seen. */
function waveform(programme: Programme, timeline: Timeline, x: (sec: number) => number): string {
  const middle = WAVE.top + WAVE.height / 2;
  const step = Math.max(1, Math.ceil(timeline.peak.length / 800));
  return programme.stages
    .map(({ stage, startSec, endSec }) => {
      let path = '';
      for (let sec = Math.ceil(startSec); sec < Math.min(endSec, timeline.peak.length); sec += step) {
        const peak = Math.max(0, ...timeline.peak.slice(sec, sec + step));
        const reach = Math.max(0.5, (Math.sqrt(peak) * WAVE.height) / 2);
        path += `M${at(x(sec))} ${at(middle - reach)}V${at(middle + reach)}`;
      }
      // Lines of a short session stand far apart: they grow with the room between them.
      const width = Math.max(1, 0.6 * (x(step) - x(0)));
      return path ? `<path d="${path}" stroke="${HUE[stage]}" stroke-width="${at(width)}"/>` : '';
    })
    .join('');
}

function curve(row: Row, top: number, x: (sec: number) => number): string {
  const scale = (value: number) => (row.ratio ? Math.log(Math.max(1, value)) : value);
  const y = (value: number) =>
    top +
    ROW.height * (1 - Math.min(1, Math.max(0, (scale(value) - scale(row.low)) / (scale(row.high) - scale(row.low)))));
  let path = '';
  let pen = 'M';
  row.values.forEach((value, i) => {
    if (value === null) pen = 'M';
    else {
      path += `${pen}${at(x((i + 0.5) * row.stepSec))} ${at(y(value))}`;
      pen = 'L';
    }
  });
  const known = row.values.filter((value): value is number => value !== null);
  const ends =
    known.length > 0
      ? `<text x="${LEFT - 8}" y="${at(top + 44)}" text-anchor="end">${row.show(known[0]!)} → ${row.show(known[known.length - 1]!)}</text>`
      : '';
  return (
    `<text x="${LEFT - 8}" y="${at(top + 12)}" text-anchor="end">${row.name}</text>` +
    `<text x="${LEFT - 8}" y="${at(top + 28)}" text-anchor="end" fill="${QUIET}" font-size="11">${row.unit}</text>${ends}` +
    `<path d="M${LEFT} ${top + ROW.height}H${WIDTH - RIGHT}" stroke="#4a3f36"/>` +
    `<path d="${path}" fill="none" stroke="${INK}" stroke-width="1.6" stroke-linejoin="round"/>`
  );
}

function times(durationSec: number, x: (sec: number) => number, y: number): string {
  const every = [60, 120, 300, 600, 1800].find((step) => durationSec / step <= 10) ?? 3600;
  return Array.from({ length: Math.floor(durationSec / every) + 1 }, (_, i) => i * every)
    .map(
      (sec) =>
        `<text x="${at(x(sec))}" y="${y}" text-anchor="middle" fill="${QUIET}" font-size="11">${minutes(sec)}</text>`,
    )
    .join('');
}

function trackLine(track: Programme['tracks'][number], i: number, x: (sec: number) => number, y: number): string {
  const from = x(track.startSec);
  const to = x(track.endSec);
  const title = track.title.length > MOST_LETTERS ? `${track.title.slice(0, MOST_LETTERS - 1)}…` : track.title;
  const label = `${i + 1}. ${title}`;
  // Beside its bar where there is room, on the right or on the left; else upon it.
  const onRight = to + 8 + widthOf(label) < WIDTH - RIGHT;
  const onLeft = from - 8 - widthOf(label) > 0;
  const upon = Math.max(8, Math.min(from + 8, WIDTH - RIGHT - widthOf(label)));
  const place = onRight ? to + 8 : onLeft ? from - 8 : upon;
  const anchor = onRight || !onLeft ? 'start' : 'end';
  const clearing =
    onRight || onLeft
      ? ''
      : `<rect x="${at(upon - 6)}" y="${y - 12}" width="${widthOf(label)}" height="16" fill="${GROUND}"/>`;
  return (
    `<rect x="${at(from)}" y="${y - 8}" width="${at(Math.max(2, to - from))}" height="6" rx="3" fill="${HUE[track.stage]}"><title>${escaped(track.attribution)}</title></rect>${clearing}` +
    `<text x="${at(place)}" y="${y}" text-anchor="${anchor}">${escaped(label)}</text>`
  );
}

/** The same in words, for whoever does not see it. */
function describe(programme: Programme, timeline: Timeline, partial: boolean): string {
  const known = (values: readonly (number | null)[]) => values.filter((value): value is number => value !== null);
  const fall = (name: string, values: readonly (number | null)[], unit: string) => {
    const all = known(values);
    return all.length > 1 ? ` ${name} from ${all[0]!.toFixed(1)} to ${all[all.length - 1]!.toFixed(1)} ${unit}.` : '';
  };
  return (
    `A session of ${minutes(musicEndSec(programme))} in three stages with ${programme.tracks.length} tracks: ${programme.tracks.map(({ title }) => title).join(', ')}.` +
    fall('Events', timeline.onsetRatePerSec, 'a second') +
    fall('Brightness', timeline.brightnessHz, 'Hz') +
    (programme.night ? ` The night goes on until ${minutes(programme.durationSec)}.` : '') +
    (partial ? ` Rendered as far as ${minutes(timeline.durationSec)}.` : '')
  );
}
