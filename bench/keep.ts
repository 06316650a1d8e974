/** Where the results of benchmarks are kept: the last table to read, and a line of history for each run. */
import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { packageRoot } from '../models/paths.js';

/** On which machine, and when: for the head of a table and its line of history. `load`: how busy the machine is. */
export function measuredHere({ load = true } = {}): { dated: string; machine: string } {
  const busy = load ? `, load ${os.loadavg()[0]!.toFixed(1)}` : '';
  return {
    dated: new Date().toISOString(),
    machine: `${os.cpus().length} cores, ${os.cpus()[0]?.model ?? 'unknown'}, Node ${process.version}${busy}`,
  };
}

/** Writes `NAME-latest.md` and, where there is a line, adds it to `NAME-history.jsonl`; both without a name for "". Prints the table. */
export async function keepResults(name: string, table: string, line?: object): Promise<void> {
  const folder = path.join(packageRoot(), 'bench', 'results');
  const file = (ending: string) => path.join(folder, name === '' ? ending : `${name}-${ending}`);
  await mkdir(folder, { recursive: true });
  await writeFile(file('latest.md'), table);
  if (line) await appendFile(file('history.jsonl'), `${JSON.stringify(line)}\n`);
  process.stdout.write(table);
}
