/// <reference lib="dom" />
/** What the tests of the bedside page share: begin, wait until it sounds, look at it. */
import { createServer } from 'node:net';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { openBrowser } from '../browser.fixture.js';
import { makeDataFolder } from '../data-folder.js';
import { type ServerProcess, startServer } from '../server-process.js';

export interface Bedside {
  readonly server: ServerProcess;
  readonly browser: Browser;
}

/** A server with a data folder of its own and a browser, for all tests of the suite that calls it; both are gone after them. */
export function bedsideOfSuite(): Bedside {
  const data = makeDataFolder();
  let server: ServerProcess | undefined;
  let browser: Browser | undefined;
  beforeAll(async () => {
    server = await startServer(data.folder);
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    data.remove();
  });
  const begun = <T>(part: T | undefined): T => {
    if (!part) throw new Error('The bedside of a suite is there from its beforeAll on.');
    return part;
  };
  return {
    get server() {
      return begun(server);
    },
    get browser() {
      return begun(browser);
    },
  };
}

export interface Watched {
  page: Page;
  /** What went wrong in the page, and whom it asked for anything that is not our server. */
  faults: string[];
}

export async function openPage(context: BrowserContext, url: string): Promise<Watched> {
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) faults.push(message.text());
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(url) && !/^(data|blob):/.test(request.url())) faults.push(request.url());
  });
  await page.goto(url);
  return { page, faults };
}

export const atSec = (page: Page): Promise<number> => page.evaluate(() => document.querySelector('audio')!.currentTime);
/** Seconds that are in hand beyond the present one. */
export const inHand = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const { buffered, currentTime } = document.querySelector('audio')!;
    return buffered.length === 0 ? 0 : buffered.end(buffered.length - 1) - currentTime;
  });

export const sounds = (page: Page, past = 0.5) =>
  page.waitForFunction(
    (sec) => {
      const audio = document.querySelector('audio')!;
      return !audio.paused && audio.currentTime > sec;
    },
    past,
    { timeout: 120_000 },
  );

export async function say(page: Page, words: string): Promise<void> {
  await page.getByRole('textbox').first().fill(words);
  await page.keyboard.press('Enter');
}

/** A port that is free now, for a server that must come back at the same address. */
export const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
