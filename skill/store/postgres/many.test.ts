/** Several servers on one database: each sees at once what another did, nobody undoes it, and one of them leads. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openStore } from '../open-store.js';
import { COUNTS, sessionOf } from '../session.fixture.js';
import { startLateWay } from './late.fixture.js';
import { takeLead } from './lead.js';
import { type PostgresServer, postgresPrograms, startPostgres } from './server.fixture.js';

const programs = postgresPrograms();
const PATIENT = { timeout: 60_000, interval: 50 };

describe.skipIf(!programs)('several servers on one database', () => {
  let postgres: PostgresServer;
  beforeAll(async () => {
    postgres = await startPostgres(programs!);
  });
  afterAll(() => postgres?.close());
  const open = async (databaseUrl: string, instances: 'one' | 'many') =>
    openStore({ dataDir: '/nowhere', databaseUrl, instances });

  it('each sees at once what another kept, also what may wait', async () => {
    const url = await postgres.database();
    const stores = await Promise.all([1, 2, 3].map(() => open(url, 'many')));
    const [a, b, c] = await Promise.all(stores.map((each) => each.sessions()));
    const session = sessionOf('s1');
    await a!.save(session);
    expect(await b!.load('s1')).toEqual(session);
    await b!.save({ ...session, revision: 7 }, 'soon');
    expect((await a!.load('s1'))?.revision).toBe(7);
    await c!.remove('s1');
    expect(await a!.load('s1')).toBeNull();
    await Promise.all(stores.map((each) => each.close()));
  });

  it('changes of one session follow one another, however many servers make them at once', async () => {
    const url = await postgres.database();
    const stores = await Promise.all([1, 2, 3].map(() => open(url, 'many')));
    const sessions = await Promise.all(stores.map((each) => each.sessions()));
    await sessions[0]!.save({ ...sessionOf('s1'), revision: 0 });
    // More at once than there are connections of either kind.
    await Promise.all(
      Array.from({ length: 60 }, (_, i) => {
        const mine = sessions[i % 3]!;
        return mine.alone!('s1', async (own) => {
          const now = (await own.load('s1'))!;
          await own.save({ ...now, revision: now.revision + 1 });
        });
      }),
    );
    expect((await sessions[1]!.load('s1'))?.revision).toBe(60);
    await Promise.all(stores.map((each) => each.close()));
  });

  it('a change that fails leaves the session as it was, for everybody, and the next one finds it so', async () => {
    const url = await postgres.database();
    const stores = await Promise.all([1, 2].map(() => open(url, 'many')));
    const [a, b] = await Promise.all(stores.map((each) => each.sessions()));
    await a!.save({ ...sessionOf('s1'), revision: 3 });
    const broken = a!.alone!('s1', async (own) => {
      const now = (await own.load('s1'))!;
      await own.save({ ...now, revision: 4 });
      throw new Error('no');
    });
    await expect(broken).rejects.toThrow('no');
    // PostgreSQL takes no such character: the statement fails after everybody thought that it was done.
    const refused = a!.alone!('s1', async (own) => {
      const now = (await own.load('s1'))!;
      await own.save({ ...now, revision: 5, listener: 'a\u0000b' });
    });
    await expect(refused).rejects.toMatchObject({ code: 'internal' });
    expect((await a!.look!('s1'))?.revision).toBe(3);
    expect((await b!.load('s1'))?.revision).toBe(3);
    await b!.alone!('s1', (own) => own.remove('s1'));
    expect(await a!.load('s1')).toBeNull();
    await Promise.all(stores.map((each) => each.close()));
  });

  it('a beginning that arrives late takes nothing back that came of it', async () => {
    const store = await open(await postgres.database(), 'many');
    const sessions = await store.sessions();
    const begun = sessionOf('s1');
    await sessions.save(begun, 'first');
    await sessions.save({ ...begun, status: 'paused' });
    await sessions.save(begun, 'first');
    expect((await sessions.load('s1'))?.status).toBe('paused');
    await store.close();
  });

  it('a database that answers late is waited for once to look or begin, and twice to change', async () => {
    const url = await postgres.database();
    const way = await startLateWay(50, url);
    const store = await open(way.url(url), 'many');
    const sessions = await store.sessions();
    const counts = await store.records(COUNTS);
    const journeys = async (work: () => Promise<unknown>) => {
      way.journeys();
      await work();
      return way.journeys();
    };
    expect(await journeys(() => sessions.save(sessionOf('s1'), 'first'))).toBe(1);
    expect(await journeys(() => sessions.load('s1'))).toBe(1);
    const change = () =>
      sessions.alone!('s1', async (own) => {
        const now = (await own.load('s1'))!;
        await own.save({ ...now, revision: now.revision + 1 });
      });
    expect(await journeys(change)).toBe(2);
    expect(await journeys(() => counts.read())).toBe(1);
    const add = () =>
      counts.change((all) => {
        all.anna = (all.anna ?? 0) + 1;
      });
    expect(await journeys(add)).toBe(2);
    expect((await sessions.load('s1'))?.revision).toBe(1);
    expect((await counts.read()).anna).toBe(1);
    await store.close();
    await way.close();
  });

  it("the time is the database's, whatever time it is on this machine, and however late it answers", async () => {
    const url = await postgres.database();
    const way = await startLateWay(300, url);
    const real = Date.now;
    vi.spyOn(Date, 'now').mockImplementation(() => real() - 5 * 60_000);
    try {
      const [near, far] = await Promise.all([open(url, 'many'), open(way.url(url), 'many')]);
      expect(Math.abs(near!.nowMs() - real())).toBeLessThan(100);
      expect(Math.abs(far!.nowMs() - real())).toBeLessThan(400);
      await Promise.all([near!.close(), far!.close()]);
    } finally {
      vi.restoreAllMocks();
      await way.close();
    }
  });

  it('a server that wants a database for itself does not get one that is shared, nor the other way round', async () => {
    const url = await postgres.database();
    const many = await open(url, 'many');
    await many.sessions();
    const one = await open(url, 'one');
    await expect(one.sessions()).rejects.toMatchObject({ code: 'conflict' });
    await many.close();
    await one.sessions();
    const late = await open(url, 'many');
    await expect(late.sessions()).rejects.toMatchObject({ code: 'conflict' });
    await Promise.all([one.close(), late.close()]);
  });

  it('exactly one leads; when it goes, another does, also after the database was killed', async () => {
    const url = await postgres.database();
    const leading = new Set<string>();
    const lead = (name: string) =>
      takeLead(url, { begin: () => leading.add(name), end: async () => void leading.delete(name) }, 50);
    const [a, b] = [lead('a'), lead('b')];
    await vi.waitFor(() => expect(leading.size).toBe(1), PATIENT);
    const [first] = leading;
    await (first === 'a' ? a : b).close();
    await vi.waitFor(() => expect([...leading]).toEqual([first === 'a' ? 'b' : 'a']), PATIENT);
    await postgres.kill();
    await vi.waitFor(() => expect(leading.size).toBe(0), PATIENT);
    await postgres.start();
    await vi.waitFor(() => expect(leading.size).toBe(1), PATIENT);
    await Promise.all([a.close(), b.close()]);
    expect(leading.size).toBe(0);
  });
});
