/**
 * Every mistake in the files of the graph, not only the first: what a schema can see and what it cannot (a source that
 * is not there, a node that nothing leads to, two claims that contradict each other without a word on it).
 */
import { closest, distance } from 'fastest-levenshtein';
import {
  type Caution,
  EDGE_FILES,
  type EvidenceKind,
  FILES,
  type KnowledgeEdge,
  type Principle,
  type Source,
} from './files.js';
import { allNodes, LEADS_TO, type NodeKind, UNSIGNED } from './nodes.js';
import { type FileRead, type Problem, readFile } from './read-file.js';

export interface PlacedEdge extends KnowledgeEdge {
  file: string;
  line: number;
}

export interface KnowledgeFiles {
  edges: PlacedEdge[];
  sources: Source[];
  strengthOfKind: Record<EvidenceKind, number>;
  principles: Principle[];
  cautions: Caution[];
}

/** Contradictions weaker than this, on both sides, are a matter of degree. */
const PLAIN = 0.5;

export function readKnowledgeFiles(folder: string): { files: KnowledgeFiles | null; problems: Problem[] } {
  const sources = readFile(folder, 'sources.json', FILES['sources.json']);
  const principles = readFile(folder, 'principles.json', FILES['principles.json']);
  const cautions = readFile(folder, 'cautions.json', FILES['cautions.json']);
  const edgeFiles = EDGE_FILES.map((name) => readFile(folder, name, FILES[name]));
  const problems = [sources, principles, cautions, ...edgeFiles].flatMap((read) => read.problems);
  if (!sources.value || !principles.value || !cautions.value || edgeFiles.some((read) => !read.value))
    return { files: null, problems };
  const edges = edgeFiles.flatMap((read) =>
    read.value!.edges.map(
      (edge, i): PlacedEdge => ({ ...edge, file: read.file, line: read.placeOf(['edges', i]).line }),
    ),
  );
  const files: KnowledgeFiles = {
    edges,
    sources: sources.value.sources,
    strengthOfKind: sources.value.strengthOfKind,
    principles: principles.value.principles,
    cautions: cautions.value.cautions,
  };
  return { files, problems: [...problems, ...wrongLinks(files, { sources, principles, cautions })] };
}

/** `wrongLinks` needs to know where a record of these files stands. */
type Places = Record<'sources' | 'principles' | 'cautions', Pick<FileRead<unknown>, 'file' | 'placeOf'>>;

function wrongLinks(files: KnowledgeFiles, places: Places): Problem[] {
  const nodes = allNodes(files.cautions.map(({ id }) => id));
  const sourceIds = new Set(files.sources.map(({ id }) => id));
  const problems: Problem[] = [];
  const usedSources = new Set<string>();
  const usedNodes = new Set<string>();
  const first = new Map<string, PlacedEdge>();

  const missing = (kind: string, id: string, known: Iterable<string>): [string, string] => {
    const near = closest(id, [...known]);
    const close = near && distance(id, near) <= Math.max(2, id.length / 3);
    return [
      `There is no ${kind} "${id}".`,
      close ? `Did you mean "${near}"?` : `Add it first, or name another ${kind}.`,
    ];
  };
  const cited = (
    record: { sources: string[]; counter?: string[] | undefined; evidence?: string | undefined },
    at: At,
  ) => {
    for (const id of [...record.sources, ...(record.counter ?? [])]) {
      usedSources.add(id);
      if (!sourceIds.has(id)) problems.push({ ...at, ...say(missing('source', id, sourceIds)) });
    }
    if (record.sources.length === 0 && record.evidence !== 'practice')
      problems.push({ ...at, ...say(['No source is given.', 'Name one, or write "evidence": "practice".']) });
    if (record.sources.length > 0 && record.evidence)
      problems.push({ ...at, ...say(['It has sources and is marked "practice".', 'Remove one of the two.']) });
  };

  for (const edge of files.edges) {
    const at: At = { file: edge.file, line: edge.line, column: 1 };
    const kinds = [edge.from, edge.to].map((id) => {
      usedNodes.add(id);
      const kind = nodes.get(id);
      if (!kind) problems.push({ ...at, ...say(missing('node', id, nodes.keys())) });
      return kind;
    });
    cited(edge, at);
    const [from, to] = kinds as [NodeKind | undefined, NodeKind | undefined];
    if (from && to && !LEADS_TO[from].includes(to))
      problems.push({
        ...at,
        ...say([
          `An edge from ${from} to ${to} has no meaning.`,
          `From ${from} it may lead to ${LEADS_TO[from].join(', ') || 'nothing'}.`,
        ]),
      });
    if (to && UNSIGNED.includes(to) && edge.weight < 0)
      problems.push({
        ...at,
        ...say([
          `The weight of an edge to ${to} is an amount, 0 to 1, not ${edge.weight}.`,
          'Leave the edge out instead.',
        ]),
      });
    const key = `${edge.from} → ${edge.to}`;
    const twin = first.get(key);
    if (twin && Math.sign(twin.weight) !== Math.sign(edge.weight) && !edge.note && !twin.note)
      problems.push({
        ...at,
        ...say([
          `${key} contradicts line ${twin.line} of ${twin.file}.`,
          'Say in "note" why both stand, or remove one.',
        ]),
      });
    else if (twin && Math.sign(twin.weight) === Math.sign(edge.weight))
      problems.push({
        ...at,
        ...say([
          `${key} stands a second time (line ${twin.line} of ${twin.file}).`,
          'Make one edge of the two, with the sources of both.',
        ]),
      });
    first.set(key, edge);
  }
  problems.push(...quietContradictions(files.edges, nodes));
  for (const [i, principle] of files.principles.entries())
    cited(principle, { file: places.principles.file, ...places.principles.placeOf(['principles', i]) });
  for (const [i, caution] of files.cautions.entries())
    cited(caution, { file: places.cautions.file, ...places.cautions.placeOf(['cautions', i]) });
  const seen = new Set<string>();
  files.sources.forEach(({ id }, i) => {
    const at = { file: places.sources.file, ...places.sources.placeOf(['sources', i]) };
    if (seen.has(id)) problems.push({ ...at, ...say([`The source "${id}" stands twice.`, 'Remove one.']) });
    seen.add(id);
    if (!usedSources.has(id))
      problems.push({ ...at, ...say([`Nothing leans on the source "${id}".`, 'Use it, or remove it.']) });
  });
  for (const [id, kind] of nodes)
    if (!usedNodes.has(id))
      problems.push({
        file: kind === 'caution' ? places.cautions.file : places.sources.file.replace('sources.json', fileOf(kind)),
        line: 1,
        column: 1,
        ...say([`The ${kind} "${id}" has no edge.`, 'Add one.']),
      });
  return problems;
}

/** A plain claim about a feature against what the feeling's own GEMS factors plainly say of it, and no word on it. */
function quietContradictions(edges: readonly PlacedEdge[], nodes: ReadonlyMap<string, NodeKind>): Problem[] {
  const from = new Map<string, PlacedEdge[]>();
  for (const edge of edges) from.set(edge.from, [...(from.get(edge.from) ?? []), edge]);
  return edges.flatMap((edge) => {
    if (nodes.get(edge.from) !== 'emotion' || nodes.get(edge.to) !== 'feature' || edge.note) return [];
    if (Math.abs(edge.weight) < PLAIN) return [];
    const against = (from.get(edge.from) ?? []).filter(
      (factor) =>
        nodes.get(factor.to) === 'gems' &&
        factor.weight >= PLAIN &&
        (from.get(factor.to) ?? []).some(
          // Correlations of single features end near .42: three quarters of that is plain.
          (next) =>
            next.to === edge.to &&
            Math.sign(next.weight) === -Math.sign(edge.weight) &&
            Math.abs(next.weight) > 0.3 &&
            !next.note,
        ),
    );
    return against.map((factor) => ({
      file: edge.file,
      line: edge.line,
      column: 1,
      ...say([
        `${edge.from} → ${edge.to} says the opposite of ${edge.from} → ${factor.to} → ${edge.to}.`,
        'Say in "note" why both stand.',
      ]),
    }));
  });
}

type At = Pick<Problem, 'file' | 'line' | 'column'>;
const say = ([message, remedy]: [string, string]): Pick<Problem, 'message' | 'remedy'> => ({ message, remedy });
const fileOf = (kind: NodeKind): string =>
  ({
    emotion: 'emotions.json',
    'body-state': 'body-states.json',
    affect: 'affect.json',
    gems: 'gems.json',
    intention: 'intentions.json',
  })[kind as string] ?? 'emotions.json';

/** "file:line:column: what is wrong. How to mend it." */
export const problemLine = ({ file, line, column, message, remedy }: Problem): string =>
  `${file}:${line}:${column}: ${message} ${remedy}`;

export const lint = (folder: string): Problem[] => readKnowledgeFiles(folder).problems;
