/** The console's words in its own language, as the server put them into the page. */
import type { CareWords } from '../../../audio-prompts/screen/care/en';

export { filled } from '../../../audio-prompts/screen/filled';

export const words = JSON.parse(document.getElementById('care-words')!.textContent!) as CareWords['script'];

/** The language of the page, and what goes with it: days, times, dates. */
export const language = (): string => document.documentElement.lang;
