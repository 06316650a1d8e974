/**
 * Where a session should lead when nobody says: from the words, what is said of the body, and the clock.
 *
 *   cannot sleep, at any hour                      → fall asleep
 *   tired                                          → fall asleep; from 5 to 10 in the morning wake gently
 *   grief                                          → grieve: quiet, without hurry
 *   from 9 in the evening to 5                     → fall asleep
 *   from 5 to 10 in the morning, not in distress   → wake gently
 *   otherwise                                      → calm down
 */
import type { EmotionReading, Intention } from '../vocabulary.js';

const CALMING: readonly Intention[] = ['calm-down', 'fall-asleep', 'let-it-out', 'grieve'];
export const isCalming = (intention: Intention): boolean => CALMING.includes(intention);

/** Below this valence a morning is for calming first. */
const DISTRESS = -0.3;

/** `hour`: local hour of the listener, 0..23, where it is known. */
export function likelyIntention(reading: EmotionReading, hour: number | undefined): Intention {
  const says = (state: 'sleepless' | 'tired') => reading.bodyState?.includes(state) ?? false;
  const morning = hour !== undefined && hour >= 5 && hour < 10;
  const night = hour !== undefined && (hour >= 21 || hour < 5);
  if (says('sleepless')) return 'fall-asleep';
  if (reading.labels[0] === 'grief') return 'grieve';
  if (says('tired')) return morning ? 'wake-gently' : 'fall-asleep';
  if (night) return 'fall-asleep';
  if (morning && !(reading.valence < DISTRESS)) return 'wake-gently';
  return 'calm-down';
}
