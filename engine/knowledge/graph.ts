/**
 * The knowledge graph: feelings, what music does to people, musical features, and the source of every claim.
 * Data is in `data/*.json`, one record a line, so that a therapist can read and change it. Loaded once into graphology.
 *
 * What an edge counts is the confidence in its best kind of evidence; one without a source is marked "practice" and
 * counts least.
 */
import path from 'node:path';
import { MultiDirectedGraph } from 'graphology';
import { packageRoot } from '../../models/paths.js';
import { EmohealError } from '../errors.js';
import type { Caution, Principle, Source } from './files.js';
import { type PlacedEdge, problemLine, readKnowledgeFiles } from './lint.js';
import { allNodes, type NodeKind } from './nodes.js';

export interface NodeAttributes {
  kind: NodeKind;
}
export interface EdgeAttributes extends PlacedEdge {
  /** 0..1: how much its best evidence is trusted. */
  confidence: number;
}

export interface KnowledgeGraph {
  graph: MultiDirectedGraph<NodeAttributes, EdgeAttributes>;
  edges: EdgeAttributes[];
  sources: Map<string, Source>;
  principles: Map<string, Principle>;
  cautions: Map<string, Caution>;
}

/** Folder of the data files: beside the sources, also when the code runs from dist/. */
export const dataFolder = (): string => path.join(packageRoot(), 'engine', 'knowledge', 'data');

const TOLD = 5;

/** Reads, checks and links the data files. Throws `bad-input` with file, line and column of what is wrong. */
export function loadKnowledge(folder: string = dataFolder()): KnowledgeGraph {
  const { files, problems } = readKnowledgeFiles(folder);
  if (!files || problems.length > 0) {
    const more = problems.length > TOLD ? ` … and ${problems.length - TOLD} more` : '';
    throw new EmohealError(
      'bad-input',
      `The knowledge graph has mistakes: ${problems.slice(0, TOLD).map(problemLine).join(' ')}${more}`,
      { remedy: `Mend them, and try "emoheal graph lint ${folder}".` },
    );
  }
  const sources = new Map(files.sources.map((source) => [source.id, source]));
  const edges = files.edges.map((edge): EdgeAttributes => {
    const kinds = edge.sources.map((id) => files.strengthOfKind[sources.get(id)!.kind]);
    return { ...edge, confidence: Math.max(files.strengthOfKind.practice, ...kinds) };
  });
  const graph = new MultiDirectedGraph<NodeAttributes, EdgeAttributes>();
  for (const [id, kind] of allNodes(files.cautions.map(({ id: caution }) => caution))) graph.addNode(id, { kind });
  for (const edge of edges) graph.addEdge(edge.from, edge.to, edge);
  return {
    graph,
    edges,
    sources,
    principles: new Map(files.principles.map((principle) => [principle.id, principle])),
    cautions: new Map(files.cautions.map((caution) => [caution.id, caution])),
  };
}
