/** Short hands in which the cases are written: near synonyms by what a listener would call them, and parts of expectations. */
import type { EmotionLabel } from '../../../vocabulary.js';
import type { BehaviourCase, Expectation, Kind } from '../expectation.js';

type Labels = readonly EmotionLabel[];

export const SAD: Labels = ['sadness', 'grief', 'disappointment'];
export const AFRAID: Labels = ['fear', 'nervousness'];
export const ANGRY: Labels = ['anger', 'annoyance', 'disapproval', 'disgust'];
export const GLAD: Labels = ['joy', 'excitement'];
export const AMUSED: Labels = ['amusement', 'joy'];
export const THANKFUL: Labels = ['gratitude'];
export const LOVING: Labels = ['love', 'caring'];
export const SORRY: Labels = ['remorse', 'embarrassment'];
export const EASED: Labels = ['relief', 'joy', 'gratitude'];
export const HOPEFUL: Labels = ['optimism', 'desire'];
export const PROUD: Labels = ['pride', 'admiration'];
export const PUZZLED: Labels = ['confusion', 'curiosity'];

const union = (groups: readonly Labels[]): Labels => [...new Set(groups.flat())];

/** One of the labels stands first, or second behind another (often neutral). */
export const reads = (...groups: Labels[]): Expectation => ({ labelAmongTop: { labels: union(groups), within: 2 } });
/** The same within three: for sentences that hold more than one feeling. */
export const hears = (...groups: Labels[]): Expectation => ({ labelAmongTop: { labels: union(groups), within: 3 } });
/** Each group is heard. */
export const hearsEach = (...groups: Labels[]): Expectation => ({
  labelAmongTop: groups.map((labels) => ({ labels, within: 4 })),
});
export const not = (...groups: Labels[]): Expectation => ({ noLabel: union(groups) });
export const more = (text: string, ...by: (EmotionLabel | 'intensity')[]): Expectation => ({ moreThan: { text, by } });

export const NEGATIVE: Expectation = { valence: 'negative' };
export const NOT_POSITIVE: Expectation = { valence: 'not-positive' };
export const NOT_NEGATIVE: Expectation = { valence: 'not-negative' };
export const POSITIVE: Expectation = { valence: 'positive' };
export const NEAR_ZERO: Expectation = { valence: 'near-zero' };
export const HIGH: Expectation = { arousal: 'high' };
export const LOW: Expectation = { arousal: 'low' };
export const CALM: Expectation = { calm: true };

/** A line: the text, and parts of its expectation that must all hold. */
export type Line = readonly [text: string, ...expect: Expectation[]];

export function casesOf(kind: Kind, language: string, lines: readonly Line[]): BehaviourCase[] {
  return lines.map(([text, ...expect]) => ({ kind, text, language, expect: Object.assign({}, ...expect) }));
}
