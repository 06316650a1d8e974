/** The whole server, killed under requests: what it answered with 2xx must be there when it is started again. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { packageRoot } from '../../models/paths.js';
import type { KillResult } from '../../skill/store/kill.fixture.js';
import { makeDataFolder } from '../../test/data-folder.js';

const CLIENTS = 4;
const MOST_MS = 600;
const FEELINGS = ['I am tense', 'I miss her', 'so tired and sad', 'quite happy today'];

export interface KillServerOptions {
  kills: number;
  databaseUrl?: string;
  random?: () => number;
  onKill?: (done: number) => boolean;
}

export async function killServer({
  kills,
  databaseUrl,
  random = Math.random,
  onKill,
}: KillServerOptions): Promise<KillResult> {
  const data = makeDataFolder();
  const sessions = new Set<string>();
  const routines = new Set<string>();
  const unreadable: string[] = [];
  let acknowledged = 0;
  let done = 0;
  const settings = { EMOHEAL_DATA_DIR: data.folder, EMOHEAL_PORT: '0', EMOHEAL_LOG_LEVEL: 'warn' };

  async function start(): Promise<{ child: ChildProcess; url: string }> {
    const child = spawn('node', [path.join(packageRoot(), 'bin/emoheal.mjs'), 'serve'], {
      env: { ...process.env, ...settings, ...(databaseUrl ? { EMOHEAL_DATABASE_URL: databaseUrl } : {}) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const url = await new Promise<string>((resolve, reject) => {
      child.once('exit', (code) => reject(new Error(`the server left with ${code}`)));
      for (const stream of [child.stdout!, child.stderr!])
        createInterface({ input: stream }).on('line', (line) => {
          if (/damaged|was not there/.test(line)) unreadable.push(line);
          const found = /http:\/\/localhost:\d+/.exec(line);
          if (found) resolve(found[0]);
        });
    });
    return { child, url };
  }

  /** One client: a feeling, then a routine, until the server is gone. */
  async function use(url: string, name: string, onFirst: () => void): Promise<void> {
    const post = async (route: string, body: object) => {
      const answer = await fetch(url + route, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      return { status: answer.status, id: ((await answer.json()) as { id: string }).id };
    };
    const told = (into: Set<string>, { status, id }: { status: number; id: string }) => {
      if (status !== 201) return;
      into.add(id);
      acknowledged += 1;
      onFirst();
    };
    for (let i = 0; ; i += 1) {
      told(sessions, await post('/api/v1/utterances', { text: FEELINGS[i % 4], minutes: 2, listener: name }));
      told(routines, await post('/api/v1/routines/nap', { inMinutes: 600, listener: name }));
    }
  }

  try {
    for (let kill = 1; kill <= kills; kill += 1) {
      const { child, url } = await start();
      let timer: NodeJS.Timeout | undefined;
      const onFirst = () => {
        timer ??= setTimeout(() => child.kill('SIGKILL'), random() * MOST_MS);
      };
      await Promise.allSettled(Array.from({ length: CLIENTS }, (_, i) => use(url, `kill ${kill} ${i}`, onFirst)));
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      if (!timer) throw new Error('The server ended before it had answered anything.');
      done = kill;
      if (onKill?.(kill)) break;
    }
    const { child, url } = await start();
    const lost: string[] = [];
    for (const id of sessions) if ((await fetch(`${url}/api/v1/sessions/${id}`)).status !== 200) lost.push(id);
    const there = new Set<string>();
    for (let kill = 1; kill <= kills; kill += 1)
      for (let i = 0; i < CLIENTS; i += 1) {
        const answer = await fetch(`${url}/api/v1/routines?listener=${encodeURIComponent(`kill ${kill} ${i}`)}`);
        for (const { id } of ((await answer.json()) as { routines: { id: string }[] }).routines) there.add(id);
      }
    for (const id of routines) if (!there.has(id)) lost.push(id);
    child.kill('SIGTERM');
    await once(child, 'exit');
    return { kills: done, acknowledged, lost, unreadable };
  } finally {
    data.remove();
  }
}
