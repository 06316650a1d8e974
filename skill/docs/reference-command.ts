/** `npm run docs:api`: writes docs/api.md from the description of the HTTP interface. */
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { packageRoot } from '../../models/paths.js';
import { openApiDocument } from '../http/openapi.js';
import { apiReference } from './reference.js';

export async function main(): Promise<number> {
  const file = path.join(packageRoot(), 'docs', 'api.md');
  await writeFileAtomic(file, apiReference(openApiDocument()));
  process.stdout.write(`${file}\n`);
  return 0;
}
