/** Where an intention leads: the mood, the dials and the sounds that its edges name. */
import type { Affect, Intention } from '../vocabulary.js';
import type { FeatureValues } from './dials.js';
import type { KnowledgeGraph } from './graph.js';
import { FEATURES, isFeature, timbreOf } from './nodes.js';

export interface IntentionTarget {
  affect: Affect;
  features: FeatureValues;
  /** Families of sound, best first. */
  instrumentation: string[];
  /** Ids of the sources that any of it leans on. */
  sources: string[];
}

const MOST_SOUNDS = 4;

export function targetOf({ graph }: KnowledgeGraph, intention: Intention): IntentionTarget {
  const affect: Affect = { valence: 0, arousal: 0 };
  const features = Object.fromEntries(FEATURES.map((feature) => [feature, 0])) as FeatureValues;
  const sounds: [string, number][] = [];
  const sources = new Set<string>();
  graph.forEachOutEdge(intention, (_key, edge) => {
    for (const id of edge.sources) sources.add(id);
    if (edge.to === 'valence' || edge.to === 'arousal') affect[edge.to] = edge.weight;
    else if (isFeature(edge.to)) features[edge.to] = edge.weight;
    else sounds.push([timbreOf(edge.to), edge.weight]);
  });
  sounds.sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
  return {
    affect,
    features,
    instrumentation: sounds.slice(0, MOST_SOUNDS).map(([sound]) => sound),
    sources: [...sources],
  };
}
