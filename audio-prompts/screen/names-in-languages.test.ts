/** Kinds of music and the words of the path's picture: in every language, none missing, none left over in English. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../prompts.js';
import { pathWords } from './path-words.js';
import { styleName, styleNames } from './style-names.js';

const catalogue = JSON.parse(
  readFileSync(new URL('../../media-index/starter/catalogue.json', import.meta.url), 'utf8'),
) as { style: string }[];
const fieldsOf = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
const english = pathWords('en');
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

  it('the picture says the same things, with the fields that they need', () => {
    const words = pathWords(language);
    expect(Object.keys(words)).toEqual(Object.keys(english));
    for (const [key, text] of Object.entries(words)) {
      expect([key, fieldsOf(text)]).toEqual([key, fieldsOf(english[key as keyof typeof english])]);
      if (language !== 'en' && !text.includes('{')) expect(text).not.toBe(english[key as keyof typeof english]);
    }
  });
});

it("a kind of music of one's own keeps its name, also an odd one", () => {
  for (const own of ['Krautrock', 'constructor', '']) expect(styleName(own, 'de-AT')).toBe(own);
});
