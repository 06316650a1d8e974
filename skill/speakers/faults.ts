/** The two ways in which a speaker fails, in words that name it. */
import { EmohealError } from '../../engine/errors.js';

/** It does not answer, or its answer cannot be read. */
export const away = (speaker: string, what: string, cause?: unknown) =>
  new EmohealError('speaker-away', `${speaker} ${what}.`, {
    retryable: true,
    remedy: 'Look whether it is switched on and in the same network, then find the speakers again.',
    cause,
  });

/** It answers, and says no. */
export const refused = (speaker: string, what: string) =>
  new EmohealError('speaker-refused', `${speaker} ${what}.`, {
    remedy: 'Try again; if it stays so, choose another speaker or start this one anew.',
  });
