/** The knowledge graph as a page or another program wants it: names for people, no paths of this machine. */
import type { KnowledgeGraph } from '../../engine/knowledge/graph.js';
import type { NodeKind } from '../../engine/knowledge/nodes.js';
import { citationOf } from '../../engine/knowledge/reasons.js';

export interface GraphView {
  nodes: { id: string; kind: NodeKind; label: string }[];
  edges: {
    from: string;
    to: string;
    /** -1..1 to dials and moods, 0..1 to all else. */
    weight: number;
    /** 0..1: how much its best evidence is trusted. */
    confidence: number;
    sources: string[];
    evidence?: 'practice';
    note?: string;
  }[];
  sources: {
    id: string;
    citation: string;
    short: string;
    year: number;
    kind: string;
    read: string;
    finding: string;
    doi?: string;
  }[];
  principles: { id: string; says: string; strength: string; sources: string[]; counter: string[] }[];
  cautions: { id: string; says: string; strength: string; sources: string[] }[];
}

const LABELS: Record<string, string> = {
  onsetRate: 'notes a second',
  pulseClarity: 'beat',
  joyfulActivation: 'joyful activation',
  'sadness-gems': 'sadness, as felt in music',
  valence: 'pleasant or not',
  arousal: 'stirred up or quiet',
};
const labelOf = (id: string) => LABELS[id] ?? id.replace(/^timbre:/, '').replace(/-/g, ' ');

/** "Husain, Thompson & Schellenberg" → "Husain et al. 2002". */
function shortName(authors: string, year: number): string {
  const names = authors.split(/,| & /).filter((name) => name.trim());
  return `${names.length > 2 ? `${names[0]!.trim()} et al.` : authors} ${year}`;
}

export function graphView({ graph, edges, sources, principles, cautions }: KnowledgeGraph): GraphView {
  return {
    nodes: graph.mapNodes((id, { kind }) => ({ id, kind, label: labelOf(id) })),
    edges: edges.map(({ file: _file, line: _line, ...edge }) => ({
      from: edge.from,
      to: edge.to,
      weight: edge.weight,
      confidence: edge.confidence,
      sources: edge.sources,
      ...(edge.evidence ? { evidence: edge.evidence } : {}),
      ...(edge.note ? { note: edge.note } : {}),
    })),
    sources: [...sources.values()].map((source) => ({
      id: source.id,
      citation: citationOf(source),
      short: shortName(source.authors, source.year),
      year: source.year,
      kind: source.kind,
      read: source.read,
      finding: source.finding,
      ...(source.doi ? { doi: source.doi } : {}),
    })),
    principles: [...principles.values()].map(({ id, says, strength, sources: cited, counter }) => ({
      id,
      says,
      strength,
      sources: cited,
      counter: counter ?? [],
    })),
    cautions: [...cautions.values()].map(({ id, says, strength, sources: cited }) => ({
      id,
      says,
      strength,
      sources: cited,
    })),
  };
}
