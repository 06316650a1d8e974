/**
 * The graph as a page: four columns of names, lines between them drawn by the script, and all of it as text below, which
 * needs no script and no eyes for lines.
 */
import type { NodeKind } from '../../engine/knowledge/nodes.js';
import type { GraphView } from './view.js';
import { sureWords, weightWords } from './words.js';

const escaped = (text: string) => text.replace(/[<>&"']/g, (c) => `&#${c.charCodeAt(0)};`);

const COLUMNS: { name: string; kinds: { kind: NodeKind; name: string }[] }[] = [
  {
    name: 'What is felt',
    kinds: [
      { kind: 'emotion', name: 'feelings' },
      { kind: 'body-state', name: 'the body' },
    ],
  },
  {
    name: 'What music does',
    kinds: [
      { kind: 'gems', name: 'felt in music' },
      { kind: 'affect', name: 'mood' },
      { kind: 'caution', name: 'cautions' },
    ],
  },
  {
    name: 'How music is',
    kinds: [
      { kind: 'feature', name: 'dials' },
      { kind: 'timbre', name: 'sounds' },
    ],
  },
  { name: 'Where it leads', kinds: [{ kind: 'intention', name: 'intentions' }] },
];

export function graphPage(view: GraphView): string {
  const kindOf = new Map(view.nodes.map(({ id, kind }) => [id, kind]));
  const labelOf = new Map(view.nodes.map(({ id, label }) => [id, label]));
  const sourceOf = new Map(view.sources.map((source) => [source.id, source]));
  const cite = (ids: readonly string[]) =>
    ids.map((id) => `<a href="#source-${escaped(id)}">${escaped(sourceOf.get(id)?.short ?? id)}</a>`).join('; ');

  const columns = COLUMNS.map(
    ({ name, kinds }) =>
      `<section class="column"><h2>${name}</h2>${kinds
        .map(
          ({ kind, name: group }) =>
            `<h3>${group}</h3><ul>${view.nodes
              .filter((node) => node.kind === kind)
              .map(
                ({ id, label }) =>
                  `<li><button type="button" class="node" data-id="${escaped(id)}" data-kind="${kind}" aria-pressed="false" tabindex="-1">${escaped(label)}</button></li>`,
              )
              .join('')}</ul>`,
        )
        .join('')}</section>`,
  ).join('');

  const texts = view.nodes
    .filter(({ id }) => view.edges.some(({ from }) => from === id))
    .map(({ id, label }) => {
      const lines = view.edges
        .filter(({ from }) => from === id)
        .map(
          (edge) =>
            `<li>${escaped(labelOf.get(edge.to) ?? edge.to)}: ${weightWords(edge.weight, kindOf.get(edge.to)!)} (${sureWords(edge.confidence)}${edge.sources.length > 0 ? `: ${cite(edge.sources)}` : ''})${edge.note ? `. ${escaped(edge.note)}` : ''}</li>`,
        );
      return `<details><summary>${escaped(label)}</summary><ul>${lines.join('')}</ul></details>`;
    })
    .join('');

  const principles = view.principles
    .map(
      ({ says, strength, sources, counter }) =>
        `<li>${escaped(says)} <small>${escaped(strength)}${sources.length > 0 ? `: ${cite(sources)}` : ''}${counter.length > 0 ? `; against it: ${cite(counter)}` : ''}</small></li>`,
    )
    .join('');
  const sources = view.sources
    .map(
      (source) =>
        `<li id="source-${escaped(source.id)}">${escaped(source.citation)}${source.doi ? ` <a href="https://doi.org/${escaped(source.doi)}" rel="noreferrer">doi ${escaped(source.doi)}</a>.` : ''} ${escaped(source.finding)} <small>${escaped(source.kind)}; ${READ[source.read] ?? escaped(source.read)}</small></li>`,
    )
    .join('');

  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light">
<title>What music does to people: the knowledge graph of EmoHeal Bedside</title>
<link rel="icon" href="/favicon.ico">
<link rel="stylesheet" href="/graph/style.css">
<script type="module" src="/graph/main.js"></script>
</head>
<body>
<main>
<h1>What music does to people</h1>
<p class="lead">${view.nodes.length} things, ${view.edges.length} claims about how they go together, ${view.sources.length} sources. Choose a feeling to see what follows from it, how sure that is, and who says so. This is music for rest, no treatment.</p>
<form id="search" role="search"><label for="find">Find</label> <input id="find" type="search" autocomplete="off" placeholder="sadness, slow, piano …"> <button type="button" id="clear">clear</button> <output id="hits" for="find" class="hint"></output></form>
<p id="keys" class="hint">Arrow keys move between names, Enter chooses, Escape clears.</p>
<div class="work">
<div id="board" aria-describedby="keys"><svg id="lines" aria-hidden="true"></svg><div class="columns">${columns}</div></div>
<section id="panel" aria-live="polite" aria-label="What follows" tabindex="0"><p class="hint">Nothing chosen yet.</p></section>
</div>
<p id="tip" hidden></p>
<section id="text">
<h2>The same as text</h2>
${texts}
<h2>Principles of the plan</h2><ul>${principles}</ul>
<h2>Sources</h2><ol>${sources}</ol>
</section>
</main>
</body>
</html>
`;
}

const READ: Record<string, string> = {
  'full-text': 'read in full',
  abstract: 'its abstract was read',
  secondary: 'read at second hand',
  'design-notes': 'from our design notes',
};
