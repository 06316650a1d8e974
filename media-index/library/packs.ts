/**
 * Freely licensed music that Debian packs: fetched with the system's own downloader, which checks signatures and sums, and
 * unpacked into the data folder. Nothing is installed, nobody needs to be root. The package's own copyright file stays
 * beside the music.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { EmohealError } from '../../engine/errors.js';
import { Licence } from '../../engine/vocabulary.js';
import { packageRoot } from '../../models/paths.js';

const Pack = z.object({
  name: z.string().regex(/^[a-z0-9][a-z0-9.+-]+$/),
  says: z.string(),
  /** Where in the package its music lies. */
  folder: z.string(),
  licence: Licence,
  by: z.string(),
});
export type Pack = z.infer<typeof Pack>;

const DOWNLOAD_LIMIT_MS = 20 * 60_000;
const run = promisify(execFile);

export const knownPacks = (): Pack[] =>
  z
    .array(Pack)
    .parse(JSON.parse(readFileSync(path.join(packageRoot(), 'media-index', 'library', 'packs.json'), 'utf8')));

export interface FetchedPack {
  pack: Pack;
  /** The folder to import. */
  folder: string;
  /** Of the package file. */
  sha256: string;
}

/** Throws `not-found` for a name we do not know, and where this system has no apt or does not offer the package. */
export async function fetchPack(dataDir: string, name: string): Promise<FetchedPack> {
  const packs = knownPacks();
  const pack = packs.find((each) => each.name === name);
  if (!pack) {
    throw new EmohealError('not-found', `There is no pack "${name}".`, {
      remedy: `Known packs: ${packs.map((each) => each.name).join(', ')}.`,
    });
  }
  const home = path.join(dataDir, 'packs', name);
  const sum = path.join(home, 'sha256');
  const found = async (): Promise<FetchedPack> => ({
    pack,
    folder: path.join(home, pack.folder),
    sha256: (await readFile(sum, 'utf8')).trim(),
  });
  if (existsSync(sum)) return found();
  await mkdir(path.join(dataDir, 'packs'), { recursive: true });
  const work = await mkdtemp(path.join(dataDir, 'packs', `${name}.`));
  try {
    await tool('apt-get', ['download', name], work, `This system does not offer the package ${name}.`);
    const file = (await readdir(work)).find((each) => each.endsWith('.deb'));
    if (!file) throw new EmohealError('not-found', `apt-get brought no file for ${name}.`);
    const bytes = await readFile(path.join(work, file));
    await tool('dpkg-deb', ['-x', path.join(work, file), work], work, `${file} could not be unpacked.`);
    await rm(path.join(work, file));
    await writeFile(path.join(work, 'sha256'), `${createHash('sha256').update(bytes).digest('hex')}\n`);
    await rm(home, { recursive: true, force: true });
    await rename(work, home);
  } catch (error) {
    await rm(work, { recursive: true, force: true });
    throw error;
  }
  return found();
}

async function tool(program: string, words: string[], cwd: string, failed: string): Promise<void> {
  try {
    await run(program, words, { cwd, timeout: DOWNLOAD_LIMIT_MS, maxBuffer: 1 << 20 });
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    const said = ((cause as { stderr?: string }).stderr ?? '').trim().split('\n').at(-1) ?? '';
    throw new EmohealError(
      'not-found',
      missing ? `Packs need ${program}, which this system does not have.` : `${failed} ${said}`.trim(),
      {
        remedy: missing
          ? 'Use Debian or Ubuntu, or fetch the music yourself and use "library import".'
          : 'Run "apt-get update" and try again; older and newer releases of Debian have other packages.',
        cause,
      },
    );
  }
}
