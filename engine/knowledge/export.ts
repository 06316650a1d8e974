/** The graph in three standard formats, for other tools. */
import type { KnowledgeGraph } from './graph.js';

const BASE = 'https://emoheal.example/graph#';
const escaped = (text: string) => text.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n');
const xml = (text: string) => text.replace(/[<>&"]/g, (c) => `&#${c.charCodeAt(0)};`);
const term = (id: string) => id.replace(/[^A-Za-z0-9_-]/g, '_');

export function toTurtle({ graph, edges, sources }: KnowledgeGraph): string {
  const lines = [
    `@prefix : <${BASE}> .`,
    '@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .',
    '@prefix dcterms: <http://purl.org/dc/terms/> .',
    '',
  ];
  graph.forEachNode((id, { kind }) => lines.push(`:${term(id)} a :${term(kind)} ; rdfs:label "${escaped(id)}" .`));
  for (const source of sources.values()) {
    const doi = source.doi ? ` ; dcterms:identifier "doi:${escaped(source.doi)}"` : '';
    lines.push(
      `:${term(source.id)} a :source ; dcterms:creator "${escaped(source.authors)}" ; dcterms:title "${escaped(source.title)}" ; dcterms:date "${source.year}" ; :evidence "${source.kind}"${doi} .`,
    );
  }
  edges.forEach((edge, i) => {
    const cited = edge.sources.map((id) => ` ; dcterms:source :${term(id)}`).join('');
    lines.push(
      `:edge-${i} a :${term(edge.type)} ; :from :${term(edge.from)} ; :to :${term(edge.to)} ; :weight ${edge.weight.toFixed(2)}${cited} .`,
    );
  });
  return `${lines.join('\n')}\n`;
}

export function toJsonLd({ graph, edges, sources }: KnowledgeGraph): string {
  const nodes = graph.mapNodes((id, { kind }) => ({ '@id': term(id), '@type': term(kind), label: id }));
  const cited = [...sources.values()].map(({ id, ...rest }) => ({ '@id': term(id), '@type': 'source', ...rest }));
  const links = edges.map((edge, i) => ({
    '@id': `edge-${i}`,
    '@type': term(edge.type),
    from: { '@id': term(edge.from) },
    to: { '@id': term(edge.to) },
    weight: edge.weight,
    source: edge.sources.map((id) => ({ '@id': term(id) })),
  }));
  return `${JSON.stringify({ '@context': { '@vocab': BASE, '@base': BASE }, '@graph': [...nodes, ...cited, ...links] }, null, 1)}\n`;
}

export function toGraphMl({ graph, edges }: KnowledgeGraph): string {
  const nodes = graph.mapNodes((id, { kind }) => `  <node id="${xml(id)}"><data key="kind">${kind}</data></node>`);
  const links = edges.map(
    (edge) =>
      `  <edge source="${xml(edge.from)}" target="${xml(edge.to)}"><data key="weight">${edge.weight}</data><data key="sources">${xml(edge.sources.join(' '))}</data></edge>`,
  );
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    ' <key id="kind" for="node" attr.name="kind" attr.type="string"/>',
    ' <key id="weight" for="edge" attr.name="weight" attr.type="double"/>',
    ' <key id="sources" for="edge" attr.name="sources" attr.type="string"/>',
    ' <graph edgedefault="directed">',
    ...nodes,
    ...links,
    ' </graph>',
    '</graphml>',
    '',
  ].join('\n');
}
