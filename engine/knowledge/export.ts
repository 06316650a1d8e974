/** The graph in three standard formats, for other tools. Every edge is a node of its own there, so that it can carry its sources. */
import { DataFactory, Writer } from 'n3';
import type { EdgeAttributes, KnowledgeGraph } from './graph.js';
import type { NodeKind } from './nodes.js';

const BASE = 'https://emoheal.example/graph#';
const RDF_TYPE = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type';
const RDFS_LABEL = 'http://www.w3.org/2000/01/rdf-schema#label';
const DCTERMS = 'http://purl.org/dc/terms/';
const XSD = 'http://www.w3.org/2001/XMLSchema#';
const { namedNode, literal } = DataFactory;

/** A name that is safe in an address; ids hold nothing but letters, digits, hyphens and one colon. */
const term = (id: string) => id.replace(/[^A-Za-z0-9_-]/g, '_');
const sourceTerm = (id: string) => `source-${term(id)}`;
const typeOf = ({ graph }: KnowledgeGraph, { from, to }: EdgeAttributes): string => {
  const kind = (id: string): NodeKind => graph.getNodeAttribute(id, 'kind');
  return `${kind(from)}-${kind(to)}`;
};

export function toTurtle(knowledge: KnowledgeGraph): string {
  const writer = new Writer({
    prefixes: { '': BASE, rdfs: 'http://www.w3.org/2000/01/rdf-schema#', dcterms: DCTERMS, xsd: XSD },
  });
  const name = (id: string) => namedNode(`${BASE}${id}`);
  const add = (subject: string, predicate: string, object: ReturnType<typeof namedNode> | ReturnType<typeof literal>) =>
    writer.addQuad(name(subject), namedNode(predicate), object);
  const decimal = (value: number) => literal(String(value), namedNode(`${XSD}decimal`));
  knowledge.graph.forEachNode((id, { kind }) => {
    add(term(id), RDF_TYPE, name(kind));
    add(term(id), RDFS_LABEL, literal(id));
  });
  for (const source of knowledge.sources.values()) {
    const subject = sourceTerm(source.id);
    add(subject, RDF_TYPE, name('source'));
    add(subject, `${DCTERMS}creator`, literal(source.authors));
    add(subject, `${DCTERMS}title`, literal(source.title));
    add(subject, `${DCTERMS}date`, literal(String(source.year), namedNode(`${XSD}gYear`)));
    add(subject, `${DCTERMS}abstract`, literal(source.finding));
    add(subject, `${BASE}evidence`, literal(source.kind));
    add(subject, `${BASE}read`, literal(source.read));
    if (source.doi) add(subject, `${DCTERMS}identifier`, literal(`doi:${source.doi}`));
  }
  knowledge.edges.forEach((edge, i) => {
    const subject = `edge-${i}`;
    add(subject, RDF_TYPE, name(typeOf(knowledge, edge)));
    add(subject, `${BASE}from`, name(term(edge.from)));
    add(subject, `${BASE}to`, name(term(edge.to)));
    add(subject, `${BASE}weight`, decimal(edge.weight));
    add(subject, `${BASE}confidence`, decimal(edge.confidence));
    for (const id of edge.sources) add(subject, `${DCTERMS}source`, name(sourceTerm(id)));
    if (edge.evidence) add(subject, `${BASE}evidence`, literal(edge.evidence));
    if (edge.note) add(subject, `${RDFS_LABEL.replace('label', 'comment')}`, literal(edge.note));
  });
  let text = '';
  // The writer is asked for its text at once: nothing in it waits for anything.
  writer.end((error, result) => {
    if (error) throw error;
    text = result;
  });
  return text;
}

export function toJsonLd(knowledge: KnowledgeGraph): string {
  const { graph, edges, sources } = knowledge;
  const nodes = graph.mapNodes((id, { kind }) => ({ '@id': term(id), '@type': kind, label: id }));
  const cited = [...sources.values()].map(({ id, ...rest }) => ({ '@id': sourceTerm(id), '@type': 'source', ...rest }));
  const links = edges.map((edge, i) => ({
    '@id': `edge-${i}`,
    '@type': typeOf(knowledge, edge),
    from: { '@id': term(edge.from) },
    to: { '@id': term(edge.to) },
    weight: edge.weight,
    confidence: edge.confidence,
    source: edge.sources.map((id) => ({ '@id': sourceTerm(id) })),
    ...(edge.evidence ? { evidence: edge.evidence } : {}),
    ...(edge.note ? { note: edge.note } : {}),
  }));
  const context = { '@vocab': BASE, '@base': BASE };
  return `${JSON.stringify({ '@context': context, '@graph': [...nodes, ...cited, ...links] }, null, 1)}\n`;
}

const xml = (text: string) => text.replace(/[<>&"]/g, (c) => `&#${c.charCodeAt(0)};`);

export function toGraphMl(knowledge: KnowledgeGraph): string {
  const { graph, edges } = knowledge;
  const nodes = graph.mapNodes((id, { kind }) => `  <node id="${xml(id)}"><data key="kind">${kind}</data></node>`);
  const links = edges.map((edge, i) => {
    const data = {
      type: typeOf(knowledge, edge),
      weight: edge.weight,
      confidence: edge.confidence,
      sources: edge.sources.join(' '),
      ...(edge.evidence ? { evidence: edge.evidence } : {}),
      ...(edge.note ? { note: edge.note } : {}),
    };
    const cells = Object.entries(data).map(([key, value]) => `<data key="${key}">${xml(String(value))}</data>`);
    return `  <edge id="edge-${i}" source="${xml(edge.from)}" target="${xml(edge.to)}">${cells.join('')}</edge>`;
  });
  const key = (name: string, of: 'node' | 'edge', type: 'string' | 'double') =>
    ` <key id="${name}" for="${of}" attr.name="${name}" attr.type="${type}"/>`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    key('kind', 'node', 'string'),
    ...['type', 'sources', 'evidence', 'note'].map((name) => key(name, 'edge', 'string')),
    ...['weight', 'confidence'].map((name) => key(name, 'edge', 'double')),
    ' <graph id="emoheal" edgedefault="directed">',
    ...nodes,
    ...links,
    ' </graph>',
    '</graphml>',
    '',
  ].join('\n');
}
