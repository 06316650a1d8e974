/**
 * Words as CLaMP3 reads them: the lines of a text, each said once, joined by the end token of XLM-RoBERTa. The publication
 * puts the lines into a set, so their order is by chance there; here they stay in the order in which they were said.
 * Source: code/extract_clamp3.py of sanderwood/clamp3 at 9016d2b.
 */
import { Tokenizer } from '@huggingface/tokenizers';

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

/** A character of the private use area, which no rule touches. */
const KEPT = '\ue000';
const replace = (from: string, to: string) => ({ type: 'Replace', pattern: { String: from }, content: to });

/**
 * The tokeniser of a tokenizer.json. Our library works through SentencePiece's table of characters ("Precompiled") by rule;
 * held against the table itself, all of Unicode differs in three characters. Two of them are mended here: the joiner
 * U+200D (emoji, Sinhala, Malayalam) stays a character, the Arabic letter mark U+061C is a space. The third, U+0344, is not
 * written any more.
 */
export function tokenizerOf(json: { normalizer?: { type?: string } | null }): Tokenizer {
  if (json.normalizer?.type !== 'Precompiled') return new Tokenizer(json, {});
  const joiner = '\u200d';
  const normalizers = [replace(joiner, KEPT), replace('\u061c', ' '), json.normalizer, replace(KEPT, joiner)];
  return new Tokenizer({ ...json, normalizer: { type: 'Sequence', normalizers } }, {});
}
