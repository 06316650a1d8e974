/**
 * Node modules, only where they are missing or do not match the lockfile. By `npm install --no-save`, which follows the
 * lockfile and never writes it: `npm ci` refuses a lockfile made behind a registry mirror that lacks the packages of
 * other platforms (docs/decisions/2026-11-23-npm-install-follows-the-lockfile.md).
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { run } from '../command.mjs';
import { readJson } from '../files.mjs';
import { moduleFolder } from '../places.mjs';
import { Unavailable } from '../runner.mjs';

/**
 * True where every package of the lockfile that this machine needs is installed in its version. npm packs no lockfile: where
 * ours was installed as somebody's dependency, npm has seen to the versions, and the packages need only be there.
 */
export function modulesMatch(root, withDev) {
  const wanted = readJson(path.join(root, 'package-lock.json'))?.packages;
  const { dependencies = {} } = readJson(path.join(root, 'package.json')) ?? {};
  if (!wanted)
    return Object.keys(dependencies).length > 0 && Object.keys(dependencies).every((name) => isThere(root, name));
  const installed = readJson(path.join(root, 'node_modules', '.package-lock.json'))?.packages;
  if (!installed) return false;
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

const isThere = (root, name) => existsSync(path.join(moduleFolder(root, name), 'package.json'));

export const modulesStep = (withDev = false) => ({
  id: 'modules',
  title: 'Node modules',
  without: 'Nothing works without them.',
  isDone: ({ root }) => modulesMatch(root, withDev) && isThere(root, 'esbuild'),
  async run({ root, env }) {
    if (!existsSync(path.join(root, 'package-lock.json')))
      throw new Unavailable(
        'Packages that it needs are not installed.',
        'Install emoheal again, by "npm install --ignore-scripts" and its file or name.',
      );
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
