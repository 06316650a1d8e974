/// <reference lib="dom" />
/** The bedside page in a real browser against the real server: type a feeling, hear the session, ask why. */

import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM, openBrowser } from './browser.fixture.js';
import { makeDataFolder } from './data-folder.js';
import { type ServerProcess, startServer } from './server-process.js';
import { hasCommand, loudness, silences, speak } from './sound-judge.js';

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
    browser = await openBrowser();
    page = await browser.newPage({ viewport: { width: 390, height: 844 } });
    page.on('request', (request) => {
      if (!request.url().startsWith(server.url) && !/^(data|blob):/.test(request.url())) foreign.push(request.url());
    });
  });
  afterAll(async () => {
    await browser?.close();
  });

  it('plays a session for a typed feeling, shows the stage, and says why', async () => {
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
      { timeout: 120_000 },
    );
    await page.getByRole('button', { name: /why this music/i }).click();
    const sheet = page.getByRole('dialog');
    await sheet.getByText('CC0').first().waitFor();
    const words = await sheet.innerText();
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

  it('stays with quiet sound where it is wanted, with the number still in sight', async () => {
    await page.getByRole('button', { name: 'stay with quiet sound' }).click();
    await page.waitForFunction(() => (document.querySelector('audio')?.currentTime ?? 0) > 1, undefined, {
      timeout: 50_000,
    });
    expect(await page.locator('#help-number').isVisible()).toBe(true);
    expect(await page.getByRole('button', { name: 'go deeper' }).isVisible()).toBe(false);
    await page.getByRole('button', { name: /^stop/i }).click();
    expect(await page.locator('#check').isVisible()).toBe(false);
  });

  it('asks before and after only who agreed, and keeps the answers with the session', {
    timeout: 120_000,
  }, async () => {
    const consent = (yes: boolean) =>
      fetch(`${server.url}/api/v1/check-ins/consent`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ consent: yes }),
      });
    const plays = () =>
      page.waitForFunction(() => (document.querySelector('audio')?.currentTime ?? 0) > 1, undefined, {
        timeout: 60_000,
      });
    const begin = async () => {
      await page.goto(server.url);
      await page.waitForLoadState('networkidle');
      await page.getByRole('textbox').first().fill('I feel tense');
      await page.keyboard.press('Enter');
      await plays();
    };
    await consent(false);
    await begin();
    expect(await page.locator('#check').isVisible()).toBe(false);
    await consent(true);
    await begin();
    await page.getByRole('button', { name: '2 of 5' }).click();
    await page.locator('#check').waitFor({ state: 'hidden' });
    // As long as there is something to ask about.
    await page.evaluate(() => {
      Object.defineProperty(document.querySelector('audio'), 'currentTime', { get: () => 200 });
    });
    await page.getByRole('button', { name: /^stop/i }).click();
    await page.getByRole('button', { name: '4 of 5' }).click();
    await page.locator('#check').waitFor({ state: 'hidden' });
    const kept = (await (await fetch(`${server.url}/api/v1/check-ins`)).json()) as { changes: { change: number }[] };
    expect(kept.changes).toMatchObject([{ change: 1 }]);
    await consent(false);
  });
});

describe('the HTTP interface', () => {
  // Making sound gives way to everything else on the machine, other tests too.
  it('streams a session whose three stages are the whole', { timeout: 600_000 }, async () => {
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

  it('remembers what is liked and skipped only where the listener agreed, says so, and forgets at a word', async () => {
    const taste = async (init?: RequestInit) =>
      (await fetch(`${server.url}/api/v1/taste`, {
        ...init,
        headers: { 'content-type': 'application/json' },
      }).then((response) => response.json())) as { consent: boolean; liked: number; skipped: number };
    type Answer = {
      id: string;
      plan: { summary: string[] };
      tracks: { trackId: string; startSec: number; endSec: number }[];
      tasteKept?: boolean;
    };
    const begin = async () => (await (await post({ text: 'I feel so tense', listener: 'bedside' })).json()) as Answer;
    const act = async (id: string, action: string) =>
      (await fetch(`${server.url}/api/v1/sessions/${id}/actions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ action }),
      }).then((response) => response.json())) as Answer;

    const before = await begin();
    expect((await act(before.id, 'like')).tasteKept).toBe(false);
    expect(await taste()).toMatchObject({ consent: false, liked: 0 });

    await taste({ method: 'PUT', body: JSON.stringify({ consent: true }) });
    const session = await begin();
    for (let i = 0; i < 12; i += 1) expect((await act(session.id, 'like')).tasteKept).toBe(true);
    const skipped = await act(session.id, 'skip');
    expect(skipped.tracks[0]!.endSec).toBeLessThan(40);
    expect(skipped.tracks.slice(1).map(({ trackId }) => trackId)).not.toContain(skipped.tracks[0]!.trackId);
    expect(await taste()).toMatchObject({ consent: true, liked: 12, skipped: 1 });
    expect((await begin()).plan.summary.join(' ')).toMatch(/liked and skipped/);

    expect(await taste({ method: 'DELETE' })).toMatchObject({ consent: false, liked: 0 });
    expect((await begin()).plan.summary.join(' ')).not.toMatch(/liked and skipped/);
  });

  it('draws how a session sounds once it is rendered, and gives the same as figures', {
    timeout: 600_000,
  }, async () => {
    const { id, streams } = (await (await post({ text: 'I feel so sad', minutes: 2 })).json()) as {
      id: string;
      streams: { session: string };
    };
    await fetch(new URL(streams.session, server.url)).then((response) => response.arrayBuffer());
    const sound = `${server.url}/api/v1/sessions/${id}/sound`;
    const figures = (await (await fetch(sound)).json()) as { durationSec: number; loudnessLufs: number[] };
    expect(figures.durationSec).toBeCloseTo(120, 0);
    expect(figures.loudnessLufs.at(-1)!).toBeLessThan(figures.loudnessLufs[30]! - 10);
    const picture = await fetch(`${sound}?format=svg`);
    expect(picture.headers.get('content-type')).toMatch(/svg/);
    expect(await picture.text()).toMatch(/close to the feeling.*on the way.*rest/);
  });

  it('takes the form and the aim that are asked for, and the words of the listener’s language', async () => {
    const answer = await post({ text: 'Ich bin traurig', locale: 'de-DE', form: 'sleep', intention: 'fall-asleep' });
    const { durationSec, plan } = (await answer.json()) as {
      durationSec: number;
      plan: { form: string; intention: string; summary: string[] };
    };
    expect([durationSec, plan.form, plan.intention]).toEqual([2400, 'sleep', 'fall-asleep']);
    expect(plan.summary[0]).toMatch(/^Ich habe Traurigkeit gehört/);
    expect((await post({ text: 'sad', form: 'endless' })).status).toBe(400);
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
      [JSON.stringify({ text: 'a'.repeat(50_001) }), 'application/json', 413],
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

  it.runIf(voice)('hears a spoken feeling, or says that speech is not ready', async () => {
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
  it('is in no file of the data folder', async () => {
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
