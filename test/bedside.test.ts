/// <reference lib="dom" />
/** The bedside page in a real browser against the real server: type a feeling, hear the session, ask why. */

import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeDataFolder } from './data-folder.js';
import { type ServerProcess, startServer } from './server-process.js';
import { hasCommand, loudness, silences, speak } from './sound-judge.js';

const CHROMIUM = '/usr/bin/chromium';
const browserHere = existsSync(CHROMIUM);
const judge = await hasCommand('ffmpeg');
const voice = await hasCommand('espeak-ng');
if (!browserHere) console.warn('skipped: the page is not tried in a browser, chromium is not installed');

let server: ServerProcess;
let folder: string;
const data = makeDataFolder();

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'emoheal-bedside-'));
  server = await startServer(data.folder);
});
afterAll(async () => {
  await server?.stop();
  data.remove();
  await rm(folder, { recursive: true, force: true });
});

const post = (body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${server.url}/api/v1/utterances`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

describe.runIf(browserHere)('the bedside page', () => {
  let browser: Browser;
  let page: Page;
  const foreign: string[] = [];

  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--autoplay-policy=no-user-gesture-required',
      ],
    });
    page = await browser.newPage({ viewport: { width: 390, height: 844 } });
    page.on('request', (request) => {
      if (!request.url().startsWith(server.url) && !/^(data|blob):/.test(request.url())) foreign.push(request.url());
    });
  });
  afterAll(async () => {
    await browser?.close();
  });

  it('plays a session for a typed feeling, shows the stage, and says why', { timeout: 120_000 }, async () => {
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    await page.goto(server.url);
    await page.getByRole('textbox').fill('I am so tense and afraid, I cannot sleep');
    await page.keyboard.press('Enter');
    await page.waitForFunction(
      () => {
        const audio = document.querySelector('audio');
        return audio !== null && audio.currentTime > 1 && !audio.paused;
      },
      undefined,
      { timeout: 60_000 },
    );
    await page.getByRole('button', { name: /why this music/i }).click();
    const sheet = page.getByRole('dialog');
    await sheet.waitFor();
    const words = await sheet.innerText();
    expect(words).toMatch(/CC0/);
    expect(words.length).toBeGreaterThan(200);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^stop/i }).click();
    await page.waitForFunction(() => document.querySelector('audio')?.paused !== false, undefined, { timeout: 30_000 });
    expect(faults).toEqual([]);
    expect(foreign).toEqual([]);
  });

  it('answers danger with help and no music', async () => {
    await page.goto(server.url);
    await page.getByRole('textbox').fill('I want to end my life tonight');
    await page.keyboard.press('Enter');
    await page.getByText('988').first().waitFor({ timeout: 30_000 });
    expect(await page.evaluate(() => document.querySelector('audio')?.paused ?? true)).toBe(true);
  });
});

describe('the HTTP interface', () => {
  it('streams a session whose three stages are the whole', { timeout: 120_000 }, async () => {
    const answer = await post({ text: 'I feel so sad and lonely', minutes: 3 });
    expect(answer.status).toBe(201);
    const { streams } = (await answer.json()) as {
      streams: Record<'session' | 'match' | 'guide' | 'target' | 'master', string>;
    };
    const bytes = async (address: string, headers: Record<string, string> = {}) => {
      const response = await fetch(new URL(address, server.url), { headers });
      return { status: response.status, body: Buffer.from(await response.arrayBuffer()), headers: response.headers };
    };
    const whole = await bytes(streams.session);
    expect(whole.body.length).toBe(3 * 60 * 1000 * 16 - ((3 * 60 * 1000 * 16) % 384));
    const stages = await Promise.all([streams.match, streams.guide, streams.target].map((s) => bytes(s)));
    expect(Buffer.concat(stages.map((s) => s.body)).equals(whole.body)).toBe(true);

    const part = await bytes(streams.guide, { range: 'bytes=1000-1999' });
    expect(part.status).toBe(206);
    expect(part.headers.get('content-range')).toBe(`bytes 1000-1999/${stages[1]!.body.length}`);
    expect(part.body.equals(stages[1]!.body.subarray(1000, 2000))).toBe(true);
    expect((await bytes(streams.guide, { range: 'bytes=999999999-' })).status).toBe(416);

    const forged = streams.match.replace(/sig=[^&]{4}/, 'sig=AAAA');
    expect((await bytes(forged)).status).toBe(403);

    if (judge) {
      const file = path.join(folder, 'heard.mp3');
      await writeFile(file, whole.body);
      const holes = (await silences(file, -60, 0.6)).filter((hole) => hole.startSec < 135);
      expect(holes).toEqual([]);
      expect((await loudness(file, 0, 180)).truePeakDbtp).toBeLessThanOrEqual(-1);
    }
  });

  it('tells bad bodies clearly and stays up', async () => {
    const url = `${server.url}/api/v1/utterances`;
    const send = async (body: BodyInit | undefined, type: string) => {
      const response = await fetch(url, { method: 'POST', headers: { 'content-type': type }, body });
      return { status: response.status, problem: (await response.json()) as { title?: string; detail?: string } };
    };
    for (const [body, type, status] of [
      ['{"text":', 'application/json', 400],
      ['{"txt":"sad"}', 'application/json', 400],
      [JSON.stringify({ text: 'a'.repeat(100_001) }), 'application/json', 413],
      [Buffer.alloc(0), 'audio/wav', 400],
      [Buffer.from('this is no sound'), 'audio/wav', 400],
      [Buffer.from('this is no sound'), 'audio/webm', 400],
      ['sad', 'text/plain', 415],
    ] as [BodyInit, string, number][]) {
      const { status: got, problem } = await send(body, type);
      expect([type, got]).toEqual([type, status]);
      expect(`${problem.title} ${problem.detail}`.length).toBeGreaterThan(10);
    }
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  });

  it.runIf(voice)('hears a spoken feeling, or says that speech is not ready', { timeout: 60_000 }, async () => {
    const said = path.join(folder, 'said.wav');
    await speak('I feel very sad tonight.', said);
    const response = await fetch(`${server.url}/api/v1/utterances`, {
      method: 'POST',
      headers: { 'content-type': 'audio/wav' },
      body: await readFile(said),
    });
    if (response.status === 503) {
      expect(((await response.json()) as { detail: string }).detail).toMatch(/type|doctor/i);
      return;
    }
    expect(response.status).toBe(201);
    expect(((await response.json()) as { utterance: { text: string } }).utterance.text.toLowerCase()).toMatch(/sad/);
  });
});

describe('what was said', () => {
  it('is in no file of the data folder', { timeout: 60_000 }, async () => {
    const word = 'zwetschgenknoedel';
    expect((await post({ text: `I am sad about my ${word}`, minutes: 2 })).status).toBe(201);
    const found = execFileSync(
      'sh',
      ['-c', `grep -rl ${word} "$1" --include='*.json*' --include='*.log' || true`, 'sh', data.folder],
      { encoding: 'utf8' },
    );
    expect(found.trim()).toBe('');
  });
});
