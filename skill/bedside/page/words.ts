/** The page's words in its own language, as the server put them into it. */
import type { PageWords } from '../../../audio-prompts/screen/words';

export const words = JSON.parse(document.getElementById('page-words')?.textContent ?? '{}') as PageWords;

/** A sentence with its fields put in. */
export const filled = (sentence: string, fields: Record<string, string>): string =>
  sentence.replace(/\{(\w+)\}/g, (_, name: string) => fields[name] ?? '');

/** The language of the page and what goes with it: figures, times of day. */
export const language = (): string => document.documentElement.lang || navigator.language;
