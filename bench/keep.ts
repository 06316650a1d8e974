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

/** The command that runs the same parts again. */
export const again = (command: string, parts: readonly string[]): string =>
  parts.length > 0 ? `${command} -- ${parts.join(' ')}` : command;

const RESULTS = path.join(packageRoot(), 'bench', 'results');

export interface Kept {
  /** What of the benchmark was run, where not all: its table stands beside that of the whole, which stays as it is. */
  parts?: readonly string[];
  /** `bench/results/` where left out. */
  folder?: string;
}

const fileOf = (folder: string, ...names: string[]) => path.join(folder, names.filter((name) => name !== '').join('-'));

/** Writes `NAME-latest.md` (`latest.md` without a name); of a run of some parts `NAME-PARTS-latest.md`. */
export async function keepTable(
  name: string,
  table: string,
  { parts = [], folder = RESULTS }: Kept = {},
): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFileAtomic(fileOf(folder, name, ...[...parts].sort(), 'latest.md'), table);
}

/** Adds lines to `NAME-history.jsonl`. */
export const addToHistory = (name: string, ...lines: readonly object[]): Promise<void> => append(name, lines, RESULTS);

async function append(name: string, lines: readonly object[], folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await appendFile(fileOf(folder, name, 'history.jsonl'), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
}

/** Keeps the table as `keepTable` does and, where there is a line, adds it to the history of the whole. Prints the table. */
export async function keepResults(name: string, table: string, line?: object, kept: Kept = {}): Promise<void> {
  await keepTable(name, table, kept);
  if (line) await append(name, [line], kept.folder ?? RESULTS);
  process.stdout.write(table);
}
