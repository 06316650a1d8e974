/**
 * Twelve things that people say by the bed, from the first word to where the session then stands. One list for every surface:
 * each must bring the listener to the same session, or to the same help.
 */
import type { SessionAction } from '../../engine/session-service.js';

export interface Journey {
  name: string;
  locale: string;
  /** A wish before the feeling: as a sentence, and as an option for surfaces that have options. */
  wish?: { said: string; minutes: number };
  /** The feeling as it is said. Amazon hands over only what stands in the slot: `slot`. */
  feeling: { said: string; slot: string };
  /** What is said while the music plays, seconds after what was said before. */
  after: { afterSec: number; said: string; action?: SessionAction; minutes?: number }[];
  ends: 'music' | 'music and a word of care' | 'help' | 'the question again';
}

const TENSE = { said: 'I feel tense and afraid of tomorrow', slot: 'tense and afraid of tomorrow' };

export const TWELVE: readonly Journey[] = [
  { name: 'a feeling', locale: 'en-US', feeling: TENSE, after: [], ends: 'music' },
  {
    name: 'a feeling in German',
    locale: 'de-DE',
    feeling: { said: 'Ich bin traurig und einsam', slot: 'traurig und einsam' },
    after: [],
    ends: 'music',
  },
  {
    name: 'a night of so many minutes',
    locale: 'en-US',
    wish: { said: 'play for forty minutes', minutes: 40 },
    feeling: TENSE,
    after: [],
    ends: 'music',
  },
  {
    name: 'straight to calm',
    locale: 'en-US',
    feeling: TENSE,
    after: [{ afterSec: 60, said: 'straight to calm', action: 'straight-to-calm' }],
    ends: 'music',
  },
  {
    name: 'stay here',
    locale: 'en-US',
    feeling: TENSE,
    after: [{ afterSec: 60, said: 'stay here', action: 'stay' }],
    ends: 'music',
  },
  {
    name: 'deeper',
    locale: 'en-US',
    feeling: TENSE,
    after: [{ afterSec: 90, said: 'go deeper', action: 'deeper' }],
    ends: 'music',
  },
  {
    name: 'why this music',
    locale: 'en-US',
    feeling: TENSE,
    after: [{ afterSec: 30, said: 'why this music' }],
    ends: 'music',
  },
  {
    name: 'ten more minutes',
    locale: 'en-US',
    feeling: TENSE,
    after: [{ afterSec: 120, said: 'ten more minutes', action: 'extend', minutes: 10 }],
    ends: 'music',
  },
  {
    name: 'a pause, and on from there',
    locale: 'en-US',
    feeling: TENSE,
    after: [
      { afterSec: 60, said: 'pause', action: 'pause' },
      { afterSec: 600, said: 'resume', action: 'resume' },
    ],
    ends: 'music',
  },
  {
    name: 'danger',
    locale: 'en-GB',
    feeling: { said: 'I want to end my life tonight', slot: 'want to end my life tonight' },
    after: [],
    ends: 'help',
  },
  {
    name: 'something heavy',
    locale: 'en-GB',
    feeling: { said: 'I feel hopeless about everything', slot: 'hopeless about everything' },
    after: [],
    ends: 'music and a word of care',
  },
  {
    name: 'nothing that can be understood',
    locale: 'en-US',
    feeling: { said: '...', slot: '' },
    after: [],
    ends: 'the question again',
  },
];
