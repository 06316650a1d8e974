/// <reference lib="dom" />
/**
 * `npm run bench:page-soak [-- --rounds 48]`: one window of the bedside page, never loaded anew, through nights and days. A
 * real server, a real Chromium, real sound; the page's own clock is put on by half an hour a round, so that 48 rounds are a day
 * of its timers: dim, black, midnight, and the night on which the clocks go back. Each round somebody says how they feel,
 * bends the music, reads why, lets the screen go black and wakes it, loses the network and has it back, pauses and
 * goes on, and stops; in every second one the page listens hands-free and is stopped by a voice. Before that the same window
 * shows the page in every language.
 *
 * Told a round, after the browser's own clearing up: the page's JavaScript heap, its nodes, listeners and open audio contexts,
 * the memory of its process, the memory of the server; and how much each grows in ten rounds once caches are full. The table
 * goes to bench/results/page-soak-latest.md. Ends with exit code 1 where anything went wrong in the page.
 */
import '../../models/node20.js';
import { readFileSync } from 'node:fs';
import type { CDPSession, Page } from 'playwright-core';
import { LANGUAGES } from '../../audio-prompts/prompts.js';
import { makeDataFolder } from '../../test/data-folder.js';
import { type ListeningBrowser, openListeningBrowser } from '../../test/hands-free.fixture.js';
import { type ServerProcess, startServer } from '../../test/server-process.js';
import { keepResults, measuredHere } from '../keep.js';
import { readOptions } from '../options.js';
import { growthOf, WARM_SHARE } from '../soak/growth.js';

/** On this night Berlin puts its clocks back. */
const EVENING = '2026-10-24T20:00:00+02:00';
const ZONE = 'Europe/Berlin';
const ROUND_MINUTES = 30;
/** A busy machine takes its time; only a page that never gets there has a fault. */
const PATIENCE_MS = 110_000;

const FEELINGS = [
  'I am so tense after today, my thoughts keep racing.',
  'I feel lonely and a little sad tonight.',
  'Quite content, only not tired yet.',
  'I am afraid of tomorrow.',
];

interface Point {
  round: number;
  /** The page's own clock, in the house's time. */
  clock: string;
  heapMb: number;
  nodes: number;
  listeners: number;
  audioContexts: number;
  pageMb: number;
  serverMb: number;
}
const FIGURES = ['heapMb', 'nodes', 'listeners', 'audioContexts', 'pageMb', 'serverMb'] as const;

export async function main(words: readonly string[]): Promise<number> {
  const { values } = readOptions(words, { rounds: { least: 5, most: 2000, usual: 48 } });
  const data = makeDataFolder();
  const server = await startServer(data.folder, { EMOHEAL_LOG_LEVEL: 'warn' });
  const browser = await openListeningBrowser({ timezoneId: ZONE });
  const faults: string[] = [];
  const points: Point[] = [];
  const heard: boolean[] = [];
  try {
    const { page } = browser;
    page.setDefaultTimeout(PATIENCE_MS);
    page.on('pageerror', (error) => faults.push(error.message));
    await page.addInitScript(countAudioContexts);
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Performance.enable');
    await everyLanguage(page, server.url);
    await page.clock.install({ time: EVENING });
    await page.goto(server.url);
    const look = async (round: number) => {
      const point = await pointAt(round, page, devtools, server);
      points.push(point);
      process.stderr.write(`${JSON.stringify(point)}\n`);
    };
    await look(0);
    for (let round = 1; round <= values.rounds; round += 1) {
      const isHeard = await oneRound(browser, round).catch(async (cause) => {
        throw new Error(`Round ${round} did not get on; the page is ${await stateOf(page)}.`, { cause });
      });
      if (isHeard !== null) heard.push(isHeard);
      await look(round);
    }
    await keep(points, faults, heard);
    return faults.length === 0 ? 0 : 1;
  } finally {
    await browser.close();
    await server.stop();
    data.remove();
  }
}

async function everyLanguage(page: Page, url: string): Promise<void> {
  for (const language of Object.keys(LANGUAGES)) {
    await page.setExtraHTTPHeaders({ 'accept-language': language });
    await page.goto(url);
    await page.locator('#words').waitFor();
  }
  await page.setExtraHTTPHeaders({ 'accept-language': 'en-GB' });
}

const isPaused = (page: Page, wanted: boolean) =>
  page.waitForFunction((paused) => document.querySelector('audio')!.paused === paused, wanted);
const light = (page: Page, is: string) => page.waitForFunction((to) => document.body.dataset.light === to, is);
const plays = (page: Page) =>
  page.waitForFunction(() => {
    const sound = document.querySelector('audio')!;
    return !sound.paused && sound.currentTime > 0.5;
  });

/** The first touch in the dark brings the light back and does nothing else; what follows it at once is part of it. */
async function wake(page: Page): Promise<void> {
  await page.mouse.click(20, 20);
  await light(page, 'low');
  await page.clock.fastForward('00:02');
}

/**
 * Whether the spoken stop was heard; null where none was said. A recogniser on a busy machine may take longer than the page
 * waits.
 */
async function oneRound(browser: ListeningBrowser, round: number): Promise<boolean | null> {
  const { page } = browser;
  const hears = round % 2 === 0;
  const context = page.context();
  await page.locator('#words').fill(FEELINGS[round % FEELINGS.length]!);
  await page.keyboard.press('Enter');
  await plays(page);
  await page.locator(`[data-action="${round % 3 === 0 ? 'stay' : 'deeper'}"]`).click();
  await page.locator('#why').click();
  await page.getByRole('dialog').getByText('CC0').first().waitFor();
  await page.locator('#sheet-close').click();
  await context.setOffline(true);
  await page.clock.fastForward('02:10');
  await light(page, 'dim');
  await page.clock.fastForward('08:10');
  await light(page, 'dark');
  await context.setOffline(false);
  await wake(page);
  await page.locator('#pause').click();
  await isPaused(page, true);
  await page.clock.fastForward(`${ROUND_MINUTES - 11}:00`);
  await wake(page);
  await page.locator('#pause').click();
  await plays(page);
  if (hears) {
    await browser.hears(100, [
      { atSec: 5, said: 'kitchen' },
      ...[11, 31, 51, 71].map((atSec) => ({ atSec, said: 'stop' })),
    ]);
    await page.locator('#hands-free').click();
    const isHeard = await isPaused(page, true).then(
      () => true,
      () => false,
    );
    await page.locator('#hands-free').click();
    await page.waitForFunction(() => document.body.dataset.microphone === 'off');
    if (!isHeard) await page.locator('[data-action="stop"]').click();
    await page.waitForFunction(() => document.body.dataset.state === 'asking');
    return isHeard;
  }
  await page.locator('[data-action="stop"]').click();
  await page.waitForFunction(() => document.body.dataset.state === 'asking');
  return null;
}

const stateOf = (page: Page) =>
  page.evaluate(() => {
    const { paused, currentTime, readyState, networkState, buffered } = document.querySelector('audio')!;
    const inHand = buffered.length === 0 ? 0 : buffered.end(buffered.length - 1);
    const said = document.querySelector('#caption')!.textContent;
    return JSON.stringify({ ...document.body.dataset, paused, currentTime, readyState, networkState, inHand, said });
  });

async function pointAt(round: number, page: Page, devtools: CDPSession, server: ServerProcess): Promise<Point> {
  await devtools.send('HeapProfiler.collectGarbage');
  const { metrics } = await devtools.send('Performance.getMetrics');
  const figure = (name: string) => metrics.find((each) => each.name === name)?.value ?? Number.NaN;
  return {
    round,
    clock: await page.evaluate(() => new Date().toLocaleString('en-GB', { dateStyle: 'short', timeStyle: 'short' })),
    heapMb: Math.round(figure('JSHeapUsedSize') / 1e5) / 10,
    nodes: figure('Nodes'),
    listeners: figure('JSEventListeners'),
    audioContexts: await page.evaluate(() => (window as unknown as Counting).openContexts()),
    pageMb: await rendererMb(page),
    serverMb: await server.residentMb(),
  };
}

interface Counting {
  openContexts(): number;
}

/** In the page: the audio contexts that were opened and neither closed nor cleared away. */
function countAudioContexts(): void {
  const opened: WeakRef<AudioContext>[] = [];
  const Real = window.AudioContext;
  window.AudioContext = class extends Real {
    constructor(options?: AudioContextOptions) {
      super(options);
      opened.push(new WeakRef(this));
    }
  };
  (window as unknown as Counting).openContexts = () =>
    opened.filter((each) => (each.deref()?.state ?? 'closed') !== 'closed').length;
}

/** Resident memory of the page's own process, the largest renderer of the browser. */
async function rendererMb(page: Page): Promise<number> {
  const browser = await page.context().browser()!.newBrowserCDPSession();
  const { processInfo } = await browser.send('SystemInfo.getProcessInfo');
  await browser.detach();
  const kilobytes = processInfo
    .filter(({ type }) => type === 'renderer')
    .map(({ id }) => Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1] ?? 0));
  return Math.round(Math.max(...kilobytes) / 1024);
}

async function keep(points: readonly Point[], faults: readonly string[], heard: readonly boolean[]): Promise<void> {
  const { dated, machine } = measuredHere();
  const growth = FIGURES.map((name) =>
    growthOf(
      points,
      ({ round }) => round,
      (point) => point[name],
      10,
    ),
  );
  const rows = points.map(
    (point) => `| ${point.round} | ${point.clock} | ${FIGURES.map((name) => point[name]).join(' | ')} |`,
  );
  const table = [
    `# The bedside page through nights and days, ${dated.slice(0, 10)}`,
    '',
    `${machine}. ${points.length - 1} rounds, each a session from a feeling to its stop and ${ROUND_MINUTES} minutes of the page's clock. Repeat with \`npm run bench:page-soak\`.`,
    '',
    '| round | clock of the page | heap MB | nodes | listeners | audio contexts | page MB | server MB |',
    '|---:|---|---:|---:|---:|---:|---:|---:|',
    ...rows,
    `| growth in ten rounds, after the first ${Math.round(WARM_SHARE * 100)} % | | ${growth.join(' | ')} |`,
    '',
    `${heard.filter(Boolean).length} of ${heard.length} spoken stops were heard in time.`,
    faults.length === 0
      ? 'Nothing went wrong in the page.'
      : `Went wrong in the page: ${[...new Set(faults)].join('; ')}`,
    '',
  ].join('\n');
  await keepResults('page-soak', table);
}
