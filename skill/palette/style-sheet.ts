/** A page's style, kept in a file for each thing that it dresses and sent as one: a page opens with one request for it. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { RequestHandler } from 'express';
import { packageRoot } from '../../models/paths.js';

/** What the pages of the day share, for those that are one. */
export const PAPER = '../../palette/paper.css';

/** The palette, then the files in their order, paths relative to `folder`. Read once. */
export function styleSheet(folder: string, names: readonly string[]): RequestHandler {
  const files = ['skill/palette/palette.css', ...names.map((name) => path.join(folder, name))];
  const text = files.map((file) => readFileSync(path.join(packageRoot(), file), 'utf8')).join('\n');
  return (_request, response) => {
    response.type('css').set('cache-control', 'public, max-age=0').send(text);
  };
}
