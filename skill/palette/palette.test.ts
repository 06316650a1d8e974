import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../models/paths.js';

const root = path.join(packageRoot(), 'skill');
const textsIn = (folder: string, end: string) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(end))
    .map((name) => readFileSync(path.join(root, folder, name), 'utf8'))
    .join('\n');
const namesIn = (text: string, pattern: RegExp) => new Set(Array.from(text.matchAll(pattern), ([, name]) => name!));

describe.each(['care/page', 'graph-page/page', 'bedside/page'])('the style of %s', (folder) => {
  it('names no colour or size that nobody gives: a browser would leave such a line undrawn and say nothing', () => {
    const style = textsIn('palette', '.css') + textsIn(folder, '.css');
    const given = namesIn(style, /(--[a-z-]+)\s*:/g);
    // What a script sets while the page is open.
    for (const name of namesIn(textsIn(folder, '.ts'), /['"`](--[a-z-]+)['"`]/g)) given.add(name);
    const used = namesIn(style, /var\((--[a-z-]+)\)/g);
    expect(used.size).toBeGreaterThan(3);
    expect([...used].filter((name) => !given.has(name))).toEqual([]);
  });
});
