import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EmohealError } from '../errors.js';
import { BodyState, EMOTION_LABELS, Intention } from '../vocabulary.js';
import { intentionDistances, labelDistances } from './distances.js';
import { EDGE_FILES, FILES, type FileName, jsonSchemaOf } from './files.js';
import { dataFolder, loadKnowledge } from './graph.js';
import { lint, problemLine } from './lint.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'graph-'));
  cpSync(dataFolder(), folder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Changes the first place in a file that holds `from`, and tells the line where it is. */
function mend(file: FileName, from: string, to: string): number {
  const text = readFileSync(path.join(folder, file), 'utf8');
  const at = text.indexOf(from);
  expect(at).toBeGreaterThan(-1);
  writeFileSync(path.join(folder, file), text.slice(0, at) + to + text.slice(at + from.length));
  return text.slice(0, at).split('\n').length;
}

describe('the shipped graph', () => {
  const knowledge = loadKnowledge();

  it('has not one mistake', () => {
    expect(lint(dataFolder()).map(problemLine)).toEqual([]);
  });

  it('has each feeling, body state and intention lead somewhere', () => {
    for (const start of [...EMOTION_LABELS, ...BodyState.options, ...Intention.options])
      expect(knowledge.graph.outDegree(start), start).toBeGreaterThan(2);
  });

  it('gives every claim a source or calls it practice, and says of each source what was read', () => {
    for (const edge of knowledge.edges) expect(edge.sources.length > 0 !== (edge.evidence === 'practice')).toBe(true);
    for (const source of knowledge.sources.values()) expect(source.finding.length).toBeGreaterThan(20);
  });

  it('trusts practice less than any study', () => {
    for (const edge of knowledge.edges)
      if (edge.evidence) expect(edge.confidence).toBe(0.25);
      else expect(edge.confidence).toBeGreaterThan(0.25);
  });

  it('makes no two feelings and no two intentions alike', () => {
    expect(labelDistances(knowledge).pairs[0]!.apart).toBeGreaterThan(0.04);
    expect(intentionDistances(knowledge).pairs[0]!.apart).toBeGreaterThan(0.08);
  });

  it('comes with JSON schemas for editors that say the same as the checks', () => {
    for (const name of Object.keys(FILES) as FileName[]) {
      const file = path.join(dataFolder(), 'schema', name.replace('.json', '.schema.json'));
      expect(JSON.parse(readFileSync(file, 'utf8')), `${name}: run "emoheal graph schema"`).toEqual(jsonSchemaOf(name));
    }
  });
});

describe('a mistake in a file', () => {
  it.each<[string, FileName, string, string, RegExp]>([
    ['a comma too few', 'emotions.json', '"weight": 0.9, ', '"weight": 0.9 ', /a comma is missing/],
    [
      'a comma too many',
      'gems.json',
      '"sources": ["emotify-2016"]}\n',
      '"sources": ["emotify-2016"]},\n',
      /comma too many|something does not belong/,
    ],
    [
      'a misspelt feeling',
      'emotions.json',
      '"from": "sadness"',
      '"from": "sadnes"',
      /no node "sadnes".*Did you mean "sadness"/,
    ],
    ['a misspelt feature', 'emotions.json', '"to": "tempo"', '"to": "temp"', /no node "temp".*Did you mean "tempo"/],
    [
      'a misspelt source',
      'gems.json',
      '"emotify-2016"',
      '"emotify-2015"',
      /no source "emotify-2015".*Did you mean "emotify-2016"/,
    ],
    ['a weight out of range', 'emotions.json', '"weight": 0.9', '"weight": 9', /weight/],
    ['a misspelt key', 'emotions.json', '"weight": 0.9', '"wieght": 0.9', /wieght/],
    ['words for a number', 'body-states.json', '"weight": -0.6', '"weight": "much"', /expected number/],
    ['no source and no word on it', 'body-states.json', ', "evidence": "practice"', '', /No source is given/],
    ['an edge without meaning', 'gems.json', '"to": "onsetRate"', '"to": "sadness"', /gems to emotion has no meaning/],
    [
      'an amount below zero',
      'emotions.json',
      '"to": "wonder", "weight": 0',
      '"to": "wonder", "weight": -0',
      /amount, 0 to 1/,
    ],
    ['a broken DOI', 'sources.json', '"doi": "10.', '"doi": "doi 10.', /10\.1234/],
    ['no such principle strength', 'principles.json', '"strength": "good"', '"strength": "great"', /strength/],
  ])('%s is named with its file and line', (_what, file, from, to, says) => {
    const line = mend(file, from, to);
    const problems = lint(folder);
    const told = problems.map(problemLine).join('\n');
    expect(told).toMatch(says);
    const found = problems.find((problem) => says.test(problemLine(problem)))!;
    expect(path.basename(found.file)).toBe(file);
    expect(Math.abs(found.line - line)).toBeLessThanOrEqual(1);
    expect(found.column).toBeGreaterThanOrEqual(1);
    expect(() => loadKnowledge(folder)).toThrow(EmohealError);
  });

  it('is one of several: all are told, not only the first', () => {
    mend('emotions.json', '"from": "sadness"', '"from": "sadnes"');
    mend('gems.json', '"emotify-2016"', '"emotify-2015"');
    expect(lint(folder).length).toBeGreaterThanOrEqual(2);
  });

  it('may be a contradiction that nobody explains', () => {
    mend(
      'gems.json',
      '"edges": [',
      '"edges": [\n    {"from": "wonder", "to": "onsetRate", "weight": -0.3, "sources": ["emotify-2016"]},',
    );
    expect(lint(folder).map(problemLine).join()).toMatch(/contradicts line/);
  });

  it('may be a source that nothing leans on, or a second record of the same', () => {
    mend('sources.json', '"id": "zentner-2008"', '"id": "zentner-2009"');
    expect(lint(folder).map(problemLine).join()).toMatch(/Nothing leans on the source "zentner-2009"/);
  });

  it('never makes the reader itself fail, whatever stands in the file', () => {
    fc.assert(
      fc.property(fc.constantFrom(...EDGE_FILES), fc.string({ maxLength: 300 }), (file, text) => {
        writeFileSync(path.join(folder, file), text);
        const problems = lint(folder);
        expect(problems.length).toBeGreaterThan(0);
      }),
      { numRuns: 60 },
    );
    rmSync(path.join(folder, 'sources.json'));
    expect(lint(folder).map(problemLine).join()).toMatch(/sources\.json.*is not there/);
  });
});
