/**
 * What of a piece is weighed: what was measured in it and the sounds that its words name. Thousands of pieces are weighed for
 * each place of a session, so this lies in blocks of memory, one number beside the other, and not in thousands of objects.
 */
import type { Track } from '../engine/vocabulary.js';
import { attributesOf, FEATURES } from './encoders/attributes.js';
import { TEXTURE_NAMES } from './encoders/lexicon.js';
import { texturesOf } from './encoders/wish.js';

const WIDTH = FEATURES.length;
/** Stands for what cannot be told of a piece: so far from every wish that it is worth nothing to it. */
export const UNTOLD = 1e9;

/** Candidates in columns: `sounds` holds the first feature of all of them, then the second, in the order of FEATURES. */
export interface Columns {
  tracks: readonly Track[];
  /** -1..1, UNTOLD where one cannot be told. */
  sounds: Float32Array;
  /** One bit for each of TEXTURE_NAMES. */
  textures: Int32Array;
}

export interface TraitShelf {
  /** Of these rows of the shelf, each worked out when it is first asked for. */
  columns(rows: readonly number[]): Columns;
}

const bitOf = new Map(TEXTURE_NAMES.map((name, i) => [name, 1 << i]));

export function bitsOf(names: Iterable<string>): number {
  let bits = 0;
  for (const name of names) bits |= bitOf.get(name) ?? 0;
  return bits;
}

export function traitShelf(shelf: readonly Track[]): TraitShelf {
  const sounds = new Float32Array(shelf.length * WIDTH);
  const textures = new Int32Array(shelf.length);
  const known = new Uint8Array(shelf.length);

  function workOut(row: number): void {
    const track = shelf[row]!;
    const found = attributesOf(track.analysis);
    FEATURES.forEach((feature, i) => {
      sounds[row * WIDTH + i] = found[feature] ?? UNTOLD;
    });
    textures[row] = bitsOf(texturesOf(track));
    known[row] = 1;
  }

  return {
    columns(rows) {
      const count = rows.length;
      const columns = {
        tracks: rows.map((row) => shelf[row]!),
        sounds: new Float32Array(count * WIDTH),
        textures: new Int32Array(count),
      };
      for (let i = 0; i < count; i++) {
        const row = rows[i]!;
        if (known[row] === 0) workOut(row);
        for (let a = 0, at = row * WIDTH; a < WIDTH; a++, at++) columns.sounds[a * count + i] = sounds[at]!;
        columns.textures[i] = textures[row]!;
      }
      return columns;
    },
  };
}

/** Of tracks that are weighed only once. */
export const columnsOf = (tracks: readonly Track[]): Columns => traitShelf(tracks).columns([...tracks.keys()]);
