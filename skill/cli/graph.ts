/** The knowledge graph, whole in a standard format, or what follows from one emotion. */

import { LABEL_AFFECT } from '../../engine/emotion/label-affect.js';
import { nothingToRead } from '../../engine/emotion/reading.js';
import { toGraphMl, toJsonLd, toTurtle } from '../../engine/knowledge/export.js';
import { loadKnowledge } from '../../engine/knowledge/graph.js';
import { infer } from '../../engine/knowledge/infer.js';
import type { EmotionLabel } from '../../engine/vocabulary.js';
import { printJson, printLine } from './terminal.js';

const FORMATS: Record<string, typeof toTurtle> = { turtle: toTurtle, jsonld: toJsonLd, graphml: toGraphMl };

export function printGraph(options: { from?: EmotionLabel; format?: string; json?: boolean }): void {
  const knowledge = loadKnowledge();
  if (options.format) {
    process.stdout.write(FORMATS[options.format]!(knowledge));
    return;
  }
  if (options.from) {
    const label = options.from;
    const reading = { ...nothingToRead(), ...LABEL_AFFECT[label], labels: [label] };
    reading.probabilities = { ...reading.probabilities, neutral: 0, [label]: 1 };
    const { profile, uncertainty, reasons } = infer(knowledge, reading);
    if (options.json) {
      printJson({ from: label, profile, uncertainty, reasons });
      return;
    }
    printLine(
      `${label}: ${profile.tempoBpm.toFixed(0)} BPM, ${profile.onsetRatePerSec.toFixed(1)} onsets a second, mode ${profile.mode.toFixed(2)}, brightness ${profile.brightness.toFixed(2)}, ${profile.instrumentation.join(', ')}`,
    );
    for (const { text, sources } of reasons)
      printLine(`- ${text}${sources.length > 0 ? ` [${sources.map((s) => s.citation).join(' ')}]` : ''}`);
    return;
  }
  const nodes = knowledge.graph.mapNodes((id, { kind }) => ({ id, kind }));
  const sources = [...knowledge.sources.values()];
  if (options.json) {
    printJson({ nodes, edges: knowledge.edges, sources });
    return;
  }
  printLine(
    `${nodes.length} nodes, ${knowledge.edges.length} edges, ${sources.length} sources. See one emotion with --from, or all with --json or --format.`,
  );
  for (const source of sources)
    printLine(
      `- ${source.authors} (${source.year}). ${source.title}. ${source.kind}${source.doi ? `, doi ${source.doi}` : ''}`,
    );
}
