/** What people say in a locale, as written down in `said/`. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from '../models/paths.js';
import type { Locale } from './intents.js';

export const saidLines = (locale: Locale): string[] =>
  readFileSync(path.join(packageRoot(), 'voice-intents', 'said', `${locale}.tsv`), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => line.split('\t')[0]!);
