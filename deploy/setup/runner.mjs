/**
 * Runs set-up steps in order and keeps their state in `<dataDir>/setup/state.json`, a line each in `journal.jsonl`.
 *
 * A step is { id, title, needs?, without, isDone(context), run(context) }. `isDone` looks at results, never at the
 * journal, so a set-up killed at any point goes on where it was. A step that cannot work here throws `Unavailable`
 * with what to do; that takes away `without` and nothing else.
 */
import { appendFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { readJson, writeWhole } from './files.mjs';
import { alone } from './lock.mjs';

export class Unavailable extends Error {
  constructor(message, remedy) {
    super(message);
    this.remedy = remedy;
  }
}

const stateFile = (dataDir) => path.join(dataDir, 'setup', 'state.json');

/**
 * @returns {Record<string, {status: 'pending'|'running'|'done'|'failed'|'unavailable', detail: string, remedy?: string,
 * sinceMs: number, tookMs?: number}>}
 */
export function readState(dataDir) {
  return readJson(stateFile(dataDir))?.steps ?? {};
}

function note(dataDir, id, entry) {
  const steps = readState(dataDir);
  const sinceMs = Date.now();
  // How long the work once took stays known when a later run finds it done.
  const tookMs = entry.tookMs ?? (entry.status === 'done' ? steps[id]?.tookMs : undefined);
  steps[id] = { ...entry, sinceMs, ...(tookMs === undefined ? {} : { tookMs }) };
  writeWhole(stateFile(dataDir), `${JSON.stringify({ version: 1, pid: process.pid, steps }, null, 1)}\n`);
  mkdirSync(path.join(dataDir, 'setup'), { recursive: true });
  appendFileSync(
    path.join(dataDir, 'setup', 'journal.jsonl'),
    `${JSON.stringify({ at: new Date(sinceMs).toISOString(), id, ...entry })}\n`,
  );
}

/**
 * @param {object[]} steps
 * @param {{ dataDir: string, root: string, env: NodeJS.ProcessEnv, say?: (line: string) => void, lockFile?: string }} given
 * @returns {Promise<{ id: string, status: string, detail: string, remedy?: string }[]>} one entry for each step
 */
export async function runSteps(steps, given) {
  const startMs = performance.now();
  const say =
    given.say ??
    ((line) =>
      process.stderr.write(
        `emoheal set-up ${((performance.now() - startMs) / 1000).toFixed(1).padStart(6)} s  ${line}\n`,
      ));
  const { dataDir } = given;
  const lockFile = given.lockFile ?? path.join(dataDir, 'setup', 'lock');
  const context = { ...given, say };
  return alone(
    lockFile,
    async () => {
      const results = [];
      const waiting = [];
      for (const step of steps) {
        if (await step.isDone(context)) {
          if (readState(dataDir)[step.id]?.status !== 'done')
            note(dataDir, step.id, { status: 'done', detail: step.title });
          results.push({ id: step.id, status: 'done', detail: step.title });
        } else {
          waiting.push(step);
          note(dataDir, step.id, { status: 'pending', detail: step.title });
        }
      }
      for (const step of waiting) results.push({ id: step.id, ...(await runOne(step, context, results)) });
      return results;
    },
    { onWait: () => say('another set-up is at work; waiting for it') },
  );
}

async function runOne(step, context, results) {
  const { dataDir, say } = context;
  const stepStartMs = performance.now();
  const end = (entry) => {
    note(dataDir, step.id, entry);
    return entry;
  };
  const missing = (step.needs ?? []).find((id) => results.some((r) => r.id === id && r.status !== 'done'));
  if (missing) {
    const cause = results.find((r) => r.id === missing);
    return end({
      status: 'unavailable',
      detail: `${step.without} Needed first: ${missing}.`,
      remedy: cause?.remedy ?? '',
    });
  }
  note(dataDir, step.id, { status: 'running', detail: step.title });
  say(`${step.title} …`);
  try {
    await step.run(context);
    if (!(await step.isDone(context))) throw new Error('the step ran, yet its result is not there');
    const tookMs = Math.round(performance.now() - stepStartMs);
    say(`${step.title}: done in ${(tookMs / 1000).toFixed(1)} s`);
    return end({ status: 'done', detail: step.title, tookMs });
  } catch (error) {
    const isKnown = error instanceof Unavailable;
    const remedy = isKnown && error.remedy ? error.remedy : 'Run "emoheal doctor --repair" to try again.';
    say(`${step.title}: not possible. ${error.message} ${step.without} ${remedy}`);
    return end({ status: isKnown ? 'unavailable' : 'failed', detail: `${error.message} ${step.without}`, remedy });
  }
}
