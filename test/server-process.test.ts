/** That no suite passes with a server that had a fault which nothing waited for, or that ended by itself. */
import { describe, expect, it } from 'vitest';
import { makeDataFolder } from './data-folder.js';
import { startServer } from './server-process.js';

/** Runs in the server from its first moment. */
const from = (script: string) => ({ NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(script)}` });
const fault =
  "setInterval(() => { if (process.listenerCount('unhandledRejection') > 0 && !globalThis.done) { globalThis.done = true; Promise.reject(new TypeError('x')); } }, 50).unref();";

describe('a test with a running server', () => {
  it('passes where nothing went wrong', { timeout: 120_000 }, async () => {
    const data = makeDataFolder();
    const server = await startServer(data.folder);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    await server.stop();
    data.remove();
  });

  it('fails where a promise was left alone, though the server goes on', { timeout: 120_000 }, async () => {
    const data = makeDataFolder();
    const server = await startServer(data.folder, from(fault));
    await expect.poll(() => server.log(), { timeout: 60_000 }).toContain('nothing waited for');
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
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
