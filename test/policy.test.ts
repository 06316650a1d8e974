/** Each page in a real browser under the policy that is really sent: it works, and nothing of it is refused. */
import { existsSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM, openBrowser } from './browser.fixture.js';
import { makeDataFolder } from './data-folder.js';
import { type ServerProcess, startServer } from './server-process.js';

const hasBrowser = existsSync(CHROMIUM);
if (!hasBrowser) console.warn(`skipped: pages in a browser (${CHROMIUM} is not there)`);

describe.runIf(hasBrowser)('under its own policy', () => {
  const data = makeDataFolder();
  let server: ServerProcess;
  let browser: Browser;
  beforeAll(async () => {
    server = await startServer(data.folder, {
      EMOHEAL_GOOGLE_CLIENT_ID: 'client-of-google',
      EMOHEAL_GOOGLE_CLIENT_SECRET: 's'.repeat(40),
      EMOHEAL_GOOGLE_PROJECT_ID: 'my-house-1234',
    });
    browser = await openBrowser();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    data.remove();
  });

  /** What the browser says that it refused, and what broke, while `visit` is there. */
  async function refusedAt(path: string): Promise<{ said: string[]; status: number }> {
    const page = await browser.newPage();
    const said: string[] = [];
    page.on('console', (message) => {
      if (/Content Security Policy|Refused to/i.test(message.text())) said.push(message.text());
    });
    page.on('pageerror', (error) => said.push(String(error)));
    const answer = await page.goto(server.url + path, { waitUntil: 'load' });
    await page.waitForTimeout(700);
    await page.close();
    return { said, status: answer?.status() ?? 0 };
  }

  it.each(['/', '/care', '/graph', '/privacy', '/terms', '/api/v1/graph'])(
    '%s works, and nothing is refused',
    async (path) => {
      expect(await refusedAt(path)).toEqual({ said: [], status: 200 });
    },
  );

  it('the page that links an account of Google’s works, and its form may lead there', async () => {
    const asked = new URLSearchParams({
      client_id: 'client-of-google',
      redirect_uri: 'https://oauth-redirect.googleusercontent.com/r/my-house-1234',
      response_type: 'code',
      state: 's',
      scope: 'home',
    });
    expect(await refusedAt(`/oauth/authorize?${asked}`)).toEqual({ said: [], status: 200 });
    const page = await browser.newPage();
    await page.goto(`${server.url}/oauth/authorize?${asked}`);
    await page.fill('input[name=code]', '123456');
    await page.click('button');
    // A code that nobody offers: told on the same page, which a browser has really sent.
    await expect.poll(() => page.textContent('[role=alert]')).toContain('does not hold');
    await page.close();
  });

  it('another script is refused, which shows that the policy holds', async () => {
    const page = await browser.newPage();
    await page.goto(`${server.url}/`);
    const ran = await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'window.ran = true';
      document.head.append(script);
      return 'ran' in window;
    });
    expect(ran).toBe(false);
    await page.close();
  });
});
