/** How often a caption finds the piece that it was written for, by language. Captions: `models/train/music/describe.py`. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { JointEncoder } from '../../media-index/encoders/encoder.js';
import { starterTracks } from '../../media-index/starter/starter.js';
import { packageRoot } from '../../models/paths.js';

export interface Found {
  language: string;
  captions: number;
  /** Share of captions whose piece is among the first 1, 5 and 10. */
  recall: readonly [number, number, number];
  /** Middle place of the piece, 1 is the first. */
  medianPlace: number;
}

const AMONG = [1, 5, 10] as const;

export interface Pieces {
  ids: string[];
  titles: string[];
  vectors: Float32Array[];
  valences: number[];
}

/** The shipped pieces of music, without the sounds of nature. */
export async function catalogueBy(encoder: JointEncoder): Promise<Pieces> {
  const tracks = starterTracks().filter((track) => track.origin.kind === 'score');
  return {
    ids: tracks.map((track) => track.id),
    titles: tracks.map((track) => track.title),
    vectors: await Promise.all(tracks.map((track) => encoder.embedAudio(track.analysis))),
    valences: tracks.map((track) => track.analysis.valence),
  };
}

/** One row for each language, and "all" at the end. `from` leaves out the numbers of each vector before it. */
export async function retrieval(encoder: JointEncoder, { ids, vectors }: Pieces, from = 0): Promise<Found[]> {
  const lines = readFileSync(path.join(packageRoot(), 'bench', 'music', 'captions.tsv'), 'utf8').split('\n');
  const places = new Map<string, number[]>();
  for (const line of lines) {
    const [id, language, caption] = line.split('\t');
    const at = ids.indexOf(id ?? '');
    if (!language || !caption || at < 0) continue;
    const wish = await encoder.embedText(caption);
    const cosines = vectors.map((vector) => vector.reduce((sum, v, i) => (i < from ? sum : sum + v * wish[i]!), 0));
    const place = 1 + cosines.filter((cosine) => cosine > cosines[at]!).length;
    for (const name of [language, 'all']) places.set(name, [...(places.get(name) ?? []), place]);
  }
  return [...places]
    .map(([language, found]) => ({
      language,
      captions: found.length,
      recall: AMONG.map((k) => found.filter((place) => place <= k).length / found.length) as [number, number, number],
      medianPlace: [...found].sort((a, b) => a - b)[Math.floor(found.length / 2)]!,
    }))
    .sort(
      (a, b) => Number(a.language === 'all') - Number(b.language === 'all') || a.language.localeCompare(b.language),
    );
}

export function retrievalTable(ways: readonly { way: string; found: readonly Found[] }[], pieces: number): string {
  const languages = ways[0]!.found.map(({ language }) => language);
  return [
    '',
    `A caption's own piece among the first ten of ${pieces} (chance ${(10 / pieces).toFixed(2)}), captions made from the pieces' analysis, with phrases`,
    "that the training never saw where a concept has enough; the piece's captions describe others as well, so 1 is out of reach.",
    '',
    `| | ${languages.join(' | ')} | first one, all | first five, all | middle place, all |`,
    `|---|${'---|'.repeat(languages.length + 3)}`,
    ...ways.map(({ way, found }) => {
      const all = found.at(-1)!;
      const shown = found.map(({ recall }) => recall[2].toFixed(2));
      return `| ${way} | ${[...shown, all.recall[0].toFixed(2), all.recall[1].toFixed(2), all.medianPlace].join(' | ')} |`;
    }),
    '',
  ].join('\n');
}
