/**
 * What a listener hears while something breaks. A real server, a real HTTP reader, FFmpeg as the ear: each thing that the
 * server leans on is killed or stalled in the middle of a session. FAULTS_MINUTES makes the sessions longer (3).
 */
import { execFile, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { layWire } from '../../media-index/index/wire.fixture.js';
import { type PostgresServer, postgresPrograms, startPostgres } from '../../skill/store/postgres/server.fixture.js';
import { makeDataFolder } from '../data-folder.js';
import { type ServerProcess, startServer } from '../server-process.js';
import { hasCommand, speak } from '../sound-judge.js';
import { type Hand, INSPECTED, reachInto } from './inspector.fixture.js';
import {
  type Heard,
  holesIn,
  type ListenOptions,
  listenToFile,
  listenToHls,
  MP3_BYTES_A_SEC,
} from './listener.fixture.js';

const MINUTES = Number(process.env.FAULTS_MINUTES ?? 3);
const END_FADE_SEC = 25;
const PATIENT = { timeout: 90_000, interval: 200 };
const FEELINGS = [
  'I am so tense after today that I cannot sleep',
  'I miss my mother, and the house is so quiet',
  'I am furious about what he said at dinner',
  'Nothing is wrong, I am only wide awake',
  'I am afraid of tomorrow',
  'I am so happy that I cannot sleep',
];

const ear = await hasCommand('ffmpeg');
const voice = await hasCommand('espeak-ng');
if (!ear) console.warn('skipped: what a listener hears while something breaks (ffmpeg is not installed)');

interface Session {
  id: string;
  status: string;
  streams: { session: string; master: string };
}

let begun = 0;
/** Each time another one, of which nothing was made before: what breaks breaks its making. */
async function begin(server: ServerProcess): Promise<Session> {
  for (;;) {
    begun += 1;
    const text = `${FEELINGS[begun % FEELINGS.length]}. This is night ${begun}.`;
    const before = await renderingsBegun(server);
    const answer = await fetch(`${server.url}/api/v1/utterances`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ text, minutes: MINUTES, seed: begun }),
    });
    expect(answer.status).toBe(201);
    const session = (await answer.json()) as Session;
    // Two feelings can lead to the very same programme: its sound is there already.
    for (let tries = 0; tries < 20; tries += 1) {
      if ((await renderingsBegun(server)) > before) return session;
      await pause(100);
    }
  }
}

async function renderingsBegun(server: ServerProcess): Promise<number> {
  const told = await (await fetch(`${server.url}/metrics`)).text();
  return Number(/^emoheal_renderings_total\{format="mp3",result="begun"\} (\d+)/m.exec(told)?.[1] ?? 0);
}

/** Does something once, when so much has been heard. */
function once(share: number, work: () => Promise<void> | void): ListenOptions {
  let done = false;
  return {
    async at(now) {
      if (done || now < share) return;
      done = true;
      await work();
    },
  };
}

/** Nothing was lost, nothing was silent, and no player stood still (but for what a clock cannot tell). */
async function expectUnbroken(heard: Heard, folder: string): Promise<void> {
  const { holes, lengthSec } = await holesIn(heard.sound, folder, END_FADE_SEC);
  expect(holes).toEqual([]);
  expect(Math.abs(lengthSec - MINUTES * 60)).toBeLessThan(1);
  expect(heard.stillSec).toBeLessThan(0.05);
}

/** The resident recogniser of a server. */
async function recogniser(server: ServerProcess): Promise<number> {
  const { stdout } = await promisify(execFile)('ps', ['-eo', 'pid=,ppid=,args=']);
  const row = stdout
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .find(([, parent, command]) => Number(parent) === server.pid && /whisper/.test(command ?? ''));
  if (!row) throw new Error('no recogniser runs');
  return Number(row[0]);
}

const pathOf = (server: ServerProcess, address: string) => {
  const { pathname, search } = new URL(address, server.url);
  return server.url + pathname + search;
};
const ready = async (server: ServerProcess) =>
  (await (await fetch(`${server.url}/readyz`)).json()) as { status: string; degraded: string[]; unavailable: string[] };

it('a server that is told to end does so, whatever in it never ends', { timeout: 60_000 }, async () => {
  const data = makeDataFolder();
  const server = await startServer(data.folder, { ...INSPECTED, EMOHEAL_LOG_LEVEL: 'warn', EMOHEAL_DRAIN_SEC: '1' });
  const hand = await reachInto(server);
  await hand.keepAlive();
  // Node waits at its end for whoever looks in.
  hand.close();
  await server.stop();
  expect(server.log()).toContain('ended before everything had closed');
  data.remove();
});

it('a fault that nothing caught ends the server with a line of its log, and no word of its message', {
  timeout: 60_000,
}, async () => {
  const data = makeDataFolder();
  const server = await startServer(data.folder, INSPECTED);
  const hand = await reachInto(server);
  hand.fail(`Unexpected token in "${FEELINGS[1]}"`);
  // Node waits at its end for whoever looks in.
  await vi.waitFor(() => expect(server.log()).toContain('nothing caught'), PATIENT);
  hand.close();
  await server.ended;
  expect(server.log()).not.toContain('mother');
  data.remove();
});

describe.runIf(ear)('while one server plays,', { timeout: 120_000 }, () => {
  const data = makeDataFolder();
  let server: ServerProcess;
  let hand: Hand;
  beforeAll(async () => {
    server = await startServer(data.folder, { ...INSPECTED, EMOHEAL_LOG_LEVEL: 'warn' });
    hand = await reachInto(server);
    // Everything is loaded: what breaks from here on breaks in the middle of the work.
    await listenToFile(pathOf(server, (await begin(server)).streams.session));
  });
  afterAll(async () => {
    hand?.close();
    await server?.stop();
    data.remove();
  });
  const next = () => begin(server);
  const listened = async (options: ListenOptions = {}) =>
    listenToFile(pathOf(server, (await next()).streams.session), options);

  it('nothing breaks: the judge hears no hole, and one that is put there it hears', async () => {
    const heard = await listened();
    await expectUnbroken(heard, data.folder);
    const cut = 20 * MP3_BYTES_A_SEC;
    const torn = Buffer.concat([heard.sound.subarray(0, cut), silence(), heard.sound.subarray(cut)]);
    expect((await holesIn(torn, data.folder, END_FADE_SEC)).holes.length).toBe(1);
  });

  it.each(['stream/mixer-worker', 'audio/worker', 'synth/worker', 'emotion/worker'])(
    'the thread %s dies: the music goes on, and the next feeling is understood',
    async (name) => {
      let died = 0;
      const heard = await listened(
        once(0.2, () => {
          died = hand.endThreads(name);
        }),
      );
      expect(died).toBeGreaterThan(0);
      await expectUnbroken(heard, data.folder);
      expect((await next()).status).toBe('playing');
    },
  );

  it('the files of the music index are spoilt: the music goes on, and a server that starts on them plays as well', async () => {
    const index = path.join(data.folder, 'index');
    await vi.waitFor(() => expect(readdirSync(index).length).toBeGreaterThan(0), PATIENT);
    const heard = await listened(
      once(0.2, () => {
        for (const name of readdirSync(index)) writeFileSync(path.join(index, name), 'spoilt');
      }),
    );
    await expectUnbroken(heard, data.folder);
    expect((await next()).status).toBe('playing');
    const other = makeDataFolder();
    cpSync(index, path.join(other.folder, 'index'), { recursive: true });
    const fresh = await startServer(other.folder, { EMOHEAL_LOG_LEVEL: 'warn' });
    try {
      expect((await begin(fresh)).status).toBe('playing');
      expect((await ready(fresh)).unavailable).toEqual([]);
    } finally {
      await fresh.stop();
      other.remove();
    }
  });

  it.each([2, -2])(
    'the clock jumps by %s hours: the music goes on, its address still opens, the next session begins',
    async (hours) => {
      const session = await next();
      try {
        const jump = () => hand.setClockAhead(hours * 3_600_000);
        await expectUnbroken(await listenToHls(pathOf(server, session.streams.master), once(0.3, jump)), data.folder);
        expect((await next()).status).toBe('playing');
      } finally {
        await hand.setClockAhead(0);
      }
    },
  );

  it('the network is slow, stalls and tears: every byte comes in the end, and others are not kept waiting', async () => {
    const wire = await layWire(Number(new URL(server.url).port), { latencyMs: 150, bytesASec: 600_000 });
    try {
      const session = await next();
      const address = pathOf(server, session.streams.session).replace(server.url, wire.url);
      const stall = once(0.3, () => {
        wire.hold();
        setTimeout(wire.release, 2000);
      });
      const tear = once(0.6, wire.tear);
      const [poor, good] = await Promise.all([
        listenToFile(address, {
          at: async (share) => {
            await stall.at?.(share);
            await tear.at?.(share);
          },
        }),
        listened(),
      ]);
      expect(poor.askedAgain).toBeGreaterThan(0);
      await expectUnbroken(poor, data.folder);
      await expectUnbroken(good, data.folder);
      const whole = await listenToFile(pathOf(server, session.streams.session));
      expect(poor.sound.equals(whole.sound)).toBe(true);
    } finally {
      await wire.cut();
    }
  });

  describe.runIf(voice && hasSpeech(data.folder))('the recogniser', () => {
    const said = path.join(data.folder, 'said.wav');
    beforeAll(async () => {
      await speak('I am so tense after today and I can not sleep at all tonight.', said);
      await vi.waitFor(() => recogniser(server), PATIENT);
    });
    const say = () =>
      fetch(`${server.url}/api/v1/utterances?minutes=2`, {
        method: 'POST',
        headers: { 'content-type': 'audio/wav' },
        body: readFileSync(said),
      });

    it('is killed while somebody speaks: the music goes on, and what was said is understood all the same', async () => {
      let answer: Promise<Response> | undefined;
      const heard = await listened(
        once(0.2, async () => {
          const pid = await recogniser(server);
          answer = say();
          await pause(50);
          process.kill(pid, 'SIGKILL');
        }),
      );
      await expectUnbroken(heard, data.folder);
      expect((await answer!).status).toBe(201);
    });

    it('hangs: the music goes on, typed words are understood, and spoken ones as soon as it is back', async () => {
      const pid = await recogniser(server);
      let answer: Promise<Response> | undefined;
      try {
        const heard = await listened(
          once(0.2, () => {
            process.kill(pid, 'SIGSTOP');
            answer = say();
          }),
        );
        await expectUnbroken(heard, data.folder);
        expect((await next()).status).toBe('playing');
      } finally {
        process.kill(pid, 'SIGCONT');
      }
      expect((await answer!).status).toBe(201);
    });
  });
});

/** A small disk of its own, which only root can have. */
const disk = (() => {
  const data = makeDataFolder();
  const folder = path.join(data.folder, 'disk');
  mkdirSync(folder);
  const made = ear ? spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=48m', 'none', folder]).status === 0 : false;
  if (!made) data.remove();
  return made ? { folder, from: data } : null;
})();
if (ear && !disk) console.warn('skipped: a full disk (a small one can only be mounted by root)');

/** What set-up made, without a copy: a data folder on a small disk of its own has no room for one. */
function borrowParts(from: string, to: string): void {
  for (const name of ['models', 'native', 'setup'])
    if (existsSync(path.join(from, name))) symlinkSync(path.join(from, name), path.join(to, name));
}

describe.runIf(disk)('while the disk fills up,', { timeout: 120_000 }, () => {
  const { folder, from } = disk!;
  let server: ServerProcess;
  beforeAll(async () => {
    borrowParts(from.folder, folder);
    server = await startServer(folder, { EMOHEAL_LOG_LEVEL: 'warn' });
  });
  afterAll(async () => {
    await server?.stop();
    spawnSync('umount', ['-l', folder]);
    from.remove();
  });

  it('the music goes on, the next session begins, it is told, and all is well when there is room again', async () => {
    const filler = path.join(folder, 'filler');
    const fill = () => {
      const file = openSync(filler, 'a');
      const block = Buffer.alloc(64 * 1024);
      try {
        while (writeSync(file, block) > 0);
      } catch (error) {
        expect((error as NodeJS.ErrnoException).code).toBe('ENOSPC');
      } finally {
        closeSync(file);
      }
      expect(statfsSync(folder).bavail).toBe(0);
    };
    const heard = await listenToFile(pathOf(server, (await begin(server)).streams.session), once(0.2, fill));
    await expectUnbroken(heard, from.folder);
    fill();
    const late = await begin(server);
    await expectUnbroken(await listenToFile(pathOf(server, late.streams.session)), from.folder);
    expect((await ready(server)).degraded).toContain('disk');
    rmSync(filler);
    expect((await begin(server)).status).toBe('playing');
    // What could not be kept then is kept now.
    const file = path.join(folder, 'state', 'sessions', `${late.id}.json`);
    await vi.waitFor(() => expect(existsSync(file)).toBe(true), PATIENT);
  });
});

/** A disk of its own in a file, which the system turns read-only as it does after a fault. */
const worn = (() => {
  const data = makeDataFolder();
  const folder = path.join(data.folder, 'worn');
  const image = path.join(data.folder, 'worn.img');
  mkdirSync(folder);
  const run = (command: string, ...words: string[]) => spawnSync(command, words).status === 0;
  writeFileSync(image, '');
  truncateSync(image, 600e6);
  const made =
    ear && run('mkfs.ext4', '-q', '-F', image) && run('mount', '-o', 'loop,errors=remount-ro', image, folder);
  if (!made) data.remove();
  return made
    ? {
        folder,
        from: data,
        fails: () => run('mount', '-o', 'remount,abort', folder),
        gone: () => run('umount', '-l', folder),
      }
    : null;
})();
if (ear && !worn) console.warn('skipped: a disk that turns read-only (only root can make one)');

describe.runIf(worn)('while the disk turns read-only,', { timeout: 120_000 }, () => {
  const { folder, from, fails, gone } = worn!;
  let server: ServerProcess;
  beforeAll(async () => {
    borrowParts(from.folder, folder);
    server = await startServer(folder, { EMOHEAL_LOG_LEVEL: 'warn' });
  });
  afterAll(async () => {
    await server?.stop();
    gone();
    from.remove();
  });

  it('the music goes on, what was made before still plays, the next session begins, and it is told', async () => {
    const before = await begin(server);
    const whole = await listenToFile(pathOf(server, before.streams.session));
    const heard = await listenToFile(
      pathOf(server, (await begin(server)).streams.session),
      once(0.2, () => void expect(fails()).toBe(true)),
    );
    await expectUnbroken(heard, from.folder);
    await expectUnbroken(await listenToFile(pathOf(server, (await begin(server)).streams.session)), from.folder);
    expect((await listenToFile(pathOf(server, before.streams.session))).sound.equals(whole.sound)).toBe(true);
    expect(await ready(server)).toMatchObject({ status: 'degraded', degraded: ['disk'], unavailable: [] });
    await server.stop();
    expect(server.log()).not.toContain('ended before everything had closed');
    // What cannot be written is not told each time that it is tried.
    expect(server.log().match(/cannot be written/g)!.length).toBeLessThan(10);
  });
});

const programs = postgresPrograms();
if (ear && !programs) console.warn('skipped: a database that goes away (PostgreSQL is not installed)');

describe.runIf(ear && programs)('while the database of several servers', { timeout: 120_000 }, () => {
  const data = makeDataFolder();
  let postgres: PostgresServer;
  let server: ServerProcess;
  beforeAll(async () => {
    postgres = await startPostgres(programs!);
    server = await startServer(data.folder, {
      EMOHEAL_INSTANCES: 'many',
      EMOHEAL_DATABASE_URL: await postgres.database(),
      EMOHEAL_SECRET_KEY: randomBytes(32).toString('base64'),
      EMOHEAL_WYOMING_PORT: 'off',
      EMOHEAL_LOG_LEVEL: 'warn',
    });
  });
  afterAll(async () => {
    await server?.stop();
    await postgres?.close();
    data.remove();
  });

  it.each([
    ['is killed', () => postgres.kill(), () => postgres.start()],
    ['stops answering', async () => postgres.freeze(), async () => postgres.thaw()],
  ])(
    '%s, who listens hears no break, who begins is told in time, and all is well when it is back',
    async (_, away, back) => {
      const session = await begin(server);
      let refused: Promise<Response> | undefined;
      try {
        const heard = await listenToHls(
          pathOf(server, session.streams.master),
          once(0.2, async () => {
            await away();
            refused = fetch(`${server.url}/api/v1/utterances`, {
              method: 'POST',
              headers: { 'content-type': 'application/json' },
              body: JSON.stringify({ text: FEELINGS[0], minutes: 2 }),
              signal: AbortSignal.timeout(60_000),
            });
          }),
        );
        await expectUnbroken(heard, data.folder);
        const answer = await refused!;
        expect(answer.status).toBe(503);
        expect(((await answer.json()) as { code: string }).code).toBe('store-away');
        expect((await ready(server)).unavailable).toContain('state');
      } finally {
        await back();
      }
      await vi.waitFor(async () => expect((await ready(server)).unavailable).toEqual([]), PATIENT);
      expect((await begin(server)).status).toBe('playing');
    },
  );
});

function silence(): Buffer {
  const source = ['-f', 'lavfi', '-i', 'anullsrc=r=48000:cl=stereo', '-t', '2'];
  return spawnSync('ffmpeg', ['-v', 'error', ...source, '-b:a', '128k', '-f', 'mp3', '-']).stdout;
}

function hasSpeech(folder: string): boolean {
  return existsSync(path.join(folder, 'native')) && existsSync(path.join(folder, 'models', 'whisper'));
}
