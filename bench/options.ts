/**
 * The words after `npm run bench:… --`, read once and by one rule: what is no option, or no number in its bounds, is told in
 * a sentence before anything runs. A benchmark that takes ten minutes must not find out at its end that "--quik" is nothing.
 */
import { parseArgs } from 'node:util';

/** The caller's mistake: `deploy/setup/run.mjs` prints the message alone and ends with exit code 2. */
export class OptionMistake extends Error {
  override name = 'OptionMistake';
}

/** A whole number from `least` to `most`; `fraction: true` takes any between them. */
export interface NumberOption {
  least: number;
  most: number;
  usual: number;
  fraction?: true;
}
export type Option = 'flag' | 'text' | NumberOption;

type Value<O extends Option> = O extends 'flag' ? boolean : O extends 'text' ? string | undefined : number;

/**
 * The values of the options, and the words that are none. `takes`: which such words there may be, none by default; a
 * function says what is wrong with one, or null. Throws `OptionMistake`.
 */
export function readOptions<O extends Record<string, Option>>(
  words: readonly string[],
  options: O,
  takes: readonly string[] | ((word: string) => string | null) = [],
): { values: { [Name in keyof O]: Value<O[Name]> }; words: string[] } {
  const { tokens } = parseArgs({
    args: [...words],
    options: Object.fromEntries(
      Object.entries(options).map(([name, kind]) => [name, { type: kind === 'flag' ? 'boolean' : 'string' }] as const),
    ),
    allowPositionals: true,
    // Told in our own words below.
    strict: false,
    tokens: true,
  });
  const values: Record<string, boolean | string | number | undefined> = {};
  for (const [name, kind] of Object.entries(options))
    values[name] = kind === 'flag' ? false : kind === 'text' ? undefined : kind.usual;
  const others: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'option') {
      const kind = Object.hasOwn(options, token.name) ? options[token.name] : undefined;
      if (!kind) throw new OptionMistake(`There is no option ${token.rawName}. ${known(options, takes)}`);
      values[token.name] = readValue(token.rawName, kind, token.value);
    }
    if (token.kind === 'positional') {
      const wrong = typeof takes === 'function' ? takes(token.value) : takes.includes(token.value) ? null : '';
      if (wrong !== null)
        throw new OptionMistake(wrong || `"${token.value}" means nothing here. ${known(options, takes)}`);
      others.push(token.value);
    }
  }
  return { values: values as { [Name in keyof O]: Value<O[Name]> }, words: others };
}

function readValue(name: string, kind: Option, value: string | undefined): boolean | string | number {
  if (kind === 'flag') {
    if (value !== undefined) throw new OptionMistake(`${name} takes no value.`);
    return true;
  }
  if (kind === 'text') {
    if (!value) throw new OptionMistake(`${name} needs a value.`);
    return value;
  }
  const number = value?.trim() ? Number(value) : Number.NaN;
  const fits = number >= kind.least && number <= kind.most && (kind.fraction || Number.isInteger(number));
  if (!fits) {
    const given = value === undefined ? '' : `, not "${value}"`;
    throw new OptionMistake(
      `${name} takes a ${kind.fraction ? '' : 'whole '}number from ${kind.least} to ${kind.most}${given}.`,
    );
  }
  return number;
}

function known(options: Record<string, Option>, takes: readonly string[] | ((word: string) => string | null)): string {
  const names = Object.entries(options).map(
    ([name, kind]) => `--${name}${kind === 'flag' ? '' : kind === 'text' ? ' WORD' : ' N'}`,
  );
  const all = [...names, ...(typeof takes === 'function' ? [] : takes.map((word) => `"${word}"`))];
  return all.length === 0 ? 'It takes none.' : `It takes ${all.join(', ')}; --help tells more.`;
}
