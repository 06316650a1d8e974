/**
 * A night in numbers: who goes to bed when, around the world, what that costs minute by minute, and what is found already
 * made. A simulation by chance with a seed; one run of a million listeners takes seconds.
 *
 * Rules
 * 1. A listener begins near 22:00 by their own clock (standard deviation 55 minutes); one in five also wakes up between one
 *    and four and begins anew.
 * 2. Listeners are spread over time zones as people are; or all live in one (a clinic, a country).
 * 3. A session is 8 to 45 minutes long, twenty in the middle. What is heard is made, and a minute more.
 * 4. With sharing, the share `shared` of the sessions takes one of `programmes` common ones, the popular ones more often
 *    (Zipf); all others are made to measure and found again only when their listener starts them anew.
 */

/** Core-seconds and bytes, each measured; `docs/capacity.md` names the command of each. */
export interface Costs {
  /** A typed feeling, from the request to the first stretch of sound. */
  beginCoreSec: number;
  /** A spoken sentence to words. */
  speechCoreSec: number;
  /** Core-seconds for a second of sound that is made. */
  makeCoreSecPerSec: number;
  /** The share of spoken beginnings. */
  spoken: number;
  bytesPerSec: number;
}

/**
 * A core of a machine that has much to do, as one is that is used to 60 %: half as quick as one alone. On a free machine AAC
 * is made 116 times as fast as it sounds (`bench/results/stream-latest.md`), on a busy one 62 times. Two cores began 58.8
 * sessions a second (`bench/results/load-latest.md`); README for speech.
 */
export const MEASURED: Costs = {
  beginCoreSec: 0.034,
  speechCoreSec: 0.7,
  makeCoreSecPerSec: 1 / 62,
  spoken: 0.5,
  bytesPerSec: 16_000,
};

export interface Night {
  listeners: number;
  zones: 'world' | 'one';
  shared: number;
  programmes: number;
}

export interface NightResult {
  sessions: number;
  /** At the busiest minute. */
  peakListening: number;
  peakBeginningsPerSec: number;
  peakCores: number;
  /** Of them, for making sound. */
  peakMakingCores: number;
  peakGbitPerSec: number;
  coreHours: number;
  hitRate: number;
  partsPut: number;
  storedGb: number;
}

/** Share of people by hours from UTC, rounded; sums to 1 after scaling. */
const ZONES: readonly [number, number][] = [
  [-8, 4],
  [-6, 6],
  [-5, 6],
  [-3, 5],
  [0, 5],
  [1, 9],
  [2, 6],
  [3, 7],
  [4, 1],
  [5, 5],
  [5.5, 19],
  [6, 4],
  [7, 7],
  [8, 22],
  [9, 4],
  [10, 1],
];
const DAY_MIN = 1440;
const PART_SEC = 12;
const AHEAD_SEC = 60;

/** A small generator, so that a run can be repeated: mulberry32. */
export function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export function simulateNight(night: Night, costs: Costs = MEASURED, seed = 1): NightResult {
  const random = chance(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const zoneOf = zones(night.zones, random);
  const popular = zipf(night.programmes, random);
  const listening = new Float64Array(DAY_MIN);
  const beginnings = new Float64Array(DAY_MIN);
  const making = new Float64Array(DAY_MIN);
  /** Seconds that are made of each common programme. */
  const made = new Map<number, number>();
  let sessions = 0;
  let wantedInAllSec = 0;
  let madeSec = 0;

  function session(startMin: number): void {
    sessions += 1;
    const lengthSec = 60 * Math.min(45, Math.max(8, 20 * Math.exp(0.45 * normal())));
    // One in three is asleep before its end.
    const listenedSec = random() < 0.33 ? lengthSec * (0.3 + 0.7 * random()) : lengthSec;
    const wantedSec = Math.min(lengthSec, listenedSec + AHEAD_SEC);
    wantedInAllSec += wantedSec;
    const at = (minute: number) => ((Math.floor(startMin + minute) % DAY_MIN) + DAY_MIN) % DAY_MIN;
    beginnings[at(0)]! += 1;
    const programme = random() < night.shared ? popular() : null;
    const there = programme === null ? 0 : (made.get(programme) ?? 0);
    if (programme !== null) made.set(programme, Math.max(there, wantedSec));
    madeSec += Math.max(0, wantedSec - there);
    for (let minute = 0; minute * 60 < wantedSec; minute += 1) {
      if (minute * 60 < listenedSec) listening[at(minute)]! += 1;
      if ((minute + 1) * 60 > there) making[at(minute)]! += 1;
    }
  }

  for (let i = 0; i < night.listeners; i += 1) {
    const bedMin = (22 - zoneOf()) * 60;
    session(bedMin + 55 * normal());
    if (random() < 0.2) session(bedMin + (3 + 3 * random()) * 60);
  }
  const beginCores = (minute: number) =>
    (beginnings[minute]! / 60) * (costs.beginCoreSec + costs.spoken * costs.speechCoreSec);
  const makingCores = (minute: number) => making[minute]! * costs.makeCoreSecPerSec;
  const minutes = Array.from({ length: DAY_MIN }, (_, i) => i);
  const most = (of: (minute: number) => number) => Math.max(...minutes.map(of));
  return {
    sessions,
    peakListening: most((i) => listening[i]!),
    peakBeginningsPerSec: most((i) => beginnings[i]!) / 60,
    peakCores: most((i) => beginCores(i) + makingCores(i)),
    peakMakingCores: most(makingCores),
    peakGbitPerSec: (most((i) => listening[i]!) * costs.bytesPerSec * 8) / 1e9,
    coreHours: minutes.reduce((sum, i) => sum + (beginCores(i) + makingCores(i)) / 60, 0),
    hitRate: wantedInAllSec === 0 ? 0 : 1 - madeSec / wantedInAllSec,
    partsPut: madeSec / PART_SEC,
    storedGb: (madeSec * costs.bytesPerSec) / 1e9,
  };
}

function zones(which: Night['zones'], random: () => number): () => number {
  if (which === 'one') return () => 0;
  const all = ZONES.reduce((sum, [, share]) => sum + share, 0);
  return () => {
    let left = random() * all;
    for (const [hours, share] of ZONES) {
      left -= share;
      if (left < 0) return hours;
    }
    return 0;
  };
}

/** Rank r is chosen in proportion to 1/r. */
function zipf(count: number, random: () => number): () => number {
  const sums = new Float64Array(Math.max(1, count));
  let sum = 0;
  for (let rank = 0; rank < sums.length; rank += 1) {
    sum += 1 / (rank + 1);
    sums[rank] = sum;
  }
  return () => {
    const wanted = random() * sum;
    let [low, high] = [0, sums.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sums[middle]! < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}
