/** Texts as the model should see them: cleaned of what carries no feeling, and cut into windows that it can hold. */

/** A text has something to read when it holds a letter or a pictograph. */
export function readableText(text: string): string | null {
  const plain = text
    .replace(/<[^<>]{1,200}>/g, ' ') // mark-up
    .replace(/\p{Cc}|\p{Cf}|\p{Co}|\p{Cs}/gu, ' ') // control, zero-width, private use, broken surrogates
    .replace(/\s+/g, ' ')
    .trim();
  return /\p{L}|\p{Extended_Pictographic}/u.test(plain) ? plain : null;
}

const OVERLAP = 8;

/** Windows of at most `size` ids over `ids`, overlapping a little, the last one flush with the end. Never cuts silently. */
export function windowsOf(ids: readonly number[], size: number): number[][] {
  if (ids.length <= size) return [[...ids]];
  const starts: number[] = [];
  for (let start = 0; start + size < ids.length; start += size - OVERLAP) starts.push(start);
  starts.push(ids.length - size);
  return starts.map((start) => ids.slice(start, start + size));
}

/** What a model gives for one text or one window of it. */
export interface ModelRead {
  /** Probabilities in the order of EMOTION_LABELS. */
  labels: number[];
  /** Valence and arousal, -1..1, where the model has learned them. */
  affect: readonly [valence: number, arousal: number] | null;
  /** Probabilities in the order of BASIC_EMOTIONS, where the model has an output for them. */
  basic: number[] | null;
  /** What the trunk makes of the text before any head, for further heads, where the model lets it out. */
  trunk: Float32Array | null;
}

/**
 * One reading for all windows: labels and basic emotions as below, affect as the mean of the windows, each weighted by
 * how strongly anything was felt in it.
 */
export function poolReads(reads: readonly ModelRead[]): ModelRead {
  const [first] = reads;
  if (!first || reads.length === 1) return first ?? { labels: [], affect: null, basic: null, trunk: null };
  const felt = reads.map(({ labels }) => 0.05 + Math.max(0, ...labels.slice(0, -1)));
  const whole = felt.reduce((sum, weight) => sum + weight, 0);
  const mean = (axis: 0 | 1) => reads.reduce((sum, { affect }, i) => sum + (affect?.[axis] ?? 0) * felt[i]!, 0) / whole;
  const basics = reads.flatMap(({ basic }) => (basic ? [basic] : []));
  return {
    labels: poolWindows(reads.map(({ labels }) => labels)),
    affect: first.affect && [mean(0), mean(1)],
    // No column of these is "neutral", so none is only averaged.
    basic: basics.length > 0 ? poolWindows(basics.map((row) => [...row, 0])).slice(0, -1) : null,
    trunk:
      first.trunk?.map((_, i) => reads.reduce((sum, { trunk }) => sum + (trunk?.[i] ?? 0), 0) / reads.length) ?? null,
  };
}

/**
 * One row of probabilities for all windows of a text: four parts the highest, one part the mean, so that one strong sentence
 * in a long story is heard and does not drown the rest. Neutral (the last) is only averaged: a quiet sentence does not
 * make a sad story neutral.
 */
export function poolWindows(rows: readonly (readonly number[])[]): number[] {
  const width = rows[0]?.length ?? 0;
  return Array.from({ length: width }, (_, column) => {
    const values = rows.map((row) => row[column] ?? 0);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return column === width - 1 ? mean : 0.2 * mean + 0.8 * values.reduce((a, b) => Math.max(a, b), 0);
  });
}
