/**
 * Settings read again while the server runs, on SIGHUP: what can be taken up is, without a break in what is heard; what
 * cannot is named. Settings that cannot be read change nothing.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Logger } from 'pino';
import type { Config } from '../config.js';

/** Taken up at once; the knowledge graph is read anew whenever it is asked for. */
const LIVE = ['logLevel', 'drainSec'] as const satisfies readonly (keyof Config)[];

export interface ReloadDeps {
  /** The settings in use; changed in place. */
  config: Config;
  read: () => Config;
  log: Logger;
  reloadKnowledge: () => void;
}

export interface Reloaded {
  taken: string[];
  /** Changed, and in use only after a restart. */
  needRestart: string[];
}

/** Never throws: what could not be read is told to the log. */
export function reload({ config, read, log, reloadKnowledge }: ReloadDeps): Reloaded | null {
  let next: Config;
  try {
    next = read();
  } catch (error) {
    log.error(
      { code: (error as { code?: string }).code },
      'the settings cannot be read again; those before stay in use',
    );
    return null;
  }
  const changed = (Object.keys(next) as (keyof Config)[]).filter(
    (name) => !isDeepStrictEqual(next[name], config[name]),
  );
  const isLive = (name: keyof Config) => (LIVE as readonly string[]).includes(name);
  const needRestart = changed.filter((name) => !isLive(name));
  Object.assign(config, Object.fromEntries(LIVE.map((name) => [name, next[name]])));
  log.level = next.logLevel;
  const taken: string[] = changed.filter(isLive);
  try {
    reloadKnowledge();
    taken.push('knowledge');
  } catch (error) {
    log.error({ code: (error as { code?: string }).code }, 'the knowledge graph cannot be read; the one before stays');
  }
  log.info({ settings: taken }, 'settings were read again');
  if (needRestart.length > 0) log.warn({ settings: needRestart }, 'these settings have changed and need a restart');
  return { taken, needRestart };
}
