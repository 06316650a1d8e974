/**
 * Node modules, only where they are missing or do not match the lockfile. By `npm install --no-save`, which follows the
 * lockfile and never writes it: `npm ci` refuses a lockfile made behind a registry mirror that lacks the packages of
 * other platforms (docs/decisions/2026-11-23-npm-install-follows-the-lockfile.md).
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { run } from '../command.mjs';
import { readJson } from '../files.mjs';
import { Unavailable } from '../runner.mjs';

/** True where every package of the lockfile that this machine needs is installed in its version. */
export function modulesMatch(root, withDev) {
  const wanted = readJson(path.join(root, 'package-lock.json'))?.packages;
  const installed = readJson(path.join(root, 'node_modules', '.package-lock.json'))?.packages;
  if (!wanted || !installed) return false;
  return Object.entries(wanted).every(
    ([name, entry]) =>
      name === '' ||
      entry.link ||
      entry.optional ||
      entry.devOptional ||
      entry.peer ||
      (entry.dev && !withDev) ||
      installed[name]?.version === entry.version,
  );
}

export const modulesStep = (withDev = false) => ({
  id: 'modules',
  title: 'Node modules',
  without: 'Nothing works without them.',
  isDone: ({ root }) =>
    modulesMatch(root, withDev) && existsSync(path.join(root, 'node_modules', 'esbuild', 'package.json')),
  async run({ root, env }) {
    const args = [
      'install',
      '--no-save',
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
      // Whoever has the tools of a developer keeps them: starting the product after an update takes nothing away.
      ...(withDev || existsSync(path.join(root, 'node_modules', 'vitest')) ? ['--include=dev'] : ['--omit=dev']),
    ];
    try {
      await run('npm', args, { cwd: root, env });
    } catch (error) {
      const offline = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|network/i.test(error.message);
      throw new Unavailable(
        offline ? 'The package registry cannot be reached.' : error.message,
        offline
          ? 'Connect to the network once and start again.'
          : `Run "npm install --no-save --ignore-scripts" in ${root} and read what it says.`,
      );
    }
    readFileSync(path.join(root, 'node_modules', '.package-lock.json'));
  },
});
