/** Runs other programs for set-up: output goes to a log, the last lines of a failure into the error. */
import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';

/** Path of a program, or null. */
export function which(name, env = process.env) {
  for (const folder of (env.PATH ?? '').split(path.delimiter)) {
    const file = path.join(folder, name);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // Look in the next folder.
    }
  }
  return null;
}

/**
 * Resolves with stdout. Throws an Error with the end of what the program said.
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number }} [options]
 */
export function run(command, args, { cwd, env, timeoutMs = 15 * 60_000 } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: timeoutMs,
    });
    let out = '';
    let tail = '';
    child.stdout.on('data', (data) => {
      out = (out + data).slice(-1_000_000);
      tail = (tail + data).slice(-2000);
    });
    child.stderr.on('data', (data) => {
      tail = (tail + data).slice(-2000);
    });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) return resolve(out);
      const last = tail.trim().split('\n').slice(-3).join(' | ');
      reject(new Error(`"${path.basename(command)} ${args[0] ?? ''}" ended with ${code ?? signal}: ${last}`));
    });
  });
}
