/**
 * One plain form of a text for the crisis patterns: lower case, plain apostrophes, joined words that speech recognition splits.
 */

import { foldAccents } from './pattern.js';

const REPAIRS: [RegExp, string][] = [
  [/[’`´ʼ]/g, "'"],
  [/\bmy ?self\b/g, 'myself'],
  [/\bun[- ]?aliv(e|ing)\b/g, 'unalive'],
  [/\bsuicid(e|al)e?\b/g, 'suicid$1'],
  [/\bsewer ?slide\b/g, 'suicide'],
  [/\bwann?a\b/g, 'want to'],
  [/\bgonn?a\b/g, 'going to'],
  [/\bgott?a\b/g, 'have to'],
  [/\bdo not\b/g, "don't"],
  [/\bdont\b/g, "don't"],
  [/\bcan ?not\b/g, "can't"],
  [/\bcant\b/g, "can't"],
  [/\bwont\b/g, "won't"],
  [/\bi am\b/g, "i'm"],
  [/\bim\b/g, "i'm"],
  [/\bi have\b/g, "i've"],
  [/\bi will\b/g, "i'll"],
  [/\bwill not\b/g, "won't"],
  [/\bwould not\b/g, "wouldn't"],
  [/\b(is|was|did|does|have|has) not\b/g, "$1n't"],
  [/\b(is|was|did|does|would|could|have|has)nt\b/g, "$1n't"],
  [/\bany more\b|\bany longer\b|\bno more$/g, 'anymore'],
  [/\bno ?one\b/g, 'nobody'],
  [/\bself[- ]harm/g, 'self harm'],
  // "12 kms" and "kms to go" are a distance.
  [
    /(?<!\d ?)\bkms\b(?! \(?(?:kilomet|done|to go|away|per|an hour|today|from|left|run|ran|later|walk))|\boff myself\b|\bunalive myself\b/g,
    'kill myself',
  ],
  [/\bid rather\b/g, "i'd rather"],
];

export function normalise(text: string): string {
  let plain = text
    .slice(0, 20_000)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\p{Cf}/gu, '')
    .replace(/\p{Cc}/gu, ' ')
    // "kiiiill", "sooo": more than two of the same letter are two too many.
    .replace(/(\p{L})\1{2,}/gu, '$1');
  for (const [from, to] of REPAIRS) plain = plain.replace(from, to);
  return foldAccents(plain)
    .replace(/[^\p{L}\p{M}\p{N}' ]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
