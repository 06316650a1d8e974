/** Where set-up keeps its things. */
import { existsSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/**
 * Folder of an installed package, found as Node finds it: in our own node_modules, or further up where ours is installed in
 * somebody's project. Where it is nowhere, the place where it would be. models/paths.ts has the same for the compiled code.
 */
export function moduleFolder(from, name) {
  for (let at = from; ; at = path.dirname(at)) {
    const folder = path.join(at, 'node_modules', name);
    if (existsSync(path.join(folder, 'package.json'))) return folder;
    if (path.dirname(at) === at) return path.join(from, 'node_modules', name);
  }
}

/**
 * What the program will go by: the settings of the file that EMOHEAL_SETTINGS_FILE names, below the environment's own
 * (skill/config.ts). Of a file that cannot be read the program speaks; here it counts for nothing.
 */
export function settingsOf(env) {
  if (!env.EMOHEAL_SETTINGS_FILE) return env;
  try {
    return { ...parseEnv(readFileSync(env.EMOHEAL_SETTINGS_FILE, 'utf8')), ...env };
  } catch {
    return env;
  }
}

/** EMOHEAL_DATA_DIR, else emoheal/ in the XDG data home. */
export function dataDirOf(env) {
  if (env.EMOHEAL_DATA_DIR) return path.resolve(env.EMOHEAL_DATA_DIR);
  return path.join(env.XDG_DATA_HOME || path.join(os.homedir(), '.local', 'share'), 'emoheal');
}
