/** Which language a text is in, as ISO 639-1, or "und" where it cannot be told. */
import { LRUCache } from 'lru-cache';
import { detect } from 'tinyld';

const MOST_CHARACTERS = 500;
/** Service, gate and emotion model ask about the same words within a moment. Nobody's words are kept beyond that. */
const told = new LRUCache<string, string>({ max: 128, ttl: 1000, ttlAutopurge: true });

export function detectLanguage(text: string): string {
  const beginning = text.slice(0, MOST_CHARACTERS);
  const before = told.get(beginning);
  if (before !== undefined) return before;
  const language = languageOf(beginning);
  told.set(beginning, language);
  return language;
}

function languageOf(text: string): string {
  const plain = text.replace(/[^\p{L}\p{M}\s']/gu, ' ').trim();
  if (!/\p{L}{2}/u.test(plain)) return 'und';
  return detect(plain) || 'und';
}
