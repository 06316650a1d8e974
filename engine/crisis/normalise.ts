/** One plain form of a text for the crisis patterns: lower case, plain apostrophes, joined words that speech recognition splits. */

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
  return plain
    .replace(/[^\p{L}\p{M}\p{N}' ]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
