/** What a file says of itself: title, maker, licence, genre. Tags come from outside, so they are cleaned and cut. */
import { open } from 'node:fs/promises';
import path from 'node:path';
import type { ICommonTagsResult } from 'music-metadata';
import type { Licence } from '../../engine/vocabulary.js';
import { type Cover, coverFrom } from './cover.js';

export interface FileTags {
  title: string;
  maker: string;
  /** First genre as a word ("string-quartet"), or "imported". */
  style: string;
  licence: Licence;
  attribution: string;
  /** The picture that the file carries, where it is one that we keep. */
  cover: Cover | null;
}

const MAX_TAG_CHARACTERS = 200;
const UNKNOWN_MAKER = 'unknown';

/** Listening to what one owns needs no licence; passing it on would. */
export const OWN_LICENCE: Licence = { id: 'unknown', name: "unknown, listener's own" };

/** A tag of ID3 is read into the memory as a whole, and may claim a quarter of a gigabyte; no cover needs this much. */
const MOST_ID3_BYTES = 16 * 1024 * 1024;

/** What the head of an ID3v2 tag (id3.org, 3.1) says of its size: seven bits a byte. 0 where there is none. */
async function id3Bytes(file: string): Promise<number> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(10), 0, 10, 0);
    if (bytesRead < 10 || buffer.toString('latin1', 0, 3) !== 'ID3') return 0;
    return buffer.subarray(6).reduce((sum, byte) => sum * 128 + (byte & 127), 0);
  } finally {
    await handle.close();
  }
}

/** Never throws: a file without readable tags gets its name as title. */
export async function readTags(file: string): Promise<FileTags> {
  const named = path.basename(file, path.extname(file));
  let tags: Partial<ICommonTagsResult> = {};
  try {
    // Loaded when music is imported, not whenever a shelf is opened.
    const { parseFile } = await import('music-metadata');
    if ((await id3Bytes(file)) <= MOST_ID3_BYTES) tags = (await parseFile(file)).common;
  } catch {
    // Tags are an extra: whether the file is music is decided by listening to it.
  }
  const title = cleanTag(tags.title) || cleanTag(named) || 'untitled';
  const maker = cleanTag(tags.artist) || cleanTag(tags.albumartist) || cleanTag(tags.composer?.[0]) || UNKNOWN_MAKER;
  const licence = licenceFrom(tags);
  const style =
    cleanTag(tags.genre?.[0])
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-+|-+$/g, '') || 'imported';
  const attribution = attributionOf(title, maker, licence, cleanTag(tags.copyright));
  const picture = tags.picture?.[0]?.data;
  return { title, maker, style, licence, attribution, cover: picture ? coverFrom(picture) : null };
}

function attributionOf(title: string, maker: string, licence: Licence, copyright: string): string {
  const who = maker === UNKNOWN_MAKER ? title : `${title}, ${maker}`;
  if (licence.id === OWN_LICENCE.id) return copyright ? `${who} (${copyright})` : who;
  return `${who} (${licence.name})`;
}

/** One printable line of bounded length; '' for anything but text. */
export function cleanTag(value: unknown): string {
  if (typeof value !== 'string') return '';
  const printable = value
    .normalize('NFC')
    .replace(/\p{Cc}+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return Array.from(printable).slice(0, MAX_TAG_CHARACTERS).join('').trim();
}

/** Creative Commons addresses and names wherever a tagger may have put them; else unknown. */
export function licenceFrom(tags: Partial<ICommonTagsResult>): Licence {
  const comments = (tags.comment ?? []).map((comment) =>
    typeof comment === 'string' ? comment : (comment.text ?? ''),
  );
  for (const text of [tags.license, tags.copyright, ...comments]) {
    const found = typeof text === 'string' ? creativeCommons(text.slice(0, 2000)) : null;
    if (found) return found;
  }
  const own = cleanTag(tags.license);
  return own ? { id: 'LicenseRef-tag', name: own } : OWN_LICENCE;
}

function creativeCommons(text: string): Licence | null {
  if (/creativecommons\.org\/publicdomain\/zero\/1\.0|\bCC0\b/i.test(text)) {
    return { id: 'CC0-1.0', name: 'CC0 1.0', url: 'https://creativecommons.org/publicdomain/zero/1.0/' };
  }
  const found =
    /creativecommons\.org\/licenses\/(by(?:-nc)?(?:-nd|-sa)?)\/(\d\.\d)/i.exec(text) ??
    /\bCC[ -](BY(?:-NC)?(?:-ND|-SA)?)[ -](\d\.\d)\b/i.exec(text);
  if (!found) return null;
  const kind = (found[1] as string).toUpperCase();
  const version = found[2] as string;
  return {
    id: `CC-${kind}-${version}`,
    name: `CC ${kind} ${version}`,
    url: `https://creativecommons.org/licenses/${kind.toLowerCase()}/${version}/`,
  };
}
