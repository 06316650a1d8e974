/**
 * From a reading to what music would match it: the whole probability vector flows through the graph, not the top label.
 *
 * Rules:
 * 1. Each label's share is its probability squared, over all shares (a faint tail does not pull to the middle).
 *    Neutral takes part; nothing read at all is neutral.
 * 2. Along each path (emotion → feature, emotion → GEMS → feature, body state → feature) flows share x weight, counted
 *    by the strength of the weakest evidence on the way. A feature's value is the counted mean of all that reach it.
 * 3. Its uncertainty is how far the paths disagree (weighted standard deviation), plus a little where evidence is thin.
 * Example: sadness alone gives a tempo near 64 BPM, minor, legato, dark; sadness with joy a compromise between.
 */
import { LABEL_AFFECT } from '../emotion/label-affect.js';
import {
  EMOTION_LABELS,
  type EmotionLabel,
  type EmotionReading,
  type MusicalProfile,
  type Reason,
} from '../vocabulary.js';
import { type FeatureValues, profileFrom } from './dials.js';
import { type EdgeAttributes, FEATURES, type Feature, type KnowledgeGraph } from './graph.js';
import { reasonFrom } from './reasons.js';

export interface Inference {
  profile: MusicalProfile;
  /** 0 = all paths agree .. 1 = they could not disagree more. */
  uncertainty: Record<Feature, number>;
  /** The heaviest paths, heaviest first, as sentences with their sources. */
  reasons: Reason[];
}

export interface Path {
  from: string;
  via: string | null;
  to: Feature;
  /** Where the path pulls the feature to, -1..1. */
  pull: number;
  /** What it counts: share x strength of evidence. */
  count: number;
  sources: string[];
}

/** A feeling that would be uncomfortable to match in full: its arousal is capped before it shapes the music. */
const DISTRESS: readonly EmotionLabel[] = [
  'anger',
  'annoyance',
  'disgust',
  'embarrassment',
  'fear',
  'nervousness',
  'disapproval',
];
/** The cap: evidence for matching is weakest for anxiety (see the graph's iso-principle sources), so match it half way. */
export const MOST_MATCHED_AROUSAL = 0.35;

export function infer(knowledge: KnowledgeGraph, reading: EmotionReading): Inference {
  const shares = sharesOf(reading);
  const paths = pathsOf(knowledge, reading, shares);
  const values = {} as FeatureValues;
  const uncertainty = {} as Record<Feature, number>;
  for (const feature of FEATURES) {
    const reaching = paths.filter((path) => path.to === feature);
    const total = reaching.reduce((sum, path) => sum + path.count, 0);
    const mean = total > 0 ? reaching.reduce((sum, path) => sum + path.pull * path.count, 0) / total : 0;
    const variance =
      total > 0 ? reaching.reduce((sum, path) => sum + path.count * (path.pull - mean) ** 2, 0) / total : 1;
    values[feature] = mean;
    uncertainty[feature] = Math.min(1, Math.sqrt(variance) + 0.1 / (1 + 10 * total));
  }
  const distress = DISTRESS.reduce((sum, label) => sum + shares[label], 0);
  const affect = affectOf(reading, shares);
  if (distress > 0.2) affect.arousal = Math.min(affect.arousal, MOST_MATCHED_AROUSAL);
  const profile = profileFrom(values, affect, instrumentationOf(knowledge, shares));
  return { profile, uncertainty, reasons: heaviest(paths).map((path) => reasonFrom(knowledge, path)) };
}

function sharesOf(reading: EmotionReading): Record<EmotionLabel, number> {
  const squared = EMOTION_LABELS.map((label) => {
    const p = reading.probabilities[label];
    return Number.isFinite(p) ? Math.min(1, Math.max(0, p)) ** 2 : 0;
  });
  const sum = squared.reduce((total, value) => total + value, 0);
  return Object.fromEntries(
    EMOTION_LABELS.map((label, i) => [label, sum > 1e-6 ? squared[i]! / sum : label === 'neutral' ? 1 : 0]),
  ) as Record<EmotionLabel, number>;
}

function affectOf(reading: EmotionReading, shares: Record<EmotionLabel, number>): { valence: number; arousal: number } {
  if (Number.isFinite(reading.valence) && Number.isFinite(reading.arousal))
    return { valence: reading.valence, arousal: reading.arousal };
  return EMOTION_LABELS.reduce(
    (sum, label) => ({
      valence: sum.valence + shares[label] * LABEL_AFFECT[label].valence,
      arousal: sum.arousal + shares[label] * LABEL_AFFECT[label].arousal,
    }),
    { valence: 0, arousal: 0 },
  );
}

/** Features reached through a GEMS factor are less direct than a claim about the feature itself. */
const VIA_GEMS = 0.5;
const BODY_SHARE = 0.35;

function pathsOf(knowledge: KnowledgeGraph, reading: EmotionReading, shares: Record<EmotionLabel, number>): Path[] {
  const { graph } = knowledge;
  const paths: Path[] = [];
  const starts: [string, number][] = EMOTION_LABELS.filter((label) => shares[label] > 0.002).map((label) => [
    label,
    shares[label],
  ]);
  for (const state of reading.bodyState ?? []) starts.push([state, BODY_SHARE]);
  for (const [start, share] of starts) {
    graph.forEachOutEdge(start, (_key, first) => {
      if (isFeature(first.to)) {
        paths.push({
          from: start,
          via: null,
          to: first.to,
          pull: first.weight,
          count: share * evidence(first),
          sources: first.sources,
        });
        return;
      }
      graph.forEachOutEdge(first.to, (_second, next) => {
        if (!isFeature(next.to)) return;
        paths.push({
          from: start,
          via: first.to,
          to: next.to,
          // Correlations near .4 are as high as single features get: scaled so that they span the dial.
          pull: Math.max(-1, Math.min(1, (next.weight / 0.42) * first.weight)),
          count: share * VIA_GEMS * Math.min(evidence(first), evidence(next)) * Math.abs(first.weight),
          sources: [...new Set([...first.sources, ...next.sources])],
        });
      });
    });
  }
  return paths;
}

const isFeature = (node: string): node is Feature => (FEATURES as readonly string[]).includes(node);
/** Strength of an edge's evidence alone, 0..1. */
const evidence = (edge: EdgeAttributes) => (edge.weight === 0 ? 0.25 : edge.strength / Math.abs(edge.weight));

/** The three paths that move the profile most; ties by name, so that equal readings read equally. */
function heaviest(paths: Path[]): Path[] {
  const weight = (path: Path) => Math.abs(path.pull) * path.count;
  return [...paths]
    .sort((a, b) => weight(b) - weight(a) || `${a.from}${a.via}${a.to}`.localeCompare(`${b.from}${b.via}${b.to}`))
    .slice(0, 3);
}

function instrumentationOf(knowledge: KnowledgeGraph, shares: Record<EmotionLabel, number>): string[] {
  const votes = new Map<string, number>();
  for (const label of EMOTION_LABELS) {
    knowledge.instrumentation[label].forEach((name, place) => {
      votes.set(name, (votes.get(name) ?? 0) + shares[label] / (place + 1));
    });
  }
  return [...votes]
    .sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]))
    .slice(0, 3)
    .map(([name]) => name);
}
