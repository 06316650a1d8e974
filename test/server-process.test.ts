/** That no suite passes with a server that had a fault which nothing waited for, or that ended by itself. */
import { lstatSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeDataFolder } from './data-folder.js';
import { startServer } from './server-process.js';

/** Runs in the server from its first moment. */
const from = (script: string) => ({ NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(script)}` });
const fault =
  "setInterval(() => { if (process.listenerCount('unhandledRejection') > 0 && !globalThis.done) { globalThis.done = true; process.emitWarning('said in ' + 'tears'); Promise.reject(new TypeError('x')); } }, 50).unref();";

describe('a test with a running server', () => {
  it('passes where nothing went wrong', { timeout: 120_000 }, async () => {
    const data = makeDataFolder();
    const server = await startServer(data.folder);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    const begun = await fetch(`${server.url}/api/v1/utterances`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ text: 'I feel sad', minutes: 2 }),
    });
    const { streams } = (await begun.json()) as { streams: { session: string } };
    await (await fetch(new URL(streams.session, server.url), { headers: { range: 'bytes=0-9999' } })).arrayBuffer();
    await server.stop();
    // What it made is its own user's alone, whatever the machine's custom is.
    const made = readdirSync(data.folder, { withFileTypes: true }).filter((each) => !each.isSymbolicLink());
    const all = made.flatMap(({ name }) => [
      name,
      ...(statSync(path.join(data.folder, name)).isDirectory()
        ? readdirSync(path.join(data.folder, name), { recursive: true, encoding: 'utf8' }).map((each) =>
            path.join(name, each),
          )
        : []),
    ]);
    expect(all.length).toBeGreaterThan(5);
    expect(all.filter((each) => (lstatSync(path.join(data.folder, each)).mode & 0o077) !== 0)).toEqual([]);
    data.remove();
  });

  it('fails where a promise was left alone, though the server goes on', { timeout: 120_000 }, async () => {
    const data = makeDataFolder();
    const server = await startServer(data.folder, from(fault));
    await expect.poll(() => server.log(), { timeout: 60_000 }).toContain('nothing waited for');
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    await expect.poll(() => server.log(), { timeout: 10_000 }).toContain('a warning of Node');
    // Neither it nor the warning is quoted, and each is one line of the log.
    expect(server.log()).not.toContain('said in tears');
    expect(
      server
        .log()
        .split('\n')
        .filter((line) => /warning|nothing waited/.test(line) && !line.startsWith('{')),
    ).toEqual([]);
    await expect(server.stop()).rejects.toThrow(/nothing waited for/);
    data.remove();
  });

  it('fails where the server ended by itself', { timeout: 120_000 }, async () => {
    const data = makeDataFolder();
    const server = await startServer(data.folder, from('process.on("SIGUSR2", () => { throw new Error("y"); })'));
    process.kill(server.pid, 'SIGUSR2');
    await server.ended;
    await expect(server.stop()).rejects.toThrow(/ended by itself/);
    data.remove();
  });
});
