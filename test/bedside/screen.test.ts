/// <reference lib="dom" />
/** The screen of the bedside page: for a hand in the dark, a child, one switch, old eyes, every language. */
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../audio-prompts/prompts.js';
import { pageWords } from '../../audio-prompts/screen/words.js';
import { packageRoot } from '../../models/paths.js';
import { axeFinds, CHROMIUM } from '../browser.fixture.js';
import { bedsideOfSuite, openPage, say, sounds } from './bedside.fixture.js';

const MOST_SCRIPT_BYTES = 150_000;

describe.runIf(existsSync(CHROMIUM))('the screen of the bedside page', () => {
  const bedside = bedsideOfSuite();
  let context: BrowserContext;
  beforeEach(async () => {
    context = await bedside.browser.newContext({
      viewport: { width: 390, height: 844 },
      locale: 'en-GB',
      hasTouch: true,
    });
  });
  afterEach(() => context.close());

  it('is small, comes from here alone, under a strict policy, and can be put on a home screen', async () => {
    const page = await fetch(bedside.server.url);
    const policy = page.headers.get('content-security-policy') ?? '';
    // The ear that listens without hands is WebAssembly of our own; no script comes from anywhere else or out of a string.
    expect(policy).toMatch(/script-src 'self' 'wasm-unsafe-eval';/);
    expect(policy.replace("'wasm-unsafe-eval'", '')).not.toMatch(/unsafe|\*/);
    const size = async (name: string) => (await (await fetch(`${bedside.server.url}${name}`)).arrayBuffer()).byteLength;
    expect(await size('/bedside/main.js')).toBeLessThan(MOST_SCRIPT_BYTES);
    const manifest = (await (await fetch(`${bedside.server.url}/manifest.webmanifest`)).json()) as {
      icons: { src: string }[];
    };
    for (const { src } of manifest.icons)
      expect([src, (await fetch(`${bedside.server.url}${src}`)).status]).toEqual([src, 200]);
  });

  it('begins from a point for who has no words, and says so', async () => {
    const { page, faults } = await openPage(context, bedside.server.url);
    await page.getByRole('button', { name: 'without words' }).click();
    const box = (await page.locator('#pad').boundingBox())!;
    const [answer] = await Promise.all([
      page.waitForResponse((response) => response.url().endsWith('/api/v1/sessions')),
      page
        .locator('#pad')
        .click({ position: { x: box.width * 0.2, y: box.height * 0.25 } })
        .then(() => page.locator('#begin-here').click()),
    ]);
    const { reading } = (await answer.json()) as { reading: { valence: number; arousal: number; labels: string[] } };
    expect(reading).toMatchObject({ valence: -0.6, arousal: 0.5, labels: [] });
    await sounds(page);
    await page.getByRole('button', { name: 'why this music?' }).click();
    await page.getByText(/You pointed to where you are/).waitFor();
    expect(faults).toEqual([]);
  });

  it('reads the reasons aloud and is silenced at a touch; says so where no voice here speaks the language', async () => {
    const { page, faults } = await openPage(context, bedside.server.url);
    const folder = path.join(packageRoot(), 'audio-prompts', 'rendered', 'af_heart');
    const spoken = await readFile(path.join(folder, (await readdir(folder)).find((name) => name.endsWith('.mp3'))!));
    let asked = 0;
    await page.route('**/why/spoken', async (route) => {
      asked += 1;
      // The first time as a server answers that has no voice.
      if (asked === 1) await route.fulfill({ status: 503, body: '{}' });
      else await route.fulfill({ contentType: 'audio/mpeg', body: spoken });
    });
    await say(page, 'I feel tense');
    await sounds(page);
    await page.getByRole('button', { name: 'why this music?' }).click();
    await page.getByRole('button', { name: 'read aloud' }).click();
    await page.getByText('No voice here speaks this language').waitFor();
    const volume = () => page.evaluate(() => document.querySelector('audio')!.volume);
    // The music comes in from nothing.
    const full = Number(await page.locator('#volume').inputValue());
    await expect.poll(volume).toBeCloseTo(full, 2);
    await page.getByRole('button', { name: 'read aloud' }).click();
    await page.getByRole('button', { name: 'stop reading' }).waitFor();
    await expect.poll(volume).toBeLessThan(full * 0.5);
    await page.getByRole('button', { name: 'stop reading' }).click();
    await page.getByRole('button', { name: 'read aloud' }).waitFor();
    await expect.poll(volume).toBeCloseTo(full, 2);
    expect(faults).toEqual([]);
  });

  it('hears the keys of headphones and locked screens, and tells them the stage and never a feeling', async () => {
    await context.addInitScript(() => {
      const keys: Record<string, () => void> = {};
      (window as unknown as { keys: typeof keys }).keys = keys;
      navigator.mediaSession.setActionHandler = (key, press) => {
        keys[key] = press as () => void;
      };
    });
    const { page, faults } = await openPage(context, bedside.server.url);
    await say(page, 'I feel tense');
    await sounds(page);
    const shown = await page.evaluate(() => {
      const { title, artist, album } = navigator.mediaSession.metadata!;
      return `${title} ${artist} ${album}`;
    });
    expect(shown).toMatch(/EmoHeal$/);
    expect(shown).not.toMatch(/tense|fear|nervous/i);
    const press = (key: string) =>
      page.evaluate((name) => (window as unknown as { keys: Record<string, () => void> }).keys[name]!(), key);
    const paused = () => page.evaluate(() => document.querySelector('audio')!.paused);
    await press('pause');
    await expect.poll(paused).toBe(true);
    await press('play');
    await expect.poll(paused).toBe(false);
    await press('nexttrack');
    await page.getByText(pageWords('en-GB').saidDeeper).waitFor();
    await press('stop');
    await page.waitForFunction(() => document.body.dataset.state === 'asking');
    expect(faults).toEqual([]);
  });

  it('keeps its sides where it is written from right to left: pleasant is where it says so', async () => {
    const { page } = await openPage(context, bedside.server.url);
    await page.evaluate(() => {
      document.documentElement.dir = 'rtl';
    });
    await page.getByRole('button', { name: 'without words' }).click();
    const box = (await page.locator('#pad').boundingBox())!;
    const pleasant = (await page.locator('#pad .edge.end').boundingBox())!;
    expect(pleasant.x).toBeLessThan(box.x + box.width / 2);
    await page.mouse.click(box.x + box.width * 0.1, box.y + box.height * 0.5);
    // The light stands where it was touched.
    const at = (await page.locator('#point').boundingBox())!;
    const [answer] = await Promise.all([
      page.waitForResponse((response) => response.url().endsWith('/api/v1/sessions')),
      page.locator('#begin-here').click(),
    ]);
    const { reading } = (await answer.json()) as { reading: { valence: number } };
    expect(reading.valence).toBeGreaterThan(0.6);
    expect(at.x + at.width / 2).toBeCloseTo(box.x + box.width * 0.1, -1);
  });

  it('grows dim, then black; a touch brings it back low and does nothing else', async () => {
    const { page } = await openPage(context, bedside.server.url);
    await page.clock.install();
    await page.reload();
    await say(page, 'I feel tense');
    await sounds(page);
    const light = (is: string) => page.waitForFunction((to) => document.body.dataset.light === to, is);
    // The night on which the clock is put back.
    await page.clock.setSystemTime(Date.now() - 3_600_000);
    await page.clock.fastForward('02:10');
    await light('dim');
    await page.clock.fastForward('08:10');
    await light('dark');
    const stop = (await page.getByRole('button', { name: 'stop', exact: true }).boundingBox())!;
    await page.touchscreen.tap(stop.x + stop.width / 2, stop.y + stop.height / 2);
    await light('low');
    expect(await page.evaluate(() => document.querySelector('audio')!.paused)).toBe(false);
    await page.clock.fastForward('00:02');
    await page.touchscreen.tap(stop.x + stop.width / 2, stop.y + stop.height / 2);
    await page.waitForFunction(() => document.querySelector('audio')!.paused);
  });

  it('is drawn sideways for louder and softer, and a touch that draws presses nothing', async () => {
    const { page } = await openPage(context, bedside.server.url);
    await say(page, 'I feel tense');
    await sounds(page);
    const volume = () => page.evaluate(() => document.querySelector('audio')!.volume);
    const before = await volume();
    const stop = (await page.getByRole('button', { name: 'stop', exact: true }).boundingBox())!;
    await page.mouse.move(stop.x + stop.width / 2, stop.y + 20);
    await page.mouse.down();
    await page.mouse.move(stop.x - 60, stop.y + 20, { steps: 6 });
    await page.mouse.up();
    expect(await volume()).toBeLessThan(before - 0.1);
    expect(await page.locator('body').getAttribute('data-state')).toBe('playing');
  });

  it('stands still for who wants no motion, and breathes for others', async () => {
    const shape = async (reducedMotion: 'reduce' | 'no-preference') => {
      const own = await bedside.browser.newContext({ reducedMotion });
      try {
        const { page } = await openPage(own, bedside.server.url);
        const look = () => page.locator('#glow').evaluate((glow) => glow.style.transform);
        const first = await look();
        await page.waitForTimeout(700);
        return first === (await look());
      } finally {
        await own.close();
      }
    };
    expect(await shape('reduce')).toBe(true);
    expect(await shape('no-preference')).toBe(false);
  });

  it('is wholly used by one key: what is lit is taken', async () => {
    const { page } = await openPage(context, bedside.server.url);
    await page.locator('#easier').click();
    await page.getByLabel('one key for everything').check();
    await page.getByRole('button', { name: 'close' }).click();
    const take = async (id: string) => {
      await page.waitForFunction((name) => document.querySelector('[data-lit]')?.id === name, id, { timeout: 60_000 });
      await page.keyboard.press('Space');
    };
    await take('one-tap');
    await sounds(page);
    await page.waitForFunction(() => document.querySelector('[data-lit]')?.textContent === 'stop', undefined, {
      timeout: 60_000,
    });
    await page.keyboard.press('a');
    await page.waitForFunction(() => document.querySelector('audio')!.paused);
  });

  it('survives a child who presses everything, and a browser that can keep nothing', async () => {
    await context.addInitScript(() => {
      Storage.prototype.setItem = () => {
        throw new DOMException('full', 'QuotaExceededError');
      };
    });
    const { page, faults } = await openPage(context, bedside.server.url);
    await say(page, 'I feel tense');
    await sounds(page);
    for (let press = 0; press < 60; press += 1) {
      await page.evaluate((n) => {
        const seen = [...document.querySelectorAll<HTMLElement>('button, input')].filter(
          (each) => each.getClientRects().length > 0 && each.id !== 'talk',
        );
        seen[(n * 7919) % seen.length]?.click();
      }, press);
      await page.waitForTimeout(60);
    }
    for (let sheet = 0; sheet < 12; sheet += 1) await page.keyboard.press('Escape');
    expect(await page.locator('dialog[open]').count()).toBe(0);
    await page.waitForFunction(() => document.body.dataset.state !== 'thinking');
    if ((await page.locator('body').getAttribute('data-state')) === 'playing')
      await page.getByRole('button', { name: 'stop', exact: true }).click();
    if (await page.locator('#with-words').isHidden()) await page.locator('#pad-switch').click();
    // By touch: with the one switch on, a key takes what is lit.
    await page.getByRole('textbox').first().fill('I feel calm again');
    await page.locator('#begin').click();
    await sounds(page);
    expect(faults).toEqual([]);
  });

  it.each([
    ['as it is', ''],
    ['with stronger contrast', 'contrast'],
    ['with larger text', 'text'],
  ])('has no fault that axe can find, in any state, %s', async (_, choice) => {
    const { page } = await openPage(context, bedside.server.url);
    const sound = async (where: string) => {
      // What is still fading in is measured when it is there.
      await page.waitForTimeout(1500);
      expect([where, await axeFinds(page)]).toEqual([where, []]);
      for (const width of [320, 390])
        expect([
          where,
          await page
            .setViewportSize({ width, height: 844 })
            .then(() => page.evaluate(() => document.documentElement.scrollWidth - innerWidth)),
        ]).toEqual([where, 0]);
    };
    await page.locator('#easier').click();
    if (choice) await page.locator(`input[name="${choice}"]`).check();
    await sound('easier');
    await page.getByRole('button', { name: 'close' }).click();
    await sound('asking');
    await page.locator('#pad-switch').click();
    await sound('pad');
    await page.locator('#pad-switch').click();
    await say(page, 'I want to end my life tonight');
    await page
      .getByText(/116 123|988/)
      .first()
      .waitFor();
    await sound('help');
    await page.locator('#help-back').click();
    await say(page, 'I feel tense');
    await sounds(page);
    await page.locator('#more').click();
    await sound('playing');
    await page.getByRole('button', { name: 'why this music?' }).click();
    await page.getByRole('dialog').getByText('CC0').first().waitFor();
    await sound('why');
    await page.keyboard.press('Escape');
    await page.locator('body').evaluate((body) => body.setAttribute('data-light', 'low'));
    await sound('low');
  });

  it.each(Object.keys(LANGUAGES))('speaks %s from its first word to its last label', async (language) => {
    const own = await bedside.browser.newContext({ locale: language, viewport: { width: 360, height: 740 } });
    try {
      const { page } = await openPage(own, bedside.server.url);
      const words = pageWords(language);
      expect(await page.locator('html').getAttribute('lang')).toBe(language);
      await page.getByText(words.question).first().waitFor();
      const english = Object.values(pageWords('en'));
      const shown = await page.evaluate(() =>
        [...document.querySelectorAll('button, label, #talk-words, #microphone-words')].map((each) =>
          (each.textContent ?? '').trim(),
        ),
      );
      if (language !== 'en')
        expect(shown.filter((text) => english.includes(text) && !Object.values(words).includes(text))).toEqual([]);
      // Written the other way round nothing runs out of the screen either.
      for (const dir of ['ltr', 'rtl'])
        expect(
          await page.evaluate((to) => {
            document.documentElement.dir = to;
            return document.documentElement.scrollWidth - innerWidth;
          }, dir),
        ).toBeLessThanOrEqual(0);
    } finally {
      await own.close();
    }
  });
});
