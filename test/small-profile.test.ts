/** The server as it runs on a machine with 1 GB of memory: everything but speech, in much less of it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeWav } from '../engine/transcription/wav.js';
import { makeDataFolder } from './data-folder.js';
import { type ServerProcess, startServer } from './server-process.js';

const data = makeDataFolder();
let server: ServerProcess;

beforeAll(async () => {
  server = await startServer(data.folder, { EMOHEAL_PROFILE: 'small' });
});
afterAll(async () => {
  await server?.stop();
  data.remove();
});

describe('the small profile', () => {
  it('makes a whole session from a typed feeling, and leaves room on a machine with 1 GB', async () => {
    const answer = await fetch(`${server.url}/api/v1/utterances`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ text: 'I feel so tense', minutes: 3 }),
    });
    expect(answer.status).toBe(201);
    const { streams } = (await answer.json()) as { streams: { session: string } };
    const sound = await fetch(new URL(streams.session, server.url)).then((response) => response.arrayBuffer());
    expect(sound.byteLength).toBeGreaterThan(2_800_000);
    const residentMb = await server.residentMb();
    console.info(`small profile: ${residentMb} MB resident after a session, server and all that it started`);
    expect(residentMb).toBeLessThan(900);
  });

  it('says to whoever speaks that they can type, and why', async () => {
    const answer = await fetch(`${server.url}/api/v1/utterances`, {
      method: 'POST',
      headers: { 'content-type': 'audio/wav' },
      body: Buffer.from(writeWav(new Float32Array(16_000), 16_000)),
    });
    expect(answer.status).toBe(503);
    expect(await answer.text()).toMatch(/small profile.*Type how you feel/);
    expect(await (await fetch(`${server.url}/readyz`)).text()).toMatch(/small profile/);
  });
});
