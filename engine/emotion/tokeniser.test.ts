import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../models/paths.js';

/** Made with the Python package `tokenizers` 0.22.1: a line, and the start of the sha256 of its ids. */
const fixture = JSON.parse(readFileSync(path.join(packageRoot(), 'engine/emotion/tokeniser.fixture.json'), 'utf8')) as {
  tokenizer: string;
  lines: [string, string][];
};
const folder = path.join(packageRoot(), 'models/emotion');

describe('the tokeniser', () => {
  const bytes = readFileSync(path.join(folder, 'tokenizer.json'));

  it('is the one that the fixture was made with', () => {
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(fixture.tokenizer);
  });

  it('gives the ids of the tokeniser that the model was trained with', () => {
    const tokenizer = new Tokenizer(JSON.parse(bytes.toString('utf8')), {});
    const different = fixture.lines.filter(
      ([line, hash]) =>
        createHash('sha256').update(tokenizer.encode(line).ids.join()).digest('hex').slice(0, 12) !== hash,
    );
    expect(fixture.lines.length).toBeGreaterThan(200);
    expect(different.map(([line]) => line)).toEqual([]);
  });
});
