/**
 * From a reading to what music would meet it: the whole probability vector flows through the graph, not the top label.
 *
 *   probabilities → shares (a mixed feeling resolved, `shares.ts`)
 *                 → paths through the graph, each with a pull and a count (`paths.ts`)
 *                 → ten dials and how unsure each is (`dial-values.ts`)
 *                 → kept within the cautions (`cautions.ts`)
 *                 → a MusicalProfile, and the reasons: the paths whose removal would change it most
 *
 * Deterministic, under a millisecond, and never fails: what makes no sense in a reading counts as nothing.
 * Example: sadness alone gives slow, minor, legato, dark; sadness with joy a compromise between.
 */
import { LABEL_AFFECT } from '../emotion/label-affect.js';
import {
  type Affect,
  BodyState,
  EMOTION_LABELS,
  type EmotionReading,
  type MusicalProfile,
  type Reason,
} from '../vocabulary.js';
import { type AppliedCaution, applyCautions } from './cautions.js';
import { byEffect, uncertaintyOf, valuesOf } from './dial-values.js';
import { type FeatureValues, profileFrom } from './dials.js';
import type { KnowledgeGraph } from './graph.js';
import { type Feature, TIMBRES, timbreNode, timbreOf } from './nodes.js';
import { BODY_SHARE, type Path, pathsOf } from './paths.js';
import { reasonFrom } from './reasons.js';
import { type Mixture, resolveMixture, type Shares, sharesOf } from './shares.js';

export interface Inference {
  /** What the feeling by itself asks for. */
  felt: MusicalProfile;
  /** The same within the cautions: where a match may begin. */
  profile: MusicalProfile;
  /** 0 = all paths agree on good evidence .. 1 = nothing is known. */
  uncertainty: Record<Feature, number>;
  mixture: Mixture;
  cautions: AppliedCaution[];
  /** The paths whose removal would change the profile most, strongest first, with their sources. */
  reasons: Reason[];
}

const MOST_REASONS = 3;
const FAMILIES = 3;

export function infer(knowledge: KnowledgeGraph, reading: EmotionReading): Inference {
  const { shares, affect, bodyStates, mixture, paths } = trace(knowledge, reading);
  const values = valuesOf(paths);
  const kept = applyCautions(knowledge, shares, bodyStates, { values, affect });
  const instrumentation = instrumentationOf(knowledge, shares, bodyStates);
  return {
    felt: profileFrom(values, affect, instrumentation),
    profile: profileFrom(kept.values, kept.affect, instrumentation),
    uncertainty: uncertaintyOf(paths),
    mixture,
    cautions: kept.cautions,
    reasons: byEffect(paths, MOST_REASONS).map((path) => reasonFrom(knowledge, path)),
  };
}

/** What `infer` follows, laid open: for the proofs, and for whoever draws it. */
export function trace(knowledge: KnowledgeGraph, reading: EmotionReading) {
  const { shares, mixture } = resolveMixture(sharesOf(reading.probabilities));
  const bodyStates = BodyState.options.filter((state) => reading.bodyState?.includes(state));
  const affect = affectOf(reading, shares);
  return { shares, mixture, bodyStates, affect, paths: pathsOf(knowledge, { shares, bodyStates, affect }) };
}

/** The dials that a set of paths gives: what would be left if one were taken out. */
export const dialsOf = (paths: readonly Path[]): FeatureValues => valuesOf(paths);

function affectOf(reading: EmotionReading, shares: Shares): Affect {
  const clean = (value: number) => Math.min(1, Math.max(-1, value));
  if (Number.isFinite(reading.valence) && Number.isFinite(reading.arousal))
    return { valence: clean(reading.valence), arousal: clean(reading.arousal) };
  return EMOTION_LABELS.reduce(
    (sum, label) => ({
      valence: sum.valence + shares[label] * LABEL_AFFECT[label].valence,
      arousal: sum.arousal + shares[label] * LABEL_AFFECT[label].arousal,
    }),
    { valence: 0, arousal: 0 },
  );
}

/** Families of sound by their votes: share x weight x confidence, directly and through GEMS factors (half). */
function instrumentationOf(knowledge: KnowledgeGraph, shares: Shares, bodyStates: readonly BodyState[]): string[] {
  const { graph } = knowledge;
  const votes = new Map<string, number>(TIMBRES.map((timbre) => [timbreNode(timbre), 0]));
  const vote = (from: string, share: number, depth: number) =>
    graph.forEachOutEdge(from, (_key, edge) => {
      const held = votes.get(edge.to);
      if (held !== undefined) votes.set(edge.to, held + share * edge.weight * (0.5 + edge.confidence));
      else if (depth === 0 && graph.getNodeAttribute(edge.to, 'kind') === 'gems')
        vote(edge.to, share * 0.5 * Math.max(0, edge.weight), 1);
    });
  for (const label of EMOTION_LABELS) if (shares[label] > 0.002) vote(label, shares[label], 0);
  for (const state of bodyStates) vote(state, BODY_SHARE, 0);
  return [...votes]
    .filter(([, held]) => held > 0)
    .sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]))
    .slice(0, FAMILIES)
    .map(([node]) => timbreOf(node));
}
