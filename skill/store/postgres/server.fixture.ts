/** A PostgreSQL server of the test's own: made in a temporary folder, reached by a socket, killed and started at will. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { userInfo } from 'node:os';
import path from 'node:path';
import pg from 'pg';

/** PostgreSQL refuses to run as root: as "nobody" then. */
const AS_ROOT = userInfo().uid === 0;
const NOBODY = 65_534;
const who = AS_ROOT ? { uid: NOBODY, gid: NOBODY } : {};

const PLACES = [
  ...(process.env.PATH ?? '').split(':'),
  ...(existsSync('/usr/lib/postgresql')
    ? readdirSync('/usr/lib/postgresql').map((version) => `/usr/lib/postgresql/${version}/bin`)
    : []),
];

/** The folder with postgres and initdb; null where none is installed (Debian: `apt install postgresql`). */
export const postgresPrograms = (): string | null =>
  PLACES.find((place) => ['postgres', 'initdb'].every((name) => existsSync(path.join(place, name)))) ?? null;

export interface PostgresServer {
  /** A new, empty database that belongs to a plain user. */
  database(): Promise<string>;
  /** The same database for its superuser. */
  asSuperuser(url: string): string;
  /** Ends it without warning. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** It and every process of it stand still, as on a machine whose disk hangs; connections stay open. */
  freeze(): void;
  thaw(): void;
  close(): Promise<void>;
}

export async function startPostgres(programs: string): Promise<PostgresServer> {
  // Short, and open to "nobody": a socket's path has at most 107 characters.
  const folder = mkdtempSync('/tmp/ehpg-');
  if (AS_ROOT) chownSync(folder, NOBODY, NOBODY);
  const data = path.join(folder, 'data');
  const made = spawnSync(
    path.join(programs, 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
    { ...who, cwd: folder, encoding: 'utf8' },
  );
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr || made.error?.message}`);
  let server: ChildProcess | undefined;
  const urlOf = (user: string, name: string) => `postgres://${user}@localhost/${name}?host=${folder}`;
  const ask = async (url: string, ...statements: string[]) => {
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => {});
    await client.connect();
    for (const statement of statements) await client.query(statement);
    await client.end();
  };

  function launch(): ChildProcess {
    // A process that is killed leaves what it wrote to the system; only a loss of power, which no test has, needs fsync. With
    // it, a start after a kill first flushes every file of every database.
    return spawn(
      path.join(programs, 'postgres'),
      ['-D', data, '-k', folder, '-c', 'listen_addresses=', '-c', 'shared_buffers=16MB', '-c', 'fsync=off'],
      { ...who, cwd: folder, stdio: 'ignore' },
    );
  }
  async function start(): Promise<void> {
    server = launch();
    for (let tries = 0; ; tries += 1) {
      const failed = await ask(urlOf('postgres', 'postgres'), 'SELECT 1').then(
        () => null,
        (error: Error) => error,
      );
      if (!failed) return;
      if (tries > 300) throw failed;
      // It gives up where the children of one that was killed still hold its memory: they are about to end.
      if (server.exitCode !== null) server = launch();
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  async function end(signal: NodeJS.Signals): Promise<void> {
    if (!server || server.exitCode !== null || server.signalCode !== null) return;
    const ended = new Promise((resolve) => server?.once('exit', resolve));
    server.kill(signal);
    await ended;
  }

  /** The server's own process first when it is to stand still, so that it makes no others; last when it goes on. */
  function signalAll(signal: 'SIGSTOP' | 'SIGCONT'): void {
    const parent = server?.pid as number;
    if (signal === 'SIGSTOP') process.kill(parent, signal);
    const { stdout } = spawnSync('ps', ['-o', 'pid=', '--ppid', String(parent)], { encoding: 'utf8' });
    for (const pid of stdout.trim().split(/\s+/).filter(Boolean)) process.kill(Number(pid), signal);
    if (signal === 'SIGCONT') process.kill(parent, signal);
  }

  await start();
  await ask(urlOf('postgres', 'postgres'), 'CREATE ROLE emoheal LOGIN');
  let count = 0;
  return {
    async database() {
      const name = `house${++count}`;
      await ask(urlOf('postgres', 'postgres'), `CREATE DATABASE ${name} OWNER emoheal`);
      return urlOf('emoheal', name);
    },
    asSuperuser: (url) => url.replace('//emoheal@', '//postgres@'),
    kill: () => end('SIGKILL'),
    start,
    freeze: () => signalAll('SIGSTOP'),
    thaw: () => signalAll('SIGCONT'),
    async close() {
      await end('SIGQUIT');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
