/**
 * Words as CLaMP3 reads them: the lines of a text, each said once, joined by the end token of XLM-RoBERTa. The publication
 * puts the lines into a set, so their order is by chance there; here they stay in the order in which they were said.
 * Source: code/extract_clamp3.py of sanderwood/clamp3 at 9016d2b.
 */
import type { Tokenizer } from '@huggingface/tokenizers';

const LINE_END = '</s>';

/** Empty lines are left out, a line said twice is said once. Never throws. */
export function linesJoined(text: string): string {
  const lines = text.split(/\r\n|\r|\n/).filter((line) => line !== '');
  return [...new Set(lines)].join(LINE_END);
}

/** Ids with the begin and end tokens around them: at least those two. */
export function idsOf(tokenizer: Tokenizer, text: string): number[] {
  return tokenizer.encode(linesJoined(text)).ids;
}
