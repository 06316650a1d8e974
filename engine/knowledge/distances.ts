/** How far apart the music of any two feelings, or of any two intentions, lies: the check that none is a copy of another. */
import { LABEL_AFFECT } from '../emotion/label-affect.js';
import { nothingToRead } from '../emotion/reading.js';
import { EMOTION_LABELS, type EmotionLabel, type EmotionReading, Intention } from '../vocabulary.js';
import type { KnowledgeGraph } from './graph.js';
import { dialsOf, trace } from './infer.js';
import { targetOf } from './intention.js';
import { FEATURES } from './nodes.js';

export interface Distances {
  names: string[];
  /** Root mean square over the ten dials and valence and arousal, each of which spans 2. Symmetric, 0 on the diagonal. */
  apart: number[][];
  /** All pairs, nearest first. */
  pairs: { a: string; b: string; apart: number }[];
}

/** A reading of nothing but one feeling. */
export function readingOf(label: EmotionLabel): EmotionReading {
  const none = nothingToRead();
  return {
    ...none,
    ...LABEL_AFFECT[label],
    labels: [label],
    probabilities: { ...none.probabilities, neutral: 0, [label]: 1 },
    intensity: label === 'neutral' ? 0 : 1,
  };
}

export function labelDistances(knowledge: KnowledgeGraph): Distances {
  return distancesOf(
    EMOTION_LABELS.map((label) => {
      const { paths, affect } = trace(knowledge, readingOf(label));
      const dials = dialsOf(paths);
      return [label, [...FEATURES.map((feature) => dials[feature]), affect.valence, affect.arousal]];
    }),
  );
}

export function intentionDistances(knowledge: KnowledgeGraph): Distances {
  return distancesOf(
    Intention.options.map((intention) => {
      const { features, affect } = targetOf(knowledge, intention);
      return [intention, [...FEATURES.map((feature) => features[feature]), affect.valence, affect.arousal]];
    }),
  );
}

function distancesOf(places: [name: string, at: number[]][]): Distances {
  const apart = places.map(([, a]) =>
    places.map(([, b]) => Math.hypot(...a.map((x, i) => x - b[i]!)) / Math.sqrt(a.length)),
  );
  const pairs = places.flatMap(([a], i) =>
    places.slice(i + 1).map(([b], j) => ({ a, b, apart: apart[i]![i + 1 + j]! })),
  );
  pairs.sort((x, y) => x.apart - y.apart || x.a.localeCompare(y.a));
  return { names: places.map(([name]) => name), apart, pairs };
}
