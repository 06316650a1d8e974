/** What the graph is about: its nodes and their kinds, and which kinds an edge may join. */
import { z } from 'zod';
import { BodyState, EMOTION_LABELS, GEMS_FACTORS, Intention } from '../vocabulary.js';

export const NODE_KINDS = [
  'emotion',
  'body-state',
  'affect',
  'gems',
  'feature',
  'timbre',
  'intention',
  'caution',
] as const;
export type NodeKind = (typeof NODE_KINDS)[number];

/** The dials of music. Edges to them say how far from its middle a dial lies, -1..1. */
export const FEATURES = [
  'tempo',
  'mode',
  'loudness',
  'articulation',
  'brightness',
  'density',
  'register',
  'consonance',
  'pulseClarity',
  'onsetRate',
] as const;
export const Feature = z.enum(FEATURES);
export type Feature = z.infer<typeof Feature>;

/** Families of sound. As nodes they are written "timbre:piano". */
export const TIMBRES = [
  'piano',
  'strings',
  'harp',
  'pad',
  'choir',
  'bells',
  'guitar',
  'mallets',
  'winds',
  'brass',
  'nature',
] as const;
export type Timbre = (typeof TIMBRES)[number];
const TIMBRE_PREFIX = 'timbre:';

export const AFFECT_AXES = ['valence', 'arousal'] as const;

/** GEMS factors are nodes of their own name, but for "sadness", which is an emotion label as well. */
export const gemsNode = (factor: string): string => (factor === 'sadness' ? 'sadness-gems' : factor);
export const timbreNode = (timbre: string): string => `${TIMBRE_PREFIX}${timbre}`;
/** "timbre:piano" → "piano". */
export const timbreOf = (node: string): string => node.slice(TIMBRE_PREFIX.length);
export const isFeature = (node: string): node is Feature => (FEATURES as readonly string[]).includes(node);

/** Every node but the cautions, which the data names itself. */
const FIXED = new Map<string, NodeKind>([
  ...EMOTION_LABELS.map((id): [string, NodeKind] => [id, 'emotion']),
  ...BodyState.options.map((id): [string, NodeKind] => [id, 'body-state']),
  ...AFFECT_AXES.map((id): [string, NodeKind] => [id, 'affect']),
  ...GEMS_FACTORS.map((id): [string, NodeKind] => [gemsNode(id), 'gems']),
  ...FEATURES.map((id): [string, NodeKind] => [id, 'feature']),
  ...TIMBRES.map((id): [string, NodeKind] => [timbreNode(id), 'timbre']),
  ...Intention.options.map((id): [string, NodeKind] => [id, 'intention']),
]);

/** All nodes of a graph whose data names these cautions. */
export function allNodes(cautions: Iterable<string>): Map<string, NodeKind> {
  const nodes = new Map(FIXED);
  for (const id of cautions) nodes.set(id, 'caution');
  return nodes;
}

/** Where edges may go from a kind of node. */
export const LEADS_TO: Readonly<Record<NodeKind, readonly NodeKind[]>> = {
  emotion: ['affect', 'gems', 'feature', 'timbre', 'caution'],
  'body-state': ['affect', 'feature', 'timbre', 'caution'],
  affect: ['feature', 'timbre'],
  gems: ['feature', 'timbre'],
  intention: ['affect', 'feature', 'timbre'],
  feature: [],
  timbre: [],
  caution: [],
};

/** Edges to these are amounts, 0..1; to all others they are signed, -1..1. */
export const UNSIGNED: readonly NodeKind[] = ['gems', 'timbre', 'caution'];
