/** The page's words in its own language, as the server put them into it. */
import type { PageWords } from '../../../audio-prompts/screen/words';

export { filled } from '../../../audio-prompts/screen/filled';

export const words = JSON.parse(document.getElementById('page-words')?.textContent ?? '{}') as PageWords;

/** The language of the page and what goes with it: figures, times of day. */
export const language = (): string => document.documentElement.lang || navigator.language;

/** "45 minutes", by the plural forms of the language. */
export function minutesIn(minutes: number): string {
  const units: Partial<Record<Intl.LDMLPluralRule, string>> = {
    one: words.minutesOne,
    two: words.minutesTwo,
    few: words.minutesFew,
    many: words.minutesMany,
  };
  return `${minutes}${units[new Intl.PluralRules(language()).select(minutes)] ?? words.minutesOther}`;
}
