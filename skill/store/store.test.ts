/** Both stores keep the same promises; and each its own. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import express from 'express';
import pg from 'pg';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problemHandler } from '../http/problems.js';
import { openFileStore } from './files/file-store.js';
import { killAgainAndAgain } from './kill.fixture.js';
import { openPostgresStore } from './postgres/postgres-store.js';
import { type PostgresServer, postgresPrograms, startPostgres } from './postgres/server.fixture.js';
import { COUNTS, sessionOf } from './session.fixture.js';
import { describeStore, type House } from './store.contract.js';

/** Hundreds of them: `npm run eval:kill`. */
const KILLS = Number(process.env.STORE_KILLS ?? 12);
const KILLS_MS = 60_000 + KILLS * 15_000;

async function folderHouse(): Promise<House> {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'emoheal-house-'));
  return {
    open: (options) => openFileStore({ dataDir, ...options }),
    remove: () => rm(dataDir, { recursive: true, force: true }),
  };
}
describeStore('the store in files', folderHouse);

it(
  'the store in files loses nothing that it acknowledged, killed at any moment',
  async () => {
    const place = await mkdtemp(path.join(os.tmpdir(), 'emoheal-kill-'));
    const { acknowledged, lost, unreadable } = await killAgainAndAgain({
      place,
      open: (options) => openFileStore({ dataDir: place, ...options }),
      kills: KILLS,
    });
    process.stdout.write(`${KILLS} kills, ${acknowledged} acknowledged writes, ${lost.length} lost\n`);
    expect([lost, unreadable]).toEqual([[], []]);
    expect(acknowledged).toBeGreaterThan(KILLS);
    await rm(place, { recursive: true, force: true });
  },
  KILLS_MS,
);

const programs = postgresPrograms();
if (!programs) process.stderr.write('PostgreSQL is not installed: the tests of its store are skipped.\n');

describe.runIf(programs)('with PostgreSQL', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres(programs!);
  });
  afterAll(() => server.close());
  const databaseHouse = async (): Promise<House & { url: string }> => {
    const url = await server.database();
    return { url, open: (options) => openPostgresStore({ url, ...options }), remove: async () => {} };
  };
  describeStore('the store in a database', databaseHouse);

  it('shows a connection no row until it says whose, and then only theirs', async () => {
    const { url, open } = await databaseHouse();
    const store = await open();
    const sessions = await store.sessions();
    await sessions.save(sessionOf('one', 'anna'));
    await sessions.save(sessionOf('two', 'ben'));
    await (await store.records(COUNTS)).change((all) => {
      all.anna = 1;
      all.ben = 2;
    });
    await store.close();
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const seen = async () =>
      (
        await client.query<{ whose: string }>(
          'SELECT listener AS whose FROM emoheal_sessions UNION ALL SELECT listener FROM emoheal_records',
        )
      ).rows
        .map(({ whose }) => whose)
        .sort();
    expect(await seen()).toEqual([]);
    await client.query("SELECT set_config('emoheal.listener', 'ben', false)");
    expect(await seen()).toEqual(['ben', 'ben']);
    await client.query("UPDATE emoheal_records SET body = '99'");
    await client.query('DELETE FROM emoheal_sessions');
    await expect(client.query("INSERT INTO emoheal_sessions VALUES ('three', 'anna', 0, 2, '{}')")).rejects.toThrow(
      /row-level security/,
    );
    await client.query("SELECT set_config('emoheal.listener', '*', false)");
    expect(await seen()).toEqual(['anna', 'anna', 'ben']);
    const { rows } = await client.query("SELECT body FROM emoheal_records WHERE key = 'anna'");
    expect(rows).toEqual([{ body: 1 }]);
    await client.end();
  });

  it('warns of a superuser, who is bound by no such rule', async () => {
    const { url } = await databaseHouse();
    const warnings: string[] = [];
    const onWarning = (message: string) => void warnings.push(message);
    await (await openPostgresStore({ url: server.asSuperuser(url), onWarning })).close();
    expect(warnings.join()).toMatch(/superuser/);
  });

  it('refuses tables of a newer EmoHeal and leaves them as they are', async () => {
    const { url, open } = await databaseHouse();
    await (await open()).close();
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query('INSERT INTO emoheal_schema VALUES (99, now())');
    await expect(open()).rejects.toMatchObject({ code: 'store-newer' });
    expect((await client.query('SELECT max(step) AS step FROM emoheal_schema')).rows).toEqual([{ step: 99 }]);
    await client.end();
  });

  it('makes its tables once, however many begin at the same moment', async () => {
    const { open } = await databaseHouse();
    const stores = await Promise.all(Array.from({ length: 5 }, () => open()));
    await Promise.all(stores.map((store) => store.records(COUNTS)));
    await Promise.all(stores.map((store) => store.close()));
  });

  it('says in one line, without the password, that no server answers', async () => {
    const refused = await openPostgresStore({ url: 'postgres://anna:hush-hush@127.0.0.1:1/none' }).catch(
      (error) => error,
    );
    expect(`${refused.message} ${refused.remedy}`).toMatch(/database .*EMOHEAL_DATABASE_URL/);
    expect(`${refused.message} ${refused.remedy}`).not.toContain('hush-hush');
  });

  it(
    'loses nothing that it acknowledged, killed at any moment',
    async () => {
      const { url, open } = await databaseHouse();
      const { acknowledged, lost, unreadable } = await killAgainAndAgain({
        place: url,
        open: (options) => open({ ...options, waitForLockSec: 10 }),
        kills: KILLS,
      });
      process.stdout.write(`${KILLS} kills, ${acknowledged} acknowledged writes, ${lost.length} lost\n`);
      expect([lost, unreadable]).toEqual([[], []]);
      expect(acknowledged).toBeGreaterThan(KILLS);
    },
    KILLS_MS,
  );

  it('tells a server that stays away as that, to be tried again, and goes on when it is back', async () => {
    const { open } = await databaseHouse();
    const store = await open();
    const counts = await store.records(COUNTS);
    await counts.change((all) => {
      all.anna = 1;
    });
    await server.kill();
    const app = express();
    app.get('/', async (_, response) => void response.json(await counts.read()));
    app.use(problemHandler(() => {}));
    const away = await request(app).get('/');
    expect([away.status, away.body.code, away.headers['retry-after']]).toEqual([503, 'store-away', '10']);
    expect(away.body.detail).toMatch(/EMOHEAL_DATABASE_URL/);
    await server.start();
    const back = await request(app).get('/');
    expect([back.status, back.body]).toEqual([200, { anna: 1 }]);
    await store.close();
  });

  it('lives on when connections break in the moment in which they are handed out', async () => {
    const { open } = await databaseHouse();
    const store = await open();
    const counts = await store.records(COUNTS);
    for (let round = 0; round < 3; round += 1) {
      const reading = Promise.allSettled(
        Array.from({ length: 200 }, (_, i) =>
          new Promise((resolve) => setTimeout(resolve, i)).then(() => counts.read()),
        ),
      );
      await new Promise((resolve) => setTimeout(resolve, 50));
      await server.kill();
      await server.start();
      const read = await reading;
      // What ran at that very moment may fail, as an answer; what came after it is served.
      expect(read.at(-1)?.status).toBe('fulfilled');
    }
    await store.close();
  });

  it('finds the server again after a kill, with all that it acknowledged', async () => {
    const { open } = await databaseHouse();
    const store = await open();
    const [sessions, counts] = [await store.sessions(), await store.records(COUNTS)];
    for (let round = 1; round <= 3; round += 1) {
      await sessions.save({ ...sessionOf('kept'), revision: round });
      await counts.change((all) => {
        all.anna = round;
      });
      await server.kill();
      const [saved, read] = [sessions.save({ ...sessionOf('later'), revision: round }), counts.read()];
      await server.start();
      await Promise.all([saved, read]);
      expect((await counts.read()).anna).toBe(round);
    }
    await store.close();
    const again = await open({ waitForLockSec: 5 });
    expect((await (await again.sessions()).load('kept'))?.revision).toBe(3);
    expect((await (await again.sessions()).load('later'))?.revision).toBe(3);
    await again.close();
  });
});
