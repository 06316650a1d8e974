/** Whether somebody sings, from what the two models name: their tags for voices against those for the lack of one. */
import { MSD_TAGS, MTT_TAGS } from './tags.js';

const SUNG: readonly string[] = [
  'vocal',
  'vocals',
  'voice',
  'singing',
  'male voice',
  'male vocal',
  'female voice',
  'female vocal',
  'male',
  'female',
  'man',
  'woman',
  'female vocalists',
  'male vocalists',
  'female vocalist',
  'opera',
  'choir',
  'choral',
];
const UNSUNG: readonly string[] = ['no vocals', 'no voice', 'no vocal', 'instrumental'];

/** 0..1: the strongest tag for a voice, against the strongest for none. Mean probabilities in the order of the tag lists. */
export function vocalsByTags(msd: ArrayLike<number>, mtt: ArrayLike<number>): number {
  const strongest = (wanted: readonly string[]) =>
    Math.max(
      0,
      ...MSD_TAGS.map((tag, i) => (wanted.includes(tag) ? (msd[i] ?? 0) : 0)),
      ...MTT_TAGS.map((tag, i) => (wanted.includes(tag) ? (mtt[i] ?? 0) : 0)),
    );
  const [sung, unsung] = [strongest(SUNG), strongest(UNSUNG)];
  return sung + unsung > 0 ? sung / (sung + unsung) : 0;
}
