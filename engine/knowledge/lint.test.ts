/** Every mistake that a hand can make in the files of the graph is found, placed, and told with how to mend it. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { EDGE_FILES, FILES } from './files.js';
import { dataFolder } from './graph.js';
import { lint, problemLine } from './lint.js';

const scratch = mkdtempSync(path.join(os.tmpdir(), 'emoheal-lint-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

type Files = { [name in keyof typeof FILES]: string };
const NAMES = Object.keys(FILES) as (keyof Files)[];
const whole = Object.fromEntries(
  NAMES.map((name) => [name, readFileSync(path.join(dataFolder(), name), 'utf8')]),
) as Files;

/** The problems of the data as it is, with some files changed. */
function problemsWith(changes: Partial<Files>) {
  for (const [name, text] of Object.entries({ ...whole, ...changes })) writeFileSync(path.join(scratch, name), text);
  return lint(scratch).map((problem) => ({ ...problem, file: path.basename(problem.file) }));
}

const lineOf = (text: string, what: string): number => text.slice(0, text.indexOf(what)).split('\n').length;
const withEdge = (text: string, edge: object): string =>
  text.replace('"edges": [\n', `"edges": [\n    ${JSON.stringify(edge)},\n`);
const ADDED_LINE = 3 + (whole['emotions.json'].includes('$schema') ? 1 : 0);
const cited = { sources: [(JSON.parse(whole['sources.json']) as { sources: { id: string }[] }).sources[0]!.id] };

it('finds nothing wrong in the graph as it is delivered', () => {
  expect(lint(dataFolder()).map(problemLine)).toEqual([]);
});

describe('a slip of the hand', () => {
  const firstEdge = whole['emotions.json'].split('\n').find((line) => line.includes('"from"'))!;
  const edited = (change: (line: string) => string) => ({
    'emotions.json': whole['emotions.json'].replace(firstEdge, () => change(firstEdge)),
  });
  const line = lineOf(whole['emotions.json'], firstEdge);

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
        if (/["{}[\],:]/.test(text[at]!) && !/[a-z(]/i.test(text[at + 1] ?? ''))
          return problems.length > 0 || insideText(text, at);
        return true;
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

  it('that loses a file is told by the name of the file', () => {
    expect(lint(path.join(scratch, 'nowhere'))).toHaveLength(NAMES.length);
    expect(lint(path.join(scratch, 'nowhere'))[0]!.message).toContain('not there');
  });
});

describe('a claim that does not fit', () => {
  const messagesWith = (...edges: object[]) =>
    problemsWith({ 'emotions.json': edges.reduce<string>(withEdge, whole['emotions.json']) });

  it('names the nearest node where a name is mistyped, with its line', () => {
    const [problem, ...others] = messagesWith({ from: 'sadnes', to: 'density', weight: -0.1, ...cited });
    expect(problem).toMatchObject({ file: 'emotions.json', line: ADDED_LINE });
    expect(problem!.message).toContain('"sadnes"');
    expect(problem!.remedy).toContain('"sadness"');
    expect(others).toEqual([]);
  });

  it('names the nearest source where a source is mistyped', () => {
    const id = cited.sources[0]!;
    const [problem] = messagesWith({ from: 'neutral', to: 'timbre:brass', weight: 0.1, sources: [`${id}x`] });
    expect(problem!.message).toContain(`"${id}x"`);
    expect(problem!.remedy).toContain(`"${id}"`);
  });

  it('guesses nothing where nothing is near', () => {
    const [problem] = messagesWith({ from: 'homesickness-on-mondays', to: 'tempo', weight: 0.1, ...cited });
    expect(problem!.remedy).not.toContain('Did you mean');
  });

  it.each([
    ['backwards', { from: 'tempo', to: 'sadness', weight: 0.1 }, 'feature to emotion'],
    ['between feelings', { from: 'sadness', to: 'joy', weight: 0.1 }, 'emotion to emotion'],
    ['from an axis to a feeling', { from: 'valence', to: 'joy', weight: 0.1 }, 'affect to emotion'],
  ])('may not lead %s', (_name, edge, said) => {
    expect(messagesWith({ ...edge, ...cited })[0]!.message).toContain(said);
  });

  it.each(['timbre:brass', 'wonder', 'soft-in-pain'])('to %s is an amount and cannot be negative', (to) => {
    const problems = messagesWith({ from: 'neutral', to, weight: -0.2, ...cited });
    expect(problems.some(({ message }) => message.includes('-0.2'))).toBe(true);
  });

  it('needs a source or the mark "practice", and not both', () => {
    const bare = { from: 'neutral', to: 'timbre:brass', weight: 0.1 };
    expect(messagesWith({ ...bare, sources: [] })[0]!.remedy).toContain('practice');
    expect(messagesWith({ ...bare, ...cited, evidence: 'practice' })[0]!.message).toContain('practice');
    expect(messagesWith({ ...bare, sources: [], evidence: 'practice' })).toEqual([]);
  });

  it('stands once only', () => {
    const claim = { from: 'neutral', to: 'timbre:brass', weight: 0.1, ...cited };
    const [problem, ...others] = messagesWith(claim, { ...claim, weight: 0.2 });
    expect(problem!.message).toContain('second time');
    expect(others).toEqual([]);
  });

  it('may stand against another only with a word on it', () => {
    const edges = JSON.parse(whole['emotions.json']).edges as {
      from: string;
      to: string;
      weight: number;
      note?: string;
    }[];
    const other = edges.find(({ to, weight, note }) => to === 'tempo' && weight !== 0 && !note)!;
    const against = { ...other, weight: -other.weight, sources: cited.sources, evidence: undefined };
    expect(messagesWith(against).some(({ message }) => message.includes('contradicts'))).toBe(true);
    expect(messagesWith({ ...against, note: 'two studies of different music' })).toEqual([]);
  });

  it('may stand against what the factors of the same feeling plainly say only with a word on it', () => {
    const gems = JSON.parse(whole['gems.json']).edges as { from: string; to: string; weight: number; note?: string }[];
    const plain = gems.find(({ to, weight, note }) => Math.abs(weight) > 0.3 && !note && !to.startsWith('timbre:'))!;
    const emotions = JSON.parse(whole['emotions.json']) as { edges: { from: string; to: string }[] };
    emotions.edges = emotions.edges.filter(
      ({ from, to }) => from !== 'neutral' || (to !== plain.to && to !== plain.from),
    );
    const text = JSON.stringify(emotions);
    const says = (note?: string) =>
      problemsWith({
        'emotions.json': JSON.stringify({
          edges: [
            ...(JSON.parse(text) as typeof emotions).edges,
            { from: 'neutral', to: plain.from, weight: 0.9, ...cited },
            { from: 'neutral', to: plain.to, weight: -Math.sign(plain.weight) * 0.9, ...cited, note },
          ],
        }),
      });
    expect(says().some(({ message }) => message.includes('opposite'))).toBe(true);
    expect(says('rests on another tradition')).toEqual([]);
  });
});

describe('what hangs loose', () => {
  it('is told: a source that nothing leans on', () => {
    const sources = JSON.parse(whole['sources.json']) as { sources: { id: string }[] };
    sources.sources.push({ ...sources.sources[0]!, id: 'nobody-2001' });
    expect(problemsWith({ 'sources.json': JSON.stringify(sources) })[0]!.message).toContain('"nobody-2001"');
  });

  it('is told: a source that stands twice', () => {
    const sources = JSON.parse(whole['sources.json']) as { sources: { id: string }[] };
    sources.sources.push(sources.sources[0]!);
    expect(problemsWith({ 'sources.json': JSON.stringify(sources) })[0]!.message).toContain('twice');
  });

  it('is told: a caution that no feeling calls for', () => {
    const cautions = JSON.parse(whole['cautions.json']) as { cautions: { id: string }[] };
    cautions.cautions.push({ ...cautions.cautions[0]!, id: 'never-called' });
    expect(problemsWith({ 'cautions.json': JSON.stringify(cautions) })[0]!.message).toContain('"never-called"');
  });

  it('is told: a feeling whose every edge was removed, in the file where it belongs', () => {
    for (const name of EDGE_FILES) {
      const edges = (JSON.parse(whole[name]) as { edges: { from: string; to: string }[] }).edges;
      const start = edges[0]!.from;
      const rest = edges.filter(({ from, to }) => from !== start && to !== start);
      // In all files, since an axis or a factor is reached from others too.
      const texts = Object.fromEntries(
        EDGE_FILES.map((each) => {
          const kept = (JSON.parse(whole[each]) as typeof rest & { edges: typeof rest }).edges;
          return [each, JSON.stringify({ edges: kept.filter(({ from, to }) => from !== start && to !== start) })];
        }),
      );
      const problems = problemsWith(texts);
      expect(
        problems.some(({ message, file }) => message.includes(`"${start}"`) && file === name),
        start,
      ).toBe(true);
    }
  });

  it('is told all at once, not only the first', () => {
    const text = [
      { from: 'sadnes', to: 'tempo', weight: 0.1, ...cited },
      { from: 'joy', to: 'tempoo', weight: 0.1, ...cited },
      { from: 'neutral', to: 'timbre:brass', weight: 0.1, sources: ['nobody-1999'] },
      { from: 'tempo', to: 'joy', weight: 0.1, ...cited },
    ].reduce<string>(withEdge, whole['emotions.json']);
    expect(problemsWith({ 'emotions.json': text }).length).toBeGreaterThanOrEqual(4);
  });
});

/** Whether a place lies in a quoted text, where a lost character changes words only. */
const insideText = (text: string, at: number): boolean =>
  (text.slice(text.lastIndexOf('\n', at) + 1, at).match(/"/g) ?? []).length % 2 === 1;
