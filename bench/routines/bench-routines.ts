/**
 * `npm run bench:routines [-- --routines N] [--unprepared]`: a thousand routines due in one minute: how long until every one
 * has a session that is planned, has its music, and is safely on the disk. The clock of the routines is set; the time that is
 * reported is the machine's.
 */
import '../../models/node20.js';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { makeRoutine, type Routine } from '../../engine/routines/routine.js';
import { createRoutineRunner } from '../../engine/routines/runner.js';
import { composeApp } from '../../skill/compose.js';
import { readConfig } from '../../skill/config.js';
import { routineStarts } from '../../skill/routines/start.js';
import { openFileStore } from '../../skill/store/files/file-store.js';
import { ROUTINES } from '../../skill/store/kinds.js';
import { readOptions } from '../options.js';

const INTENTIONS = ['fall-asleep', 'calm-down', 'let-it-out', 'wake-gently', undefined] as const;
const ZONES = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu'];

export async function main(words: string[]): Promise<number> {
  const {
    values: { routines: count, unprepared },
  } = readOptions(words, { routines: { least: 1, most: 100_000, usual: 1000 }, unprepared: 'flag' });
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'emoheal-routines-'));
  const dueMs = Math.ceil(Date.now() / 60_000) * 60_000 + 3_600_000;
  let nowMs = dueMs - 3_600_000;
  const store = await openFileStore({ dataDir, nowMs: () => nowMs });
  const app = composeApp(readConfig({ ...process.env, EMOHEAL_DATA_DIR: dataDir }), {
    store: async () => store,
    nowMs: () => nowMs,
  });
  try {
    const book = await store.records(ROUTINES);
    await book.change((all) => {
      for (let i = 0; i < count; i += 1) {
        const zone = ZONES[i % ZONES.length]!;
        const clock = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' });
        const wish = { when: `daily ${clock.format(dueMs)}`, zone, minutes: 20 + (i % 5) * 10 };
        const intention = INTENTIONS[i % INTENTIONS.length];
        const made = { id: `r${i}`, listener: `listener ${i}`, nowMs };
        all[made.listener] = [makeRoutine({ ...wish, ...(intention ? { intention } : {}) }, made)];
      }
    });
    // As the server has it: the parts are there before anything is due.
    await (await app.service()).beginFromText({ text: '', whenEmpty: 'neutral' });
    let startedMs = 0;
    const afterMs: number[] = [];
    const runner = createRoutineRunner({
      book,
      ...routineStarts({ service: app.service, nowMs: () => nowMs }),
      nowMs: () => nowMs,
      onOutcome: (_routine: Routine, outcome) => outcome === 'started' && afterMs.push(performance.now() - startedMs),
      onWarning: (message) => process.stderr.write(`${message}\n`),
    });
    nowMs = dueMs - 240_000;
    const aheadMs = performance.now();
    if (!unprepared) await runner.prepareAhead();
    const preparedMs = performance.now() - aheadMs;
    nowMs = dueMs;
    startedMs = performance.now();
    await runner.tick();
    const wholeMs = performance.now() - startedMs;
    await runner.close();
    await store.close();
    const kept = (await readdir(path.join(dataDir, 'state', 'sessions'))).filter((name) => name.startsWith('routine-'));
    const at = (share: number) => Math.round(afterMs[Math.max(0, Math.ceil(afterMs.length * share) - 1)] ?? Number.NaN);
    process.stdout.write(
      `| routines | thought out ahead, ms | started | sessions on the disk | first, ms | half, ms | last, ms | outcomes kept, ms |\n|---|---|---|---|---|---|---|---|\n` +
        `| ${count} | ${Math.round(preparedMs)} | ${afterMs.length} | ${kept.length} | ${at(0)} | ${at(0.5)} | ${at(1)} | ${Math.round(wholeMs)} |\n`,
    );
    return afterMs.length === count && kept.length === count ? 0 : 1;
  } finally {
    await app.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}
