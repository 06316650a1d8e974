/** Processes of a test's own: a program bundled out of our sources, run, and killed at will. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import * as esbuild from 'esbuild';

/** Below `node_modules`, so that the program finds the packages that it imports. */
const PLACE = path.join(process.cwd(), 'node_modules', '.cache');

export interface Program {
  run(...words: string[]): ChildProcess;
  remove(): Promise<void>;
}

/** `source` is TypeScript whose relative imports start at the root of the repository. */
export async function makeProgram(source: string): Promise<Program> {
  await mkdir(PLACE, { recursive: true });
  const folder = await mkdtemp(path.join(PLACE, 'emoheal-child-'));
  const file = path.join(folder, 'program.mjs');
  await esbuild.build({
    stdin: { contents: source, resolveDir: process.cwd(), loader: 'ts' },
    outfile: file,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
  });
  return {
    run: (...words) => spawn(process.execPath, [file, ...words], { stdio: ['ignore', 'pipe', 'inherit'] }),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

export const ended = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => child.once('close', () => resolve()));
