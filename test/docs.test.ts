/** What the written pages lean on is there: files, anchors, pictures with words for who does not see them, scripts, settings. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../models/paths.js';
import { anchorOf } from '../skill/docs/pages.js';

const root = packageRoot();
const text = (file: string) => readFileSync(path.join(root, file), 'utf8');
const proseOf = (file: string) => text(file).replace(/```[\s\S]*?```/g, '');
const pages = execFileSync('git', ['ls-files', '*.md'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((file) => file !== '' && existsSync(path.join(root, file)));
const anchorsOf = (file: string) =>
  new Set([...proseOf(file).matchAll(/^#+ (.*)$/gm)].map(([, heading]) => anchorOf(heading!)));

describe.each(pages)('%s', (page) => {
  const prose = proseOf(page).replace(/`[^`\n]*`/g, '');

  it('links to what is there', () => {
    const links = [...prose.matchAll(/\]\(([^)\s]+)\)|src="([^"]+)"/g)].map(([, link, picture]) => (link ?? picture)!);
    for (const link of links.filter((each) => !/^[a-z]+:/.test(each))) {
      const [to = '', anchor] = link.split('#');
      const file = to === '' ? page : path.normalize(path.join(path.dirname(page), to));
      expect([link, existsSync(path.join(root, file))]).toEqual([link, true]);
      if (anchor) expect([link, anchorsOf(file).has(anchor)]).toEqual([link, true]);
    }
  });

  it('has words for each picture', () => {
    for (const [picture] of prose.matchAll(/<img [^>]*>|!\[[^\]]*\]/g))
      expect(picture).toMatch(/alt="[^"]{3,}"|!\[.{3,}\]/);
  });

  it('names scripts that can be run', () => {
    const { scripts } = JSON.parse(text('package.json')) as { scripts: Record<string, string> };
    for (const [, script] of text(page).matchAll(/npm run (?:-s )?([\w:-]+)/g))
      expect(Object.keys(scripts)).toContain(script);
  });
});

it('shows the F1 of the model that the table is about', () => {
  const [, model] = /^(emoheal-emotion [\d.]+)/m.exec(text('bench/results/emotion-latest.md'))!;
  expect(text('docs/pictures/emotion-f1.svg')).toContain(`GoEmotions dev: ${model}</title>`);
});
