/**
 * What the bedside page costs on this machine: how soon its first picture stands, how much script it loads, and how much of
 * the processor its light takes while it breathes. Real server, real Chromium, loopback; the table and a line of history go
 * to bench/results/page-latest.md and page-history.jsonl.
 *
 * The processor is told twice: what the page's main thread had of it for its tasks, and what all of Chromium's processes had,
 * which also decode the music and put the picture together. Both count the processor's time, not the clock's: what other
 * programs do meanwhile is not in them.
 */
import '../../models/node20.js';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../../test/browser.fixture.js';
import { makeDataFolder } from '../../test/data-folder.js';
import { startServer } from '../../test/server-process.js';
import { keepResults, measuredHere } from '../keep.js';
import { readOptions } from '../options.js';

const LOADS = 9;
const WATCHED_SEC = 30;
const VIEWPORT = { width: 390, height: 844 };

interface PageRow {
  step: string;
  value: string;
  toReach: string;
}

export async function main(words: readonly string[]): Promise<number> {
  readOptions(words, {});
  const data = makeDataFolder();
  const server = await startServer(data.folder);
  const browser = await openBrowser();
  try {
    const rows = [await firstPaint(browser, server.url), await scriptSize(server.url)];
    const page = await browser.newPage({ viewport: VIEWPORT, locale: 'en-US' });
    await page.goto(server.url);
    rows.push(...(await light(page, 'asking')));
    await page.getByRole('textbox').fill('I feel tense');
    await page.keyboard.press('Enter');
    await page.waitForFunction(
      () => {
        const sound = document.querySelector('audio')!;
        return !sound.paused && sound.currentTime > 5;
      },
      undefined,
      { timeout: 60_000 },
    );
    rows.push(...(await light(page, 'playing')));
    await page.emulateMedia({ reducedMotion: 'reduce' });
    rows.push(...(await light(page, 'playing, still (no motion wanted)')));
    await keep(rows);
    return 0;
  } finally {
    await browser.close();
    await server.stop();
    data.remove();
  }
}

/** Each load in a context of its own: nothing is in any cache but the server's. */
async function firstPaint(browser: Browser, url: string): Promise<PageRow> {
  const paints: number[] = [];
  for (let i = 0; i < LOADS; i += 1) {
    const context = await browser.newContext({ viewport: VIEWPORT });
    const page = await context.newPage();
    await page.goto(url);
    const found = await page.waitForFunction(
      () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
    );
    paints.push((await found.jsonValue()) as number);
    await context.close();
  }
  paints.sort((a, b) => a - b);
  const [least, middle, most] = [0, LOADS >> 1, LOADS - 1].map((i) => Math.round(paints[i]!));
  return { step: 'first contentful paint', value: `${middle} ms (${least} to ${most})`, toReach: '500 ms' };
}

async function scriptSize(url: string): Promise<PageRow> {
  const bytes = (await (await fetch(`${url}/bedside/main.js`)).arrayBuffer()).byteLength;
  return { step: 'script before hands-free', value: `${(bytes / 1024).toFixed(0)} kB`, toReach: '150 kB' };
}

async function light(page: Page, what: string): Promise<PageRow[]> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const taskSec = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration')!.value;
  };
  const [tasks, processor] = [await taskSec(), chromiumSec()];
  await page.waitForTimeout(WATCHED_SEC * 1000);
  const share = (sec: number) => `${((100 * sec) / WATCHED_SEC).toFixed(1)} %`;
  const rows = [
    { step: `${what}: main thread at work`, value: share((await taskSec()) - tasks), toReach: '3 %' },
    { step: `${what}: processor, all of Chromium`, value: share(chromiumSec() - processor), toReach: '' },
  ];
  await session.detach();
  return rows;
}

/** Processor seconds so far of every process below this one that is Chromium's. */
function chromiumSec(): number {
  const ticksPerSec = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
  const processes = execFileSync('ps', ['-eo', 'pid=,ppid=,comm='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/) as [string, string, string]);
  const family = new Set([String(process.pid)]);
  for (let grown = true; grown; ) {
    const more = processes.filter(([pid, parent]) => family.has(parent) && !family.has(pid));
    for (const [pid] of more) family.add(pid);
    grown = more.length > 0;
  }
  return processes
    .filter(([pid, , name]) => family.has(pid) && name.startsWith('chrom'))
    .reduce((sum, [pid]) => sum + ticksOf(pid) / ticksPerSec, 0);
}

function ticksOf(pid: string): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ');
    return Number(fields[11]) + Number(fields[12]);
  } catch {
    // It has ended meanwhile.
    return 0;
  }
}

async function keep(rows: PageRow[]): Promise<void> {
  const { dated, machine } = measuredHere();
  const lines = rows.map(({ step, value, toReach }) => `| ${step} | ${value} | ${toReach} |`);
  const table = `# The bedside page, ${dated.slice(0, 10)}\n\n${machine}. A phone's screen, drawn without a graphics card. Repeat with \`npm run bench:page\`.\n\n| step | measured | to reach |\n|---|---:|---:|\n${lines.join('\n')}\n`;
  await keepResults('page', table, { dated, machine, rows });
}
