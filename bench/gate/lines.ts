/** The lines that judge the crisis gate: three sets that neither patterns nor network were made from, and everyday sentences. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { CrisisReading } from '../../engine/vocabulary.js';
import { packageRoot } from '../../models/paths.js';

export interface JudgedLine {
  text: string;
  level: CrisisReading['level'];
  category: string;
  language: string;
  kind: string;
}

export const SETS = ['second', 'third', 'fourth'] as const;

/** One of our judging sets in `models/train/crisis`, tab-separated under a head. */
export function judgingSet(name: (typeof SETS)[number]): JudgedLine[] {
  const file = path.join(packageRoot(), 'models', 'train', 'crisis', `${name}-set.tsv`);
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [text = '', level = 'none', category = 'none', language = '', kind = ''] = line.split('\t');
      return { text, level: level as JudgedLine['level'], category, language, kind };
    });
}

/** The dev split of GoEmotions; nothing where the data folder is missing. */
export function everydayLines(data: string): string[] {
  const file = path.join(data, 'goemotions', 'dev.tsv');
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split('\t')[0]!);
}
