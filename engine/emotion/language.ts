/** Which language a text is in, as ISO 639-1, or "und" where it cannot be told. */
import { detect } from 'tinyld';

const MOST_CHARACTERS = 500;

export function detectLanguage(text: string): string {
  const plain = text
    .slice(0, MOST_CHARACTERS)
    .replace(/[^\p{L}\p{M}\s']/gu, ' ')
    .trim();
  if (!/\p{L}{2}/u.test(plain)) return 'und';
  return detect(plain) || 'und';
}
