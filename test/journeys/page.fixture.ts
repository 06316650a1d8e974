/// <reference lib="dom" />
/** The bedside page as a surface: a real browser that types and touches. */
import type { Browser, Page } from 'playwright-core';
import { heardAs } from './house.fixture.js';
import type { Surface } from './surfaces.fixture.js';

const BUTTONS: Record<string, string> = {
  stay: '[data-action="stay"]',
  deeper: '[data-action="deeper"]',
  extend: '[data-action="extend"]',
  pause: '#pause',
  resume: '#pause',
};

export const bedsidePage = (browser: () => Browser): Surface => ({
  name: 'the bedside page',
  // There is no button for it.
  lacks: ({ after }) => after.some(({ action }) => action !== undefined && !BUTTONS[action]),
  async travel(house, { locale, feeling, wish, after }) {
    const context = await browser().newContext({ locale });
    try {
      const page = await context.newPage();
      // The journey moves the house's clock, not the sound of this page: it does not say where that is.
      await page.route('**/actions', (route) => {
        const { atSec: _, ...wish } = route.request().postDataJSON();
        return route.continue({ postData: JSON.stringify(wish) });
      });
      await page.goto(house.url);
      await page.locator(`input[name="minutes"][value="${wish?.minutes ?? 20}"]`).check();
      await page.getByRole('textbox').fill(feeling.said);
      const [answer] = await Promise.all([reply(page, '/api/v1/utterances'), page.keyboard.press('Enter')]);
      if (!answer.id) {
        const words = page.locator(answer.help ? '#help-words' : '#talk-words');
        await page.waitForFunction((text) => document.body.innerText.includes(text), answer.help?.say ?? answer.say);
        return { session: null, told: await words.innerText() };
      }
      await page.waitForFunction(() => {
        const audio = document.querySelector('audio');
        return audio !== null && !audio.paused && audio.currentTime > 0;
      });
      let told = await page.locator('#caption').innerText();
      for (const { afterSec, action } of after) {
        house.clock.nowMs += afterSec * 1000;
        if (action) {
          const button = page.locator(BUTTONS[action]!);
          if (!(await button.isVisible())) await page.locator('#more').click();
          await Promise.all([reply(page, '/actions'), button.click()]);
        } else {
          await page.locator('#why').click();
          const sheet = page.getByRole('dialog');
          await sheet.waitFor();
          await sheet.getByText(/CC0/).first().waitFor();
          told = await sheet.innerText();
        }
      }
      return { session: heardAs((await house.look(answer.id)).session, house.clock.nowMs), told };
    } finally {
      await context.close();
    }
  },
});

// biome-ignore lint/suspicious/noExplicitAny: an answer as JSON.
const reply = async (page: Page, path: string): Promise<any> =>
  (
    await page.waitForResponse((response) => response.request().method() === 'POST' && response.url().includes(path))
  ).json();
