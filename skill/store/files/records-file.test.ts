import type { ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ended, makeProgram } from '../child.fixture.js';
import { openRecordsFile } from './records-file.js';

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(path.join(os.tmpdir(), 'emoheal-records-'));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));
const open = (onWarning?: (message: string) => void) =>
  openRecordsFile(
    { name: 'counts', schema: z.number(), version: 1, afterMovingAway: 'counts begin anew.' },
    { dataDir, ...(onWarning ? { onWarning } : {}) },
  );
const file = () => path.join(dataDir, 'state', 'counts.json');

describe('records in a file', () => {
  it('two that change it side by side lose nothing', async () => {
    const [one, two] = [await open(), await open()];
    const add = (records: typeof one) =>
      records.change((all) => {
        all.anna = (all.anna ?? 0) + 1;
      });
    await Promise.all(Array.from({ length: 20 }, (_, i) => add(i % 2 ? one : two)));
    expect((await one.read()).anna).toBe(20);
    expect((await two.read()).anna).toBe(20);
  });

  it('a change that throws changes nothing', async () => {
    const records = await open();
    await records.change((all) => {
      all.anna = 1;
    });
    const broken = records.change((all) => {
      all.anna = 2;
      throw new Error('no');
    });
    await expect(broken).rejects.toThrow('no');
    expect((await (await open()).read()).anna).toBe(1);
  });

  it('a damaged file is mended from its copy, and says so', async () => {
    await (await open()).change((all) => {
      all.anna = 5;
    });
    await writeFile(file(), '{"schemaVersion":1,"rec');
    const warnings: string[] = [];
    const again = await open((message) => warnings.push(message));
    expect((await again.read()).anna).toBe(5);
    expect(warnings.join()).toMatch(/damaged; its copy is used/);
    expect(await readFile(`${file()}.damaged`, 'utf8')).toBe('{"schemaVersion":1,"rec');
  });

  it('a lost file is found again in its copy; with the copy spoilt as well nothing is touched', async () => {
    await (await open()).change((all) => {
      all.anna = 5;
    });
    await rm(file());
    const warnings: string[] = [];
    expect((await (await open((message) => warnings.push(message))).read()).anna).toBe(5);
    expect(warnings.join()).toMatch(/its copy is used/);
    for (const [torn, spoilt] of [
      ['', ''],
      ['{"schemaVersion":1,"rec', 'x'],
    ] as const) {
      await writeFile(file(), torn);
      await writeFile(`${file()}.copy`, spoilt);
      const refused = await open().catch((error) => error);
      expect(refused).toMatchObject({ code: 'internal' });
      expect(`${refused.message} ${refused.remedy}`).toMatch(/counts\.json is damaged.*Move it away, and its copy/);
      expect(await readFile(file(), 'utf8')).toBe(torn);
      expect(await readFile(`${file()}.copy`, 'utf8')).toBe(spoilt);
    }
  });

  it('sweeps up what a killed process had half made', async () => {
    await mkdir(path.dirname(file()), { recursive: true });
    await writeFile(`${file()}.3105427851`, '{"schemaVersion":1,"records":{"anna":');
    await writeFile(path.join(path.dirname(file()), 'other.json.3105427851'), '');
    await open();
    const left = await readdir(path.dirname(file()));
    expect(left.filter((name) => name.includes('31054'))).toEqual(['other.json.3105427851']);
  });

  it('who was removed is in no file any more', async () => {
    const records = await open();
    await records.change((all) => {
      all.anna = 5;
      all.ben = 6;
    });
    await writeFile(`${file()}.damaged`, 'anna');
    await records.change((all) => {
      delete all.anna;
    });
    const files = (await readdir(path.dirname(file()))).filter((name) => name.startsWith('counts.json'));
    for (const name of files) expect(await readFile(path.join(path.dirname(file()), name), 'utf8')).not.toMatch(/anna/);
  });

  it('a listener may be called __proto__', async () => {
    const records = await open();
    await records.change((all) => {
      for (const [i, name] of ['__proto__', 'constructor'].entries()) all[name] = 7 + i;
    });
    const again = await (await open()).read();
    expect(Object.entries(again)).toEqual([
      ['__proto__', 7],
      ['constructor', 8],
    ]);
  });

  it('a file of a newer version and a damaged one are refused and left as they are', async () => {
    for (const [text, why] of [
      ['{"schemaVersion":2,"records":{}}', 'newer EmoHeal'],
      ['{"schemaVersion":1,"records":{"anna":"x"}}', 'damaged'],
      ['{"schemaVersion":1,"rec', 'damaged'],
      ['', 'damaged'],
    ] as const) {
      await mkdir(path.dirname(file()), { recursive: true });
      await writeFile(file(), text);
      await expect(open()).rejects.toThrow(why);
      expect(await readFile(file(), 'utf8')).toBe(text);
    }
  });

  it('killed without warning, a process leaves what it acknowledged, and every routine has begun once', async () => {
    const program = await makeProgram(RUNNER);
    const run = () => program.run(dataDir);
    for (let kill = 0; kill < 4; kill += 1) await killedAfter(run(), 12 + 7 * kill);
    await ended(run());
    await program.remove();
    const log = (await readFile(path.join(dataDir, 'begun.log'), 'utf8')).trim().split('\n');
    // A process may be killed between the session and its line in the log; never is there a second line.
    expect(await readdir(path.join(dataDir, 'sessions'))).toHaveLength(200);
    expect(new Set(log).size).toBe(log.length);
    const { records } = JSON.parse(await readFile(path.join(dataDir, 'state', 'routines.json'), 'utf8'));
    const outcomes = records.anna.flatMap(({ history }: { history: { outcome: string }[] }) =>
      history.map(({ outcome }) => outcome),
    );
    expect(outcomes).toEqual(Array(200).fill('started'));
  }, 240_000);
});

async function killedAfter(child: ChildProcess, beginnings: number): Promise<void> {
  let seen = 0;
  child.stdout!.on('data', (bytes: Buffer) => {
    seen += bytes.toString().split('\n').length - 1;
    if (seen >= beginnings) child.kill('SIGKILL');
  });
  await ended(child);
}

/** 200 routines of one minute; a session is a file that is made only where it is not there, as in the session service. */
const RUNNER = `
import { appendFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { makeRoutine } from './engine/routines/routine.ts';
import { createRoutineRunner } from './engine/routines/runner.ts';
import { openRecordsFile } from './skill/store/files/records-file.ts';
import { ROUTINES } from './skill/store/kinds.ts';
const [dataDir] = process.argv.slice(2);
const noon = Date.parse('2026-01-15T12:00Z'), due = Date.parse('2026-01-15T21:30Z');
const book = await openRecordsFile(ROUTINES, { dataDir });
await book.change((all) => {
  all.anna ??= Array.from({ length: 200 }, (_, i) =>
    makeRoutine({ when: 'daily 21:30', zone: 'UTC' }, { id: 'r' + i, listener: 'anna', nowMs: noon }));
});
mkdirSync(dataDir + '/sessions', { recursive: true });
const start = async (_, { sessionId }) => {
  await new Promise((resolve) => setTimeout(resolve, 1));
  const session = dataDir + '/sessions/' + sessionId;
  if (existsSync(session)) return;
  writeFileSync(session, '');
  appendFileSync(dataDir + '/begun.log', sessionId + '\\n');
  process.stdout.write('.\\n');
};
await createRoutineRunner({ book, nowMs: () => due, start, atOnce: 3 }).tick();
`;
