/** The words of the caregivers' console in the language of a locale; English where the locale's own is not spoken. */
import { type Language, languageOf } from '../../prompts.js';
import { ar } from './ar.js';
import { de } from './de.js';
import { type CareWords, en } from './en.js';
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

export const CARE_LANGUAGES: Record<Language, CareWords> = { en, de, fr, es, it, pt, ja, hi, nl, pl, tr, ar, zh };

export const careWords = (locale: string): CareWords => CARE_LANGUAGES[languageOf(locale)];
