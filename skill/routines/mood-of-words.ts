/** The mood in an answer of a word or two ("fine", "rather tired"). */
import { wordsOf } from '../../audio-prompts/prompts.js';
import { detectLanguage } from '../../engine/emotion/language.js';
import type { EmotionClassifier } from '../../engine/ports.js';

/**
 * Valence −1..1; null where nothing is felt in the words. A word alone is read as neutral by a classifier of sentences
 * ("fine"), so the beginning of the sentence is put before it ("I feel fine"). Where neutral is still the likeliest, the words
 * say no feeling ("I feel the red car"), and a number made of them would be noise.
 */
export async function moodOfWords(
  words: string,
  locale: string | undefined,
  classifier: Pick<EmotionClassifier, 'classify'>,
): Promise<number | null> {
  const { carrier } = wordsOf(locale ?? detectLanguage(words));
  const begun = words.toLowerCase().startsWith(carrier.toLowerCase()) ? words : `${carrier} ${words}`;
  const [reading] = await classifier.classify([begun]);
  if (!reading) return null;
  const { neutral, ...felt } = reading.probabilities;
  const isFelt = Object.values(felt).some((probability) => probability > neutral);
  return isFelt || reading.bodyState ? reading.valence : null;
}
