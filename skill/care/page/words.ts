/** The console's words in its own language, as the server put them into the page. */
import type { CareWords } from '../../../audio-prompts/screen/care/en';

export { filled } from '../../../audio-prompts/screen/filled';

export const words = JSON.parse(document.getElementById('care-words')!.textContent!) as CareWords['script'];

const styles = JSON.parse(document.getElementById('care-styles')!.textContent!) as Record<string, string>;

/** A kind of music as people call it; one that nobody has a name for keeps the name it was given. */
export const styleName = (style: string): string => (Object.hasOwn(styles, style) ? styles[style]! : style);

/** The language of the page, and what goes with it: days, times, dates. */
export const language = (): string => document.documentElement.lang;
