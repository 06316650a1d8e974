/// <reference lib="dom" />
/** The sound of the bedside page: it plays on without a network, without the server, in one window at a time. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import * as esbuild from 'esbuild';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { packageRoot } from '../../models/paths.js';
import { CHROMIUM, openBrowser } from '../browser.fixture.js';
import { makeDataFolder } from '../data-folder.js';
import { type ServerProcess, startServer } from '../server-process.js';
import { atSec, freePort, inHand, openPage, say, sounds } from './bedside.fixture.js';

describe.runIf(existsSync(CHROMIUM))('the music of the bedside page', () => {
  const data = makeDataFolder();
  let port: number;
  let server: ServerProcess;
  let browser: Browser;
  let context: BrowserContext;
  const start = () => startServer(data.folder, { EMOHEAL_PORT: String(port) });

  beforeAll(async () => {
    port = await freePort();
    server = await start();
    browser = await openBrowser();
  });
  beforeEach(async () => {
    context = await browser.newContext({ locale: 'en-GB' });
  });
  afterEach(() => context.close());
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    data.remove();
  });

  const session = async (id: string) =>
    (await fetch(`${server.url}/api/v1/sessions/${id}`)).json() as Promise<{
      position: { status: string; atSec: number };
      revision: number;
      streams: { session: string };
    }>;
  const begun = async (page: import('playwright-core').Page, words = 'I feel so tense'): Promise<string> => {
    const [answer] = await Promise.all([
      page.waitForResponse((response) => response.url().endsWith('/api/v1/utterances')),
      say(page, words),
    ]);
    await sounds(page);
    return ((await answer.json()) as { id: string }).id;
  };

  it('plays on from what is in hand while the network is away, and fetches on from there when it is back', async () => {
    const { page, faults } = await openPage(context, server.url);
    await begun(page);
    await page.waitForFunction(() => document.querySelector('audio')!.buffered.end(0) > 45, undefined, {
      timeout: 120_000,
    });
    await context.setOffline(true);
    await page.getByRole('button', { name: 'go deeper' }).click();
    await page.getByText('The music plays on.').waitFor();
    const before = await atSec(page);
    await sounds(page, before + 3);
    // To the end of what is in hand: it waits there, at its second, and begins nothing anew.
    const end = await page.evaluate(() => {
      const audio = document.querySelector('audio')!;
      const last = audio.buffered.end(audio.buffered.length - 1);
      audio.currentTime = last - 1.5;
      return last;
    });
    await page.waitForFunction(() => document.querySelector('audio')!.readyState < 3);
    expect(await atSec(page)).toBeGreaterThan(end - 2);
    await context.setOffline(false);
    await sounds(page, end + 1);
    expect(await page.locator('body').getAttribute('data-state')).toBe('playing');
    expect(faults).toEqual([]);
  });

  it('goes on from where the fade began when it was paused in the fade of its end', async () => {
    const { page, faults } = await openPage(context, server.url);
    // The shortest there is: soon all of it is in hand.
    await page.evaluate(() => document.querySelector<HTMLInputElement>('input[name="minutes"]')!.click());
    const id = await begun(page);
    const durationSec = await page.evaluate(() => document.querySelector('audio')!.duration);
    await page.waitForFunction((sec) => document.querySelector('audio')!.buffered.end(0) > sec, durationSec - 20, {
      timeout: 170_000,
    });
    await page.evaluate((sec) => {
      document.querySelector('audio')!.currentTime = sec;
    }, durationSec - 8);
    await sounds(page, durationSec - 7);
    await page.getByRole('button', { name: 'pause' }).click();
    await page.waitForFunction(() => document.querySelector('audio')!.paused);
    await page.getByRole('button', { name: 'go on' }).click();
    await page.waitForFunction((sec) => document.querySelector('audio')!.currentTime < sec, durationSec - 20);
    await sounds(page, durationSec - 70);
    expect((await session(id)).position.atSec).toBeLessThan(durationSec - 20);
    expect(faults).toEqual([]);
  });

  it('outlives a restart of the server: the music never stops, and the new server does what is wanted', async () => {
    const { page, faults } = await openPage(context, server.url);
    const id = await begun(page);
    await page.waitForFunction(() => document.querySelector('audio')!.buffered.end(0) > 30, undefined, {
      timeout: 120_000,
    });
    await server.stop();
    const away = await atSec(page);
    await sounds(page, away + 2);
    server = await start();
    const handed = await inHand(page);
    await page.getByRole('button', { name: 'stay here' }).click();
    await page.getByText(/We stay here|I'll keep it/).waitFor();
    await sounds(page, (await atSec(page)) + 2);
    const { position, revision } = await session(id);
    expect(revision).toBe(1);
    expect(Math.abs(position.atSec - (await atSec(page)))).toBeLessThan(6);
    await page.waitForFunction(
      (sec) => {
        const { buffered, currentTime } = document.querySelector('audio')!;
        return buffered.end(buffered.length - 1) - currentTime > sec;
      },
      Math.min(60, handed),
      { timeout: 120_000 },
    );
    expect(faults).toEqual([]);
  });

  it('has its page at hand without the server, and goes on where the music was once it is back', async () => {
    const { page } = await openPage(context, server.url);
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await begun(page);
    await page.waitForFunction(() => localStorage.getItem('where-the-music-was')?.includes('"atSec":0}') === false);
    const words = await page.evaluate(async () => {
      const held: string[] = [];
      for (const name of await caches.keys())
        for (const request of await (await caches.open(name)).keys()) held.push(new URL(request.url).pathname);
      return { held, kept: JSON.stringify({ ...localStorage }) };
    });
    expect(words.held.filter((name) => !/^\/($|bedside\/|favicon|manifest)/.test(name))).toEqual([]);
    expect(words.kept).not.toMatch(/tense/);
    await server.stop();
    await page.reload();
    await page.getByText('How do you feel?').first().waitFor();
    await say(page, 'I feel lonely');
    await page.getByText('The speaker cannot be reached.').first().waitFor();
    server = await start();
    await page.reload();
    const kept = await page.evaluate(
      () => JSON.parse(localStorage.getItem('where-the-music-was')!) as { atSec: number },
    );
    await page.getByRole('button', { name: 'go on where the music was' }).click();
    await sounds(page, kept.atSec);
  });

  it('sounds in one window; another says so, and takes over at the same second', async () => {
    const first = await openPage(context, server.url);
    await begun(first.page);
    const second = await openPage(context, server.url);
    await second.page.getByText('The music plays in another window.').waitFor();
    await sounds(first.page, 3);
    const at = await atSec(first.page);
    await second.page.getByRole('button', { name: 'play it here' }).click();
    await sounds(second.page, at - 2.5);
    await first.page.getByText('The music plays in another window.').waitFor();
    expect(await first.page.evaluate(() => document.querySelector('audio')!.paused)).toBe(true);
    expect([...first.faults, ...second.faults]).toEqual([]);
  });

  it('knows how loud the music is from its bytes, as an ear would say it', async () => {
    const answer = await fetch(`${server.url}/api/v1/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ valence: -0.6, arousal: 0.5, minutes: 3, seed: 7 }),
    });
    const made = (await answer.json()) as { id: string; streams: { session: string } };
    const bytes = Buffer.from(await (await fetch(new URL(made.streams.session, server.url))).arrayBuffer());
    const { durationSec, loudnessLufs } = (await (
      await fetch(`${server.url}/api/v1/sessions/${made.id}/sound`)
    ).json()) as { durationSec: number; loudnessLufs: number[] };
    const stepSec = durationSec / loudnessLufs.length;
    const page = await context.newPage();
    await page.addScriptTag({ content: await envelopeScript() });
    const seen = await page.evaluate(
      async ({ base64, seconds }) => {
        const { createEnvelope, FRAME_BYTES } = (window as unknown as { envelope: EnvelopeScript }).envelope;
        const all = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        const envelope = createEnvelope();
        // As the network brings them: in pieces of some seconds.
        for (let at = 0; at < all.length; at += 200 * FRAME_BYTES)
          await envelope.take(all.subarray(at, at + 200 * FRAME_BYTES), at / FRAME_BYTES);
        return seconds.map((sec) => envelope.at(sec));
      },
      { base64: bytes.toString('base64'), seconds: loudnessLufs.map((_, i) => (i + 0.5) * stepSec) },
    );
    const pairs = loudnessLufs.map((lufs, i) => [lufs, seen[i] ?? 0] as const).filter(([lufs]) => lufs > -55);
    expect(pairs.length).toBeGreaterThan(60);
    expect(correlation(pairs)).toBeGreaterThan(0.8);
  });
});

interface EnvelopeScript {
  FRAME_BYTES: number;
  createEnvelope(): { take(bytes: Uint8Array, firstFrame: number): Promise<void>; at(sec: number): number | null };
}

/** The page's own envelope, for a page without anything else. */
async function envelopeScript(): Promise<string> {
  const built = await esbuild.build({
    stdin: {
      contents: "export * from './envelope'; export { FRAME_BYTES } from './frames';",
      resolveDir: path.join(packageRoot(), 'skill/bedside/page/playing'),
    },
    bundle: true,
    format: 'iife',
    globalName: 'envelope',
    write: false,
  });
  return built.outputFiles[0]!.text;
}

function correlation(pairs: (readonly [number, number])[]): number {
  const mean = (i: 0 | 1) => pairs.reduce((sum, pair) => sum + pair[i], 0) / pairs.length;
  const [a, b] = [mean(0), mean(1)];
  const sum = (of: (pair: readonly [number, number]) => number) => pairs.reduce((total, pair) => total + of(pair), 0);
  return sum(([x, y]) => (x - a) * (y - b)) / Math.sqrt(sum(([x]) => (x - a) ** 2) * sum(([, y]) => (y - b) ** 2));
}
