/** Whatever a hand does to a file of the graph is told with its line and column and how to mend it; nothing is thrown. */
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NAMES, problemsWith, whole } from './files.fixture.js';
import { lint } from './lint.js';

describe('a slip of the hand', () => {
  const firstEdge = whole['emotions.json'].split('\n').find((line) => line.includes('"from"'))!;
  const edited = (change: (line: string) => string) => ({
    'emotions.json': whole['emotions.json'].replace(firstEdge, () => change(firstEdge)),
  });
  const line = whole['emotions.json'].split('\n').indexOf(firstEdge) + 1;

  it.each([
    ['a missing comma', (text: string) => text.replace('", "to"', '" "to"'), 'comma', '"to"'],
    ['a missing quotation mark', (text: string) => text.replace('"to":', '"to:'), 'quotation', '"to:'],
    [
      'a word without quotation marks',
      (text: string) => text.replace(/"weight": [-.\d]+/, '"weight": much'),
      '',
      'much',
    ],
    ['an unknown key', (text: string) => text.replace('"to"', '"wieght": 1, "to"'), 'wieght', '"wieght"'],
    ['a weight over 1', (text: string) => text.replace(/"weight": [-.\d]+/, '"weight": 1.5'), 'weight', '"weight"'],
    [
      'a weight in words',
      (text: string) => text.replace(/"weight": [-.\d]+/, '"weight": "high"'),
      'weight',
      '"weight"',
    ],
  ])('%s is told with its line and column', (_name, change, word, at) => {
    const [problem] = problemsWith(edited(change));
    expect(problem).toMatchObject({ file: 'emotions.json', line });
    expect(problem!.message.toLowerCase()).toContain(word);
    const column = change(firstEdge).indexOf(at) + 1;
    // A broken string or a missing comma is noticed at the place or at what follows it.
    expect(problem!.column).toBeGreaterThanOrEqual(column);
    expect(problem!.column).toBeLessThanOrEqual(column + at.length + 2);
    expect(problem!.remedy).not.toBe('');
  });

  it('anywhere at all is told, and never thrown: any one character lost from a file', () => {
    fc.assert(
      fc.property(fc.constantFrom(...NAMES), fc.double({ min: 0, max: 0.9999, noNaN: true }), (name, where) => {
        const text = whole[name];
        const at = Math.floor(where * text.length);
        const problems = problemsWith({ [name]: text.slice(0, at) + text.slice(at + 1) });
        const lines = text.split('\n').length;
        for (const problem of problems) {
          expect(problem.line).toBeGreaterThanOrEqual(1);
          expect(problem.line).toBeLessThanOrEqual(lines);
          expect(problem.column).toBeGreaterThanOrEqual(1);
          expect(problem.message).not.toBe('');
          expect(problem.remedy).not.toBe('');
        }
        if (/["{}[\],:]/.test(text[at]!) && !insideText(text, at)) expect(problems).not.toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it('in several files at once is told of each', () => {
    const files = new Set(
      problemsWith({
        'emotions.json': whole['emotions.json'].replace('"weight"', '"wait"'),
        'gems.json': whole['gems.json'].replace('"to"', '"too"'),
        'principles.json': '{',
      }).map(({ file }) => file),
    );
    expect([...files].sort()).toEqual(['emotions.json', 'gems.json', 'principles.json']);
  });

  it('is told where the same key stands twice in one record, of which JSON would forget the first', () => {
    const [problem] = problemsWith(edited((text) => text.replace('"to"', '"weight": 0.3, "to"')));
    expect(problem).toMatchObject({ file: 'emotions.json', line, message: '"weight" stands twice in one record.' });
    expect(problem!.column).toBe(
      edited((text) => text.replace('"to"', '"weight": 0.3, "to"'))
        ['emotions.json'].split('\n')
        [line - 1]!.lastIndexOf('"weight"') + 1,
    );
  });

  it('is told of each key that does not belong, not of the first', () => {
    const problems = problemsWith(edited((text) => text.replace('"to"', '"tone": 1, "tune": 2, "to"')));
    expect(problems.map(({ message }) => message).join()).toMatch(/"tone".*"tune"/);
  });

  it('is none where an editor put a byte order mark first, or ends lines as Windows does', () => {
    const windows = Object.fromEntries(NAMES.map((name) => [name, `\uFEFF${whole[name].replaceAll('\n', '\r\n')}`]));
    expect(problemsWith(windows)).toEqual([]);
  });

  it('may nest as deep as it likes: the reader says so and does not fall over', () => {
    expect(problemsWith({ 'gems.json': '['.repeat(200_000) })).toHaveLength(1);
  });

  it('that loses a file is told by the name of the file', () => {
    const problems = lint('/no/such/folder');
    expect(problems.map(({ file }) => path.basename(file)).sort()).toEqual([...NAMES].sort());
    for (const { message } of problems) expect(message).toContain('not there');
  });
});

/** Whether a place lies in quoted text, or ends it: what is lost there may change words only. */
const insideText = (text: string, at: number): boolean =>
  (text.slice(text.lastIndexOf('\n', at - 1) + 1, at).match(/(?<!\\)"/g) ?? []).length % 2 === 1;
