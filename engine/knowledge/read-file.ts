/** A JSON file with the line and column of everything in it, so that a mistake can be pointed at. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  findNodeAtLocation,
  getNodeValue,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser';
import type { z } from 'zod';

export interface Problem {
  file: string;
  line: number;
  column: number;
  message: string;
  remedy: string;
}

export interface FileRead<T> {
  file: string;
  value: T | null;
  problems: Problem[];
  /** Line and column, from 1, of a value by its path ("edges", 3, "weight"), or of the nearest thing round it. */
  placeOf(at: readonly (string | number)[]): { line: number; column: number };
}

const MOST_BYTES = 4 * 1024 * 1024;

/** Reads and checks a file. Never throws: what is wrong is in `problems`, all of it. */
export function readFile<T>(folder: string, name: string, schema: z.ZodType<T>): FileRead<T> {
  const file = path.join(folder, name);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'is not there' : 'cannot be read';
    return failed(file, `The file ${why}.`, 'Put it back, or give another folder.');
  }
  return readText(file, text, schema);
}

/** As `readFile`, for the text of a file that was read already. */
export function readText<T>(file: string, given: string, schema: z.ZodType<T>): FileRead<T> {
  // Some editors put a mark before the first character; it is no part of the text.
  const text = given.replace(/^\uFEFF/, '');
  if (text.length > MOST_BYTES) return failed(file, 'The file is larger than 4 MB.', 'Split it, or leave parts out.');
  try {
    return parsed(file, text, schema);
  } catch (error) {
    // The parser goes down one call a level.
    if (!(error instanceof RangeError)) throw error;
    return failed(file, 'The file is nested too deep.', 'A record lies three levels deep, no deeper.');
  }
}

function parsed<T>(file: string, text: string, schema: z.ZodType<T>): FileRead<T> {
  const slips: ParseError[] = [];
  const tree = parseTree(text, slips, { disallowComments: true });
  const linesOf = lineStarts(text);
  const place = (offset: number) => {
    const line = linesOf.findLastIndex((start) => start <= offset);
    return { line: line + 1, column: offset - linesOf[line]! + 1 };
  };
  const placeOf = (at: readonly (string | number)[]) => {
    for (let depth = at.length; depth >= 0; depth -= 1) {
      const node = tree && findNodeAtLocation(tree, at.slice(0, depth));
      if (node) return place(keyOf(node).offset);
    }
    return { line: 1, column: 1 };
  };
  if (slips.length > 0 || !tree) {
    const [slip] = slips;
    const said = slip ? SLIPS[printParseErrorCode(slip.error)] : undefined;
    return {
      ...failed(file, '', ''),
      problems: [
        {
          file,
          ...place(slip?.offset ?? 0),
          message: `This is not JSON: ${said ?? 'something does not belong here'}.`,
          remedy:
            'Mend it at this place; a record stands on a line of its own and ends with a comma, the last one without.',
        },
      ],
    };
  }
  const doubled = doubledKeys(tree).map(
    (key): Problem => ({
      file,
      ...place(key.offset),
      message: `"${key.value}" stands twice in one record.`,
      remedy: 'Remove one.',
    }),
  );
  const checked = schema.safeParse(getNodeValue(tree));
  if (checked.success) return { file, value: checked.data, problems: doubled, placeOf };
  const problems = checked.error.issues.flatMap((issue): Problem | Problem[] => {
    const at = issue.path.filter((part): part is string | number => typeof part !== 'symbol');
    const message = `${at.join('.') || 'the file'}: ${issue.message}.`;
    if (issue.code !== 'unrecognized_keys') return { file, ...placeOf(at), message, remedy: 'Mend the value.' };
    return issue.keys.map((key) => ({
      file,
      ...placeOf([...at, key]),
      message: `${at.join('.') || 'the file'}: there is no key "${key}".`,
      remedy: `Remove "${key}", or spell it as the schema does.`,
    }));
  });
  return { file, value: null, problems: [...doubled, ...problems], placeOf };
}

/** JSON lets a key stand twice and forgets the first; whoever wrote both meant something by it. */
function doubledKeys(node: Node): Node[] {
  const children = node.children ?? [];
  const below = children.flatMap(doubledKeys);
  if (node.type !== 'object') return below;
  const seen = new Set<string>();
  for (const { children: [key] = [] } of children) {
    if (key && seen.has(key.value)) below.push(key);
    seen.add(key?.value);
  }
  return below;
}

/** Of a property the place of its name, which is where people look. */
const keyOf = (node: Node): Node => (node.parent?.type === 'property' ? (node.parent.children?.[0] ?? node) : node);

const SLIPS: Record<string, string> = {
  CommaExpected: 'a comma is missing before this',
  ColonExpected: 'a colon is missing before this',
  ValueExpected: 'a value is missing here; perhaps a comma too many stands before',
  PropertyNameExpected: 'a name in quotes is missing here; perhaps a comma too many stands before',
  CloseBraceExpected: 'a } is missing',
  CloseBracketExpected: 'a ] is missing',
  UnexpectedEndOfString: 'a quotation mark is missing',
  InvalidNumberFormat: 'this is no number',
  InvalidSymbol: 'this word means nothing here; words need quotation marks',
  InvalidCommentToken: 'comments cannot stand here; use "note"',
  EndOfFileExpected: 'something follows the end',
};

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function failed<T>(file: string, message: string, remedy: string): FileRead<T> {
  const first = { line: 1, column: 1 };
  return { file, value: null, problems: [{ file, ...first, message, remedy }], placeOf: () => first };
}
