/** The files of the graph as they are delivered, to be spoilt by a test, and what is then found wrong with them. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { FILES, type FileName } from './files.js';
import { dataFolder } from './graph.js';
import { lint } from './lint.js';
import type { Problem } from './read-file.js';

export const NAMES = Object.keys(FILES) as FileName[];
export const whole = Object.fromEntries(
  NAMES.map((name) => [name, readFileSync(path.join(dataFolder(), name), 'utf8')]),
) as Record<FileName, string>;

/** The problems of the delivered data with the texts of some files changed; `file` is the bare name. */
export function problemsWith(changes: Partial<Record<FileName, string>>): Problem[] {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'emoheal-graph-'));
  try {
    for (const [name, text] of Object.entries({ ...whole, ...changes })) writeFileSync(path.join(folder, name), text);
    return lint(folder).map((problem) => ({ ...problem, file: path.basename(problem.file) }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
