/** Where the results of benchmarks are kept: the last table to read, and a line of history for each run. */
import { appendFile, mkdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { packageRoot } from '../models/paths.js';

/** On which machine, and when: for the head of a table and its line of history. `load`: how busy the machine is. */
export function measuredHere({ load = true } = {}): { dated: string; machine: string } {
  const busy = load ? `, load ${os.loadavg()[0]!.toFixed(1)}` : '';
  return {
    dated: new Date().toISOString(),
    machine: `${os.cpus().length} cores, ${os.cpus()[0]?.model ?? 'unknown'}, Node ${process.version}${busy}`,
  };
}

const folder = path.join(packageRoot(), 'bench', 'results');
const fileOf = (name: string, ending: string) => path.join(folder, name === '' ? ending : `${name}-${ending}`);

/** Writes `NAME-latest.md` (`latest.md` without a name). */
export async function keepTable(name: string, table: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFileAtomic(fileOf(name, 'latest.md'), table);
}

/** Adds lines to `NAME-history.jsonl`. */
export async function addToHistory(name: string, ...lines: readonly object[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  await appendFile(fileOf(name, 'history.jsonl'), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
}

/** Writes `NAME-latest.md` and, where there is a line, adds it to `NAME-history.jsonl`; both without a name for "". Prints the table. */
export async function keepResults(name: string, table: string, line?: object): Promise<void> {
  await keepTable(name, table);
  if (line) await addToHistory(name, line);
  process.stdout.write(table);
}
