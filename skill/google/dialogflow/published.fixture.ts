/** Google's published message types, as its own client libraries carry them; says where a JSON value does not fit one. */
import { createRequire } from 'node:module';
import protobuf from 'protobufjs';

function load(name: string): protobuf.Root {
  const root = protobuf.Root.fromJSON(createRequire(import.meta.url)(`${name}/build/protos/protos.json`));
  root.resolveAll();
  return root;
}

const SPACES = {
  es: { library: '@google-cloud/dialogflow', space: 'google.cloud.dialogflow.v2' },
  cx: { library: '@google-cloud/dialogflow-cx', space: 'google.cloud.dialogflow.cx.v3' },
};
const loaded = new Map<string, protobuf.Root>();

/** Empty where `json` is a value of that message in proto3 JSON: every member known, every value of its kind. */
export function misfits(edition: 'es' | 'cx', message: string, json: unknown): string[] {
  const { library, space } = SPACES[edition];
  const root = loaded.get(library) ?? load(library);
  loaded.set(library, root);
  return walk(root.lookupType(`${space}.${message}`), json, message);
}

/** JSON of any shape. */
const OPEN = [
  '.google.protobuf.Struct',
  '.google.protobuf.Value',
  '.google.protobuf.ListValue',
  '.google.protobuf.Any',
];

function walk(type: protobuf.Type, json: unknown, at: string): string[] {
  if (OPEN.includes(type.fullName)) return [];
  if (type.fullName === '.google.protobuf.Duration')
    return typeof json === 'string' && /^\d+(\.\d+)?s$/.test(json) ? [] : [`${at}: no duration such as "5s"`];
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return [`${at}: no object`];
  const oneofs = new Map<string, string>();
  return Object.entries(json).flatMap(([name, value]) => {
    const field = type.fields[name];
    const here = `${at}.${name}`;
    if (!field) return [`${here}: unknown to ${type.name}`];
    const part = field.partOf && !field.partOf.name.startsWith('_') ? field.partOf.name : undefined;
    const taken = part && oneofs.get(part);
    if (part) oneofs.set(part, name);
    const twice = taken ? [`${here}: together with ${taken}`] : [];
    if (field.map)
      return [
        ...twice,
        ...Object.entries(value as object).flatMap(([key, each]) => one(field, each, `${here}.${key}`)),
      ];
    if (!field.repeated) return [...twice, ...one(field, value, here)];
    return Array.isArray(value) ? value.flatMap((each, i) => one(field, each, `${here}[${i}]`)) : [`${here}: no list`];
  });
}

function one(field: protobuf.Field, value: unknown, at: string): string[] {
  const { resolvedType } = field;
  if (resolvedType instanceof protobuf.Type) return walk(resolvedType, value, at);
  if (resolvedType instanceof protobuf.Enum)
    return Object.hasOwn(resolvedType.values, String(value))
      ? []
      : [`${at}: "${value}" is none of ${resolvedType.name}`];
  const kind =
    field.type === 'string' || field.type === 'bytes' ? 'string' : field.type === 'bool' ? 'boolean' : 'number';
  return typeof value === kind ? [] : [`${at}: no ${kind}`];
}
