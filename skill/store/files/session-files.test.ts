import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nothingToRead } from '../../../engine/emotion/reading.js';
import { loadKnowledge } from '../../../engine/knowledge/graph.js';
import { chooseTracks } from '../../../engine/plan/choose-tracks.js';
import { planSession } from '../../../engine/plan/planner.js';
import { searchFake } from '../../../engine/plan/search.fake.js';
import { startSession } from '../../../engine/session.js';
import { openSessionFiles } from './session-files.js';

const plan = planSession(loadKnowledge(), { reading: nothingToRead(), minutes: 2, seed: 1 });
const programme = await chooseTracks({ plan, search: searchFake() });
const session = (id: string, nowMs = Date.now()) => startSession({ id, locale: 'en-US', plan, programme, nowMs });

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(path.join(os.tmpdir(), 'emoheal-store-'));
});
afterEach(async () => {
  await rm(dataDir, { recursive: true, force: true });
});
const file = (id: string) => path.join(dataDir, 'state', 'sessions', `${id}.json`);

describe('the session file', () => {
  it('keeps sessions over a restart', async () => {
    const store = await openSessionFiles({ dataDir });
    await Promise.all(['a', 'b', 'c'].map((id) => store.save(session(id))));
    await store.close();
    const again = await openSessionFiles({ dataDir });
    expect((await again.load('b'))?.id).toBe('b');
    expect(await again.load('x')).toBeNull();
    await again.remove('b');
    expect(await again.load('b')).toBeNull();
    await again.close();
  });

  it.each(['', '{"schemaVersion":2,"sess', 'not json', '{"schemaVersion":2,"session":{"id":3}}'])(
    'goes back to the version before when the newest is torn: %j',
    async (torn) => {
      const store = await openSessionFiles({ dataDir });
      await store.save(session('a'));
      await store.save({ ...session('a'), revision: 1 });
      await store.close();
      await writeFile(file('a'), torn);
      const warnings: string[] = [];
      const again = await openSessionFiles({ dataDir, onWarning: (message) => warnings.push(message) });
      expect((await again.load('a'))?.revision).toBe(0);
      expect(warnings.join()).toMatch(/damaged/);
      await again.close();
    },
  );

  it('leaves a newer file untouched and says so', async () => {
    const store = await openSessionFiles({ dataDir });
    await store.save(session('a'));
    await store.close();
    const newer = JSON.stringify({ schemaVersion: 99, session: {}, secret: true });
    await writeFile(file('a'), newer);
    const again = await openSessionFiles({ dataDir });
    await expect(again.load('a')).rejects.toThrow(/newer EmoHeal/);
    expect(await readFile(file('a'), 'utf8')).toBe(newer);
    await again.close();
  });

  it('keeps the last of many changes that come at once, and an id is never a path', async () => {
    const store = await openSessionFiles({ dataDir });
    const one = session('a');
    await Promise.all(Array.from({ length: 50 }, (_, revision) => store.save({ ...one, revision })));
    await store.close();
    const again = await openSessionFiles({ dataDir });
    expect((await again.load('a'))?.revision).toBe(49);
    expect(await again.load('../sessions/a')).toBeNull();
    await expect(again.save(session('../../x'))).rejects.toThrow(/letters, digits/);
    await again.close();
  });

  it('belongs to one process at a time', async () => {
    const store = await openSessionFiles({ dataDir });
    await expect(openSessionFiles({ dataDir })).rejects.toThrow(/Another EmoHeal server/);
    await store.close();
    await (await openSessionFiles({ dataDir })).close();
  });

  it('gives what is to be kept "soon" at once, and keeps it', async () => {
    const store = await openSessionFiles({ dataDir });
    await store.save(session('a'));
    await store.save({ ...session('a'), revision: 3 }, 'soon');
    expect((await store.load('a'))?.revision).toBe(3);
    await store.close();
    const again = await openSessionFiles({ dataDir });
    expect((await again.load('a'))?.revision).toBe(3);
    await again.close();
  });

  it('forgets what is older than a month', async () => {
    const store = await openSessionFiles({ dataDir });
    await store.save(session('old', Date.now() - 40 * 24 * 3600 * 1000));
    await store.save(session('new'));
    expect(await store.load('old')).toBeNull();
    expect((await store.load('new'))?.id).toBe('new');
    await store.close();
  });
});
