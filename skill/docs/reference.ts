/**
 * The reference of the HTTP interface as a page to read, written from the same description that programs get at
 * `/openapi.json`: a route, what it does, what it takes, what it answers. `npm run docs:api` keeps it in docs/api.md.
 */

/** JSON Schema as far as our description uses it. */
interface Schema {
  type?: string | string[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  enum?: unknown[];
  const?: unknown;
  additionalProperties?: Schema | boolean;
  default?: unknown;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  minLength?: number;
  maxLength?: number;
  maxItems?: number;
}
type Content = Record<string, { schema?: Schema }>;
interface Operation {
  summary?: string;
  parameters?: { name: string; in: string; required?: boolean; schema?: Schema }[];
  requestBody?: { content: Content };
  responses: Record<string, { description: string; content?: Content }>;
}
interface Description {
  paths: Record<string, Record<string, Operation>>;
}

/** Which routes stand together, by how their addresses begin; the first that fits. */
const GROUPS: readonly [heading: string, begins: RegExp][] = [
  ['Sessions', /^\/api\/v1\/(utterances|sessions|quiet|spoken)/],
  ['Sound', /^\/stream/],
  ['Routines', /^\/api\/v1\/routines/],
  ['Speakers of the house', /^\/api\/v1\/speakers/],
  ['What a listener settles and what is kept', /^\/api\/v1\/(house-rules|taste|check-ins|listeners)/],
  ['The listener’s side of care', /^\/api\/v1\/care\/own/],
  ['The caregivers’ console', /^\/api\/v1\/(care|pairings)/],
  ['Knowledge graph', /^\/api\/v1\/graph/],
  ['Assistants', /^\/(alexa|dialogflow|smarthome|oauth)|^\/api\/v1\/speaker\/events/],
];
const REST = 'Others';

/** Shapes that stand in several answers and are written once, each told by fields that only it has. */
const NAMED: readonly [name: string, fields: readonly string[]][] = [
  ['MusicalProfile', ['tempoBpm', 'onsetRatePerSec']],
  ['Reason', ['text', 'strength', 'sources']],
  ['StagePlan', ['stage', 'profile', 'because']],
  ['SessionPlan', ['stages', 'intention', 'seed']],
  ['Session', ['streams', 'position', 'plan']],
  ['EmotionReading', ['probabilities', 'labels']],
  ['Routine', ['lateMinutes', 'history', 'skipped']],
  ['HouseRules', ['loudnessCapLufs', 'banned']],
];
type Shapes = ReadonlyMap<string, Schema>;

/** Markdown. `document` is what `openApiDocument()` gives. */
export function apiReference(document: object): string {
  const { paths } = document as Description;
  const shapes = namedShapes(paths);
  const groups = new Map<string, string[]>(GROUPS.map(([heading]) => [heading, []]));
  for (const [address, methods] of Object.entries(paths)) {
    const heading = GROUPS.find(([, begins]) => begins.test(address))?.[0] ?? REST;
    const routes = groups.get(heading) ?? [];
    groups.set(heading, routes);
    for (const [method, operation] of Object.entries(methods)) routes.push(route(method, address, operation, shapes));
  }
  return [
    '# The HTTP interface, route by route',
    '',
    'Made from the schemas that read and check each request: `npm run docs:api`. A running server gives the same to programs at `/openapi.json`. Task by task, with an example: [interfaces.md](interfaces.md).',
    '',
    'A `?` after a name: it may be left out. Whatever goes wrong is answered by a problem document (RFC 9457): `{ type, title, status, detail, code? }`; below stand only the codes that mean something of their own.',
    '',
    ...[...groups]
      .filter(([, routes]) => routes.length > 0)
      .flatMap(([heading, routes]) => [`## ${heading}`, '', ...routes]),
    '## Shapes',
    '',
    ...[...shapes].flatMap(([name, schema]) => [
      `### ${name}`,
      '',
      ...typed(schema, new Map([...shapes].filter(([other]) => other !== name))),
    ]),
  ].join('\n');
}

/** For each name the smallest object that has its fields: what has more besides is written as that and the rest. */
function namedShapes(paths: Description['paths']): Shapes {
  const found = new Map<string, Schema>();
  const look = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const { properties } = node as Schema;
    const size = Object.keys(properties ?? {}).length;
    for (const [name, fields] of NAMED) {
      const known = Object.keys(found.get(name)?.properties ?? {}).length;
      if (properties && fields.every((field) => field in properties) && (known === 0 || size < known))
        found.set(name, node as Schema);
    }
    for (const inner of Object.values(node)) look(inner);
  };
  look(paths);
  return new Map(NAMED.flatMap(([name]) => (found.has(name) ? [[name, found.get(name)!] as const] : [])));
}

function route(method: string, address: string, operation: Operation, shapes: Shapes): string {
  const { summary, parameters = [], requestBody, responses } = operation;
  const lines = [`### \`${method.toUpperCase()} ${address}\``, '', `${summary ?? ''}.`, ''];
  const query = parameters.filter((each) => each.in === 'query');
  if (query.length > 0) {
    const named = query.map(
      ({ name, required, schema }) => `\`${name}${required ? '' : '?'}\`: \`${inline(schema, shapes)}\``,
    );
    lines.push(`Query: ${named.join(', ')}`, '');
  }
  const { 'application/json': body, ...recordings } = requestBody?.content ?? {};
  if (body?.schema) lines.push('Takes', '', ...typed(body.schema, shapes));
  const others = Object.keys(recordings);
  if (others.length > 0)
    lines.push(`${body ? 'Or a recording' : 'Takes'}: ${others.map((kind) => `\`${kind}\``).join(', ')}`, '');
  const answers = Object.entries(responses).filter(([code]) => code !== 'default');
  const isFault = ([code]: readonly [string, unknown]) => Number(code) >= 400;
  for (const [code, { description, content = {} }] of answers.filter((each) => !isFault(each))) {
    lines.push(`**${code}** ${description}${kindsOf(content)}`, '');
    const { schema } = content['application/json'] ?? {};
    if (schema && hasShape(schema)) lines.push(...typed(schema, shapes));
  }
  const faults = answers.filter(isFault).map(([code, { description }]) => `**${code}** ${description}`);
  if (faults.length > 0) lines.push(`Otherwise: ${faults.join('; ')}.`, '');
  return lines.join('\n');
}

const kindsOf = (content: Content): string => {
  const kinds = Object.keys(content).filter((kind) => !/json$/.test(kind));
  return kinds.length > 0 ? ` (${kinds.map((kind) => `\`${kind}\``).join(', ')})` : '';
};
const hasShape = (schema: Schema): boolean => written(schema, '', new Map()) !== 'any';
const typed = (schema: Schema, shapes: Shapes): string[] => ['```ts', written(schema, '', shapes), '```', ''];
const inline = (schema: Schema | undefined, shapes: Shapes): string =>
  written(schema ?? {}, '', shapes).replace(/\s*\n\s*/g, ' ');

/** A schema in the way of TypeScript, which is shorter than itself; bounds stand behind as a comment. */
function written(schema: Schema, indent: string, shapes: Shapes): string {
  const { anyOf, enum: choices, type } = schema;
  if ('const' in schema) return JSON.stringify(schema.const);
  if (choices) return choices.map((each) => JSON.stringify(each)).join(' | ');
  if (anyOf) return anyOf.map((each) => written(each, indent, shapes)).join(' | ');
  if (Array.isArray(type)) return type.map((each) => written({ ...schema, type: each }, indent, shapes)).join(' | ');
  if (type === 'array') {
    const of = written(schema.items ?? {}, indent, shapes);
    return / \| /.test(of) && !of.startsWith('{') ? `(${of})[]` : `${of}[]`;
  }
  if (type === 'object' || schema.properties) return objectOf(schema, indent, shapes);
  if (type === 'integer') return 'number';
  return type ?? 'any';
}

function objectOf(schema: Schema, indent: string, shapes: Shapes): string {
  const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
  const whole = schema.properties ?? {};
  // A name fits where all its fields are here, just as they are there.
  const [name, base] = [...shapes].find(([, { properties = {} }]) =>
    Object.entries(properties).every(([field, value]) => field in whole && same(value, whole[field])),
  ) ?? [undefined, undefined];
  const left = Object.entries(whole).filter(([field]) => !(field in (base?.properties ?? {})));
  if (name && left.length === 0) return name;
  const inner = `${indent}  `;
  const { required = [], additionalProperties } = schema;
  const fields = left.map(([field, value]) => {
    const note = noteOf(value);
    const key = /^\w+$/.test(field) ? field : JSON.stringify(field);
    const optional = required.includes(field) ? '' : '?';
    return `${inner}${key}${optional}: ${written(value, inner, shapes)},${note ? ` // ${note}` : ''}`;
  });
  if (typeof additionalProperties === 'object')
    fields.push(`${inner}[name: string]: ${written(additionalProperties, inner, shapes)},`);
  if (fields.length === 0) return 'any';
  return `${name ? `${name} & ` : ''}{\n${fields.join('\n')}\n${indent}}`;
}

/** What a value must keep to, in a few words. */
function noteOf({
  type,
  minimum,
  exclusiveMinimum,
  maximum,
  minLength,
  maxLength,
  maxItems,
  default: usual,
}: Schema): string {
  const whole = type === 'integer' ? ['whole'] : [];
  // JSON Schema bounds whole numbers by what JavaScript can hold: no news.
  const most = maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER ? maximum : undefined;
  const least = minimum !== undefined && minimum > Number.MIN_SAFE_INTEGER ? minimum : undefined;
  const range =
    least !== undefined && most !== undefined
      ? [`${least} to ${most}`]
      : [
          ...(least !== undefined ? [`at least ${least}`] : []),
          ...(exclusiveMinimum !== undefined ? [`more than ${exclusiveMinimum}`] : []),
          ...(most !== undefined ? [`at most ${most}`] : []),
        ];
  const length = [
    ...(maxLength !== undefined
      ? [`at most ${maxLength} characters`]
      : minLength !== undefined && minLength > 1
        ? [`at least ${minLength} characters`]
        : []),
    ...(maxItems !== undefined ? [`at most ${maxItems}`] : []),
  ];
  return [
    ...whole,
    ...range,
    ...length,
    ...(usual !== undefined ? [`${JSON.stringify(usual)} where left out`] : []),
  ].join(', ');
}
