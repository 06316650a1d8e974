/**
 * The ways by which a reading reaches the dials of music: which node starts, by way of what, where to, how strongly.
 *
 *   emotion → feature              "sadness → slow"
 *   emotion → GEMS factor → feature "sadness → sadness as felt in music → few onsets"
 *   body state → feature           "tired → dark"
 *   valence or arousal → feature   "stirred up → fast": the mood as a whole, also where no single label is sure
 *
 * A path has a pull (where it wants the dial, -1..1) and a count (how much it is listened to).
 */
import type { Affect, BodyState, EmotionLabel } from '../vocabulary.js';
import { EMOTION_LABELS } from '../vocabulary.js';
import type { EdgeAttributes, KnowledgeGraph } from './graph.js';
import { type Feature, isFeature } from './nodes.js';

export interface Path {
  from: string;
  via: string | null;
  to: Feature;
  pull: number;
  /** Share of the reading x confidence of the weakest edge on the way. */
  count: number;
  /** Confidence of the weakest edge alone, 0..1. */
  confidence: number;
  sources: string[];
}

export interface Reached {
  shares: Record<EmotionLabel, number>;
  bodyStates: readonly BodyState[];
  affect: Affect;
}

/** What is reached through a factor of felt music is less direct than a claim about the feature itself. */
const VIA_GEMS = 0.5;
/** A body state is said outright, so it counts like a third of the feeling. */
export const BODY_SHARE = 0.35;
/** The mood as a whole, beside the labels that it was mostly made of. */
const AFFECT_SHARE = 0.3;
/** Correlations of single features with felt factors end near .42 (Emotify): this spans the dial with them. */
const STRONGEST_CORRELATION = 0.42;
/** Fainter shares change nothing that can be heard. */
const LEAST_SHARE = 0.002;

export function pathsOf(knowledge: KnowledgeGraph, reached: Reached): Path[] {
  const found: Path[] = [];
  for (const label of EMOTION_LABELS) {
    const share = reached.shares[label];
    if (share > LEAST_SHARE) follow(knowledge, label, share, found);
  }
  for (const state of reached.bodyStates) follow(knowledge, state, BODY_SHARE, found);
  for (const axis of ['valence', 'arousal'] as const) {
    knowledge.graph.forEachOutEdge(axis, (_key, edge) => {
      if (isFeature(edge.to)) found.push(direct(axis, edge, AFFECT_SHARE, reached.affect[axis]));
    });
  }
  return found;
}

function follow(knowledge: KnowledgeGraph, start: string, share: number, found: Path[]): void {
  const { graph } = knowledge;
  graph.forEachOutEdge(start, (_key, first) => {
    if (isFeature(first.to)) {
      found.push(direct(start, first, share, 1));
      return;
    }
    if (graph.getNodeAttribute(first.to, 'kind') !== 'gems') return;
    graph.forEachOutEdge(first.to, (_second, next) => {
      if (isFeature(next.to)) found.push(through(start, first, next, share));
    });
  });
}

const direct = (from: string, edge: EdgeAttributes, share: number, strength: number): Path => ({
  from,
  via: null,
  to: edge.to as Feature,
  pull: edge.weight * strength,
  count: share * edge.confidence,
  confidence: edge.confidence,
  sources: edge.sources,
});

function through(from: string, first: EdgeAttributes, next: EdgeAttributes, share: number): Path {
  const confidence = Math.min(first.confidence, next.confidence);
  return {
    from,
    via: first.to,
    to: next.to as Feature,
    pull: Math.max(-1, Math.min(1, (next.weight / STRONGEST_CORRELATION) * first.weight)),
    count: share * VIA_GEMS * confidence * Math.abs(first.weight),
    confidence,
    sources: [...new Set([...first.sources, ...next.sources])],
  };
}
