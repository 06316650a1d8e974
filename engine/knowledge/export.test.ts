import { DOMParser } from '@xmldom/xmldom';
import fc from 'fast-check';
import jsonld from 'jsonld';
import { DataFactory, Parser, type Quad, Store, Writer } from 'n3';
import { describe, expect, it } from 'vitest';
import { toGraphMl, toJsonLd, toTurtle } from './export.js';
import { type KnowledgeGraph, loadKnowledge } from './graph.js';

const knowledge = loadKnowledge();
const GRAPH = 'https://emoheal.example/graph#';
const THINGS = 'https://emoheal.example/graph/';
const DCTERMS = 'http://purl.org/dc/terms/';
const { namedNode } = DataFactory;

/** What a tool that reads RDF knows of the edges, in the words of the graph itself. */
function edgesIn(store: Store) {
  const labelOf = (thing: Quad['object']) =>
    store.getObjects(thing, namedNode('http://www.w3.org/2000/01/rdf-schema#label'), null)[0]!.value;
  const only = (thing: Quad['subject'], term: string) => store.getObjects(thing, namedNode(GRAPH + term), null);
  return store.getSubjects(namedNode(`${GRAPH}weight`), null, null).map((edge) => ({
    from: labelOf(only(edge, 'from')[0]!),
    to: labelOf(only(edge, 'to')[0]!),
    weight: Number(only(edge, 'weight')[0]!.value),
    confidence: Number(only(edge, 'confidence')[0]!.value),
    sources: store
      .getObjects(edge, namedNode(`${DCTERMS}source`), null)
      .map(({ value }) => value.replace(`${THINGS}source/`, ''))
      .sort(),
    evidence: only(edge, 'evidence')[0]?.value,
    note: store.getObjects(edge, namedNode('http://www.w3.org/2000/01/rdf-schema#comment'), null)[0]?.value,
  }));
}
const nQuads = (quads: Quad[]): string[] => {
  const writer = new Writer({ format: 'N-Quads' });
  return quads.map(({ subject, predicate, object }) => writer.quadToString(subject, predicate, object)).sort();
};
const quadsOf = async (text: string): Promise<Quad[]> =>
  new Parser({ format: 'N-Quads' }).parse(
    (await jsonld.toRDF(JSON.parse(text), { format: 'application/n-quads' })) as unknown as string,
  );
const told = ({ edges }: KnowledgeGraph) =>
  edges.map(({ from, to, weight, confidence, sources, evidence, note }) => ({
    from,
    to,
    weight,
    confidence,
    evidence,
    note,
    // RDF knows no order.
    sources: [...sources].sort(),
  }));

describe('the graph for other tools', () => {
  it('is Turtle that parses back to the very same edges, weights, sources and evidence', () => {
    expect(edgesIn(new Store(new Parser().parse(toTurtle(knowledge))))).toEqual(told(knowledge));
  });

  it('is JSON-LD that says exactly the same as the Turtle', async () => {
    const turtle = nQuads(new Parser().parse(toTurtle(knowledge)));
    expect(nQuads(await quadsOf(toJsonLd(knowledge)))).toEqual(turtle);
    expect(new Set(turtle).size).toBe(turtle.length);
  });

  it('cites no source and joins no node that it does not describe', () => {
    const store = new Store(new Parser().parse(toTurtle(knowledge)));
    for (const term of [`${GRAPH}from`, `${GRAPH}to`, `${GRAPH}counter`, `${DCTERMS}source`])
      for (const thing of store.getObjects(null, namedNode(term), null))
        expect(store.getQuads(thing, null, null, null).length, thing.value).toBeGreaterThan(1);
    const ofType = (type: string) => store.getSubjects(null, namedNode(GRAPH + type), null).length;
    expect(ofType('source')).toBe(knowledge.sources.size);
    expect(ofType('principle')).toBe(knowledge.principles.size);
    expect(ofType('caution')).toBe(knowledge.cautions.size);
  });

  it('keeps the address of a claim while others are added', () => {
    const fewer = { ...knowledge, edges: knowledge.edges.slice(5) };
    const subjects = (graph: KnowledgeGraph) =>
      new Store(new Parser().parse(toTurtle(graph)))
        .getSubjects(namedNode(`${GRAPH}weight`), null, null)
        .map(({ value }) => value);
    expect(subjects(fewer)).toEqual(subjects(knowledge).slice(5));
  });

  it('keeps apart two claims about the same two things', () => {
    const [first] = knowledge.edges;
    const both = { ...knowledge, edges: [first!, { ...first!, weight: -first!.weight, note: 'sources disagree' }] };
    expect(edgesIn(new Store(new Parser().parse(toTurtle(both)))).map(({ weight }) => weight)).toEqual([
      first!.weight,
      -first!.weight,
    ]);
  });

  it('is GraphML with every node, and every edge with its weight, sources and evidence', () => {
    const document = new DOMParser().parseFromString(toGraphMl(knowledge), 'text/xml');
    const nodes = [...document.getElementsByTagName('node')].map((node) => node.getAttribute('id'));
    expect(nodes).toEqual(knowledge.graph.nodes());
    const edges = [...document.getElementsByTagName('edge')].map((edge) => {
      const data = new Map(
        [...edge.getElementsByTagName('data')].map((each) => [each.getAttribute('key'), each.textContent]),
      );
      return {
        from: edge.getAttribute('source'),
        to: edge.getAttribute('target'),
        weight: Number(data.get('weight')),
        confidence: Number(data.get('confidence')),
        sources: (data.get('sources') ?? '').split(' ').filter(Boolean).sort(),
        evidence: data.get('evidence'),
        note: data.get('note'),
      };
    });
    expect(edges).toEqual(told(knowledge));
    const declared = new Set([...document.getElementsByTagName('key')].map((key) => key.getAttribute('id')));
    for (const data of document.getElementsByTagName('data')) expect(declared.has(data.getAttribute('key'))).toBe(true);
  });

  it('survives whatever somebody writes into a note or a title', async () => {
    const first = knowledge.edges[0]!;
    const [id, source] = [...knowledge.sources][0]!;
    const words = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => text.trim() === text && text !== '');
    await fc.assert(
      fc.asyncProperty(words, async (text) => {
        const odd: KnowledgeGraph = {
          ...knowledge,
          edges: [{ ...first, note: text }],
          sources: new Map([[id, { ...source, title: text }]]),
        };
        const turtle = new Parser().parse(toTurtle(odd));
        expect(edgesIn(new Store(turtle))[0]!.note).toBe(text);
        expect(nQuads(await quadsOf(toJsonLd(odd)))).toEqual(nQuads(turtle));
        const document = new DOMParser().parseFromString(toGraphMl(odd), 'text/xml');
        const data = [...document.getElementsByTagName('data')].find((each) => each.getAttribute('key') === 'note');
        expect(data?.textContent).toBe(text);
      }),
      { numRuns: 50, examples: [['Tom & "Jerry" <b>\n\\ ]]> \t&amp; \'x\'']] },
    );
  });
});
