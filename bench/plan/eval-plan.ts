/**
 * `npm run eval:plan [-- --readings N] [--tracks N]`: how closely the chosen tracks follow the plan, and what the plan is worth
 * against its plainest rivals. Over many readings and the starter catalogue, or a made-up shelf of N tracks, in one run:
 *
 *   iso        the product: three stages from the feeling to rest, their tracks from what lies near the whole way
 *   by place   the same, each place in the session searched for by itself
 *   straight   the product asked for calm at once
 *   random     tracks drawn by chance for the same slots
 *   one query  the tracks that fit the feeling best, in the order of their fit, as a search alone would give them
 */
import { affectDistance } from '../../engine/affect-distance.js';
import { readingFrom } from '../../engine/emotion/reading.js';
import { chooseTracks } from '../../engine/plan/choose-tracks.js';
import { planSession } from '../../engine/plan/planner.js';
import { seededRandom } from '../../engine/plan/random.js';
import { profileAt } from '../../engine/plan/way.js';
import type { MusicSearch } from '../../engine/ports.js';
import { EMOTION_LABELS, type Programme, type SessionPlan, type Track } from '../../engine/vocabulary.js';
import type { JointEncoder } from '../../media-index/encoders/encoder.js';
import { openIndex } from '../../media-index/index/open-index.js';
import { createMusicSearch, type TrackSearch } from '../../media-index/search.js';
import { composeApp } from '../../skill/compose.js';
import { readConfig } from '../../skill/config.js';
import { keepResults } from '../keep.js';
import { madeUpShelf } from '../made-up-shelf.js';
import { readOptions } from '../options.js';

const READINGS = 200;

interface Figures {
  /** Mean distance of a track from the plan's own profile at its middle, in valence and arousal. */
  fromPlan: number;
  /** Of the first track from the plan's first second; of the last from the plan's end. */
  atStart: number;
  atEnd: number;
  /** The largest step between neighbours, measured. */
  largestStep: number;
  /** Share of sessions whose events a second, measured, fall by 30 % from first to last track. */
  falls: number;
  /** Mean score of the tracks, as the search gave it. */
  score: number;
}

type Way = 'iso' | 'by place' | 'straight' | 'random' | 'one query';

export async function main(words: readonly string[]): Promise<number> {
  const { readings: count, tracks: made } = readOptions(words, {
    readings: { least: 1, most: 100_000, usual: READINGS },
    tracks: { least: 0, most: 1_000_000, usual: 0 },
  }).values;
  const app = composeApp(readConfig(process.env));
  const search = made > 0 ? await searchOver(made, await app.encoder()) : await app.search();
  const byPlace: MusicSearch = { search: search.search, track: search.track };
  const all = await search.search({ text: 'music', k: 500, kinds: ['score'] });
  const tracks = all.map(({ track }) => track);
  const random = seededRandom(1);
  const figures: Record<Way, Figures[]> = { iso: [], 'by place': [], straight: [], random: [], 'one query': [] };
  for (let i = 0; i < count; i += 1) {
    const reading = someReading(random);
    const wish = { reading, minutes: 20, seed: i, intention: 'calm-down' as const };
    const plan = planSession(app.knowledge(), wish);
    const programme = await chooseTracks({ plan, search });
    figures.iso.push(figuresOf(plan, programme, search));
    figures['by place'].push(figuresOf(plan, await chooseTracks({ plan, search: byPlace }), search));
    const straight = planSession(app.knowledge(), { ...wish, approach: 'straight' });
    figures.straight.push(figuresOf(plan, await chooseTracks({ plan: straight, search }), search));
    figures.random.push(
      figuresOf(
        plan,
        replaced(programme, () => tracks[Math.floor(random() * tracks.length)]!),
        search,
      ),
    );
    const best = (await search.search({ profile: plan.from, k: 40, kinds: ['score'] })).map(({ track }) => track);
    figures['one query'].push(
      figuresOf(
        plan,
        replaced(programme, (slot) => best[slot % best.length]!),
        search,
      ),
    );
    if ((i + 1) % 20 === 0) process.stderr.write(`eval:plan ${i + 1}/${count}\n`);
  }
  await app.close();
  const line = Object.fromEntries(Object.entries(figures).map(([way, each]) => [way, meanOf(each)]));
  const at = new Date().toISOString();
  // Only the starter catalogue has a history: that is what a listener hears first.
  if (made > 0) {
    process.stdout.write(`${tableOf(figures, count, `${made.toLocaleString('en-GB')} made-up tracks`)}\n`);
    return 0;
  }
  await keepResults('plan', tableOf(figures, count, `${tracks.length} pieces of the starter catalogue`), {
    at,
    readings: count,
    ...line,
  });
  return 0;
}

async function searchOver(count: number, encoder: JointEncoder): Promise<MusicSearch & Pick<TrackSearch, 'search'>> {
  const shelf = madeUpShelf(count);
  const index = openIndex(encoder.model);
  const search = await createMusicSearch({ tracks: () => shelf, encoder, index });
  // Measured is the index that whoever has such a library lives with, not one that is still being built.
  if ('settled' in index) await (index.settled as () => Promise<void>)();
  return search;
}

/** One or two feelings that are plainly there, and a faint rest. */
function someReading(random: () => number) {
  const label = () => Math.floor(random() * (EMOTION_LABELS.length - 1));
  const [first, second] = [label(), label()];
  return readingFrom(
    EMOTION_LABELS.map((_, i) =>
      i === first ? 0.6 + 0.4 * random() : i === second ? 0.6 * random() : 0.03 * random(),
    ),
    EMOTION_LABELS.map(() => 0.3),
  );
}

const replaced = (programme: Programme, other: (slot: number) => Track): Programme => ({
  ...programme,
  tracks: programme.tracks.map((track, slot) => ({ ...track, trackId: other(slot).id })),
});

/** Everything is held against the iso plan: that is the way that was asked for. */
function figuresOf(plan: SessionPlan, programme: Programme, search: MusicSearch): Figures {
  const heard = programme.tracks.map(({ trackId }) => search.track(trackId)!.analysis);
  const away = programme.tracks.map(({ startSec, endSec }, i) =>
    affectDistance(heard[i]!, profileAt(plan, (startSec + endSec) / 2).affect),
  );
  const steps = heard.slice(1).map((now, i) => affectDistance(now, heard[i]!));
  const [first, last] = [heard[0]!, heard[heard.length - 1]!];
  return {
    fromPlan: mean(away),
    atStart: affectDistance(first, plan.from.affect),
    atEnd: affectDistance(last, plan.to.affect),
    largestStep: Math.max(0, ...steps),
    falls: last.onsetRatePerSec <= 0.7 * first.onsetRatePerSec ? 1 : 0,
    score: mean(programme.tracks.map(({ score }) => score)),
  };
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
const meanOf = (figures: readonly Figures[]): Figures => ({
  fromPlan: mean(figures.map((each) => each.fromPlan)),
  atStart: mean(figures.map((each) => each.atStart)),
  atEnd: mean(figures.map((each) => each.atEnd)),
  largestStep: mean(figures.map((each) => each.largestStep)),
  falls: mean(figures.map((each) => each.falls)),
  score: mean(figures.map((each) => each.score)),
});

function tableOf(figures: Record<Way, Figures[]>, readings: number, shelf: string): string {
  const rows = Object.entries(figures).map(([way, each]) => {
    const { fromPlan, atStart, atEnd, largestStep, falls, score } = meanOf(each);
    const cells = [fromPlan, atStart, atEnd, largestStep].map((value) => value.toFixed(2));
    const scored = way === 'iso' || way === 'by place' ? score.toFixed(3) : '';
    return `| ${way} | ${cells.join(' | ')} | ${Math.round(falls * 100)} % | ${scored} |`;
  });
  return [
    `How closely the chosen tracks follow the plan: ${readings} readings, 20 minutes, towards calm, ${shelf}.`,
    'Distances in valence and arousal as measured in the sound (the plane is 2 × 2); all ways are held against the iso plan.',
    '',
    '| way | from the plan, mean | first track from the feeling | last track from rest | largest step | events fall by 30 % | score |',
    '|---|---|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}
