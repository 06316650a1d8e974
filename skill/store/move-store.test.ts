/** Moving house: everything arrives, whatever was there before is not overwritten unasked, and a broken move goes on. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTastes, noTaste } from '../../engine/listeners/taste.js';
import type { RecordsKind } from '../../engine/records.js';
import { openSecretBox } from '../../engine/secrets/key-file.js';
import type { Store } from '../../engine/stores.js';
import { sealedStudies } from '../secrets/sealed-study.js';
import { signingKey } from '../secrets/signing-key.js';
import { openFileStore } from './files/file-store.js';
import { ALL_KINDS, CHECK_INS, STUDY, TASTES } from './kinds.js';
import { checkSigningKeys, moveGreetings, moveSigningKey, sealStudyAnew } from './move-beside.js';
import { moveStore } from './move-store.js';
import { openPostgresStore } from './postgres/postgres-store.js';
import { type PostgresServer, postgresPrograms, startPostgres } from './postgres/server.fixture.js';
import { COUNTS, sessionOf } from './session.fixture.js';

const kinds = [...ALL_KINDS, COUNTS as unknown as RecordsKind<never>];
const programs = postgresPrograms();
let server: PostgresServer | undefined;
const folders: string[] = [];
beforeAll(async () => {
  if (programs) server = await startPostgres(programs);
});
afterAll(async () => {
  await server?.close();
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
});

type Place = () => Promise<Store>;
async function folder(): Promise<Place> {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'emoheal-move-'));
  folders.push(dataDir);
  return () => openFileStore({ dataDir });
}
async function database(): Promise<Place> {
  const url = await server!.database();
  return () => openPostgresStore({ url, waitForLockSec: 5 });
}

async function furnish(place: Place): Promise<void> {
  const store = await place();
  const sessions = await store.sessions();
  for (let i = 0; i < 30; i += 1) await sessions.save(sessionOf(`s-${i}`, i % 2 ? 'anna' : undefined));
  const tastes = createTastes(await store.records(TASTES));
  for (const listener of ['anna', '__proto__', "o'neill \u0001"]) {
    await tastes.agree(listener);
    await tastes.save(listener, { ...noTaste(), liked: listener.length });
  }
  await (await store.records(COUNTS)).change((all) => {
    for (let i = 0; i < 500; i += 1) all[`n${i}`] = i;
  });
  await store.close();
}

async function contents(place: Place) {
  const store = await place();
  const sessions = await store.sessions();
  const found = {
    sessions: await Promise.all((await sessions.ids()).sort().map((id) => sessions.load(id))),
    records: await Promise.all(
      kinds.map(async (kind) => Object.entries(await (await store.records(kind)).read()).sort()),
    ),
  };
  await store.close();
  return found;
}

const MOVES: [string, () => Promise<Place>, () => Promise<Place>][] = [
  ['from files to files', folder, folder],
  ...(programs
    ? ([
        ['from files to a database', folder, database],
        ['from a database to files', database, folder],
      ] as [string, () => Promise<Place>, () => Promise<Place>][])
    : []),
];

it('whatever is kept comes through every place and back as it was', async () => {
  const places = programs ? [folder, database, folder] : [folder, folder];
  const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });
  const word = fc.string({ unit: 'grapheme', maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(
      fc.dictionary(name, fc.integer()),
      fc.uniqueArray(fc.tuple(fc.stringMatching(/^[A-Za-z0-9-]{1,20}$/), name, word), {
        selector: ([id]) => id,
        maxLength: 5,
      }),
      fc.array(fc.tuple(name, fc.double({ min: -1, max: 1, noNaN: true })), { maxLength: 5 }),
      async (counts, sessions, moods) => {
        const houses = await Promise.all(places.map((make) => make()));
        const store = await houses[0]!();
        for (const [id, listener, title] of sessions) {
          const session = sessionOf(id, listener);
          await (await store.sessions()).save({ ...session, plan: { ...session.plan, summary: [title] } });
        }
        await (await store.records(COUNTS)).change((all) => void Object.assign(all, counts));
        await (await store.records(CHECK_INS)).change((all) => {
          for (const [listener, mood] of moods)
            all[listener] = {
              agreedAtMs: 1,
              checkIns: [{ id: 'c', atMs: 2, moment: 'after', mood }],
              helped: noTaste(),
            };
        });
        await store.close();
        const before = await contents(houses[0]!);
        for (const [i, to] of houses.slice(1).entries()) await moveStore(houses[i]!, to, { kinds });
        expect(await contents(houses.at(-1)!)).toEqual(before);
      },
    ),
    { numRuns: 3 },
  );
}, 240_000);

describe.each(MOVES)('moving %s', (_, makeFrom, makeTo) => {
  it('brings everything as it was, and a second time finds it all there', async () => {
    const [from, to] = [await makeFrom(), await makeTo()];
    await furnish(from);
    const before = await contents(from);
    expect(await moveStore(from, to, { kinds })).toMatchObject({
      sessions: 30,
      records: { taste: 3, counts: 500 },
      already: 0,
    });
    expect(await contents(to)).toEqual(before);
    expect(await contents(from)).toEqual(before);
    expect(await moveStore(from, to, { kinds })).toMatchObject({ sessions: 30, already: 533 });
  });

  it('overwrites nothing unasked', async () => {
    const [from, to] = [await makeFrom(), await makeTo()];
    await furnish(from);
    const store = await to();
    await (await store.records(COUNTS)).change((all) => {
      all.n7 = 700;
      all.own = 1;
    });
    await store.close();
    const before = await contents(to);
    await expect(moveStore(from, to, { kinds })).rejects.toMatchObject({ code: 'conflict' });
    expect(await contents(to)).toEqual(before);
    await moveStore(from, to, { kinds, replace: true });
    const counts = Object.fromEntries((await contents(to)).records.at(-1)!);
    expect(counts).toMatchObject({ n7: 7, own: 1 });
  });

  it('broken off in the middle, it goes on', async () => {
    const [from, to] = [await makeFrom(), await makeTo()];
    await furnish(from);
    const broken = moveStore(from, to, {
      kinds,
      onProgress: (done) => {
        if (done === 12) throw new Error('pulled the plug');
      },
    });
    await expect(broken).rejects.toThrow('pulled the plug');
    expect(await moveStore(from, to, { kinds })).toMatchObject({ already: 12 });
    expect(await contents(to)).toEqual(await contents(from));
  });
});

describe('what lies beside the store', () => {
  it('the key that listeners of Alexa are named by comes along, and never takes the place of another unasked', async () => {
    const [from, to, third] = await Promise.all(
      ['a', 'b', 'c'].map(() => mkdtemp(path.join(os.tmpdir(), 'emoheal-move-'))),
    );
    folders.push(from!, to!, third!);
    const keyOf = (dataDir: string) => signingKey(dataDir, openSecretBox({ dataDir }));
    const key = keyOf(from!);
    await writeFile(path.join(from!, 'state', 'address-keys.json'), 'rotated');
    for (const _ of [1, 2]) {
      checkSigningKeys({ from: from!, to: to! });
      moveSigningKey({ from: from!, to: to! });
      expect(keyOf(to!)).toEqual(key);
    }
    expect(await readFile(path.join(to!, 'state', 'address-keys.json'), 'utf8')).toBe('rotated');
    const own = keyOf(third!);
    expect(() => checkSigningKeys({ from: from!, to: third! })).toThrow('signing key of its own');
    expect(keyOf(third!)).toEqual(own);
  });

  it('a study begun in one data folder goes on in another, and recorded greetings come along', async () => {
    const [from, to] = await Promise.all(['a', 'b'].map(() => mkdtemp(path.join(os.tmpdir(), 'emoheal-move-'))));
    folders.push(from!, to!);
    const secret = 'ab'.repeat(32);
    const studyIn = async (dataDir: string) => {
      const store = await openFileStore({ dataDir });
      const records = await sealedStudies(await store.records(STUDY), openSecretBox({ dataDir }));
      return { store, records };
    };
    const old = await studyIn(from!);
    await old.records.change((all) => {
      all.study = { secret, begunAtMs: 1, participants: [] };
    });
    await old.store.close();
    await mkdir(path.join(from!, 'greetings'));
    await writeFile(path.join(from!, 'greetings', 'g1'), 'sound');
    openSecretBox({ dataDir: to! });
    for (const _ of [1, 2]) expect(await moveGreetings({ from: from!, to: to! })).toBe(1);
    await moveStore(...([from!, to!].map((dataDir) => () => openFileStore({ dataDir })) as [Place, Place]), { kinds });
    const target = await openFileStore({ dataDir: to! });
    await sealStudyAnew(target, { from: from!, to: to! });
    await target.close();
    const now = await studyIn(to!);
    expect((await now.records.read()).study?.secret).toBe(secret);
    await now.store.close();
    expect(await readFile(path.join(to!, 'greetings', 'g1'), 'utf8')).toBe('sound');
  });
});
