/** XML of devices, read with care: no document type, no entities of their own, no deep nests; and text made safe to write. */
import { XMLParser } from 'fast-xml-parser';

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  parseTagValue: false,
  processEntities: true,
  maxNestedTags: 40,
});

export type XmlNode = { [name: string]: XmlNode | XmlNode[] | string | undefined };

/** Null for what is no XML, and for XML that declares a document type: no device needs one. */
export function readXml(text: string): XmlNode | null {
  if (/<!DOCTYPE|<!ENTITY/i.test(text)) return null;
  try {
    const read: unknown = parser.parse(text, true);
    return typeof read === 'object' && read !== null ? (read as XmlNode) : null;
  } catch {
    return null;
  }
}

/** The elements of that name below a node, also where there is only one or none. */
export function all(node: XmlNode | undefined, name: string): XmlNode[] {
  const found = node?.[name];
  const list = Array.isArray(found) ? found : found === undefined ? [] : [found];
  return list.filter((each): each is XmlNode => typeof each === 'object');
}

export const first = (node: XmlNode | undefined, name: string): XmlNode | undefined => all(node, name)[0];

/** The text of an element or attribute; undefined where there is none. */
export function textOf(node: XmlNode | undefined, name: string): string | undefined {
  const found = node?.[name];
  const one = Array.isArray(found) ? found[0] : found;
  const text = typeof one === 'object' ? one['#text'] : one;
  return typeof text === 'string' ? text : undefined;
}

export const escapeXml = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;');
