/** Paths, principles and cautions of the graph as reasons: data that any language can be made of, and plain English. */
import type { Confidence, Reason } from '../vocabulary.js';
import type { WeighedPath } from './dial-values.js';
import type { Source } from './files.js';
import type { KnowledgeGraph } from './graph.js';
import type { Feature } from './nodes.js';

const WORDS: Record<Feature, [low: string, high: string]> = {
  tempo: ['slow', 'fast'],
  mode: ['in minor', 'in major'],
  loudness: ['soft', 'strong'],
  articulation: ['flowing', 'detached'],
  brightness: ['dark', 'bright'],
  density: ['sparse', 'full'],
  register: ['low', 'high'],
  consonance: ['unsettled in its harmony', 'clear in its harmony'],
  pulseClarity: ['nearly without a beat', 'clear in its beat'],
  onsetRate: ['unhurried, with few notes', 'busy, with many notes'],
};

const STARTS: Record<string, string> = {
  valence: 'how pleasant or unpleasant this feels',
  arousal: 'how stirred up or quiet this feels',
  tired: 'being tired',
  wired: 'being wired',
  sleepless: 'lying awake',
  'in-pain': 'being in pain',
  restless: 'restlessness',
};
const FACTORS: Record<string, string> = { joyfulActivation: 'joyful activation', 'sadness-gems': 'sadness in music' };

const SURE: Record<Confidence, string> = {
  'fairly-sure': 'fairly sure',
  'some-evidence': 'some evidence',
  tradition: 'tradition more than proof',
};
const SURE_OF_STRENGTH: Record<string, Confidence> = {
  good: 'fairly-sure',
  modest: 'some-evidence',
  mixed: 'some-evidence',
  tradition: 'tradition',
};
/** A principle's own strength as a number, for surfaces that draw it. */
const NUMBER_OF_STRENGTH: Record<string, number> = { good: 0.8, modest: 0.5, mixed: 0.4, tradition: 0.25 };

export function citationOf(source: Source): string {
  return `${source.authors} (${source.year}). ${source.title}.`;
}

type Cited = Reason['sources'][number];

/** A plan cites some thirty times, and mostly the same few. */
const cited = new WeakMap<Source, Cited>();

function cite(source: Source): Cited {
  let told = cited.get(source);
  if (!told) {
    const { id, doi, kind } = source;
    told = Object.freeze({ id, citation: citationOf(source), ...(doi ? { doi } : {}), kind });
    cited.set(source, told);
  }
  return told;
}

/** Sources that the graph does not hold are left out: a reason never cites what cannot be shown. */
export function sourcesOf(knowledge: KnowledgeGraph, ids: readonly string[]): Reason['sources'] {
  return ids.flatMap((id) => {
    const source = knowledge.sources.get(id);
    return source ? [cite(source)] : [];
  });
}

/** The confidence of the weakest edge on a path, in words. */
export function confidenceOf(path: { confidence: number; sources: readonly string[] }): Confidence {
  if (path.sources.length === 0) return 'tradition';
  return path.confidence >= 0.65 && path.sources.length > 1 ? 'fairly-sure' : 'some-evidence';
}

export function reasonFrom(knowledge: KnowledgeGraph, path: WeighedPath): Reason {
  const direction = path.pull < 0 ? 'low' : 'high';
  const confidence = confidenceOf(path);
  const word = WORDS[path.to][direction === 'low' ? 0 : 1];
  const through = path.via ? `, by way of ${FACTORS[path.via] ?? path.via},` : '';
  return {
    text: `Music that goes with ${STARTS[path.from] ?? path.from}${through} tends to be ${word} (${SURE[confidence]}).`,
    strength: Math.min(1, path.effect),
    sources: sourcesOf(knowledge, path.sources),
    path: { from: path.from, via: path.via, to: path.to, direction, confidence },
  };
}

/** What a principle of the graph ("small steps", "tempo falls") says, with what speaks for it and against it. */
export function reasonOfPrinciple(knowledge: KnowledgeGraph, id: string): Reason | null {
  const principle = knowledge.principles.get(id);
  if (!principle) return null;
  return {
    text: withSurety(principle.says, principle.strength, (principle.counter?.length ?? 0) > 0),
    strength: NUMBER_OF_STRENGTH[principle.strength]!,
    sources: sourcesOf(knowledge, [...principle.sources, ...(principle.counter ?? [])]),
    principle: id,
  };
}

export function reasonOfCaution(knowledge: KnowledgeGraph, id: string): Reason | null {
  const caution = knowledge.cautions.get(id);
  if (!caution) return null;
  return {
    text: withSurety(caution.says, caution.strength, false),
    strength: NUMBER_OF_STRENGTH[caution.strength]!,
    sources: sourcesOf(knowledge, caution.sources),
    caution: id,
  };
}

/** "Grief is given time (tradition more than proof)." */
function withSurety(says: string, strength: string, disputed: boolean): string {
  const sure = SURE[SURE_OF_STRENGTH[strength]!];
  return `${says.replace(/\.$/, '')} (${sure}${disputed ? '; not all studies agree' : ''}).`;
}
