/**
 * A baseline that anybody could make: the tags that MusicNN hears, each weighted by how alike its name and the wish are as
 * texts. No graph, no lexicon, no training of ours on music. It is as good as the text model is at likeness: the trunk of the
 * emotion model was taught feelings and is bad at it (mean .016); multilingual-e5-small as published gave .351 in a trial.
 */
import type { Heard } from '../../media-index/listening/ears.js';
import { MSD_TAGS, MTT_TAGS } from '../../media-index/listening/tags.js';

type TextVector = (text: string) => Promise<Float32Array | null>;

/** A tag that is never heard at all still has a logarithm. */
const FLOOR = 1e-4;

/** A row of scores over the pieces for each query. Throws where the text model reads one of the names not at all. */
export async function byTagSimilarity(
  queries: readonly string[],
  heard: readonly Pick<Heard, 'msd' | 'mtt'>[],
  vectorOf: TextVector,
): Promise<number[][]> {
  const asked = await unitVectors(queries, vectorOf);
  const models = await Promise.all(
    [
      { tags: MSD_TAGS, probabilities: heard.map(({ msd }) => msd) },
      { tags: MTT_TAGS, probabilities: heard.map(({ mtt }) => mtt) },
    ].map(async ({ tags, probabilities }) => {
      const named = await unitVectors(
        tags.map((tag) => `${tag} music`),
        vectorOf,
      );
      const alike = doublyCentred(asked.map((query) => named.map((tag) => dot(query, tag))));
      const strength = standardisedColumns(probabilities.map((row) => row.map((p) => Math.log(p + FLOOR))));
      return alike.map((weights) => standardised(strength.map((row) => dot(row, weights))));
    }),
  );
  return queries.map((_, q) => heard.map((_piece, i) => models.reduce((sum, model) => sum + model[q]![i]!, 0)));
}

const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
};
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

async function unitVectors(texts: readonly string[], vectorOf: TextVector): Promise<Float32Array[]> {
  return Promise.all(
    texts.map(async (text) => {
      const vector = await vectorOf(text);
      if (!vector) throw new Error(`The text model reads nothing in "${text}".`);
      const length = Math.sqrt(dot(vector, vector));
      return vector.map((value) => value / length);
    }),
  );
}

/** What every tag shares with every query says nothing about either. */
function doublyCentred(rows: readonly number[][]): number[][] {
  const columns = rows[0]!.map((_, c) => mean(rows.map((row) => row[c]!)));
  const centred = rows.map((row) => row.map((value, c) => value - columns[c]!));
  return centred.map((row) => {
    const middle = mean(row);
    return row.map((value) => value - middle);
  });
}

function standardised(values: readonly number[]): number[] {
  const middle = mean(values);
  const spread = Math.sqrt(mean(values.map((value) => (value - middle) ** 2))) || 1;
  return values.map((value) => (value - middle) / spread);
}

function standardisedColumns(rows: readonly number[][]): number[][] {
  const columns = rows[0]!.map((_, c) => standardised(rows.map((row) => row[c]!)));
  return rows.map((_, r) => columns.map((column) => column[r]!));
}
