/** For tests: a folder of CLaMP3 that is whole by its manifest, though its graphs are none. */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PARTS } from './folder.js';

export interface FakeManifest {
  files: Record<string, object>;
  clamp3: Record<string, number>;
}

const contentOf = (part: string) => `the ${part} of a test`;
const WHOLE = {
  name: 'clamp3',
  version: '0123abcd',
  source: 'a test',
  licence: 'MERT-v1-95M: CC-BY-NC-4.0',
  languages: ['en'],
  files: Object.fromEntries(
    PARTS.map((part) => {
      const content = contentOf(part);
      return [part, { sha256: createHash('sha256').update(content).digest('hex'), bytes: content.length }];
    }),
  ),
  clamp3: {
    sampleRate: 24_000,
    windowSamples: 120_000,
    shortestSamples: 24_000,
    audioSegment: 128,
    textSegment: 128,
    width: 768,
    dim: 768,
    states: 13,
    opset: 17,
  },
};

/** Writes the folder, its manifest changed as wished, and gives its path back. */
export function fakeFolder(
  folder: string,
  change: (manifest: FakeManifest) => object = (manifest) => manifest,
): string {
  mkdirSync(folder, { recursive: true });
  for (const part of PARTS) writeFileSync(path.join(folder, part), contentOf(part));
  writeFileSync(path.join(folder, 'manifest.json'), JSON.stringify(change(WHOLE)));
  return folder;
}
