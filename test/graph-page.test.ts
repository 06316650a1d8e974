/// <reference lib="dom" />
/** The knowledge graph's page in a real browser against the real server: search, paths, sources; by mouse and by keys alone. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeDataFolder } from './data-folder.js';
import { type ServerProcess, startServer } from './server-process.js';

const CHROMIUM = '/usr/bin/chromium';
const browserHere = existsSync(CHROMIUM);
if (!browserHere) console.warn('skipped: the graph page is not tried in a browser, chromium is not installed');

let server: ServerProcess;
const data = makeDataFolder();
beforeAll(async () => {
  server = await startServer(data.folder);
});
afterAll(async () => {
  await server?.stop();
  data.remove();
});

describe('the graph over HTTP', () => {
  it('is whole, holds no path of this machine, and is not sent twice', async () => {
    const first = await fetch(`${server.url}/api/v1/graph`);
    const text = await first.text();
    const graph = JSON.parse(text);
    expect(graph.nodes.length).toBeGreaterThan(70);
    expect(graph.edges.length).toBeGreaterThan(600);
    expect(graph.sources.length).toBeGreaterThanOrEqual(60);
    expect(text).not.toMatch(/\.json"|\/engine\//);
    const again = await fetch(`${server.url}/api/v1/graph`, {
      // fetch would add "no-cache" by itself, which asks for everything anew.
      headers: { 'if-none-match': first.headers.get('etag')!, 'cache-control': 'max-age=0' },
    });
    expect(again.status).toBe(304);
  });

  it('says everything as text as well, without a script', async () => {
    const html = await (await fetch(`${server.url}/graph`)).text();
    const graph = await (await fetch(`${server.url}/api/v1/graph`)).json();
    for (const { citation } of graph.sources)
      expect(html).toContain(citation.slice(0, 20).replace(/[<>&"']/g, (c: string) => `&#${c.charCodeAt(0)};`));
    expect(html.match(/<details>/g)!.length).toBeGreaterThanOrEqual(50);
    expect(html.split('<li>').length).toBeGreaterThan(graph.edges.length);
  });
});

describe.runIf(browserHere)('the graph page', () => {
  let browser: Browser;
  let page: Page;
  const errors: string[] = [];
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu'] });
  });
  afterAll(async () => browser?.close());
  beforeEach(async () => {
    await page?.close();
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('request', (request) => {
      if (!request.url().startsWith(server.url)) errors.push(`foreign request: ${request.url()}`);
    });
    await page.goto(`${server.url}/graph`);
    await page.waitForFunction(() => document.body.dataset.ready === 'yes');
  });

  const lit = () => page.locator('#lines path.lit').count();
  const heading = () => page.locator('#panel h2').textContent();

  it('lights the paths of a feeling that is clicked, and tells them with their sources', async () => {
    await page.click('[data-id="sadness"]');
    expect(await lit()).toBeGreaterThan(15);
    expect(await heading()).toMatch(/^sadness: \d+ claims$/);
    const claims = await page.locator('#panel li').allTextContents();
    expect(claims.length).toBe(await lit());
    expect(claims.join(' ')).toMatch(/Taruffi & Koelsch 2014/);
    expect(claims.join(' ')).toMatch(/fairly sure/);
    expect(page.url()).toMatch(/#sadness$/);
    await page.keyboard.press('Escape');
    expect(await lit()).toBe(0);
  });

  it('shows the sources of a line under the pointer', async () => {
    await page.click('[data-id="wonder"]');
    const middle = await page.evaluate(() => {
      const path = [...document.querySelectorAll<SVGPathElement>('#lines path.lit')].at(-1)!;
      const point = path.getPointAtLength(path.getTotalLength() * 0.5);
      const box = document.querySelector('#lines')!.getBoundingClientRect();
      return { x: box.left + point.x, y: box.top + point.y };
    });
    await page.mouse.move(middle.x, middle.y);
    await page.waitForSelector('#tip:not([hidden])');
    expect(await page.locator('#tip').textContent()).toMatch(/→.+\. .+/);
  });

  it('is searched: typing marks the names, Enter opens the first', async () => {
    await page.fill('#find', 'piano');
    expect(await page.locator('.node.found').count()).toBe(1);
    await page.press('#find', 'Enter');
    expect(await heading()).toMatch(/^piano/);
    expect(await page.evaluate(() => (document.activeElement as HTMLElement).dataset.id)).toBe('timbre:piano');
  });

  it('works by keys alone: one stop in the Tab order, arrows between names, Enter and Escape', async () => {
    for (let i = 0; i < 3; i += 1) await page.keyboard.press('Tab');
    const here = () => page.evaluate(() => (document.activeElement as HTMLElement).dataset.id);
    expect(await here()).toBe('admiration');
    await page.keyboard.press('ArrowDown');
    expect(await here()).toBe('amusement');
    await page.keyboard.press('ArrowRight');
    expect(await here()).toBe('transcendence');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowLeft');
    expect(await here()).toBe('amusement');
    await page.keyboard.press('Enter');
    expect(await heading()).toMatch(/^amusement/);
    await page.keyboard.press('Escape');
    expect(await lit()).toBe(0);
  });

  it('opens at the name in its address', async () => {
    await page.goto(`${server.url}/graph#fall-asleep`);
    await page.reload();
    await page.waitForFunction(() => document.body.dataset.ready === 'yes');
    expect(await heading()).toMatch(/^fall asleep/);
  });

  it.each([1280, 360])('has no fault that axe finds, at %s pixels, with a name chosen', async (width) => {
    await page.setViewportSize({ width, height: 800 });
    await page.click('[data-id="fear"]');
    const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    // Past the page's own policy, which lets nobody bring a script: the checker is our guest.
    const session = await page.context().newCDPSession(page);
    await session.send('Runtime.evaluate', { expression: axe });
    await page.waitForTimeout(500);
    const found = await page.evaluate(async () => {
      const { violations } = await (
        window as unknown as { axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } }
      ).axe.run();
      return violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html }) => html.slice(0, 120))}`);
    });
    expect(found).toEqual([]);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wide).toBeLessThanOrEqual(0);
  });

  it('made no error and asked nobody else', () => {
    expect(errors).toEqual([]);
  });
});
