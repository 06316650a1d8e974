/**
 * `npm run eval:kill -- --n 500`: is anything lost that was acknowledged, when the process that writes is killed without
 * warning at a random moment, hundreds of times over the same state? Tried on files, on a PostgreSQL server of its own, and
 * with the whole server under requests. `--postgres` leaves the files out. Kept in bench/results/.
 */
import '../../models/node20.js';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { openFileStore } from '../../skill/store/files/file-store.js';
import { type KillResult, killAgainAndAgain } from '../../skill/store/kill.fixture.js';
import { openPostgresStore } from '../../skill/store/postgres/postgres-store.js';
import { postgresPrograms, startPostgres } from '../../skill/store/postgres/server.fixture.js';
import { addToHistory, keepTable } from '../keep.js';
import { readOptions } from '../options.js';
import { killServer } from './kill-server.js';

type Place = 'files' | 'postgres' | 'server on files' | 'server on postgres';

/** Exit code 1 where anything was lost or could not be read. */
export async function main(words: readonly string[]): Promise<number> {
  const {
    values: { n: kills, servers, minutes, postgres: onlyPostgres },
  } = readOptions(words, {
    n: { least: 0, most: 1_000_000, usual: 500 },
    servers: { least: 0, most: 100_000, usual: 25 },
    /** For each place: what is done by then is what is told. */
    minutes: { least: 1, most: 10_000, usual: 60 },
    postgres: 'flag',
  });
  const found: [Place, KillResult][] = [];
  const onKill = (place: Place) => {
    const untilMs = Date.now() + minutes * 60_000;
    return (done: number) => {
      if (done % 25 === 0) process.stderr.write(`${place}: ${done}\n`);
      return Date.now() >= untilMs;
    };
  };
  const folder = await mkdtemp(path.join(os.tmpdir(), 'emoheal-kill-'));
  const add = async (place: Place, result: Promise<KillResult>) => {
    found.push([place, await result]);
    await keep(found);
  };
  if (kills > 0 && !onlyPostgres)
    await add(
      'files',
      killAgainAndAgain({
        place: folder,
        open: (options) => openFileStore({ dataDir: folder, ...options }),
        kills,
        onKill: onKill('files'),
      }),
    );
  if (servers > 0 && !onlyPostgres)
    await add('server on files', killServer({ kills: servers, onKill: onKill('server on files') }));
  const programs = postgresPrograms();
  if (!programs) process.stderr.write('skipped: PostgreSQL is not installed\n');
  else {
    const server = await startPostgres(programs);
    try {
      const url = await server.database();
      if (kills > 0)
        await add(
          'postgres',
          killAgainAndAgain({
            place: url,
            open: (options) => openPostgresStore({ url, waitForLockSec: 30, ...options }),
            kills,
            onKill: onKill('postgres'),
          }),
        );
      if (servers > 0)
        await add(
          'server on postgres',
          killServer({ kills: servers, databaseUrl: await server.database(), onKill: onKill('server on postgres') }),
        );
    } finally {
      await server.close();
    }
  }
  await rm(folder, { recursive: true, force: true });
  const { table, line } = report(found);
  await addToHistory('kill', line);
  process.stdout.write(table);
  return found.every(([, { lost, unreadable }]) => lost.length + unreadable.length === 0) ? 0 : 1;
}

/** After each place: what takes an hour may be broken off. */
async function keep(found: readonly [Place, KillResult][]): Promise<void> {
  await keepTable('kill', report(found).table);
}

function report(found: readonly [Place, KillResult][]): { table: string; line: object } {
  const dated = new Date().toISOString();
  const machine = `${os.cpus().length} cores, Node ${process.version}, load ${os.loadavg()[0]!.toFixed(1)}`;
  const table = [
    `# Killed without warning, ${dated.slice(0, 10)}`,
    '',
    `${machine}. Repeat with \`npm run eval:kill\`. "files" and "postgres": twelve writers as fast as the store takes it; "server": the whole server under four clients.`,
    '',
    '| kept in | kills | writes acknowledged | of these lost | files or rows unreadable |',
    '| ------- | ----: | ------------------: | ------------: | -----------------------: |',
    ...found.map(
      ([place, { kills, acknowledged, lost, unreadable }]) =>
        `| ${place} | ${kills} | ${acknowledged} | ${lost.length} | ${unreadable.length} |`,
    ),
    '',
  ].join('\n');
  const rows = found.map(([place, result]) => ({
    place,
    ...result,
    lost: result.lost.length,
    unreadable: result.unreadable.length,
  }));
  return { table, line: { dated, machine, rows } };
}
