/** The data folder that whole-system tests use: the one that set-up has prepared, so that nothing is fetched twice. */
import { readConfig } from '../skill/config.js';

export function dataFolder(): string {
  return readConfig(process.env).dataDir;
}
