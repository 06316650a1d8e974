/// <reference lib="dom" />
/**
 * The caregivers' console the whole way, in a real browser against the real server: a code on the bedside page, an account
 * with a passkey, a session planned, a greeting recorded, and the listener's word that ends it all.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { CARE_LANGUAGES } from '../audio-prompts/screen/care/words.js';
import { createAudioPool } from '../media-index/audio/audio-pool.js';
import { axeFinds, CHROMIUM } from './browser.fixture.js';
import { makeDataFolder } from './data-folder.js';
import { type ServerProcess, startServer } from './server-process.js';

const browserHere = existsSync(CHROMIUM);
if (!browserHere) console.warn('skipped: the console is not tried in a browser, chromium is not installed');
// A browser, a server and a checker of every element, on two cores that are shared.
vi.setConfig({ testTimeout: 120_000 });
/** As the command line makes one. */
const UNNAMED = { when: 'weekends 14:00', zone: 'Europe/Berlin' };
const MOST_BYTES = 120 * 1024;
/** A name that wants to be a script. */
const ANNA = '<img src=x onerror=alert(1)>Anna';

describe.runIf(browserHere)("the caregivers' console", () => {
  const data = makeDataFolder();
  let server: ServerProcess;
  let browser: Browser;
  let context: BrowserContext;
  let care: Page;
  let bedside: Page;
  const faults: string[] = [];
  let watched: (of: BrowserContext) => Promise<Page>;

  beforeAll(async () => {
    server = await startServer(data.folder);
    browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: ['--no-sandbox', '--disable-gpu', '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
    });
    watched = async (of: BrowserContext) => {
      const page = await of.newPage();
      page.on('pageerror', (error) => faults.push(error.message));
      page.on('dialog', (dialog) => {
        faults.push(`dialog: ${dialog.message()}`);
        void dialog.dismiss();
      });
      page.on('console', (message) => {
        // The first question of a page is who is signed in: "nobody" is a good answer to it.
        if (message.type() === 'error' && !/401/.test(message.text())) faults.push(message.text());
      });
      page.on('request', (request) => {
        if (!request.url().startsWith(server.url) && !/^(data|blob):/.test(request.url()))
          faults.push(`foreign request: ${request.url()}`);
      });
      return page;
    };
    context = await browser.newContext({
      viewport: { width: 390, height: 844 },
      permissions: ['microphone'],
      locale: 'en-GB',
    });
    context.setDefaultTimeout(60_000);
    care = await watched(context);
    bedside = await watched(await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'en-GB' }));
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    data.remove();
  });

  const view = (name: string, page = care) =>
    page.waitForFunction((wanted) => document.body.dataset.view === wanted, name);
  const status = (words: string) => care.locator('#status').getByText(words).waitFor();
  async function isSound(page: Page, widths: readonly number[] = [360]): Promise<void> {
    for (const width of widths) {
      await page.setViewportSize({ width, height: 800 });
      expect(await axeFinds(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    }
    await page.setViewportSize({ width: 390, height: 844 });
  }
  const codeOnBedside = async (): Promise<string> => {
    await bedside.getByRole('button', { name: 'make a code' }).click();
    await bedside.waitForFunction(() => /code is/.test(document.querySelector('#sharing-status')?.textContent ?? ''));
    return ((await bedside.locator('#sharing-status').textContent()) ?? '').match(/(\d )+\d/)![0].replaceAll(' ', '');
  };

  /** Bytes over the network until the page can be used. */
  async function bytesToOpen(page: Page, then: () => Promise<unknown>): Promise<number> {
    let bytes = 0;
    const session = await page.context().newCDPSession(page);
    await session.send('Network.enable');
    session.on('Network.loadingFinished', ({ encodedDataLength }) => {
      bytes += encodedDataLength;
    });
    await page.goto(`${server.url}/care`, { timeout: 60_000 });
    await then();
    await page.evaluate(() => document.fonts.ready);
    return bytes;
  }

  it('is small, and asks for a code or a passkey', async () => {
    const bytes = await bytesToOpen(care, () => view('sign-in'));
    expect(bytes).toBeGreaterThan(20_000);
    expect(bytes).toBeLessThanOrEqual(MOST_BYTES);
    await isSound(care);
  });

  it('lets in whom the listener gave a code, who then adds a passkey and comes back with it', async () => {
    await bedside.goto(server.url);
    await bedside.getByRole('button', { name: 'who may see my nights?' }).click();
    await bedside.getByText('Nobody.', { exact: true }).waitFor();
    await bedside.getByLabel('What they may do').selectOption('owner');
    const code = await codeOnBedside();

    await care.getByLabel('Code', { exact: true }).fill(code === '111111' ? '222222' : '111111');
    await care.getByLabel(/^Your name/).fill(ANNA);
    await care
      .getByLabel(/^How you call them/)
      .first()
      .fill('Grandma <script>alert(2)</script>');
    await care.getByRole('button', { name: 'come in' }).click();
    await care.getByText(/Nobody offers this code now/).waitFor();
    await care.getByLabel('Code', { exact: true }).fill(code);
    await care.getByRole('button', { name: 'come in' }).click();
    await view('home');

    const keys = await context.newCDPSession(care);
    await keys.send('WebAuthn.enable');
    await keys.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    await care.getByRole('button', { name: 'add a passkey', exact: true }).click();
    await status('The passkey is kept.');
    await isSound(care);
    await care.getByRole('link', { name: 'your account' }).click();
    await view('account');
    expect(await care.locator('#account-name').textContent()).toContain(ANNA);
    await isSound(care);
    await care.getByRole('button', { name: 'sign out here' }).click();
    await view('sign-in');
    await care.getByRole('button', { name: 'sign in with a passkey' }).click();
    await view('account');
    expect(await care.locator('#keys li').count()).toBe(1);
  });

  it('shows the consent, and plans a session with its path before the eyes', async () => {
    await care.getByRole('link', { name: 'all listeners' }).last().click();
    await view('home');
    await care.getByRole('link', { name: /Grandma/ }).click();
    await view('listener');
    expect(await care.locator('h1:visible').textContent()).toBe('Grandma <script>alert(2)</script>');
    expect(await care.locator('#consent').textContent()).toMatch(
      /^On \d+ \w+ 20\d\d Grandma .* agreed, by a tap on the bedside page, .*What they say or feel is never shown/,
    );
    await care.getByLabel('at', { exact: true }).fill('21:30');
    await care.waitForFunction(() => !document.querySelector<HTMLImageElement>('#preview-picture')?.hidden);
    await care.waitForFunction(() => document.querySelector<HTMLImageElement>('#preview-picture')!.naturalWidth > 0);
    expect(await care.locator('#preview-words').textContent()).toMatch(
      /^First on .* 21:30: \d+ min close, \d+ min on the way, \d+ min at rest\. For instance: ./,
    );
    await care.getByRole('button', { name: 'plan it' }).click();
    await status('Planned.');
    expect(await care.locator('#routines li').count()).toBe(1);
    expect(await care.locator('#tonight').textContent()).toMatch(/21:30 .*40 minutes/);
    const kept = JSON.parse(readFileSync(path.join(data.folder, 'state/routines.json'), 'utf8'));
    expect(kept.records.bedside[0]).toMatchObject({
      when: { pattern: '30 21 * * 1,2,3,4,5' },
      minutes: 40,
      intention: 'fall-asleep',
      approach: 'straight',
    });
  });

  it('says what is wrong with a schedule that never comes, and changes, pauses and skips one that does', async () => {
    await care.getByLabel(/^only once/).fill('2001-02-03');
    await care.getByText('That moment has passed.').first().waitFor();
    await care.getByLabel(/^only once/).fill('');
    await care.getByRole('button', { name: /^change/ }).click();
    await care.locator('#plan').getByLabel(/^Name/).fill('Evening');
    await care.locator('#plan').getByLabel('Saturday').check();
    await care.getByRole('button', { name: 'keep the change' }).click();
    await care.getByText('Evening').first().waitFor();
    await care.getByRole('button', { name: 'skip next Evening' }).click();
    await care.getByText(/skipped: /).waitFor();
    await care.getByRole('button', { name: 'pause Evening' }).click();
    await care.getByText(/40 minutes, paused/).waitFor();
    await care.getByRole('button', { name: 'go on Evening' }).click();
    await care.getByText(/40 minutes, (next|skipped)/).waitFor();
  });

  it('heads a session that nobody named by its days', async () => {
    const planned = await fetch(`${server.url}/api/v1/routines`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(UNNAMED),
    });
    expect(planned.status).toBe(201);
    await care.reload();
    await care.getByRole('button', { name: 'skip next Sat, Sun 14:00' }).waitFor();
  });

  it('sets how loud, which music and when nothing begins', async () => {
    await care.getByLabel('No louder than').selectOption('-30');
    await care.getByLabel('from', { exact: true }).fill('22:30');
    await care.getByLabel('until', { exact: true }).fill('06:00');
    await care.getByLabel('Find music').fill('lullab');
    await care.locator('#music-found').getByRole('button', { name: 'never all: lullaby' }).click();
    await care.getByRole('button', { name: 'keep these rules' }).click();
    await status('These rules hold from now on.');
    const kept = JSON.parse(readFileSync(path.join(data.folder, 'state/house-rules.json'), 'utf8'));
    expect(kept.records.bedside).toMatchObject({
      loudnessCapLufs: -30,
      quietHours: { from: '22:30', until: '06:00' },
      banned: { styles: ['lullaby'], trackIds: [] },
    });
    await isSound(care, [360, 1280]);
  });

  it.each(Object.entries(CARE_LANGUAGES).filter(([language]) => language !== 'en'))(
    'speaks %s, that language alone, and is as small and sound in it',
    async (language, words) => {
      const other = await browser.newContext({ locale: language, storageState: await context.storageState() });
      const page = await watched(other);
      expect(await bytesToOpen(page, () => view('home', page))).toBeLessThanOrEqual(MOST_BYTES);
      const texts: string[] = [];
      const look = async () => {
        expect(await page.locator('html').getAttribute('lang')).toBe(language);
        await isSound(page);
        texts.push(
          await page.evaluate(() => document.body.innerHTML.replace(/<script.*?<\/script>|data:image[^"]*/gs, '')),
        );
      };
      await page.getByText(words.page.oneMore).waitFor();
      await look();
      await page.getByRole('link', { name: /Grandma/ }).click();
      await view('listener', page);
      await page.waitForFunction(() => !document.querySelector<HTMLImageElement>('#preview-picture')?.hidden);
      await page.locator('#plan').getByRole('button', { name: words.script.planIt }).waitFor();
      await look();
      await page.goto(`${server.url}/care#/account`);
      await view('account', page);
      await look();
      const whole = texts.join();
      expect(whole.match(/undefined|weekends|\{[a-z]+\}/g)).toBe(null);
      if (language === 'de') expect(whole).toContain('Sa, So 14:00');
      const own = new Set<string>([...Object.values(words.page), ...Object.values(words.script)]);
      const { page: ofPage, script } = CARE_LANGUAGES.en;
      const english = [...Object.values(ofPage), ...Object.values(script)]
        .flatMap((sentence) => sentence.split(/\{\w+\}/))
        .filter((part) => /[a-z]+ [a-z]+ [a-z]+/i.test(part) && !own.has(part));
      expect(english.filter((part) => whole.includes(part.trim()))).toEqual([]);
      await other.close();
    },
  );

  it('says in the language of the page what the server refuses in English', async () => {
    const other = await browser.newContext({ locale: 'de-DE' });
    const page = await watched(other);
    await page.goto(`${server.url}/care`);
    const { page: ofPage, script } = CARE_LANGUAGES.de;
    await page.getByLabel(ofPage.code, { exact: true }).fill('000000');
    await page.getByLabel(ofPage.yourName).fill('Ben');
    await page.getByRole('button', { name: ofPage.comeIn }).click();
    await page.locator('#status').getByText(script.noSuchCode).waitFor();
    await other.close();
  });

  it('keeps a greeting that was recorded in the browser, as sound and nothing else', async () => {
    await care.getByRole('button', { name: 'record', exact: true }).click();
    await status('Recording');
    await care.waitForTimeout(1500);
    await care.getByRole('button', { name: 'end the recording' }).click();
    await status('The greeting is kept.');
    const folder = path.join(data.folder, 'greetings');
    const [file, ...others] = readdirSync(folder);
    expect(others).toEqual([]);
    expect(statSync(path.join(folder, file!)).mode & 0o077).toBe(0);
    const pool = createAudioPool({ workers: 1 });
    let samples = 0;
    let loudest = 0;
    for await (const block of pool.decodeFile(path.join(folder, file!), {})) {
      samples += block.length;
      for (const each of block) loudest = Math.max(loudest, Math.abs(each));
    }
    await pool.close();
    expect(samples / 96_000).toBeGreaterThan(0.8);
    expect(samples / 96_000).toBeLessThan(20);
    expect(loudest).toBeGreaterThan(0.01);
    const heard = await care.evaluate(async () => {
      const sound = document.querySelector<HTMLAudioElement>('#greeting-sound')!;
      await sound.play();
      return sound.duration;
    });
    expect(heard).toBeGreaterThan(0.8);
  });

  it('tells of a call for help only after the listener agreed to that, and of no word that was said', async () => {
    const said = 'I want to kill myself tonight, the grey heron knows';
    const call = () =>
      fetch(`${server.url}/api/v1/utterances`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ text: said, listener: 'bedside' }),
      }).then((response) => response.json());
    expect((await call()).help.level).toBe('crisis');
    const shown = () =>
      care.evaluate(() => fetch('/api/v1/care/listeners/bedside').then((response) => response.text()));
    expect(JSON.parse(await shown()).helpCalls).toEqual([]);
    await bedside.reload();
    await bedside.getByRole('button', { name: 'who may see my nights?' }).click();
    await bedside.getByLabel(/is told when I was given a help line/).check();
    await bedside.locator('#sharing-status').getByText('Kept.').waitFor();
    await call();
    // Help does not wait for what is kept of it.
    await expect.poll(async () => JSON.parse(await shown()).helpCalls.length).toBe(1);
    expect(await shown()).not.toMatch(/heron|kill/);
    await care.reload();
    await view('listener');
    await care.getByRole('heading', { name: 'Asked for help' }).waitFor();
    const kept = readdirSync(data.folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /^(state|greetings)/.test(name) && statSync(path.join(data.folder, name)).isFile())
      .map((name) => readFileSync(path.join(data.folder, name), 'latin1'));
    expect(kept.join()).not.toMatch(/heron/);
    expect(server.log()).not.toMatch(/heron/);
  });

  it('asks the listener before somebody may do more than was agreed to', async () => {
    const sheet = bedside.locator('#sharing-sheet');
    const open = async () => {
      await bedside.reload();
      await bedside.getByRole('button', { name: 'who may see my nights?' }).click();
    };
    await open();
    await bedside.getByLabel('What they may do').selectOption('viewer');
    const other = await browser.newContext({ locale: 'en-GB' });
    const ben = await watched(other);
    await ben.goto(`${server.url}/care`);
    await ben.getByLabel('Code', { exact: true }).fill(await codeOnBedside());
    await ben.getByLabel(/^Your name/).fill('Ben');
    await ben.getByRole('button', { name: 'come in' }).click();
    await view('home', ben);

    await care.reload();
    await view('listener');
    await care.getByLabel('What Ben may do').selectOption('planner');
    await care
      .locator('#people-list')
      .getByText(/has not agreed yet/)
      .waitFor();
    await ben.getByRole('link', { name: 'bedside' }).click();
    await view('listener', ben);
    expect(await ben.locator('#consent').textContent()).toMatch(/agreed, .* that you may see what is planned/);
    await open();
    await sheet.getByText('wants to be let in: sees whether it ran, plans').waitFor();
    await isSound(bedside);
    await sheet.getByRole('button', { name: 'yes, Ben may' }).click();
    await sheet.getByText('Ben may see now.').waitFor();
    await ben.reload();
    await view('listener', ben);
    expect(await ben.locator('#consent').textContent()).toMatch(/agreed, .* that you may plan their sessions/);
    await sheet.getByRole('button', { name: 'Ben no more' }).click();
    await sheet.getByText('Ben sees nothing any more.').waitFor();
    await other.close();
  });

  it('tells the listener who looked, and shows nothing any more as soon as the listener says so', async () => {
    await bedside.reload();
    await bedside.getByRole('button', { name: 'who may see my nights?' }).click();
    const sheet = bedside.locator('#sharing-sheet');
    await sheet.getByText(/Anna changed what is planned/).waitFor();
    expect(await sheet.textContent()).toMatch(/Anna heard the greeting/);
    await isSound(bedside);
    // The same in the listener's own language.
    const other = await browser.newContext({ locale: 'de-DE' });
    const german = await watched(other);
    await german.goto(server.url);
    await german.locator('#sharing').click();
    await german
      .locator('#sharing-sheet')
      .getByText(/Anna hat geändert, was geplant ist/)
      .waitFor();
    expect(await german.locator('#sharing-body').textContent()).not.toMatch(/looked|changed|heard/);
    await other.close();
    expect(await care.locator('#tonight').textContent()).toMatch(/21:30/);
    await sheet.getByRole('button', { name: /Anna no more$/ }).click();
    await sheet.getByText(/sees nothing any more/).waitFor();
    await view('home');
    await care.getByText('You see nobody at the moment.', { exact: false }).waitFor();
    const left = await care.evaluate(() => document.body.innerHTML);
    expect(left).not.toMatch(/Grandma|21:30 \(|Evening|lullaby|greeting\?of/);
    await isSound(care);
    const again = await care.evaluate(() => fetch('/api/v1/care/listeners/bedside').then(({ status }) => status));
    expect(again).toBe(404);
  });

  it('made no error, ran no stranger’s script and asked nobody else', () => {
    // What was refused on purpose, the browser writes down: a wrong code, a date that has passed, a listener no more.
    expect(faults.filter((each) => !/status of 40[04]/.test(each))).toEqual([]);
  });
});
