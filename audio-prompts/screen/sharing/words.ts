/** “Who may see my nights?” in every language of the page. */
import type { Language } from '../../prompts.js';
import { ar } from './ar.js';
import { de } from './de.js';
import { en, type SharingWords } from './en.js';
import { es } from './es.js';
import { fr } from './fr.js';
import { hi } from './hi.js';
import { it } from './it.js';
import { ja } from './ja.js';
import { nl } from './nl.js';
import { pl } from './pl.js';
import { pt } from './pt.js';
import { tr } from './tr.js';
import { zh } from './zh.js';

export const SHARING: Record<Language, SharingWords> = { en, de, fr, es, it, pt, ja, hi, nl, pl, tr, ar, zh };
