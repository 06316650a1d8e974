/**
 * Every mistake in the files of the graph, not only the first: what a schema can see (read-file.ts) and, once all files
 * can be read, what it cannot (link-rules.ts).
 */
import {
  type Caution,
  EDGE_FILES,
  type EvidenceKind,
  FILES,
  type KnowledgeEdge,
  type Principle,
  type Source,
} from './files.js';
import { type Placed, wrongLinks } from './link-rules.js';
import type { NodeKind } from './nodes.js';
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

/** Where edges from a kind of node are written down; nodes that only receive belong to the feelings that lead to them. */
const HOMES: Readonly<Partial<Record<NodeKind, (typeof EDGE_FILES)[number]>>> = {
  'body-state': 'body-states.json',
  affect: 'affect.json',
  gems: 'gems.json',
  intention: 'intentions.json',
};

/** Reads a folder. Never throws; `files` is null where any of them cannot be read at all. */
export function readKnowledgeFiles(folder: string): { files: KnowledgeFiles | null; problems: Problem[] } {
  const sources = readFile(folder, 'sources.json', FILES['sources.json']);
  const principles = readFile(folder, 'principles.json', FILES['principles.json']);
  const cautions = readFile(folder, 'cautions.json', FILES['cautions.json']);
  const edgeFiles = EDGE_FILES.map((name) => ({ name, ...readFile(folder, name, FILES[name]) }));
  const problems = [sources, principles, cautions, ...edgeFiles].flatMap((read) => read.problems);
  if (!sources.value || !principles.value || !cautions.value || edgeFiles.some((read) => !read.value))
    return { files: null, problems };
  const edges = edgeFiles.flatMap((read) => placed(read, 'edges', read.value!.edges));
  const links = wrongLinks({
    edges,
    sources: placed(sources, 'sources', sources.value.sources),
    principles: placed(principles, 'principles', principles.value.principles),
    cautions: placed(cautions, 'cautions', cautions.value.cautions),
    homeOf: (kind) => {
      const home = edgeFiles.find(({ name }) => name === (HOMES[kind] ?? 'emotions.json'))!;
      return { file: home.file, ...home.placeOf(['edges']) };
    },
  });
  const files: KnowledgeFiles = {
    edges: edges.map(({ record, at }) => {
      const { file, line } = at();
      return { ...record, file, line };
    }),
    sources: sources.value.sources,
    strengthOfKind: sources.value.strengthOfKind,
    principles: principles.value.principles,
    cautions: cautions.value.cautions,
  };
  return { files, problems: [...problems, ...links] };
}

const placed = <T>({ file, placeOf }: FileRead<unknown>, list: string, records: readonly T[]): Placed<T>[] =>
  records.map((record, i) => ({ record, at: (...inside) => ({ file, ...placeOf([list, i, ...inside]) }) }));

/** "file:line:column: what is wrong. How to mend it." */
export const problemLine = ({ file, line, column, message, remedy }: Problem): string =>
  `${file}:${line}:${column}: ${message} ${remedy}`;

/** All problems of a folder, none where it is sound. */
export const lint = (folder: string): Problem[] => readKnowledgeFiles(folder).problems;
