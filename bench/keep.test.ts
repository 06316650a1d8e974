import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { again, keepResults } from './keep.js';

const folder = mkdtempSync(path.join(os.tmpdir(), 'emoheal-results-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const read = (name: string) => readFileSync(path.join(folder, name), 'utf8');

it('leaves the table of the whole alone where only some parts were run, and keeps both runs in the history', async () => {
  await keepResults('', 'the whole\n', { rows: 15 }, { folder });
  await keepResults('', 'a part\n', { rows: 3 }, { folder, parts: ['dialogflow'] });
  await keepResults('stream', 'two parts\n', undefined, { folder, parts: ['sessions', 'listeners'] });
  expect(read('latest.md')).toBe('the whole\n');
  expect(read('dialogflow-latest.md')).toBe('a part\n');
  expect(read('stream-listeners-sessions-latest.md')).toBe('two parts\n');
  expect(read('history.jsonl')).toBe('{"rows":15}\n{"rows":3}\n');
  expect(readdirSync(folder)).toHaveLength(4);
});

it('names the command that repeats it', () => {
  expect(again('npm run bench', [])).toBe('npm run bench');
  expect(again('npm run bench', ['alexa'])).toBe('npm run bench -- alexa');
});
