/** Kinds of music in every language, none missing, none left over in English. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../prompts.js';
import { styleName, styleNames } from './style-names.js';

const catalogue = JSON.parse(
  readFileSync(new URL('../../media-index/starter/catalogue.json', import.meta.url), 'utf8'),
) as { style: string }[];
/** Words that these languages share with English. */
const SHARED = ['gamelan', 'handpan', 'nature'];

describe.each(Object.keys(LANGUAGES))('in %s', (language) => {
  it('every kind of the starter music has a name, and each its own', () => {
    const names = styleNames(language);
    for (const { style } of catalogue) expect(Object.keys(names)).toContain(style);
    expect(new Set(Object.values(names)).size).toBe(Object.keys(names).length);
    if (language === 'en') return;
    const left = Object.entries(names).filter(([id, name]) => name === styleName(id, 'en') && !SHARED.includes(name));
    expect(left).toEqual([]);
  });
});

it("a kind of music of one's own keeps its name, also an odd one", () => {
  for (const own of ['Krautrock', 'constructor', '']) expect(styleName(own, 'de-AT')).toBe(own);
});
