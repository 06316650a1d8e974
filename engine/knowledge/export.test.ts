import { DOMParser } from '@xmldom/xmldom';
import jsonld from 'jsonld';
import { Parser } from 'n3';
import { describe, expect, it } from 'vitest';
import { toGraphMl, toJsonLd, toTurtle } from './export.js';
import { loadKnowledge } from './graph.js';

const knowledge = loadKnowledge();
const BASE = 'https://emoheal.example/graph#';
const WEIGHT = `${BASE}weight`;
const SOURCE = 'http://purl.org/dc/terms/source';

describe('the graph for other tools', () => {
  it('is Turtle that parses back to every edge with its weight and its sources', () => {
    const quads = new Parser().parse(toTurtle(knowledge));
    const weights = quads.filter(({ predicate }) => predicate.value === WEIGHT);
    expect(weights.map(({ object }) => Number(object.value))).toEqual(knowledge.edges.map(({ weight }) => weight));
    knowledge.edges.forEach((edge, i) => {
      const cited = quads.filter(
        ({ subject, predicate }) => subject.value === `${BASE}edge-${i}` && predicate.value === SOURCE,
      );
      expect(cited.map(({ object }) => object.value)).toEqual(edge.sources.map((id) => `${BASE}source-${id}`));
    });
    const practice = quads.filter(
      ({ predicate, object }) => predicate.value === `${BASE}evidence` && object.value === 'practice',
    );
    expect(practice).toHaveLength(knowledge.edges.filter(({ evidence }) => evidence).length);
    const named = new Set(
      quads.filter(({ predicate }) => predicate.value.endsWith('type')).map(({ subject }) => subject.value),
    );
    for (const { predicate, object } of quads)
      if (predicate.value === `${BASE}from` || predicate.value === `${BASE}to` || predicate.value === SOURCE)
        expect(named.has(object.value)).toBe(true);
  });

  it('is JSON-LD that expands to as many edges, nodes and sources', async () => {
    const expanded = await jsonld.expand(JSON.parse(toJsonLd(knowledge)));
    const of = (ending: string) => expanded.filter((node) => String((node['@type'] as string[])[0]).endsWith(ending));
    expect(of('source')).toHaveLength(knowledge.sources.size);
    const edges = expanded.filter((node) => WEIGHT in node);
    expect(edges.map((edge) => (edge[WEIGHT] as [{ '@value': number }])[0]['@value'])).toEqual(
      knowledge.edges.map(({ weight }) => weight),
    );
    expect(expanded).toHaveLength(knowledge.graph.order + knowledge.sources.size + knowledge.edges.length);
  });

  it('is GraphML whose edges join nodes that are there', () => {
    const document = new DOMParser().parseFromString(toGraphMl(knowledge), 'text/xml');
    const nodes = new Set([...document.getElementsByTagName('node')].map((node) => node.getAttribute('id')));
    const edges = [...document.getElementsByTagName('edge')];
    expect(nodes.size).toBe(knowledge.graph.order);
    expect(edges).toHaveLength(knowledge.edges.length);
    edges.forEach((edge, i) => {
      expect(nodes.has(edge.getAttribute('source'))).toBe(true);
      expect(edge.getAttribute('target')).toBe(knowledge.edges[i]!.to);
    });
  });
});
