/**
 * What no schema can see in the files of the graph: links that lead nowhere, evidence that is missing, claims that stand
 * twice or against each other, and what hangs loose. Each rule looks at all records and tells all it finds.
 */
import { closest, distance } from 'fastest-levenshtein';
import type { Caution, KnowledgeEdge, Principle, Source } from './files.js';
import { allNodes, LEADS_TO, type NodeKind, UNSIGNED } from './nodes.js';
import type { Problem } from './read-file.js';

export type Place = Pick<Problem, 'file' | 'line' | 'column'>;

/** A record, and where it or something in it stands: `at('sources', 1)` is its second source. */
export interface Placed<T> {
  record: T;
  at(...inside: (string | number)[]): Place;
}

export interface PlacedFiles {
  edges: readonly Placed<KnowledgeEdge>[];
  sources: readonly Placed<Source>[];
  principles: readonly Placed<Principle>[];
  cautions: readonly Placed<Caution>[];
  /** Where a node that has no record of its own would be written down. */
  homeOf(kind: NodeKind): Place;
}

/** A direct claim, and a tie to a GEMS factor, that is more than a matter of degree. */
const PLAIN = 0.5;
/** Correlations of single features with felt factors end near .42 (Emotify): three quarters of that is plain. */
const PLAIN_CORRELATION = 0.3;

export function wrongLinks(files: PlacedFiles): Problem[] {
  const nodes = allNodes(files.cautions.map(({ record }) => record.id));
  return [
    ...files.edges.flatMap((edge) => wrongEnds(edge, nodes)),
    ...twins(files.edges),
    ...quietContradictions(files.edges, nodes),
    ...wrongEvidence(files),
    ...wrongNames(files),
    ...looseEnds(files, nodes),
  ];
}

function wrongEnds({ record: { from, to, weight }, at }: Placed<KnowledgeEdge>, nodes: Nodes): Problem[] {
  const [start, end] = [nodes.get(from), nodes.get(to)];
  const problems: Problem[] = [];
  if (!start) problems.push(unknown('node', from, nodes.keys(), at('from')));
  if (!end) problems.push(unknown('node', to, nodes.keys(), at('to')));
  if (start && end && !LEADS_TO[start].includes(end))
    problems.push({
      ...at('to'),
      message: `An edge from ${start} to ${end} has no meaning.`,
      remedy: `From ${start} it may lead to ${LEADS_TO[start].join(', ') || 'nothing'}.`,
    });
  if (end && UNSIGNED.includes(end) && weight < 0)
    problems.push({
      ...at('weight'),
      message: `The weight of an edge to ${end} is an amount, 0 to 1, not ${weight}.`,
      remedy: 'Leave the edge out instead.',
    });
  return problems;
}

/** The same two nodes may be joined again only where sources disagree, and then with a word on it. */
function twins(edges: PlacedFiles['edges']): Problem[] {
  const earlier = new Map<string, Placed<KnowledgeEdge>[]>();
  return edges.flatMap((edge) => {
    const { from, to, weight, note } = edge.record;
    const key = `${from} → ${to}`;
    const others = earlier.get(key) ?? [];
    earlier.set(key, [...others, edge]);
    return others.slice(0, 1).flatMap((other) => {
      const there = other.at();
      const against = weight * other.record.weight < 0;
      if (against && others.length === 1 && (note || other.record.note)) return [];
      return against
        ? {
            ...edge.at('weight'),
            message: `${key} contradicts line ${there.line} of ${there.file}.`,
            remedy: 'Say in "note" why both stand, or remove one.',
          }
        : {
            ...edge.at(),
            message: `${key} stands a second time (line ${there.line} of ${there.file}).`,
            remedy: 'Make one edge of the two, with the sources of both.',
          };
    });
  });
}

/** A plain claim about a feature against what the feeling's own GEMS factors plainly say of it, and no word on it. */
function quietContradictions(edges: PlacedFiles['edges'], nodes: Nodes): Problem[] {
  const from = new Map<string, KnowledgeEdge[]>();
  for (const { record } of edges) from.set(record.from, [...(from.get(record.from) ?? []), record]);
  return edges.flatMap(({ record: claim, at }) => {
    if (nodes.get(claim.from) !== 'emotion' || nodes.get(claim.to) !== 'feature') return [];
    if (claim.note || Math.abs(claim.weight) < PLAIN) return [];
    const against = from.get(claim.from)!.filter((factor) => {
      if (nodes.get(factor.to) !== 'gems' || factor.weight < PLAIN) return false;
      return (from.get(factor.to) ?? []).some(
        ({ to, weight, note }) =>
          to === claim.to && weight * claim.weight < 0 && Math.abs(weight) > PLAIN_CORRELATION && !note,
      );
    });
    return against.map((factor) => ({
      ...at('weight'),
      message: `${claim.from} → ${claim.to} says the opposite of ${claim.from} → ${factor.to} → ${claim.to}.`,
      remedy: 'Say in "note" why both stand.',
    }));
  });
}

/** Whatever is claimed has sources that are there, or says that it is practice. */
function wrongEvidence({ edges, principles, cautions, sources }: PlacedFiles): Problem[] {
  const known = new Set(sources.map(({ record }) => record.id));
  return [...edges, ...principles, ...cautions].flatMap(({ record, at }) => {
    const problems: Problem[] = [];
    const counter = 'counter' in record ? (record.counter ?? []) : [];
    record.sources.forEach((id, i) => {
      if (!known.has(id)) problems.push(unknown('source', id, known, at('sources', i)));
      else if (record.sources.indexOf(id) < i)
        problems.push({ ...at('sources', i), message: `"${id}" is named twice.`, remedy: 'Remove one.' });
    });
    counter.forEach((id, i) => {
      if (!known.has(id)) problems.push(unknown('source', id, known, at('counter', i)));
    });
    if (record.sources.length === 0 && !record.evidence)
      problems.push({
        ...at('sources'),
        message: 'No source is given.',
        remedy: 'Name one, or write "evidence": "practice".',
      });
    if (record.sources.length > 0 && record.evidence)
      problems.push({
        ...at('evidence'),
        message: 'It has sources and is marked "practice".',
        remedy: 'Remove one of the two.',
      });
    return problems;
  });
}

/** An id names one thing: no two records of a file, and no caution that is called like another node. */
function wrongNames({ sources, principles, cautions }: PlacedFiles): Problem[] {
  const fixed = allNodes([]);
  const kinds = { source: sources, principle: principles, caution: cautions };
  return Object.entries(kinds).flatMap(([kind, records]: [string, readonly Placed<{ id: string }>[]]) => {
    const seen = new Set<string>();
    return records.flatMap(({ record: { id }, at }) => {
      const again = seen.has(id);
      seen.add(id);
      if (again)
        return { ...at('id'), message: `The ${kind} "${id}" stands twice.`, remedy: 'Remove one, or rename it.' };
      if (kind === 'caution' && fixed.has(id))
        return {
          ...at('id'),
          message: `The caution "${id}" is called like a node of kind ${fixed.get(id)}.`,
          remedy: 'Give it a name of its own.',
        };
      return [];
    });
  });
}

/** What nothing leans on, what nothing leads to, and feelings that say nothing about music. */
function looseEnds({ edges, sources, principles, cautions, homeOf }: PlacedFiles, nodes: Nodes): Problem[] {
  const cited = new Set(
    [...edges, ...principles, ...cautions].flatMap(({ record }) => [
      ...record.sources,
      ...('counter' in record ? (record.counter ?? []) : []),
    ]),
  );
  const joined = new Set(edges.flatMap(({ record }) => [record.from, record.to]));
  const telling = new Map<string, Set<NodeKind | undefined>>();
  for (const { record } of edges)
    telling.set(record.from, (telling.get(record.from) ?? new Set()).add(nodes.get(record.to)));
  const problems = sources
    .filter(({ record }) => !cited.has(record.id))
    .map(
      ({ record, at }): Problem => ({
        ...at('id'),
        message: `Nothing leans on the source "${record.id}".`,
        remedy: 'Use it, or remove it.',
      }),
    );
  for (const [id, kind] of nodes) {
    const caution = cautions.find(({ record }) => record.id === id);
    const place = caution?.at('id') ?? homeOf(kind);
    if (!joined.has(id)) problems.push({ ...place, message: `The ${kind} "${id}" has no edge.`, remedy: 'Add one.' });
    else if (kind === 'emotion')
      for (const missing of ['affect', 'feature'] as const)
        if (!telling.get(id)?.has(missing))
          problems.push({
            ...place,
            message: `The emotion "${id}" has no edge to any ${missing}.`,
            remedy: `Add one: ${[...nodes.keys()].filter((other) => nodes.get(other) === missing).join(', ')}.`,
          });
  }
  return problems;
}

type Nodes = ReadonlyMap<string, NodeKind>;

/** A name that is not there, with the nearest that is, where one is near enough to be meant. */
function unknown(kind: 'node' | 'source', id: string, known: Iterable<string>, place: Place): Problem {
  const near = closest(id, [...known]);
  const close = near && distance(id, near) <= Math.max(2, id.length / 3);
  return {
    ...place,
    message: `There is no ${kind} "${id}".`,
    remedy: close ? `Did you mean "${near}"?` : `Add it first, or name another ${kind}.`,
  };
}
