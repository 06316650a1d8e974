/**
 * Answers of one or two words. A speaker's platform hands over only what follows "I feel …" or "I want …", so the word
 * alone must be enough: nobody answers "suicidal" to "How do you feel?" in passing. They count only when nothing else
 * was said, because inside a sentence the same words are often harmless ("a cake to die for").
 */
import type { CrisisPattern } from './pattern.js';
import { foldAccents } from './pattern.js';

const HOW_MUCH = String.raw`(?:very|so|really|kind of|sort of|just|sehr|so|echt|ganz|muy|tan|très|vraiment|molto|così|muito|tão|erg|heel)\s+`;

const WORDS = [
  'suicidal|like dying|like killing myself|like ending it(?: all)?|to die|to be dead|not to (?:live|be here|wake up)(?: anymore)?|done with life|tired of living|tired of life',
  'suizidal|selbstmordgefährdet|lebensmüde|lebensüberdrüssig|sterben|tot sein|nicht mehr (?:leben|da sein|aufwachen|leben wollen)|lust zu sterben',
  'suicidaire|envie de mourir|mourir|ne plus (?:vivre|exister|me réveiller)|fatiguée? de vivre',
  'suicida|ganas de morir(?:me)?|morir(?:me)?|no (?:vivir|despertar)(?: más)?|cansad[oa] de vivir',
  'voglia di morire|morire|non (?:voglio )?(?:più )?vivere(?: più)?|stanc[oa] di vivere',
  'vontade de morrer|morrer|não (?:quero )?(?:mais )?viver(?: mais)?|cansad[oa] de viver',
  'zelfmoordgeneigd|levensmoe|dood|sterven|niet meer (?:leven|wakker worden)',
  'umrzeć|nie żyć|nie chcieć żyć|ölmek|ölmek gibi|الموت|الانتحار|自杀|死',
].join('|');

export const BARE: readonly CrisisPattern[] = [
  {
    category: 'suicide',
    level: 'crisis',
    rule: 'a word that stands alone',
    pattern: new RegExp(String.raw`^(?:${HOW_MUCH}){0,2}(?:${foldAccents(WORDS)})[\s.!]*(?:$|i feel \w+\.?$)`, 'u'),
  },
];
