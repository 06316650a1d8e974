/** What a model file is: where it comes from, under which licence, and how to tell that it is whole. */
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';

export const ModelManifest = z.object({
  name: z.string(),
  version: z.string(),
  source: z.string(),
  licence: z.string(),
  languages: z.array(z.string()),
  files: z.record(
    z.string(),
    z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/), bytes: z.number().int().positive() }),
  ),
  /** Which other model it stands on: the first characters of that model's sha256. */
  reads: z.string().optional(),
  metrics: z.record(z.string(), z.number()).default({}),
});
export type ModelManifest = z.infer<typeof ModelManifest>;

/** Null where the folder has no manifest at all. Throws a ZodError where it has a malformed one. */
export function readManifest(folder: string): ModelManifest | null {
  const file = path.join(folder, 'manifest.json');
  return existsSync(file) ? ModelManifest.parse(JSON.parse(readFileSync(file, 'utf8'))) : null;
}

export async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** Every way in which the files of a folder differ from their manifest, in words; empty when all is well. */
export async function differences(folder: string, manifest: ModelManifest): Promise<string[]> {
  const found: string[] = [];
  for (const [name, expected] of Object.entries(manifest.files)) {
    const file = path.join(folder, name);
    if (!existsSync(file)) found.push(`${name} is missing`);
    else if ((await sha256Of(file)) !== expected.sha256)
      found.push(`${name} is not the file that was published (its sha256 differs)`);
  }
  return found;
}
