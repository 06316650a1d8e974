/** What a file says of itself: title, maker, licence, genre. Tags come from outside, so they are cleaned and cut. */
import path from 'node:path';
import { type ICommonTagsResult, parseFile } from 'music-metadata';
import type { Licence } from '../../engine/vocabulary.js';

export interface FileTags {
  title: string;
  maker: string;
  /** First genre as a word ("string-quartet"), or "imported". */
  style: string;
  licence: Licence;
  attribution: string;
}

const MAX_TAG_CHARACTERS = 200;
const UNKNOWN_MAKER = 'unknown';

/** Listening to what one owns needs no licence; passing it on would. */
export const OWN_LICENCE: Licence = { id: 'unknown', name: "unknown, listener's own" };

/** Never throws: a file without readable tags gets its name as title. */
export async function readTags(file: string): Promise<FileTags> {
  const named = path.basename(file, path.extname(file));
  let tags: Partial<ICommonTagsResult> = {};
  try {
    tags = (await parseFile(file, { skipCovers: true })).common;
  } catch {
    // Tags are an extra: whether the file is music is decided by listening to it.
  }
  const title = clean(tags.title) || clean(named) || 'untitled';
  const maker = clean(tags.artist) || clean(tags.albumartist) || clean(tags.composer?.[0]) || UNKNOWN_MAKER;
  const licence = licenceFrom(tags);
  const style =
    clean(tags.genre?.[0])
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-+|-+$/g, '') || 'imported';
  return { title, maker, style, licence, attribution: attributionOf(title, maker, licence, clean(tags.copyright)) };
}

function attributionOf(title: string, maker: string, licence: Licence, copyright: string): string {
  const who = maker === UNKNOWN_MAKER ? title : `${title}, ${maker}`;
  if (licence.id === OWN_LICENCE.id) return copyright ? `${who} (${copyright})` : who;
  return `${who} (${licence.name})`;
}

function clean(value: unknown): string {
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
  const own = clean(tags.license);
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
