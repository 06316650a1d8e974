/// <reference lib="dom" />
/**
 * Draws the pictures of docs/bedside.md from the real page: `BEDSIDE_PICTURES=docs/pictures npx vitest run
 * test/bedside/pictures`.
 */
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { CHROMIUM } from '../browser.fixture.js';
import { bedsideOfSuite, openPage, say, sounds } from './bedside.fixture.js';

const FOLDER = process.env.BEDSIDE_PICTURES;
const MOST_BYTES = 150_000;
const SCREENS = { phone: [390, 844], tablet: [820, 1180], desktop: [1280, 800] } as const;

describe.runIf(FOLDER && existsSync(CHROMIUM))('pictures of the bedside page', () => {
  const bedside = bedsideOfSuite();

  /** Share of the time in which the page's main thread had work, as Chromium counts it. */
  async function busyShare(page: Page, ms: number): Promise<number> {
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    const taken = async () =>
      (await session.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration')!.value;
    const before = await taken();
    await page.waitForTimeout(ms);
    return ((await taken()) - before) / (ms / 1000);
  }

  async function draw(page: Page, name: string): Promise<void> {
    const file = path.join(FOLDER!, `bedside-${name}.png`);
    await page.waitForTimeout(2600);
    await page.screenshot({ path: file });
    expect([name, statSync(file).size < MOST_BYTES]).toEqual([name, true]);
  }
  const mark = (page: Page, name: string, value: string) =>
    page.locator('body').evaluate((body, [key, to]) => body.setAttribute(`data-${key}`, to!), [name, value]);

  it.each(Object.keys(SCREENS) as (keyof typeof SCREENS)[])('on a %s', async (screen) => {
    const [width, height] = SCREENS[screen];
    const context = await bedside.browser.newContext({ viewport: { width, height }, locale: 'en-GB' });
    const { page } = await openPage(context, bedside.server.url);
    await page.waitForLoadState('networkidle');
    if (screen === 'phone') {
      await draw(page, 'phone-asking');
      await page.locator('#pad-switch').click();
      await page.locator('#pad').click({ position: { x: 80, y: 70 } });
      await draw(page, 'phone-pad');
      await page.locator('#pad-switch').click();
    }
    await page.locator('input[value="10"]').check();
    await say(page, 'I am so tense and afraid, I cannot sleep');
    await sounds(page);
    // Some way on, as the light and the ring are then.
    await page.waitForFunction(() => document.querySelector('audio')!.buffered.end(0) > 330, undefined, {
      timeout: 120_000,
    });
    await page.evaluate(() => {
      document.querySelector('audio')!.currentTime = 320;
    });
    // Once the colours have crossed.
    await page.waitForTimeout(10_000);
    const busy = await busyShare(page, 8000);
    console.info(`${screen}: the page's main thread is busy ${(busy * 100).toFixed(1)} % of the time`);
    await draw(page, screen);
    if (screen === 'phone') {
      await page.locator('#why').click();
      await page.getByRole('dialog').getByText('CC0').first().waitFor();
      await draw(page, 'phone-why');
      await page.keyboard.press('Escape');
      await mark(page, 'light', 'low');
      await draw(page, 'phone-low');
      await mark(page, 'light', 'on');
      await mark(page, 'text', 'large');
      await draw(page, 'phone-large-text');
      await mark(page, 'text', '');
      await mark(page, 'contrast', 'high');
      await page.locator('#more').click();
      await draw(page, 'phone-high-contrast');
    }
    await context.close();
  });
});
