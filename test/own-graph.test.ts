/** Whoever changes the knowledge graph in a copy of their own, by the steps of docs/knowledge-graph.md. */
import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { packageRoot } from '../models/paths.js';
import { makeDataFolder } from './data-folder.js';
import { startServer } from './server-process.js';

const data = makeDataFolder();
afterAll(() => data.remove());
const graph = path.join(data.folder, 'my-graph');
cpSync(path.join(packageRoot(), 'engine', 'knowledge', 'data'), graph, { recursive: true });
const file = path.join(graph, 'emotions.json');
const emotions = readFileSync(file, 'utf8');
const claim = /\{"from": "sadness", "to": "register"[^}]*\}/;
const settings = { EMOHEAL_DATA_DIR: data.folder, EMOHEAL_KNOWLEDGE_DIR: graph };
const emoheal = (...words: string[]) =>
  spawnSync('node', [path.join(packageRoot(), 'bin/emoheal.mjs'), ...words], {
    encoding: 'utf8',
    env: { ...process.env, ...settings },
  });

it('finds the changed claim among what follows from the feeling', () => {
  writeFileSync(
    file,
    emotions.replace(claim, '{"from": "sadness", "to": "register", "weight": -0.8, "evidence": "practice"}'),
  );
  expect(emoheal('graph', 'lint', graph)).toMatchObject({ status: 0, stdout: expect.stringContaining('No mistakes') });
  expect(emoheal('graph', '--from', 'sadness').stdout).toMatch(/^ {2}register +-0\.80 {2}practice$/m);
});

it('never starts the server with a slip in it, and says where the slip is', async () => {
  writeFileSync(
    file,
    emotions.replace(claim, '{"from": "sadnes", "to": "register", "weight": -0.8, "evidence": "practice"}'),
  );
  const line = emotions.slice(0, emotions.search(claim)).split('\n').length;
  await expect(startServer(data.folder, settings)).rejects.toThrow(
    new RegExp(`emotions\\.json:${line}:\\d+: There is no node "sadnes"\\. Did you mean "sadness"\\?`),
  );
});
