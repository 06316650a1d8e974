/** The composer's measured tables (`media-index/composer/*-table.ts`): a record in a file, one row a line. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { programsInUse } from '../../media-index/composer/colour.js';
import { packageRoot } from '../../models/paths.js';
import { OptionMistake, readOptions } from '../options.js';

const keyOf = (line: string) => /^\s*'?([\w-]+)'?:/.exec(line)?.[1] ?? '';

/** The programmes that are named, all that textures use where none is; throws `OptionMistake` for one that none uses. */
function programsAsked(words: readonly string[]): { wanted: number[]; inUse: number[] } {
  const inUse = programsInUse();
  const named = readOptions(words, {}, () => null).words;
  const unused = named.find((word) => !inUse.map(String).includes(word));
  if (unused !== undefined)
    throw new OptionMistake(`No texture plays on programme "${unused}". Those in use: ${inUse.join(', ')}.`);
  return { wanted: named.length === 0 ? inUse : named.map(Number), inUse };
}

/** Measures the programmes that are named, one row each, puts the rows into the table, and shows how far it is. */
export async function weighPrograms(
  table: string,
  words: readonly string[],
  weighed: (program: number) => Promise<string>,
): Promise<number> {
  const { wanted, inUse } = programsAsked(words);
  const rows = new Map<string, string>();
  for (const program of wanted) {
    const row = await weighed(program);
    rows.set(String(program), row);
    process.stderr.write(`${row.slice(0, 120)}\n`);
  }
  writeRows(table, rows, inUse.map(String));
  return 0;
}

/**
 * Puts the measured rows into the table, as they are to stand there; all others stay as they are, so that something new
 * changes no music but its own. `order`: the keys of all rows; what is not among them goes.
 */
export function writeRows(name: string, measured: ReadonlyMap<string, string>, order: readonly string[]): void {
  const file = path.join(packageRoot(), 'media-index', 'composer', name);
  const text = readFileSync(file, 'utf8');
  const start = text.indexOf('{\n', text.indexOf('export const')) + 2;
  const end = text.lastIndexOf('};');
  const kept = new Map(
    text
      .slice(start, end)
      .split('\n')
      .map((line) => [keyOf(line), line]),
  );
  const rows = order.flatMap((key) => measured.get(key) ?? kept.get(key) ?? []);
  writeFileSync(file, `${text.slice(0, start)}${rows.join('\n')}\n${text.slice(end)}`);
}
