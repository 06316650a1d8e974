/**
 * A server's writing under load, killed without warning again and again: what it acknowledged must be there, whatever
 * moment the kill hit.
 */
import type { Store } from '../../engine/stores.js';
import { ended, makeProgram } from './child.fixture.js';
import { COUNTS, sessionOf } from './session.fixture.js';

export interface KillOptions {
  /** A folder, or postgres://… */
  place: string;
  open: (options: { onWarning: (message: string) => void }) => Promise<Store>;
  kills: number;
  random?: () => number;
  /** Told after each kill; true: that is enough. */
  onKill?: (done: number) => boolean;
}

export interface KillResult {
  kills: number;
  acknowledged: number;
  /** Acknowledged, and afterwards not there, or older than acknowledged. */
  lost: string[];
  /** What any opening said of a file or a row that it could not read. */
  unreadable: string[];
}

const NAMES = Array.from({ length: 6 }, (_, i) => `n${i}`);
/** From the first acknowledgement on: within the time in which hundreds are written. */
const MOST_MS = 120;

/** So many writers may end by themselves before they wrote: on a machine that starves, a database lets some in too late. */
const MOST_IN_VAIN = 20;

/** Throws where something cannot be read afterwards. */
export async function killAgainAndAgain({
  place,
  open,
  kills,
  random = Math.random,
  onKill,
}: KillOptions): Promise<KillResult> {
  const program = await makeProgram(WRITER);
  // Planned here: a process that has to plan first is seconds in the starting.
  const template = JSON.stringify(sessionOf('n'));
  const last = new Map<string, number>();
  const unreadable: string[] = [];
  let acknowledged = 0;
  let done = 0;
  let inVain = 0;
  try {
    while (done < kills) {
      const child = program.run(place, JSON.stringify(Object.fromEntries(last)), template);
      let rest = '';
      let timer: NodeJS.Timeout | undefined;
      child.stdout!.on('data', (bytes: Buffer) => {
        timer ??= setTimeout(() => child.kill('SIGKILL'), random() * MOST_MS);
        const lines = (rest + bytes.toString()).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) {
          if (line.startsWith('!')) {
            unreadable.push(line);
            continue;
          }
          const [name, value] = line.split(' ') as [string, string];
          last.set(name, Number(value));
          acknowledged += 1;
        }
      });
      await ended(child);
      if (!timer) {
        inVain += 1;
        if (inVain > MOST_IN_VAIN) throw new Error('The writers end before they have written anything.');
        continue;
      }
      done += 1;
      if (onKill?.(done)) break;
    }
  } finally {
    await program.remove();
  }
  const store = await open({ onWarning: (message) => unreadable.push(message) });
  const lost: string[] = [];
  const sessions = await store.sessions();
  const counts = await (await store.records(COUNTS)).read();
  for (const name of NAMES) {
    const session = await sessions.load(name);
    if ((session?.revision ?? -1) < (last.get(`session-${name}`) ?? -1)) lost.push(`session ${name}`);
    if ((counts[name] ?? -1) < (last.get(`count-${name}`) ?? -1)) lost.push(`record ${name}`);
  }
  await store.close();
  return { kills: done, acknowledged, lost, unreadable };
}

/** Six writers of sessions and six of records, as fast as the store takes it; a line for each acknowledged write. */
const WRITER = `
import { openStore } from './skill/store/open-store.ts';
import { z } from 'zod';
const [place, from, template] = process.argv.slice(2);
const last = JSON.parse(from);
const database = place.startsWith('postgres');
const store = await openStore({ dataDir: place, databaseUrl: database ? place : undefined, waitForLockSec: 30,
  onWarning: (message) => process.stdout.write('! ' + message + '\\n') });
const sessions = await store.sessions();
const counts = await store.records({ name: 'counts', schema: z.number(), version: 1, afterMovingAway: '' });
for (const i of [0, 1, 2, 3, 4, 5]) {
  const name = 'n' + i;
  void (async () => {
    const session = { ...JSON.parse(template), id: name };
    for (let revision = (last['session-' + name] ?? 0) + 1; ; revision += 1) {
      await sessions.save({ ...session, revision });
      process.stdout.write('session-' + name + ' ' + revision + '\\n');
    }
  })();
  void (async () => {
    for (let value = (last['count-' + name] ?? 0) + 1; ; value += 1) {
      await counts.change((all) => { all[name] = value; });
      process.stdout.write('count-' + name + ' ' + value + '\\n');
    }
  })();
}
`;
