import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nothingToRead } from '../../../engine/emotion/reading.js';
import { loadKnowledge } from '../../../engine/knowledge/graph.js';
import { chooseTracks } from '../../../engine/plan/choose-tracks.js';
import { planSession } from '../../../engine/plan/planner.js';
import { searchFake } from '../../../engine/plan/search.fake.js';
import { type Session, startSession } from '../../../engine/session.js';
import { openJournal } from './journal.js';
import { sessionText } from './session-file.js';
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
const journal = () => path.join(dataDir, 'state', 'sessions.journal');
/** The journal of a process that was killed before any file was written; as bytes too. */
async function leftByAKill(sessions: readonly Session[], change = (text: string) => text): Promise<Buffer> {
  await mkdir(path.dirname(journal()), { recursive: true });
  const left = await openJournal(journal());
  for (const each of sessions) await left.add(change(sessionText(each)));
  await left.close();
  return readFile(journal());
}
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
      for (const revision of [0, 1]) {
        const store = await openSessionFiles({ dataDir });
        await store.save({ ...session('a'), revision });
        await store.close();
      }
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

  it('after a kill takes from the journal what the files do not have yet, and nothing of a line that was cut', async () => {
    const left = await leftByAKill(['a', 'b'].map((id) => session(id)));
    for (const [cut, found] of [
      [left, ['a', 'b']],
      [left.subarray(0, left.length - 1), ['a', null]],
      [left.subarray(0, 100), [null, null]],
      [Buffer.concat([left.subarray(0, 50), Buffer.from('x'), left.subarray(51)]), [null, 'b']],
    ] as const) {
      await rm(path.join(dataDir, 'state'), { recursive: true, force: true });
      await mkdir(path.join(dataDir, 'state'));
      await writeFile(journal(), cut);
      const warnings: string[] = [];
      const store = await openSessionFiles({ dataDir, onWarning: (message) => warnings.push(message) });
      expect([(await store.load('a'))?.id ?? null, (await store.load('b'))?.id ?? null]).toEqual(found);
      expect(warnings.length).toBe(found[0] === null && found[1] === 'b' ? 1 : 0);
      expect((await stat(journal())).size).toBe(0);
      await store.close();
    }
  });

  it('what was erased is in no file and no journal when erasing is answered, and a kill does not bring it back', async () => {
    const store = await openSessionFiles({ dataDir });
    const saving = Array.from({ length: 20 }, (_, i) => store.save(session(i % 2 ? 'gone' : `kept${i}`)));
    await Promise.all(saving);
    await store.save({ ...session('gone'), revision: 1 }, 'soon');
    await store.remove('gone');
    const names = await readdir(path.join(dataDir, 'state'), { recursive: true });
    expect(names.filter((name) => name.includes('gone'))).toEqual([]);
    expect(await readFile(journal(), 'utf8')).not.toContain('gone');
    expect(await store.load('gone')).toBeNull();
    expect((await store.ids()).length).toBe(10);
    await store.close();
  });

  it('refuses a journal of a newer EmoHeal and leaves it as it is', async () => {
    const newer = await leftByAKill([session('a')], (text) => text.replace('"schemaVersion":2', '"schemaVersion":99'));
    await expect(openSessionFiles({ dataDir })).rejects.toMatchObject({ code: 'store-newer' });
    expect(await readFile(journal())).toEqual(newer);
  });

  it('sweeps up what a killed process had half made', async () => {
    await mkdir(path.dirname(file('a')), { recursive: true });
    await writeFile(`${file('a')}.3105427851`, '{"schemaVersion":2,"sess');
    await (await openSessionFiles({ dataDir })).close();
    expect(await readdir(path.dirname(file('a')))).toEqual([]);
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
