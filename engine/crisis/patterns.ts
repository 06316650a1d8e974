/** All patterns of danger, and the order in which they speak: words that stand alone, English, German, further languages. */
import { BARE } from './bare.js';
import { ENGLISH } from './english.js';
import { ENGLISH_HOUSEHOLD } from './english-household.js';
import { FURTHER } from './further.js';
import { GERMAN } from './german.js';
import type { CrisisPattern } from './pattern.js';

export const CRISIS_PATTERNS: readonly CrisisPattern[] = [
  ...BARE,
  ...ENGLISH,
  ...ENGLISH_HOUSEHOLD,
  ...GERMAN,
  ...FURTHER,
];
