/**
 * The folder that `models/train/export_clamp3.py` makes, and whether it may be used: whole, of the kind that this program
 * reads, and with the non-commercial licence of MERT agreed to. Every refusal names the command that mends it.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { EmohealError } from '../../../engine/errors.js';
import { differences, ModelManifest } from '../../../models/manifest.js';
import type { EncoderModel } from '../encoder.js';

/** Written once by `emoheal library use-clamp3 FOLDER --i-accept-non-commercial`. */
export const LICENCE_FILE = 'LICENCE-ACCEPTED';
export const PARTS = ['mert.onnx', 'audio.onnx', 'text.onnx', 'tokenizer.json'] as const;

const whole = z.number().int().positive();
export const Clamp3Manifest = ModelManifest.extend({
  name: z.literal('clamp3'),
  clamp3: z.object({
    /** Only this rate is made from files. */
    sampleRate: z.literal(24_000),
    windowSamples: whole,
    shortestSamples: whole,
    /** Vectors (with the zeros at both ends) and tokens at a time. */
    audioSegment: whole,
    textSegment: whole,
    /** Numbers of a window's vector, and of the joint vector. */
    width: whole,
    dim: whole,
    /** Hidden states that MERT averages: its layers and what enters the first. */
    states: whole,
    opset: whole,
  }),
});
export type Clamp3Manifest = z.infer<typeof Clamp3Manifest>;

export interface Clamp3Folder {
  folder: string;
  manifest: Clamp3Manifest;
  model: EncoderModel;
}

const exportAgain =
  'Make the folder with python models/train/export_clamp3.py --mert DIR --clamp3 CHECKPOINT --out FOLDER (docs/clamp3.md).';
const acceptWith = (folder: string) => `emoheal library use-clamp3 ${folder} --i-accept-non-commercial`;

/** Reads and checks a folder, licence aside. Throws `model-missing` or `model-mismatch` with all that differs. */
export async function checkFolder(folder: string): Promise<Clamp3Folder> {
  const file = path.join(folder, 'manifest.json');
  if (!existsSync(file))
    throw new EmohealError('model-missing', `There is no CLaMP3 in ${folder}: manifest.json is missing.`, {
      remedy: exportAgain,
    });
  const manifest = manifestOf(file);
  const unlisted = PARTS.filter((part) => !manifest.files[part]).map((part) => `${part} is not listed`);
  const found = [...unlisted, ...(await differences(folder, manifest))];
  if (found.length > 0) {
    const gone = found.every((each) => each.endsWith('is missing'));
    throw new EmohealError(
      gone ? 'model-missing' : 'model-mismatch',
      `CLaMP3 in ${folder} is not whole: ${found.join('; ')}.`,
      { remedy: exportAgain },
    );
  }
  const hash = createHash('sha256').update(PARTS.map((part) => manifest.files[part]!.sha256).join(' '));
  const sha256 = hash.digest('hex');
  const id = `clamp3-${manifest.version}-${sha256.slice(0, 8)}`;
  return { folder, manifest, model: { id, dim: manifest.clamp3.dim, sha256 } };
}

function manifestOf(file: string): Clamp3Manifest {
  try {
    return Clamp3Manifest.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    const where =
      cause instanceof z.ZodError ? cause.issues.map((issue) => issue.path.join('.')).join(', ') : 'no JSON';
    throw new EmohealError('model-mismatch', `${file} is no manifest of CLaMP3 that this program reads (${where}).`, {
      remedy: exportAgain,
      cause,
    });
  }
}

/** What the licence file holds: for which model, so that another one has to be agreed to anew. */
const Accepted = z.object({ model: z.string(), licence: z.string(), accepted: z.string() });

/**
 * Writes that the reader of the licence agreed to use this model for nothing commercial. `checkFolder` first: one agrees
 * to a model that is there. `nowMs` is the time of agreeing, milliseconds since 1970.
 */
export async function acceptNonCommercial({ folder, manifest, model }: Clamp3Folder, nowMs: number): Promise<void> {
  const accepted = { model: model.sha256, licence: manifest.licence, accepted: new Date(nowMs).toISOString() };
  await writeFileAtomic(path.join(folder, LICENCE_FILE), `${JSON.stringify(accepted, null, 1)}\n`);
}

/** Throws `forbidden` where nobody has agreed to the licence of this very model. */
export function requireAcceptance({ folder, manifest, model }: Clamp3Folder): void {
  const file = path.join(folder, LICENCE_FILE);
  const refused = (why: string) =>
    new EmohealError('forbidden', `${why} Licence: ${manifest.licence}.`, {
      remedy: `If you use it for nothing commercial, run: ${acceptWith(folder)}`,
    });
  if (!existsSync(file)) throw refused('The licence of CLaMP3 with MERT has not been agreed to.');
  let accepted: z.infer<typeof Accepted> | undefined;
  try {
    accepted = Accepted.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    throw refused(`${file} cannot be read.`);
  }
  if (accepted.model !== model.sha256) throw refused('The licence was agreed to for another model than this one.');
}
