/**
 * What a folder with an emotion model says about itself, in one shape for both kinds that can stand in the product:
 *
 *   ours             model.int8.onnx, tokenizer.json, config.json, manifest.json: checked against its manifest
 *   Hugging Face's   model.onnx (or onnx/model.onnx, model_quantized.onnx), tokenizer.json, config.json of a sequence
 *                    classification: labels by name from `id2label`, input_ids and attention_mask in, logits out
 *
 * A Hugging Face model may have its labels in any order, lack some of the 28 or have others besides: those that it lacks
 * are never heard, those that we do not know are left out, and fewer than six in common are a mistake of the caller.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { differences, readManifest } from '../../models/manifest.js';
import { EmohealError } from '../errors.js';
import { EMOTION_LABELS } from '../vocabulary.js';

export interface ModelFolder {
  folder: string;
  name: string;
  sha256: string;
  /** File of the ONNX graph, relative to the folder. */
  graph: string;
  prefix: string;
  maxTokens: number;
  inputs: { ids: string; mask: string; maskType: 'float32' | 'int64'; types: string | null };
  /** What the graph gives: probabilities, or logits that still need a sigmoid or a softmax. */
  gives: 'probabilities' | 'logits-multi' | 'logits-single';
  /**
   * Names of further outputs, where the graph has them: valence and arousal (-1..1), the six basic emotions (0..1), the trunk.
   */
  outputs: { affect: string | null; basic: string | null; trunk: string | null };
  /** Column of the output for each of our 28 labels; null where the model lacks it. */
  columns: (number | null)[];
  thresholds: number[];
  /** Languages that it was trained on; null where the folder does not say. */
  languages: readonly string[] | null;
}

const OurConfig = z.object({
  labels: z.array(z.string()),
  thresholds: z.array(z.number().min(0).max(1)),
  prefix: z.string(),
  maxTokens: z.number().int().min(16).max(512),
  /** What each output holds, in words; those named here are read. */
  output: z.record(z.string(), z.string()).optional(),
});

const HuggingFaceConfig = z.looseObject({
  id2label: z.record(z.string(), z.string()),
  problem_type: z.string().nullish(),
  max_position_embeddings: z.number().int().min(16).optional(),
  type_vocab_size: z.number().int().optional(),
  model_type: z.string().optional(),
  /** One threshold a label, where whoever exported it found some. */
  thresholds: z.array(z.number().min(0).max(1)).optional(),
});

export const REMEDY = 'Run "emoheal doctor --repair", or fetch the repository again.';
const NO_FOLDER_REMEDY = `Check the path, where EMOHEAL_EMOTION_MODEL is set; else: ${REMEDY}`;
const OWN_REMEDY =
  'Export a sequence classification with models/train/export_xlmr.py, or unset EMOHEAL_EMOTION_MODEL to use ours.';
const GRAPHS = ['model.onnx', 'onnx/model.onnx', 'model_quantized.onnx', 'onnx/model_quantized.onnx'];
const LEAST_LABELS = 6;
/** GoEmotions models of others are used at about this threshold where none is given (monologg: .3). */
const USUAL_THRESHOLD = 0.3;
const MOST_TOKENS = 128;

/** Throws `model-missing`, or `model-mismatch` with every difference named. */
export async function readModelFolder(folder: string, options: { verify?: boolean } = {}): Promise<ModelFolder> {
  const ours = existsSync(path.join(folder, 'model.int8.onnx')) || existsSync(path.join(folder, 'manifest.json'));
  if (!existsSync(path.join(folder, 'config.json')))
    throw new EmohealError('model-missing', `There is no emotion model in ${folder}.`, {
      remedy: !existsSync(folder) ? NO_FOLDER_REMEDY : ours ? REMEDY : OWN_REMEDY,
    });
  return ours ? ourFolder(folder, options.verify !== false) : huggingFaceFolder(folder);
}

async function ourFolder(folder: string, verify: boolean): Promise<ModelFolder> {
  const manifest = orMismatch(folder, 'manifest.json', () => readManifest(folder));
  if (!manifest) throw mismatch(folder, ['manifest.json is missing']);
  const wrong = verify ? await differences(folder, manifest) : [];
  const config = OurConfig.safeParse(orMismatch(folder, 'config.json', () => readJson(folder, 'config.json')));
  if (!config.success) wrong.push(`config.json is malformed (${fieldsOf(config.error)})`);
  else if (config.data.labels.join() !== EMOTION_LABELS.join())
    wrong.push('its labels are not the 28 of GoEmotions in their order');
  else if (config.data.thresholds.length !== EMOTION_LABELS.length)
    wrong.push('it has not one threshold for each label');
  if (wrong.length > 0 || !config.success) throw mismatch(folder, wrong);
  const { thresholds, prefix, maxTokens } = config.data;
  return {
    folder,
    name: `${manifest.name} ${manifest.version}`,
    sha256: manifest.files['model.int8.onnx']?.sha256 ?? '',
    graph: 'model.int8.onnx',
    prefix,
    maxTokens,
    inputs: { ids: 'ids', mask: 'mask', maskType: 'float32', types: null },
    gives: 'probabilities',
    outputs: {
      affect: config.data.output?.affect ? 'affect' : null,
      basic: config.data.output?.basic ? 'basic' : null,
      trunk: config.data.output?.trunk ? 'trunk' : null,
    },
    columns: EMOTION_LABELS.map((_, column) => column),
    thresholds,
    languages: manifest.languages,
  };
}

function huggingFaceFolder(folder: string): ModelFolder {
  const wrong: string[] = [];
  const graph = GRAPHS.find((name) => existsSync(path.join(folder, name)));
  if (!graph) wrong.push(`it holds none of ${GRAPHS.join(', ')}`);
  if (!existsSync(path.join(folder, 'tokenizer.json'))) wrong.push('tokenizer.json is missing');
  const parsed = HuggingFaceConfig.safeParse(orMismatch(folder, 'config.json', () => readJson(folder, 'config.json')));
  if (!parsed.success) wrong.push(`config.json is malformed (${fieldsOf(parsed.error)})`);
  if (!graph || !parsed.success || wrong.length > 0) throw mismatch(folder, wrong, OWN_REMEDY);
  const config = parsed.data;
  const columnOf = new Map(
    Object.entries(config.id2label).map(([column, label]) => [label.trim().toLowerCase(), Number(column)]),
  );
  const columns = EMOTION_LABELS.map((label) => columnOf.get(label) ?? null);
  const known = columns.filter((column) => column !== null).length;
  if (known < LEAST_LABELS)
    throw mismatch(
      folder,
      [
        `only ${known} of its ${columnOf.size} labels are labels of GoEmotions (it has ${[...columnOf.keys()].slice(0, 8).join(', ')} …)`,
      ],
      OWN_REMEDY,
    );
  return {
    folder,
    name: `${config.model_type ?? 'model'} in ${path.basename(folder)}`,
    sha256: createHash('sha256')
      .update(readFileSync(path.join(folder, graph)))
      .digest('hex'),
    graph,
    prefix: '',
    // XLM-R counts two positions for itself; longer texts are read in windows anyway.
    maxTokens: Math.min(MOST_TOKENS, (config.max_position_embeddings ?? MOST_TOKENS + 2) - 2),
    inputs: {
      ids: 'input_ids',
      mask: 'attention_mask',
      maskType: 'int64',
      types: (config.type_vocab_size ?? 1) > 1 ? 'token_type_ids' : null,
    },
    outputs: { affect: null, basic: null, trunk: null },
    gives: config.problem_type === 'single_label_classification' ? 'logits-single' : 'logits-multi',
    columns,
    thresholds: columns.map((column) => (column === null ? 1 : (config.thresholds?.[column] ?? USUAL_THRESHOLD))),
    languages: null,
  };
}

const readJson = (folder: string, file: string): unknown => JSON.parse(readFileSync(path.join(folder, file), 'utf8'));

const fieldsOf = (error: z.ZodError): string => error.issues.map((issue) => issue.path.join('.') || 'whole').join(', ');

export function mismatch(folder: string, wrong: readonly string[], remedy = REMEDY, cause?: unknown): EmohealError {
  return new EmohealError('model-mismatch', `The emotion model in ${folder} cannot be used: ${wrong.join('; ')}.`, {
    remedy,
    cause,
  });
}

function orMismatch<T>(folder: string, file: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw mismatch(folder, [`${file} is malformed`], REMEDY, cause);
  }
}
