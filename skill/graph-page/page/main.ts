/** Brings the graph to life: lines between the names, paths that light up, sources beside them; by mouse, touch or keys. */
import type { GraphView } from '../view';
import { answersTo, idInAddress, sureWords, weightWords } from '../words';

type Edge = GraphView['edges'][number];
type Source = GraphView['sources'][number];

const find = <T extends HTMLElement>(id: string) => document.getElementById(id) as T;
const board = find('board');
const lines = document.getElementById('lines') as unknown as SVGSVGElement;
const panel = find('panel');
const tip = find('tip');
const search = find<HTMLInputElement>('find');
const nodes = [...document.querySelectorAll<HTMLButtonElement>('.node')];
const columns = [...document.querySelectorAll('.column')].map((column) => [
  ...column.querySelectorAll<HTMLButtonElement>('.node'),
]);
const buttonOf = new Map(nodes.map((node) => [node.dataset.id ?? '', node]));

let view: GraphView | null = null;
let sourceOf = new Map<string, Source>();
const pathOf = new Map<Edge, SVGPathElement>();
let chosen: string | null = null;

/** From a name the lines that matter: its own, and those one step on by way of what is felt in music. */
function reached(id: string): Edge[] {
  if (!view) return [];
  const { edges } = view;
  const isFactor = (node: string) => buttonOf.get(node)?.dataset.kind === 'gems';
  const own = edges.filter(({ from, to }) => from === id || to === id);
  const onward = edges.filter(
    (edge) =>
      (isFactor(edge.from) && own.some(({ from, to }) => from === id && to === edge.from)) ||
      (isFactor(edge.to) && own.some(({ from, to }) => to === id && from === edge.to)),
  );
  return [...new Set([...own, ...onward])];
}

function draw(): void {
  if (!view) return;
  const frame = board.getBoundingClientRect();
  for (const edge of view.edges) {
    const [from, to] = [buttonOf.get(edge.from), buttonOf.get(edge.to)];
    if (!from || !to) continue;
    const [a, b] = [from.getBoundingClientRect(), to.getBoundingClientRect()];
    const right = a.left < b.left;
    const x1 = (right ? a.right : a.left) - frame.left;
    const x2 = (right ? b.left : b.right) - frame.left;
    const y1 = a.top + a.height / 2 - frame.top;
    const y2 = b.top + b.height / 2 - frame.top;
    const bend = (x2 - x1) / 2;
    let path = pathOf.get(edge);
    if (!path) {
      path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
      path.setAttribute('stroke-width', String(1 + 3 * Math.abs(edge.weight) * edge.confidence));
      path.addEventListener('pointermove', (event) => showTip(edge, event));
      path.addEventListener('pointerleave', hideTip);
      pathOf.set(edge, path);
      lines.append(path);
    }
    path.setAttribute('d', `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`);
  }
}

function choose(id: string | null): void {
  chosen = id;
  const lit = new Set(id ? reached(id) : []);
  const ends = new Set([...lit].flatMap(({ from, to }) => [from, to]));
  document.body.classList.toggle('choosing', id !== null);
  for (const node of nodes) {
    const own = node.dataset.id === id;
    node.setAttribute('aria-pressed', String(own));
    node.classList.toggle('lit', ends.has(node.dataset.id ?? ''));
  }
  for (const [edge, path] of pathOf) {
    const signed = ['feature', 'affect'].includes(buttonOf.get(edge.to)?.dataset.kind ?? '');
    path.setAttribute('class', lit.has(edge) ? `lit ${!signed ? 'even' : edge.weight < 0 ? 'low' : 'high'}` : '');
    if (lit.has(edge)) lines.append(path);
  }
  hideTip();
  tell(id, [...lit]);
  history.replaceState(null, '', id ? `#${encodeURIComponent(id)}` : location.pathname);
}

const nameOf = (id: string) => buttonOf.get(id)?.textContent ?? id;
const says = (edge: Edge) =>
  `${nameOf(edge.from)} → ${nameOf(edge.to)}: ${weightWords(edge.weight, buttonOf.get(edge.to)?.dataset.kind as never)} (${sureWords(edge.confidence)})`;

/** The same as the lines, in words, with sources; the heaviest first. */
function tell(id: string | null, edges: Edge[]): void {
  if (!id) {
    panel.replaceChildren(element('p', 'Nothing chosen yet.', 'hint'));
    return;
  }
  const list = document.createElement('ul');
  const weight = (edge: Edge) => (edge.from === id || edge.to === id ? 1 : 0) + Math.abs(edge.weight) * edge.confidence;
  for (const edge of edges.sort((a, b) => weight(b) - weight(a))) {
    const item = element('li', says(edge));
    if (edge.note) item.append(element('span', ` ${edge.note}.`));
    const cited = document.createElement('small');
    if (edge.sources.length === 0) cited.textContent = ' Practice; no study is cited for this.';
    for (const source of edge.sources.flatMap((sourceId) => sourceOf.get(sourceId) ?? [])) {
      const link = document.createElement('a');
      link.href = source.doi ? `https://doi.org/${source.doi}` : `#source-${source.id}`;
      link.rel = 'noreferrer';
      link.textContent = source.short;
      cited.append(' ', link, `: ${source.finding}`);
    }
    item.append(cited);
    item.addEventListener('pointerenter', () => pathOf.get(edge)?.classList.add('pointed'));
    item.addEventListener('pointerleave', () => pathOf.get(edge)?.classList.remove('pointed'));
    list.append(item);
  }
  panel.replaceChildren(element('h2', `${nameOf(id)}: ${edges.length} claims`), list);
}

function showTip(edge: Edge, event: PointerEvent): void {
  const cited = edge.sources.map((id) => sourceOf.get(id)?.short ?? id).join('; ') || 'practice, no study cited';
  tip.textContent = `${says(edge)}. ${cited}.`;
  tip.hidden = false;
  tip.style.left = `${Math.min(event.clientX + 14, innerWidth - 350)}px`;
  tip.style.top = `${event.clientY + 14}px`;
}
function hideTip(): void {
  tip.hidden = true;
}

function element(name: string, text: string, kind = ''): HTMLElement {
  const made = document.createElement(name);
  made.textContent = text;
  if (kind) made.className = kind;
  return made;
}

/** One name in the board takes part in the Tab order; arrows move it. */
function rove(to: HTMLButtonElement, focus: boolean): void {
  for (const node of nodes) node.tabIndex = node === to ? 0 : -1;
  if (focus) to.focus();
}

board.addEventListener('keydown', (event) => {
  const here = document.activeElement as HTMLButtonElement;
  const column = columns.findIndex((each) => each.includes(here));
  if (column === -1) return;
  const row = columns[column]!.indexOf(here);
  const step = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }[event.key];
  if (!step) return;
  event.preventDefault();
  const next = columns[(column + step[0]! + columns.length) % columns.length]!;
  const place = step[0] === 0 ? (row + step[1]! + next.length) % next.length : Math.min(row, next.length - 1);
  rove(next[place]!, true);
});
board.addEventListener('click', (event) => {
  const node = (event.target as Element).closest<HTMLButtonElement>('.node');
  if (!node) return;
  rove(node, false);
  choose(node.dataset.id === chosen ? null : (node.dataset.id ?? null));
  showClaims();
});
/** Where there are no lines, the claims are what one wants to see next. */
function showClaims(): void {
  if (chosen && getComputedStyle(lines).display === 'none') panel.scrollIntoView({ block: 'start' });
}
addEventListener('keydown', (event) => {
  if (event.key === 'Escape') choose(null);
});
const found = () => {
  const words = search.value.trim();
  return words ? nodes.filter((node) => answersTo(node.dataset.id ?? '', node.textContent ?? '', words)) : [];
};
search.addEventListener('input', () => {
  const hits = found();
  for (const node of nodes) node.classList.toggle('found', hits.includes(node));
  find('hits').textContent = search.value.trim() ? (hits.length > 0 ? `${hits.length} found` : 'nothing found') : '';
});
find('search').addEventListener('submit', (event) => {
  event.preventDefault();
  const [first] = found();
  if (!first) return;
  rove(first, true);
  choose(first.dataset.id ?? null);
  showClaims();
});
find('clear').addEventListener('click', () => {
  search.value = '';
  for (const node of nodes) node.classList.remove('found');
  find('hits').textContent = '';
  choose(null);
});

rove(nodes[0]!, false);
const fromAddress = () => {
  const id = idInAddress(location.hash);
  if (id === null || !buttonOf.has(id)) return;
  choose(id);
  showClaims();
};
addEventListener('hashchange', fromAddress);
new ResizeObserver(draw).observe(board);
const answer = await fetch('/api/v1/graph').catch(() => null);
if (answer?.ok) {
  view = (await answer.json()) as GraphView;
  sourceOf = new Map(view.sources.map((source) => [source.id, source]));
  await document.fonts.ready;
  draw();
  fromAddress();
  document.body.dataset.ready = 'yes';
} else {
  panel.replaceChildren(element('p', 'The lines could not be loaded; everything is below as text.', 'hint'));
}
