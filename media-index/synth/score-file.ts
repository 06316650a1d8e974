/** A score of the starter catalogue, by its path relative to the package root. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { packageRoot } from '../../models/paths.js';
import { Score } from '../composer/score.js';

export const loadScore = async (file: string): Promise<Score> =>
  Score.parse(JSON.parse(await readFile(path.join(packageRoot(), file), 'utf8')));
