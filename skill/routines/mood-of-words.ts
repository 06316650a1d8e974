/** The mood in an answer of a word or two ("fine", "rather tired"). */
import { wordsOf } from '../../audio-prompts/prompts.js';
import { detectLanguage } from '../../engine/emotion/language.js';
import type { EmotionClassifier } from '../../engine/ports.js';

/** Labels of what somebody thinks of a thing; beside neutral they tell no mood ("I feel what is it"). */
const THOUGHTS: readonly string[] = ['approval', 'disapproval', 'curiosity', 'confusion', 'realization', 'surprise'];

/** Beside neutral a mood clears its threshold by this: what stands at it falls to either side from one processor to the next. */
const CLEARLY = 1.1;

/**
 * Valence −1..1; null where nothing is felt in the words. A word alone is read as neutral by a classifier of sentences
 * ("fine"), so the beginning of the sentence is put before it ("I feel fine"). Where neutral is still the likeliest, and no
 * other mood clearly clears its own threshold beside it ("rather calm"), the words say no feeling ("I feel the red car"), and
 * a number made of them would be noise.
 */
export async function moodOfWords(
  words: string,
  locale: string | undefined,
  classifier: Pick<EmotionClassifier, 'classify' | 'threshold'>,
): Promise<number | null> {
  const { carrier } = wordsOf(locale ?? detectLanguage(words));
  const begun = words.toLowerCase().startsWith(carrier.toLowerCase()) ? words : `${carrier} ${words}`;
  const [reading] = await classifier.classify([begun]);
  if (!reading) return null;
  const { neutral, ...felt } = reading.probabilities;
  const isFelt =
    reading.labels.some(
      (label) =>
        label !== 'neutral' &&
        !THOUGHTS.includes(label) &&
        reading.probabilities[label] >= CLEARLY * (classifier.threshold?.(label) ?? 0),
    ) || Object.values(felt).some((probability) => probability > neutral);
  return isFelt || reading.bodyState ? reading.valence : null;
}
