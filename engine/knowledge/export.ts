/**
 * The graph in three standard formats, for other tools.
 *
 * Turtle and JSON-LD are made of the same records by the same table of terms, so both say exactly the same: every node,
 * source, principle, caution and edge, with its sources or its mark "practice". An edge is a thing of its own there, so
 * that it can carry its weight and its evidence. GraphML has nodes and edges alone, for programs that draw.
 */
import { DataFactory, Writer } from 'n3';
import type { EdgeAttributes, KnowledgeGraph } from './graph.js';

const NAMESPACE = 'https://emoheal.example/graph#';
/** Where the things themselves are named: "https://emoheal.example/graph/node/sadness". */
const THINGS = 'https://emoheal.example/graph/';
const DCTERMS = 'http://purl.org/dc/terms/';
const RDFS = 'http://www.w3.org/2000/01/rdf-schema#';
const XSD = 'http://www.w3.org/2001/XMLSchema#';
const RDF_TYPE = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type';

/** Each word that a record may use: what it means in RDF, and what its values are ("@id": other things). */
const TERMS = {
  label: [`${RDFS}label`, 'string'],
  note: [`${RDFS}comment`, 'string'],
  says: [`${DCTERMS}description`, 'string'],
  authors: [`${DCTERMS}creator`, 'string'],
  year: [`${DCTERMS}date`, 'gYear'],
  title: [`${DCTERMS}title`, 'string'],
  published: [`${DCTERMS}isPartOf`, 'string'],
  doi: [`${DCTERMS}identifier`, 'string'],
  finding: [`${DCTERMS}abstract`, 'string'],
  sources: [`${DCTERMS}source`, '@id'],
  counter: [`${NAMESPACE}counter`, '@id'],
  from: [`${NAMESPACE}from`, '@id'],
  to: [`${NAMESPACE}to`, '@id'],
  weight: [`${NAMESPACE}weight`, 'double'],
  confidence: [`${NAMESPACE}confidence`, 'double'],
  evidence: [`${NAMESPACE}evidence`, 'string'],
  strength: [`${NAMESPACE}strength`, 'string'],
  kind: [`${NAMESPACE}kind`, 'string'],
  read: [`${NAMESPACE}read`, 'string'],
  where: [`${NAMESPACE}where`, 'string'],
  participants: [`${NAMESPACE}participants`, 'integer'],
  value: [`${NAMESPACE}value`, 'double'],
  unit: [`${NAMESPACE}unit`, 'string'],
} as const;
type Term = keyof typeof TERMS;
type Said = string | number | readonly string[];
type ThingRecord = { '@id': string; '@type': string } & { [term in Term]?: Said | undefined };

export function toTurtle(knowledge: KnowledgeGraph): string {
  const { namedNode, literal } = DataFactory;
  const things = ['node', 'edge', 'source', 'principle'].map((kind) => [kind, `${THINGS}${kind}/`]);
  const writer = new Writer({
    prefixes: { '': NAMESPACE, ...Object.fromEntries(things), dcterms: DCTERMS, rdfs: RDFS, xsd: XSD },
  });
  for (const { '@id': id, '@type': type, ...said } of recordsOf(knowledge)) {
    const thing = namedNode(THINGS + id);
    writer.addQuad(thing, namedNode(RDF_TYPE), namedNode(NAMESPACE + type));
    for (const [term, value] of Object.entries(said) as [Term, Said][]) {
      const [meaning, of] = TERMS[term];
      for (const one of typeof value === 'object' ? value : [value])
        writer.addQuad(
          thing,
          namedNode(meaning),
          of === '@id' ? namedNode(THINGS + one) : literal(lexical(one, of), namedNode(XSD + of)),
        );
    }
  }
  let turtle = '';
  // The writer is asked for its text at once: nothing in it waits for anything.
  writer.end((error, text) => {
    if (error) throw error;
    turtle = text;
  });
  return turtle;
}

export function toJsonLd(knowledge: KnowledgeGraph): string {
  const terms = Object.entries(TERMS).map(([term, [meaning, of]]) => {
    const typed = { '@id': meaning, '@type': of === '@id' ? of : XSD + of };
    return [term, of === 'string' ? meaning : typed];
  });
  const context = { '@version': 1.1, '@base': THINGS, '@vocab': NAMESPACE, ...Object.fromEntries(terms) };
  return `${JSON.stringify({ '@context': context, '@graph': recordsOf(knowledge) }, null, 1)}\n`;
}

export function toGraphMl({ graph, edges }: KnowledgeGraph): string {
  const key = (name: string, of: 'node' | 'edge', type: 'string' | 'double') =>
    ` <key id="${name}" for="${of}" attr.name="${name}" attr.type="${type}"/>`;
  const data = (said: Record<string, string | number | undefined>) =>
    Object.entries(said)
      .filter(([, value]) => value !== undefined && value !== '')
      .map(([name, value]) => `<data key="${name}">${xml(String(value))}</data>`)
      .join('');
  const names = namesOf(edges);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    // Ids of keys share one space with each other: a node's kind and an edge's type are two words.
    key('kind', 'node', 'string'),
    ...['type', 'sources', 'evidence', 'note'].map((name) => key(name, 'edge', 'string')),
    ...['weight', 'confidence'].map((name) => key(name, 'edge', 'double')),
    ' <graph id="emoheal" edgedefault="directed">',
    ...graph.mapNodes((id, { kind }) => `  <node id="${xml(id)}">${data({ kind })}</node>`),
    ...edges.map((edge, i) => {
      const { from, to, weight, confidence, evidence, note } = edge;
      const said = { type: typeOf(graph, edge), weight, confidence, sources: edge.sources.join(' '), evidence, note };
      return `  <edge id="${xml(names[i]!)}" source="${xml(from)}" target="${xml(to)}">${data(said)}</edge>`;
    }),
    ' </graph>',
    '</graphml>',
    '',
  ].join('\n');
}

/** Everything that the graph holds, a flat record a thing. What is not known is not said. */
function recordsOf({ graph, edges, sources, principles, cautions }: KnowledgeGraph): ThingRecord[] {
  const names = namesOf(edges);
  const records: ThingRecord[] = [
    ...graph.mapNodes((id, { kind }): ThingRecord => {
      const { says, strength, evidence, sources: cited } = cautions.get(id) ?? {};
      const said = { label: id, says, strength, evidence, sources: cited?.map(sourceName) };
      return { '@id': nodeName(id), '@type': kind, ...said };
    }),
    ...[...sources.values()].map(
      ({ id, year, doi, ...rest }): ThingRecord => ({
        '@id': sourceName(id),
        '@type': 'source',
        ...rest,
        year: String(year),
        doi: doi && `doi:${doi}`,
      }),
    ),
    ...[...principles.values()].map(
      ({ id, ...rest }): ThingRecord => ({
        '@id': `principle/${id}`,
        '@type': 'principle',
        ...rest,
        sources: rest.sources.map(sourceName),
        counter: rest.counter?.map(sourceName),
      }),
    ),
    ...edges.map(
      (edge, i): ThingRecord => ({
        '@id': `edge/${names[i]}`,
        '@type': typeOf(graph, edge),
        from: nodeName(edge.from),
        to: nodeName(edge.to),
        weight: edge.weight,
        confidence: edge.confidence,
        sources: edge.sources.map(sourceName),
        evidence: edge.evidence,
        note: edge.note,
      }),
    ),
  ];
  for (const record of records)
    for (const term of Object.keys(TERMS) as Term[]) {
      const value = record[term];
      if (value === undefined || (typeof value === 'object' && value.length === 0)) delete record[term];
    }
  return records;
}

/** "timbre:piano" has a colon, which would read as the scheme of an address. */
const plain = (id: string): string => id.replaceAll(':', '-');
const nodeName = (id: string): string => `node/${plain(id)}`;
const sourceName = (id: string): string => `source/${id}`;

/** "sadness--tempo", and "sadness--tempo--2" for a second claim: it stays the same when others are added. */
function namesOf(edges: readonly EdgeAttributes[]): string[] {
  const counted = new Map<string, number>();
  return edges.map(({ from, to }) => {
    const name = `${plain(from)}--${plain(to)}`;
    const nth = (counted.get(name) ?? 0) + 1;
    counted.set(name, nth);
    return nth === 1 ? name : `${name}--${nth}`;
  });
}

const typeOf = (graph: KnowledgeGraph['graph'], { from, to }: EdgeAttributes): string =>
  `${graph.getNodeAttribute(from, 'kind')}-${graph.getNodeAttribute(to, 'kind')}`;

/** A double is written as JSON-LD's own conversion to RDF writes it (-6.5E-1), so that both exports are the same RDF. */
const lexical = (value: string | number, of: string): string =>
  typeof value === 'number' && of === 'double' ? value.toExponential(15).replace(/(\d)0*e\+?/, '$1E') : String(value);

const xml = (text: string): string => text.replace(/[<>&"]/g, (character) => `&#${character.charCodeAt(0)};`);
