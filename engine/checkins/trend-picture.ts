/** Mood before and after each session as a plain chart: a stroke from the one to the other, and how nights were. */
import { type CheckIn, changesOf } from './checkin.js';

const WIDTH = 720;
const [LEFT, RIGHT, TOP, HEIGHT] = [84, 20, 48, 200];
const SLEEP_TOP = TOP + HEIGHT + 40;
const MOST_SHOWN = 60;
const INK = '#f3e9dc';
const QUIET = '#b5a899';
const BETTER = '#8795c9';
const WORSE = '#e8a565';

const at = (value: number) => value.toFixed(1);
const day = (ms: number) => new Date(ms).toISOString().slice(0, 10);

/** The newest sixty sessions and mornings. Readable in grey: a filled end is after, an empty one before. */
export function trendPicture(checkIns: readonly CheckIn[]): string {
  const changes = changesOf(checkIns).slice(-MOST_SHOWN);
  const nights = checkIns.filter(({ sleepQuality }) => sleepQuality !== undefined).slice(-MOST_SHOWN);
  const words = inWords(
    changes.map(({ change }) => change),
    nights.length,
  );
  const x = (i: number, count: number) => LEFT + ((WIDTH - LEFT - RIGHT) * (i + 0.5)) / Math.max(1, count);
  const y = (mood: number) => TOP + (HEIGHT * (1 - mood)) / 2;
  const height = nights.length > 0 ? SLEEP_TOP + 84 : TOP + HEIGHT + 36;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${words}" font-family="Atkinson Hyperlegible, Verdana, sans-serif" font-size="13" fill="${INK}">`,
    `<title>${words}</title><rect width="${WIDTH}" height="${height}" fill="#0b0908"/>`,
    `<text x="${LEFT}" y="24">empty: before, filled: after each session</text>`,
    ...[
      ['very good', 1],
      ['neither', 0],
      ['very bad', -1],
    ].map(
      ([word, mood]) =>
        `<path d="M${LEFT} ${at(y(mood as number))}H${WIDTH - RIGHT}" stroke="#4a3f36"/><text x="${LEFT - 8}" y="${at(y(mood as number) + 4)}" text-anchor="end" fill="${QUIET}">${word}</text>`,
    ),
    ...changes.map(({ before, after, change, atMs }, i) => {
      const [cx, hue] = [at(x(i, changes.length)), change >= 0 ? BETTER : WORSE];
      return (
        `<g><path d="M${cx} ${at(y(before))}V${at(y(after))}" stroke="${hue}" stroke-width="3"/>` +
        `<circle cx="${cx}" cy="${at(y(before))}" r="4" fill="#0b0908" stroke="${hue}" stroke-width="2"/>` +
        `<circle cx="${cx}" cy="${at(y(after))}" r="4.5" fill="${hue}"/>` +
        `<title>${day(atMs)}: ${before.toFixed(1)} before, ${after.toFixed(1)} after</title></g>`
      );
    }),
    changes.length > 0
      ? `<text x="${LEFT}" y="${TOP + HEIGHT + 20}" fill="${QUIET}">${day(changes[0]!.atMs)}</text><text x="${WIDTH - RIGHT}" y="${TOP + HEIGHT + 20}" text-anchor="end" fill="${QUIET}">${day(changes.at(-1)!.atMs)}</text>`
      : `<text x="${WIDTH / 2}" y="${TOP + HEIGHT / 2 - 8}" text-anchor="middle" fill="${QUIET}">No session with an answer before and after yet.</text>`,
    ...(nights.length > 0
      ? [`<text x="${LEFT - 8}" y="${SLEEP_TOP + 40}" text-anchor="end" fill="${QUIET}">slept (1–5)</text>`]
      : []),
    ...nights.map(({ sleepQuality, atMs }, i) => {
      const tall = 12 * sleepQuality!;
      return `<rect x="${at(x(i, nights.length) - 4)}" y="${at(SLEEP_TOP + 64 - tall)}" width="8" height="${tall}" fill="${QUIET}"><title>${day(atMs)}: slept ${sleepQuality} of 5</title></rect>`;
    }),
    '</svg>',
  ].join('');
}

function inWords(changes: readonly number[], nights: number): string {
  const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;
  if (changes.length === 0) return `No session with an answer before and after yet; ${counted(nights, 'morning')}.`;
  const mean = changes.reduce((sum, change) => sum + change, 0) / changes.length;
  const better = changes.filter((change) => change > 0).length;
  return `${counted(changes.length, 'session')}: mood rose in ${better}, by ${mean.toFixed(2)} on average (from -1 to 1); ${counted(nights, 'morning')}.`;
}
