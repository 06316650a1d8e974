/**
 * The knowledge graph: feelings, what music does to people, musical features, and the source of every claim.
 * Data is in `data/*.json`, one edge a line, so that a therapist can read and change it. Loaded once into graphology.
 *
 * Weights are signed, -1..1. An edge to a feature says how far the feature lies from its middle ("sadness → tempo
 * -0.65": well below the middle). What an edge counts is its weight times the strength of its best kind of evidence;
 * an edge without a source is marked "practice" and counts least.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { MultiDirectedGraph } from 'graphology';
import { z } from 'zod';
import { packageRoot } from '../../models/paths.js';
import { EmohealError } from '../errors.js';
import { Affect, BodyState, EMOTION_LABELS, EmotionLabel, GEMS_FACTORS, Intention } from '../vocabulary.js';

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

export const EvidenceKind = z.enum([
  'experiment',
  'meta-analysis',
  'review',
  'corpus-analysis',
  'norms',
  'theory',
  'practice',
]);
export type EvidenceKind = z.infer<typeof EvidenceKind>;

export const Source = z.object({
  id: z.string(),
  authors: z.string(),
  year: z.number().int(),
  title: z.string(),
  doi: z.string().optional(),
  kind: EvidenceKind,
});
export type Source = z.infer<typeof Source>;

export const KnowledgeEdge = z
  .object({
    from: z.string(),
    to: z.string(),
    type: z.enum(['emotion-gems', 'emotion-feature', 'gems-feature', 'body-feature']),
    weight: z.number().min(-1).max(1),
    sources: z.array(z.string()),
    evidence: z.literal('practice').optional(),
    note: z.string().optional(),
  })
  .strict();
export type KnowledgeEdge = z.infer<typeof KnowledgeEdge>;

export const IntentionTarget = z.object({
  target: Affect,
  features: z.record(Feature, z.number().min(-1).max(1)),
  instrumentation: z.array(z.string()),
  sources: z.array(z.string()),
});
export type IntentionTarget = z.infer<typeof IntentionTarget>;

export interface NodeAttributes {
  kind: 'emotion' | 'body-state' | 'gems' | 'feature';
}
export interface EdgeAttributes extends KnowledgeEdge {
  /** |weight| x strength of the best evidence: what the edge counts. */
  strength: number;
}

export interface KnowledgeGraph {
  graph: MultiDirectedGraph<NodeAttributes, EdgeAttributes>;
  edges: EdgeAttributes[];
  sources: Map<string, Source>;
  intentions: Record<Intention, IntentionTarget>;
  instrumentation: Record<EmotionLabel, string[]>;
}

/** GEMS factors are nodes of their own name, but for "sadness", which is an emotion label as well. */
export const gemsNode = (factor: string): string => (factor === 'sadness' ? 'sadness-gems' : factor);

const SourcesFile = z.object({
  strengthOfKind: z.record(EvidenceKind, z.number().min(0).max(1)),
  sources: z.array(Source),
});
const EdgesFile = z.object({ edges: z.array(KnowledgeEdge) });
const IntentionsFile = z.object({ intentions: z.record(Intention, IntentionTarget) });
const InstrumentationFile = z.object({ instrumentation: z.record(EmotionLabel, z.array(z.string()).min(1)) });

/** Folder of the data files: beside the sources, also when the code runs from dist/. */
export const dataFolder = (): string => path.join(packageRoot(), 'engine', 'knowledge', 'data');

/** Reads, checks and links the data files. A mistake stops it with file, place and what is wrong. */
export function loadKnowledge(folder: string = dataFolder()): KnowledgeGraph {
  const sourcesFile = read(folder, 'sources.json', SourcesFile);
  const { edges } = read(folder, 'edges.json', EdgesFile);
  const { intentions } = read(folder, 'intentions.json', IntentionsFile);
  const { instrumentation } = read(folder, 'instrumentation.json', InstrumentationFile);
  const sources = new Map(sourcesFile.sources.map((source) => [source.id, source]));
  const problems = lint(edges, sources, intentions);
  if (problems.length > 0)
    throw new EmohealError('bad-input', `The knowledge graph has mistakes: ${problems.slice(0, 5).join('; ')}.`, {
      remedy: `Mend them in ${folder}.`,
    });

  const graph = new MultiDirectedGraph<NodeAttributes, EdgeAttributes>();
  for (const label of EMOTION_LABELS) graph.addNode(label, { kind: 'emotion' });
  for (const state of BodyState.options) graph.addNode(state, { kind: 'body-state' });
  for (const factor of GEMS_FACTORS) graph.addNode(gemsNode(factor), { kind: 'gems' });
  for (const feature of FEATURES) graph.addNode(feature, { kind: 'feature' });
  const weighed = edges.map((edge): EdgeAttributes => {
    const kinds = edge.sources.map((id) => (sources.get(id) as Source).kind);
    const evidence = Math.max(
      sourcesFile.strengthOfKind.practice,
      ...kinds.map((kind) => sourcesFile.strengthOfKind[kind]),
    );
    return { ...edge, strength: Math.abs(edge.weight) * evidence };
  });
  for (const edge of weighed) graph.addEdge(edge.from, edge.to, edge);
  return { graph, edges: weighed, sources, intentions, instrumentation };
}

function read<T>(folder: string, name: string, schema: z.ZodType<T>): T {
  const file = path.join(folder, name);
  const text = readFileSync(file, 'utf8');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new EmohealError('bad-input', `${file} is not JSON: ${(error as Error).message}.`, {
      remedy: 'Mend the file at that place.',
    });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new EmohealError('bad-input', `${file} at ${issue?.path.join('.') || 'the top'}: ${issue?.message}.`, {
    remedy: 'Mend the file at that place.',
  });
}

/** Every mistake that a schema cannot see, in words. */
export function lint(
  edges: readonly KnowledgeEdge[],
  sources: ReadonlyMap<string, Source>,
  intentions: Record<string, IntentionTarget>,
): string[] {
  const nodes = new Set<string>([...EMOTION_LABELS, ...BodyState.options, ...GEMS_FACTORS.map(gemsNode), ...FEATURES]);
  const problems: string[] = [];
  const seen = new Map<string, KnowledgeEdge>();
  const used = new Set<string>();
  edges.forEach((edge, i) => {
    const where = `edges.${i} (${edge.from} → ${edge.to})`;
    for (const end of [edge.from, edge.to]) {
      if (!nodes.has(end)) problems.push(`${where}: there is no node "${end}"`);
      used.add(end);
    }
    for (const id of edge.sources) if (!sources.has(id)) problems.push(`${where}: there is no source "${id}"`);
    if (edge.sources.length === 0 && edge.evidence !== 'practice')
      problems.push(`${where}: no source, and not marked "practice"`);
    const key = `${edge.from} ${edge.to}`;
    const twin = seen.get(key);
    if (twin && Math.sign(twin.weight) !== Math.sign(edge.weight) && !edge.note)
      problems.push(`${where}: contradicts another edge, without a note`);
    seen.set(key, edge);
  });
  for (const node of nodes) if (!used.has(node)) problems.push(`node "${node}" has no edge`);
  for (const [name, intention] of Object.entries(intentions)) {
    for (const id of intention.sources)
      if (!sources.has(id)) problems.push(`intentions.${name}: there is no source "${id}"`);
  }
  return problems;
}
