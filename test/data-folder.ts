/**
 * A data folder of a test's own that shares what set-up has fetched and built: nothing is made twice, and nobody's
 * sessions are touched.
 */
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readConfig } from '../skill/config.js';

const SHARED = ['models', 'native', 'setup'];

export function makeDataFolder(more: readonly string[] = []): { folder: string; remove(): void } {
  const { dataDir } = readConfig(process.env);
  const folder = mkdtempSync(path.join(os.tmpdir(), 'emoheal-data-'));
  for (const name of [...SHARED, ...more]) {
    const from = path.join(dataDir, name);
    if (!existsSync(from)) continue;
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    symlinkSync(from, path.join(folder, name));
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }) };
}
