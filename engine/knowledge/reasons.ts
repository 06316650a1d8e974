/** Paths of the graph as plain sentences, with how sure anyone can be. */
import type { Reason } from '../vocabulary.js';
import type { Feature, KnowledgeGraph, Source } from './graph.js';
import type { Path } from './infer.js';

const WORDS: Record<Feature, [low: string, high: string]> = {
  tempo: ['slow', 'fast'],
  mode: ['minor', 'major'],
  loudness: ['soft', 'strong'],
  articulation: ['flowing', 'detached'],
  brightness: ['dark', 'bright'],
  density: ['sparse', 'full'],
  register: ['low', 'high'],
  consonance: ['unsettled in its harmony', 'clear in its harmony'],
  pulseClarity: ['without a strong beat', 'with a clear beat'],
  onsetRate: ['unhurried, with few notes', 'busy, with many notes'],
};

const FACTORS: Record<string, string> = { joyfulActivation: 'joyful activation', 'sadness-gems': 'felt sadness' };

export function citationOf(source: Source): string {
  return `${source.authors} (${source.year}). ${source.title}.`;
}

export function sourcesOf(knowledge: KnowledgeGraph, ids: readonly string[]): Reason['sources'] {
  return ids.map((id) => {
    const source = knowledge.sources.get(id) as Source;
    return { id, citation: citationOf(source), ...(source.doi ? { doi: source.doi } : {}), kind: source.kind };
  });
}

export function reasonFrom(knowledge: KnowledgeGraph, path: Path): Reason {
  const word = WORDS[path.to][path.pull < 0 ? 0 : 1];
  const through = path.via ? `, by way of ${FACTORS[path.via] ?? path.via},` : '';
  return {
    text: `Music that goes with ${path.from}${through} tends to be ${word} (${confidence(path)}).`,
    strength: Math.min(1, Math.abs(path.pull) * path.count),
    sources: sourcesOf(knowledge, path.sources),
  };
}

function confidence(path: Path): string {
  if (path.sources.length === 0) return 'tradition more than proof';
  return path.sources.length > 1 ? 'fairly sure' : 'some evidence';
}
