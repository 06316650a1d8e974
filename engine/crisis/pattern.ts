/** How a crisis pattern is written: alternatives as strings, put together once, with accents folded like the text. */
export type Category = 'suicide' | 'self-harm' | 'harm-to-others' | 'abuse' | 'medical' | 'overdose' | 'child-danger';

export interface CrisisPattern {
  category: Category;
  level: 'concern' | 'crisis';
  /** Named in the answer's reason; holds nothing of what was said. */
  rule: string;
  pattern: RegExp;
}

/**
 * "Überdosis" and "Uberdosis", "não" and "nao" are one: speech recognisers and tired people leave accents out. So are
 * Polish ł and l, Turkish ı and i, and the Arabic letters that are written one for another; marks of short vowels go.
 */
export function foldAccents(text: string): string {
  return text
    .replace(/[\u064b-\u0652\u0670\u0640]/g, '')
    .replace(/[أإآٱ]/g, 'ا')
    .replace(/ى/g, 'ي')
    .replace(/ة/g, 'ه')
    .replace(/ł/g, 'l')
    .replace(/ı/g, 'i')
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC');
}

type Make = (category: Category, rule: string, ...alternatives: string[]) => CrisisPattern;

/** `\b` would split words at letters beyond ASCII, so whole words are told by what must not stand beside them. */
const words = (alternatives: string[]) =>
  new RegExp(`(?<![\\p{L}\\p{N}])(?:${alternatives.map(foldAccents).join('|')})(?![\\p{L}\\p{N}])`, 'u');
const anywhere = (alternatives: string[]) => new RegExp(alternatives.map(foldAccents).join('|'), 'u');

export const crisis: Make = (category, rule, ...a) => ({ category, level: 'crisis', rule, pattern: words(a) });
export const concern: Make = (category, rule, ...a) => ({ category, level: 'concern', rule, pattern: words(a) });
/** For scripts without spaces between words. */
export const crisisUnspaced: Make = (category, rule, ...a) => ({
  category,
  level: 'crisis',
  rule,
  pattern: anywhere(a),
});
export const harmless = (...a: string[]) => words(a);
