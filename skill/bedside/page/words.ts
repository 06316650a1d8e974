/** The page's words in its own language, as the server put them into it. */
import type { PageWords } from '../../../audio-prompts/screen/words';

export { filled } from '../../../audio-prompts/screen/filled';

export const words = JSON.parse(document.getElementById('page-words')?.textContent ?? '{}') as PageWords;

/** The language of the page and what goes with it: figures, times of day. */
export const language = (): string => document.documentElement.lang || navigator.language;
