/// <reference lib="dom" />
/**
 * The bedside page used with eyes closed: a real browser with a file for a microphone, the real server with real Whisper.
 * Nothing is clicked after the switch; what is asserted is the sound that the page plays.
 */
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { speechPartsState } from '../engine/transcription/native-parts.js';
import { readConfig } from '../skill/config.js';
import { makeDataFolder } from './data-folder.js';
import { type ListeningBrowser, openListeningBrowser, type SaidAt } from './hands-free.fixture.js';
import { keepTimes, loudestOf, type Seen, tell, timesOf } from './hands-free-times.fixture.js';
import { type ServerProcess, startServer } from './server-process.js';
import { durationSec, hasCommand, loudness } from './sound-judge.js';

const canHear =
  existsSync('/usr/bin/chromium') &&
  (await hasCommand('ffmpeg')) &&
  speechPartsState(readConfig(process.env).dataDir).status === 'ready';
if (!canHear) console.warn('skipped: hands-free needs chromium, ffmpeg and the speech parts');

const LONG = { timeout: 120_000 };
const PLAY_LIMIT_MS = 170_000;
/** By name: a listener who waits, and says it again where nothing came. A loaded machine thinks half a minute about a word. */
const CALLED_FOR_SEC = 150;
const CALLED: readonly SaidAt[] = [
  { atSec: 7, said: 'quiet-bedside' },
  { atSec: 20, said: 'quiet-bedside' },
  { atSec: 23.5, said: 'sad' },
  ...[45, 85, 120].flatMap((atSec) => [
    { atSec, said: 'quiet-bedside' },
    { atSec: atSec + 8, said: 'sad' },
    { atSec: atSec + 16, said: 'sad' },
  ]),
];
const data = makeDataFolder();
let server: ServerProcess;

beforeAll(async () => {
  server = await startServer(data.folder);
});
afterAll(async () => {
  await server?.stop();
  data.remove();
});

const switchHands = (page: Page) => page.locator('#hands-free').click();
const microphone = (page: Page, state: string) =>
  page.waitForFunction((wanted) => document.body.dataset.microphone === wanted, state, LONG);
/** The address from which the page takes its music last; known once a part of it has come whole. */
async function streamOf(page: Page): Promise<string> {
  const found = await page.waitForFunction(
    () => performance.getEntriesByType('resource').findLast(({ name }) => name.includes('/stream/'))?.name,
    undefined,
    LONG,
  );
  return (await found.jsonValue()) as string;
}
const volumeOf = (page: Page) => page.evaluate(() => document.querySelector('audio')!.volume);
const plays = (page: Page) =>
  page.waitForFunction(
    () => {
      const sound = document.querySelector('audio')!;
      return !sound.paused && sound.currentTime > 0.5;
    },
    undefined,
    { timeout: PLAY_LIMIT_MS },
  );

describe.runIf(canHear)('the bedside speaker without hands', () => {
  let browser: ListeningBrowser;
  const faults: string[] = [];
  const foreign: string[] = [];

  beforeAll(async () => {
    browser = await openListeningBrowser();
    const { page } = browser;
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('request', (request) => {
      const { host, protocol } = new URL(request.url());
      if (host !== new URL(server.url).host && !/^(data|blob):$/.test(protocol)) foreign.push(request.url());
    });
    await page.addInitScript(keepTimes);
    // Until Whisper is warm, what is measured is its loading.
    for (let ready = false; !ready; await new Promise((resolve) => setTimeout(resolve, 200)))
      ready = (await (await fetch(`${server.url}/readyz`)).text()).includes('speech');
  });
  afterAll(async () => {
    await browser?.close();
  });

  afterEach(async () => {
    // Whatever came before: the next test switches it on.
    const pressed = browser.page.locator('#hands-free[aria-pressed="true"]');
    if ((await pressed.count()) > 0) await browser.page.evaluate(() => document.getElementById('hands-free')!.click());
  });

  it('wakes by its name, hears a feeling, and music begins', { timeout: 360_000 }, async () => {
    const { page } = browser;
    await browser.hears(CALLED_FOR_SEC, CALLED);
    await page.goto(server.url);
    await switchHands(page);
    await microphone(page, 'asleep');
    await microphone(page, 'listening');
    await plays(page);
    const { wokenMs, toldMs } = await page.evaluate(() => {
      const { wokenMs = Number.NaN, toldMs = Number.NaN } = window as unknown as Seen;
      return { wokenMs, toldMs };
    });
    tell('by name', {
      'last sound of the name → first quiet told': Math.round(toldMs),
      'last sound of the name → listening': Math.round(wokenMs),
      ...(await timesOf(page)),
    });
    expect(await loudestOf(page)).toBeGreaterThan(0.001);
    expect(await page.evaluate(() => document.body.dataset.state)).toBe('playing');
    await switchHands(page);
    await microphone(page, 'off');
  });

  it('lets talk of the room pass while music plays, and says nothing of it', async () => {
    const { page } = browser;
    await browser.hears(30, [{ atSec: 8, said: 'kitchen' }]);
    const before = await volumeOf(page);
    await page.evaluate(() => {
      (window as unknown as Seen).seen.nothing = undefined as unknown as number;
      document.querySelector('#caption')!.textContent = '';
    });
    await switchHands(page);
    await page.waitForFunction(() => (window as unknown as Seen).seen.nothing !== undefined, undefined, LONG);
    expect(await page.evaluate(() => document.querySelector('audio')!.paused)).toBe(false);
    await page.waitForFunction((wanted) => document.querySelector('audio')!.volume > wanted - 0.01, before, LONG);
    await switchHands(page);
  });

  it('turns the music down under a voice, and stays softer where that was the word; over the music in the microphone', async () => {
    const { page } = browser;
    const heard = path.join(data.folder, 'heard.mp3');
    const part = await fetch(await streamOf(page), { headers: { range: 'bytes=0-319999' } });
    await writeFile(heard, Buffer.from(await part.arrayBuffer()));
    await browser.hears(30, [{ atSec: 8, said: 'softer' }], { file: heard, gain: 0.25 });
    const before = await volumeOf(page);
    await switchHands(page);
    await page.waitForFunction((full) => document.querySelector('audio')!.volume < full * 0.5, before, {
      ...LONG,
      polling: 20,
    });
    await page.waitForFunction(
      (full) => Math.abs(document.querySelector('audio')!.volume - full * 0.6) < 0.02,
      before,
      LONG,
    );
    expect(await page.evaluate(() => document.querySelector('audio')!.paused)).toBe(false);
    await switchHands(page);
  });

  it('adds ten minutes when it is asked to', async () => {
    const { page } = browser;
    const left = () => page.locator('#time-left').textContent();
    await browser.hears(40, [{ atSec: 8, said: 'ten-more' }]);
    const minutes = Number((await left())!.split(':')[0]);
    await switchHands(page);
    await page.waitForFunction(
      (before) => Number(document.querySelector('#time-left')!.textContent!.split(':')[0]) > before + 5,
      minutes,
      LONG,
    );
    await switchHands(page);
  });

  it('stops at a word', async () => {
    const { page } = browser;
    await browser.hears(30, [{ atSec: 8, said: 'stop' }]);
    await switchHands(page);
    expect(await page.evaluate(() => document.querySelector('audio')!.paused)).toBe(false);
    await page.waitForFunction(() => document.querySelector('audio')!.paused, undefined, LONG);
    tell('stop', await timesOf(page));
    await switchHands(page);
    expect(faults).toEqual([]);
    expect(foreign).toEqual([]);
  });

  it('wakes by a touch within the blink of an eye, and the whole way to sound is told step by step', async () => {
    const { page } = browser;
    await browser.hears(
      60,
      [6, 13, 20, 27].map((atSec) => ({ atSec, said: 'tense' })),
    );
    await page.goto(server.url);
    await page.evaluate(() => {
      // The shortest session that there is.
      document.querySelector<HTMLInputElement>('input[name="minutes"]:checked')!.value = '2';
    });
    await switchHands(page);
    await microphone(page, 'asleep');
    const wokenMs = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          const startMs = performance.now();
          new MutationObserver(() => {
            if (document.body.dataset.microphone === 'listening') resolve(performance.now() - startMs);
          }).observe(document.body, { attributes: true });
          document.body.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
        }),
    );
    // The button of a device is the space bar; the field that has the focus stays empty.
    await page.locator('#words').press('Space');
    expect(await page.locator('#words').inputValue()).toBe('');
    await plays(page);
    tell('by touch', {
      ...(await timesOf(page)),
      'touch → listening': Math.round(wokenMs),
    });
    await switchHands(page);
  });

  it('ends by itself: faded, and without a word', async () => {
    const { page } = browser;
    expect(await page.evaluate(() => document.querySelector('audio')!.paused)).toBe(false);
    const file = path.join(data.folder, 'whole.mp3');
    const whole = await fetch(await streamOf(page));
    await writeFile(file, Buffer.from(await whole.arrayBuffer()));
    expect(await durationSec(file)).toBeCloseTo(120, 0);
    const { integratedLufs: begun } = await loudness(file, 0, 30);
    const { integratedLufs: last } = await loudness(file, 112, 120);
    expect(last).toBeLessThan(begun - 10);
    await page.evaluate(() => {
      document.querySelector('audio')!.currentTime = 117;
    });
    await page.waitForFunction(() => document.body.dataset.state === 'asking', undefined, LONG);
    expect(await page.evaluate(() => document.querySelector('audio')!.paused)).toBe(true);
  });

  it('listens again by itself after a restart of the page, where it did before', async () => {
    const { page } = browser;
    await browser.hears(60, []);
    await page.goto(server.url);
    await switchHands(page);
    await microphone(page, 'asleep');
    await page.reload();
    await microphone(page, 'asleep');
    await switchHands(page);
    await microphone(page, 'off');
    await page.reload();
    await page.waitForLoadState('networkidle');
    expect(await page.locator('#hands-free').getAttribute('aria-pressed')).toBe('false');
  });

  it('answers in one window where two of them listen: the newest; and in the other one again when that is closed', {
    timeout: 360_000,
  }, async () => {
    const { page } = browser;
    const answers: Record<string, string[]> = { first: [], second: [] };
    const watch = (each: Page, name: string) =>
      each.on('websocket', (socket) =>
        socket.on('framereceived', ({ payload }) => {
          const { type } = JSON.parse(String(payload)) as { type: string };
          if (type === 'called' || type === 'answer') answers[name]!.push(type);
        }),
      );
    await browser.hears(CALLED_FOR_SEC, CALLED);
    watch(page, 'first');
    await page.goto(server.url);
    await switchHands(page);
    await microphone(page, 'asleep');
    // It listens at once, because this browser listened before.
    const second = await browser.another();
    watch(second, 'second');
    await second.goto(server.url);
    await microphone(second, 'asleep');
    await plays(second);
    expect(answers.first).toEqual([]);
    expect(answers.second).toContain('answer');
    expect(await page.evaluate(() => document.body.dataset.microphone)).toBe('trouble');
    expect(await page.locator('#microphone-words').textContent()).toMatch(/another window/);
    await second.close();
    await microphone(page, 'asleep');
    // A touch brings it back, too.
    const third = await browser.another();
    await third.goto(server.url);
    await microphone(third, 'asleep');
    await microphone(page, 'trouble');
    await page.locator('#lamp').click({ force: true });
    await microphone(page, 'asleep');
    await microphone(third, 'trouble');
    await third.close();
    await switchHands(page);
    await microphone(page, 'off');
  });

  it('says that the microphone is gone, and listens again when it is back', async () => {
    const { page } = browser;
    await page.goto(server.url);
    await browser.hears(60, []);
    await page.evaluate(() => {
      const devices = navigator.mediaDevices;
      const open = devices.getUserMedia.bind(devices);
      devices.getUserMedia = async (wish) => {
        const stream = await open(wish);
        (window as unknown as { track: MediaStreamTrack }).track = stream.getAudioTracks()[0]!;
        return stream;
      };
    });
    await switchHands(page);
    await microphone(page, 'asleep');
    await page.evaluate(() =>
      (window as unknown as { track: MediaStreamTrack }).track.dispatchEvent(new Event('ended')),
    );
    await microphone(page, 'trouble');
    expect(await page.locator('#microphone-words').textContent()).toMatch(/gone/);
    await page.evaluate(() => navigator.mediaDevices.dispatchEvent(new Event('devicechange')));
    await microphone(page, 'asleep');
    await switchHands(page);
    await microphone(page, 'off');
  });
});

describe.runIf(canHear)('the bedside speaker without a microphone', () => {
  it('says so, and typing still works', async () => {
    const browser = await openListeningBrowser({ allowed: false });
    try {
      const { page } = browser;
      await page.goto(server.url);
      await switchHands(page);
      await microphone(page, 'trouble');
      expect(await page.locator('#talk-words').textContent()).toMatch(/not allowed.*type/);
      await page.getByRole('textbox').fill('I feel tense');
      await page.keyboard.press('Enter');
      await plays(page);
    } finally {
      await browser.close();
    }
  });
});
