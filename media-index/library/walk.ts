/** Finds audio files below a folder: each real file once, links followed without ever going round in circles. */
import { readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { EmohealError } from '../../engine/errors.js';

/** `.m4p` and `.aax` are protected as a rule: they are looked at so that the report can say so. */
export const AUDIO_ENDINGS = new Set('.mp3 .aac .m4a .m4b .m4p .aax .mp4 .flac .ogg .oga .opus .wav'.split(' '));

export interface Unreadable {
  file: string;
  reason: string;
}

const MAX_FILES = 200_000;
const MAX_DEPTH = 64;

/** Real paths in name order. Folders that cannot be opened are listed, the rest is walked. Throws where `dir` is no folder. */
export async function findAudio(
  dir: string,
  signal?: AbortSignal,
): Promise<{ files: string[]; unreadable: Unreadable[] }> {
  const top = await stat(dir).catch(() => null);
  if (!top)
    throw new EmohealError('not-found', `There is no folder ${dir}.`, {
      remedy: 'Give the folder that holds your music.',
    });
  if (!top.isDirectory()) {
    throw new EmohealError('bad-input', `${dir} is not a folder.`, { remedy: 'Give the folder that holds the file.' });
  }
  const files = new Set<string>();
  const unreadable: Unreadable[] = [];
  const visited = new Set<string>();

  async function walk(folder: string, depth: number): Promise<void> {
    signal?.throwIfAborted();
    const real = await realpath(folder);
    if (visited.has(real)) return;
    visited.add(real);
    if (depth > MAX_DEPTH) {
      unreadable.push({ file: folder, reason: `more than ${MAX_DEPTH} folders deep` });
      return;
    }
    let names: string[];
    try {
      names = (await readdir(real)).sort();
    } catch {
      unreadable.push({ file: folder, reason: 'the folder cannot be opened' });
      return;
    }
    for (const name of names) {
      // Hidden files are other programs' own (".AppleDouble", sync leftovers).
      if (name.startsWith('.')) continue;
      const full = path.join(real, name);
      const audio = AUDIO_ENDINGS.has(path.extname(name).toLowerCase());
      const found = await stat(full).catch(() => null);
      if (found?.isDirectory()) await walk(full, depth + 1);
      else if (!audio) continue;
      else if (!found) unreadable.push({ file: full, reason: 'a link that leads nowhere' });
      else if (found.isFile()) files.add(await realpath(full));
      if (files.size > MAX_FILES) {
        throw new EmohealError('too-large', `There are more than ${MAX_FILES} audio files below ${dir}.`, {
          remedy: 'Import one folder below it at a time.',
        });
      }
    }
  }
  await walk(dir, 0);
  return { files: [...files], unreadable };
}
