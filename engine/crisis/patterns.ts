/** All patterns of danger, and the order in which they speak: English, German, further languages. */
import { ENGLISH } from './english.js';
import { FURTHER } from './further.js';
import { GERMAN } from './german.js';
import type { CrisisPattern } from './pattern.js';

export const CRISIS_PATTERNS: readonly CrisisPattern[] = [...ENGLISH, ...GERMAN, ...FURTHER];
