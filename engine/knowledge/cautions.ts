/**
 * Where a feeling should not be met in full: the cautions of the graph, as far as the reading calls for them, and what
 * they change. Limits come in gradually, so that no small change of a reading makes the music jump.
 */
import type { Affect, BodyState, EmotionLabel } from '../vocabulary.js';
import { EMOTION_LABELS } from '../vocabulary.js';
import type { FeatureValues } from './dials.js';
import type { KnowledgeGraph } from './graph.js';
import { FEATURES, type Feature, isFeature } from './nodes.js';
import { BODY_SHARE } from './paths.js';
import { type Shares, smoothStep } from './shares.js';

export interface AppliedCaution {
  id: string;
  /** The feelings or body states that called for it, strongest first. */
  because: string[];
  /** 0..1: how fully it is in force. */
  force: number;
  /** Whether the music is other than it would have been. */
  changed: boolean;
}

/** From a tenth of the reading a caution begins to count; from three tenths it is in full force. */
const FORCE_FROM = 0.1;
const FORCE_WHOLLY = 0.3;

/** The dials that stir: a limit of arousal is a limit of each. */
const LIVELY: readonly Feature[] = [
  'tempo',
  'onsetRate',
  'loudness',
  'brightness',
  'articulation',
  'density',
  'pulseClarity',
];

export function applyCautions(
  knowledge: KnowledgeGraph,
  shares: Shares,
  bodyStates: readonly BodyState[],
  felt: { values: FeatureValues; affect: Affect },
): { values: FeatureValues; affect: Affect; cautions: AppliedCaution[] } {
  const values = { ...felt.values };
  const affect = { ...felt.affect };
  const cautions: AppliedCaution[] = [];
  const starts: [EmotionLabel | BodyState, number][] = [
    ...EMOTION_LABELS.map((label): [EmotionLabel, number] => [label, shares[label]]),
    ...bodyStates.map((state): [BodyState, number] => [state, BODY_SHARE]),
  ];
  for (const caution of knowledge.cautions.values()) {
    const callers = starts
      .map(([start, share]) => ({ start, called: share * weightTo(knowledge, start, caution.id) }))
      .filter(({ called }) => called > 0.02)
      .sort((a, b) => b.called - a.called || a.start.localeCompare(b.start));
    const called = callers.reduce((sum, each) => sum + each.called, 0);
    const force = smoothStep((called - FORCE_FROM) / (FORCE_WHOLLY - FORCE_FROM));
    if (force === 0) continue;
    let changed = false;
    for (const [what, limit] of Object.entries(caution.limits ?? {})) {
      // In part force the limit lies in part between "no limit" and its own place.
      const most = 1 - force * (1 - limit);
      const dials: readonly Feature[] = what === 'arousal' ? LIVELY : FEATURES.filter((feature) => feature === what);
      if (what === 'arousal' && affect.arousal > most) {
        affect.arousal = most;
        changed = true;
      }
      for (const feature of dials) {
        if (!isFeature(feature) || values[feature] <= most) continue;
        values[feature] = most;
        changed = true;
      }
    }
    cautions.push({ id: caution.id, because: callers.map(({ start }) => start), force, changed });
  }
  return { values, affect, cautions };
}

function weightTo(knowledge: KnowledgeGraph, from: string, caution: string): number {
  let weight = 0;
  knowledge.graph.forEachEdge(from, caution, (_key, edge) => {
    weight = Math.max(weight, edge.weight);
  });
  return weight;
}
