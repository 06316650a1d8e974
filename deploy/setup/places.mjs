/** Where set-up keeps its things. */
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** EMOHEAL_DATA_DIR, else emoheal/ in the XDG data home. */
export function dataDirOf(env) {
  if (env.EMOHEAL_DATA_DIR) return path.resolve(env.EMOHEAL_DATA_DIR);
  return path.join(env.XDG_DATA_HOME || path.join(os.homedir(), '.local', 'share'), 'emoheal');
}
