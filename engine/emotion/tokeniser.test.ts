import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../models/paths.js';

/**
 * Made with the Python package `tokenizers` 0.22.1 by models/train/tokeniser_fixture.py: odd lines with the start of the
 * sha256 of their ids, and one such hash for every hundred of our night lines, alone and in pairs.
 */
const fixture = JSON.parse(readFileSync(path.join(packageRoot(), 'engine/emotion/tokeniser.fixture.json'), 'utf8')) as {
  tokenizer: string;
  lines: [string, string][];
  night: Record<string, string[]>;
};
const BLOCK = 100;
const short = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 12);
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

  it('gives the same ids as in Python for more than 10,000 lines of at least 12 languages', () => {
    const tokenizer = new Tokenizer(JSON.parse(bytes.toString('utf8')), {});
    const night = path.join(packageRoot(), 'models', 'train', 'night');
    let compared = 0;
    const different: string[] = [];
    for (const file of readdirSync(night).filter((name) => name.endsWith('.tsv'))) {
      const said = readFileSync(path.join(night, file), 'utf8')
        .split('\n')
        .filter((line) => line.trim() !== '' && !line.startsWith('#'))
        .map((line) => line.split('\t')[1]!);
      const pairs = said.slice(1).map((b, i) => `${said[i]} — ${/^[ -~]*$/.test(b) ? b.toUpperCase() : b}`);
      const ids = [...said, ...pairs].map((line) => tokenizer.encode(line).ids.join());
      const blocks = fixture.night[path.basename(file, '.tsv')] ?? [];
      for (let i = 0; i * BLOCK < ids.length; i += 1) {
        const block = ids.slice(i * BLOCK, (i + 1) * BLOCK);
        compared += block.length;
        if (short(block.join(';')) !== blocks[i])
          different.push(`${file} lines ${i * BLOCK} to ${i * BLOCK + block.length}`);
      }
    }
    expect(different).toEqual([]);
    expect(compared).toBeGreaterThan(10_000);
    expect(Object.keys(fixture.night).length).toBeGreaterThanOrEqual(12);
  });
});
