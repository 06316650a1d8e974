/** `emoheal graph`: the knowledge graph, whole or what follows from one emotion; and the tools of whoever edits it. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { EmohealError } from '../../engine/errors.js';
import { type Distances, intentionDistances, labelDistances, readingOf } from '../../engine/knowledge/distances.js';
import { toGraphMl, toJsonLd, toTurtle } from '../../engine/knowledge/export.js';
import { FILES, type FileName, jsonSchemaOf } from '../../engine/knowledge/files.js';
import { dataFolder, loadKnowledge } from '../../engine/knowledge/graph.js';
import { infer } from '../../engine/knowledge/infer.js';
import { lint, problemLine } from '../../engine/knowledge/lint.js';
import type { EmotionLabel } from '../../engine/vocabulary.js';
import { readConfig } from '../config.js';
import { notice, printJson, printLine } from './terminal.js';

const FORMATS: Record<string, typeof toTurtle> = { turtle: toTurtle, jsonld: toJsonLd, graphml: toGraphMl };

const ownFolder = (): string => readConfig(process.env).knowledgeDir ?? dataFolder();

export function printGraph(options: { from?: EmotionLabel; format?: string; json?: boolean }): void {
  const knowledge = loadKnowledge(ownFolder());
  if (options.format) {
    process.stdout.write(FORMATS[options.format]!(knowledge));
    return;
  }
  if (options.from) {
    printFrom(options.from, options.json ?? false);
    return;
  }
  const nodes = knowledge.graph.mapNodes((id, { kind }) => ({ id, kind }));
  const sources = [...knowledge.sources.values()];
  // Where an edge stands on this machine's disk is nobody else's business.
  const edges = knowledge.edges.map(({ file: _file, line: _line, ...edge }) => edge);
  if (options.json) {
    const principles = [...knowledge.principles.values()];
    printJson({ nodes, edges, sources, principles, cautions: [...knowledge.cautions.values()] });
    return;
  }
  printLine(
    `${nodes.length} nodes, ${edges.length} edges, ${sources.length} sources. See one emotion with --from, or all with --json or --format.`,
  );
  for (const source of sources)
    printLine(
      `- ${source.authors} (${source.year}). ${source.title}. ${source.kind}${source.doi ? `, doi ${source.doi}` : ''}\n  ${source.finding}`,
    );
}

function printFrom(label: EmotionLabel, json: boolean): void {
  const knowledge = loadKnowledge(ownFolder());
  const { profile, uncertainty, reasons, cautions } = infer(knowledge, readingOf(label));
  // What the files say of it, strongest first; the reasons above are those that change the music most.
  const claims = knowledge.edges
    .filter(({ from }) => from === label)
    .map(({ file: _file, line: _line, ...edge }) => edge)
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight) || a.to.localeCompare(b.to));
  if (json) {
    printJson({ from: label, profile, uncertainty, cautions, reasons, claims });
    return;
  }
  printLine(
    `${label}: ${profile.tempoBpm.toFixed(0)} BPM, ${profile.onsetRatePerSec.toFixed(1)} onsets a second, mode ${profile.mode.toFixed(2)}, brightness ${profile.brightness.toFixed(2)}, ${profile.instrumentation.join(', ')}`,
  );
  for (const { text, sources } of reasons)
    printLine(`- ${text}${sources.length > 0 ? ` [${sources.map((s) => s.citation).join(' ')}]` : ''}`);
  for (const { id } of cautions) printLine(`- caution: ${id}`);
  printLine(`\n${claims.length} claims, strongest first:`);
  for (const { to, weight, sources } of claims) {
    const named = sources.map((id) => knowledge.sources.get(id)).filter((source) => source !== undefined);
    const borne = named.map(({ authors, year }) => `${authors} (${year})`).join('; ') || 'practice';
    printLine(`  ${to.padEnd(18)} ${weight.toFixed(2).padStart(5)}  ${borne}`);
  }
}

/** Every mistake of a folder, one a line; throws where there is one, so that the exit code tells it too. */
export function lintGraph(folder: string | undefined, options: { json?: boolean }): void {
  const checked = path.resolve(folder ?? ownFolder());
  if (!existsSync(checked))
    throw new EmohealError('not-found', `There is no folder ${checked}.`, {
      remedy: 'Make a copy of the graph there: cp -r engine/knowledge/data my-graph',
    });
  const problems = lint(checked);
  if (options.json) printJson({ folder: checked, problems });
  else for (const problem of problems) printLine(problemLine(problem));
  if (problems.length > 0)
    throw new EmohealError('bad-input', `${problems.length} mistake${problems.length === 1 ? '' : 's'} in ${checked}.`);
  if (!options.json) {
    const { edges, sources } = loadKnowledge(checked);
    const borneOut = edges.filter((edge) => edge.sources.length > 0).length;
    printLine(`No mistakes: ${edges.length} edges, ${borneOut} of them with evidence, ${sources.size} sources.`);
  }
}

export function printDistances(options: { json?: boolean }): void {
  const knowledge = loadKnowledge(ownFolder());
  const tables = { feelings: labelDistances(knowledge), intentions: intentionDistances(knowledge) };
  if (options.json) {
    printJson(tables);
    return;
  }
  for (const [name, table] of Object.entries(tables)) {
    printLine(`${name}: how far apart their music lies, in hundredths of half a dial\n`);
    printTable(table);
    const nearest = table.pairs.slice(0, 5).map(({ a, b, apart }) => `${a} and ${b} ${apart.toFixed(2)}`);
    printLine(`\nnearest: ${nearest.join(', ')}\n`);
  }
}

function printTable({ names, apart }: Distances): void {
  const widest = Math.max(...names.map((name) => name.length));
  const heads = names.map((name) => name.slice(0, 3).padStart(4)).join('');
  printLine(`${' '.repeat(widest)}${heads}`);
  names.forEach((name, i) => {
    printLine(name.padEnd(widest) + apart[i]!.map((value) => String(Math.round(value * 100)).padStart(4)).join(''));
  });
}

/** Writes a JSON schema for each file, for editors that check while one types. */
export function writeSchemas(folder: string | undefined): void {
  const target = path.join(path.resolve(folder ?? ownFolder()), 'schema');
  mkdirSync(target, { recursive: true });
  for (const name of Object.keys(FILES) as FileName[])
    writeFileSync(
      path.join(target, name.replace('.json', '.schema.json')),
      `${JSON.stringify(jsonSchemaOf(name), null, 1)}\n`,
    );
  notice(`${Object.keys(FILES).length} schemas in ${target}`);
}
