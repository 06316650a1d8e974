import { describe, expect, it } from 'vitest';
import { idsOf, linesJoined, tokenizerOf } from './words.js';

const PIECES = ['<s>', '<pad>', '</s>', '<unk>', '▁', '▁a', 'a', 'b', 'fi', 'i', 'f', '\u200d'];
const added = PIECES.slice(0, 4).map((content, id) => {
  return { id, content, single_word: false, lstrip: false, rstrip: false, normalized: false, special: true };
});
const special = (id: string) => ({ SpecialToken: { id, type_id: 0 } });
/** A tokeniser in the form of XLM-RoBERTa's, which knows next to no words. */
const tokenizer = tokenizerOf({
  added_tokens: added,
  normalizer: { type: 'Precompiled', precompiled_charsmap: '' },
  pre_tokenizer: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split: true },
  post_processor: {
    type: 'TemplateProcessing',
    single: [special('<s>'), { Sequence: { id: 'A', type_id: 0 } }, special('</s>')],
    pair: [],
    special_tokens: {
      '<s>': { id: '<s>', ids: [0], tokens: ['<s>'] },
      '</s>': { id: '</s>', ids: [2], tokens: ['</s>'] },
    },
  },
  decoder: null,
  model: { type: 'Unigram', unk_id: 3, vocab: PIECES.map((piece, i) => [piece, i < 4 ? 0 : -i]) },
} as object);
const read = (text: string) => idsOf(tokenizer, text).map((id) => PIECES[id]);

describe('the words that CLaMP3 reads', () => {
  it('are the lines of a text, each once, whatever ends them', () => {
    expect(linesJoined('calm\npiano\r\ncalm\rrain\n\n')).toBe('calm</s>piano</s>rain');
    expect(linesJoined('one line')).toBe('one line');
    expect(linesJoined('\n\r\n')).toBe('');
  });

  it('have the begin and end tokens around them and an end token between two lines', () => {
    expect(read('a\nb')).toEqual(['<s>', '▁a', '</s>', '▁', 'b', '</s>']);
    expect(read('')).toEqual(['<s>', '</s>']);
  });

  it('are put into plain characters as the table of SentencePiece does', () => {
    expect(read('ａﬁ')).toEqual(['<s>', '▁a', 'fi', '</s>']);
    expect(read('a\u200db')).toEqual(['<s>', '▁a', '\u200d', 'b', '</s>']);
    expect(read('a\u061ca')).toEqual(read('a a'));
  });
});
