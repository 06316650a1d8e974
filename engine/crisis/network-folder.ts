/**
 * The network of the crisis gate as it lies in `models/crisis`: a few layers over the word rows of the emotion model, which
 * it reads where they lie, so that they are not kept twice. It fits that one emotion model only.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { packageRoot } from '../../models/paths.js';

export const CRISIS_MODEL_FOLDER = path.join(packageRoot(), 'models', 'crisis');

const NetworkConfig = z.object({
  graph: z.string(),
  maxTokens: z.number().int().min(8).max(512),
  emotionModel: z.object({
    sha256: z.string(),
    graph: z.string(),
    width: z.number().int(),
    /** Bytes from the beginning of the graph's file: int8 rows, and one float32 scale a row. */
    rowsAt: z.number().int(),
    scalesAt: z.number().int(),
  }),
  /**
   * Probability from which on a line is at least a concern, and a crisis; below which a pattern's word counts one and two
   * levels less.
   */
  thresholds: z.object({ danger: z.number(), crisis: z.number(), unlikely: z.number(), sure: z.number() }),
  /** Weights of words and letters beside the network, and how much they count against it. */
  words: z.object({
    file: z.string(),
    weight: z.number().min(0).max(10),
    letters: z.number().int().min(1).max(1_048_576),
    words: z.number().int().min(1).max(1_048_576),
    piece: z.number().int().min(8).max(500),
    step: z.number().int().min(4).max(500),
    scales: z.array(z.number()).length(2),
    biases: z.array(z.number()).length(2),
  }),
  categories: z.array(
    z.enum(['suicide', 'self-harm', 'harm-to-others', 'abuse', 'medical', 'overdose', 'child-danger']),
  ),
});
export type CrisisNetwork = z.infer<typeof NetworkConfig> & { folder: string; emotionFolder: string };

/** Null where there is no network, or another emotion model than the one that it was trained with. */
export function readCrisisNetwork(
  emotion: { folder: string; sha256: string },
  folder = CRISIS_MODEL_FOLDER,
): CrisisNetwork | null {
  const file = path.join(folder, 'config.json');
  if (!existsSync(file)) return null;
  const config = NetworkConfig.parse(JSON.parse(readFileSync(file, 'utf8')));
  return config.emotionModel.sha256 === emotion.sha256 ? { ...config, folder, emotionFolder: emotion.folder } : null;
}
