/** Which CLaMP3 this home uses, if any: `<dataDir>/clamp3.json`, written by `emoheal library use-clamp3`. */
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { EmohealError } from '../../../engine/errors.js';
import { acceptNonCommercial, checkFolder, requireAcceptance } from './folder.js';

const Choice = z.object({ folder: z.string().min(1) });
const fileOf = (dataDir: string) => path.join(dataDir, 'clamp3.json');

/** Absolute path of the folder; null where CLaMP3 is not used. Throws `config-invalid` where the choice cannot be read. */
export function chosenClamp3(dataDir: string): string | null {
  const file = fileOf(dataDir);
  if (!existsSync(file)) return null;
  try {
    return Choice.parse(JSON.parse(readFileSync(file, 'utf8'))).folder;
  } catch (cause) {
    throw new EmohealError('config-invalid', `${file} does not say which CLaMP3 to use.`, {
      remedy: 'Run emoheal library use-clamp3 FOLDER again, or use-clamp3 --off.',
      cause,
    });
  }
}

export interface UseWish {
  folder: string;
  /** True where the listener said `--i-accept-non-commercial` now. */
  acceptNonCommercial: boolean;
  nowMs: number;
}

/** Checks the folder whole, writes the agreement and chooses it; gives the model's id. Throws as `openClamp3` does. */
export async function useClamp3(dataDir: string, wish: UseWish): Promise<string> {
  const checked = await checkFolder(path.resolve(wish.folder));
  if (wish.acceptNonCommercial) await acceptNonCommercial(checked, wish.nowMs);
  else requireAcceptance(checked);
  await mkdir(dataDir, { recursive: true });
  await writeFileAtomic(fileOf(dataDir), `${JSON.stringify({ folder: checked.folder }, null, 1)}\n`);
  return checked.model.id;
}

/** Back to the encoder that ships. The folder and what was heard stay where they are. */
export async function useClamp3NoMore(dataDir: string): Promise<void> {
  await rm(fileOf(dataDir), { force: true });
}
