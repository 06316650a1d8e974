/** Several servers on one database: each sees at once what another did, nobody undoes it, and one of them leads. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openStore } from '../open-store.js';
import { sessionOf } from '../session.fixture.js';
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
        return mine.alone!('s1', async () => {
          const now = (await mine.load('s1'))!;
          await mine.save({ ...now, revision: now.revision + 1 });
        });
      }),
    );
    expect((await sessions[1]!.load('s1'))?.revision).toBe(60);
    await Promise.all(stores.map((each) => each.close()));
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
