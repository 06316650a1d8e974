/// <reference lib="dom" />
/**
 * The bedside page in Arabic and Chinese, from its question to its reasons: written in the right direction, whole, and in one
 * language.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { pageWords } from '../../audio-prompts/screen/words.js';
import { axeFinds, CHROMIUM } from '../browser.fixture.js';
import { bedsideOfSuite, openPage, say, sounds } from './bedside.fixture.js';

const SCREENS = { phone: [360, 740], desktop: [1280, 800] } as const;
/** Where to put a picture of each state, for who wants to look: `BEDSIDE_LOOK=folder npx vitest run test/bedside/languages`. */
const LOOK = process.env.BEDSIDE_LOOK;

describe.runIf(existsSync(CHROMIUM))('the bedside page in a language of other letters', () => {
  const bedside = bedsideOfSuite();

  it.each([
    ['ar', 'أنا حزين ولا أستطيع النوم', 'phone'],
    ['ar', 'أنا حزين ولا أستطيع النوم', 'desktop'],
    ['zh-CN', '我今天很难过', 'phone'],
    ['zh-CN', '我今天很难过', 'desktop'],
  ] as const)('%s: "%s", on a %s', async (locale, feeling, screen) => {
    const [width, height] = SCREENS[screen];
    const context = await bedside.browser.newContext({ locale, viewport: { width, height } });
    try {
      const { page, faults } = await openPage(context, bedside.server.url);
      const words = pageWords(locale);
      const look = (name: string) => sound(page, `${locale}-${screen}-${name}`);
      expect(await page.locator('html').getAttribute('dir')).toBe(locale === 'ar' ? 'rtl' : 'ltr');
      await page.getByText(words.question).first().waitFor();
      await look('asking');
      await say(page, locale === 'ar' ? 'أريد أن أموت' : '我不想活了');
      await page.locator('#help-words').waitFor({ state: 'visible' });
      expect((await page.locator('#help-words').textContent())!.replace('findahelpline.com', '')).not.toMatch(/[a-z]/i);
      const number = (await page.locator('#help-number').boundingBox())!;
      expect(await page.locator('#help-number').evaluate((each) => each.scrollWidth)).toBeLessThanOrEqual(
        Math.ceil(number.width),
      );
      await look('help');
      await page.locator('#help-back').click();
      await page.locator('#pad-switch').click();
      await pointed(page, locale === 'ar');
      await look('pad');
      await page.locator('#pad-switch').click();
      await say(page, feeling);
      await sounds(page);
      await page.locator('#more').click();
      await look('playing');
      await page.locator('#why').click();
      const sheet = page.getByRole('dialog');
      await sheet.getByText('CC0').first().waitFor();
      // What was felt is told in the words of the language, and nothing of it is left in English.
      const told = (await sheet.locator('p').first().textContent())!;
      expect(told).toMatch(locale === 'ar' ? /الحزن/ : /悲伤/);
      expect(told).not.toMatch(/[a-z]{3}/i);
      const reasons = await sheet
        .locator('h3 ~ ul > li')
        .evaluateAll((items) => items.map((each) => each.firstChild?.textContent ?? ''));
      expect(reasons.filter((reason) => /^Music that goes with/.test(reason))).toEqual([]);
      await look('why');
      await page.locator('#sheet-close').click();
      await page.locator('#easier').click();
      await look('easier');
      await page.locator('#easier-close').click();
      await page.locator('#sharing').click();
      await page.locator('#sharing-body').getByText(words.shareNobody).waitFor();
      await look('sharing');
      expect(faults).toEqual([]);
    } finally {
      await context.close();
    }
  });

  /** The pleasant side is where the language ends its lines; the point stays under the finger. */
  async function pointed(page: Page, isRightToLeft: boolean): Promise<void> {
    const box = (await page.locator('#pad').boundingBox())!;
    await page.mouse.click(box.x + box.width * 0.25, box.y + box.height * 0.3);
    const value = Number(await page.locator('#valence').inputValue());
    expect(Math.sign(value)).toBe(isRightToLeft ? 1 : -1);
    const point = (await page.locator('#point').boundingBox())!;
    expect(Math.abs(point.x + point.width / 2 - (box.x + box.width * 0.25))).toBeLessThan(4);
    const pleasant = (await page.locator('.edge.end').boundingBox())!;
    expect(pleasant.x < box.x + box.width / 2).toBe(isRightToLeft);
  }

  async function sound(page: Page, name: string): Promise<void> {
    await page.waitForTimeout(1500);
    if (LOOK) await page.screenshot({ path: path.join(LOOK, `${name}.png`) });
    expect(await axeFinds(page), name).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), name).toBeLessThanOrEqual(0);
  }
});
