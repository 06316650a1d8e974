/**
 * JSON is read without going down, whatever its depth; what hands it on (a copy, a fingerprint, a library that writes it anew)
 * goes down one call a level, and ends in a fault of ours. So a body of another platform's is looked at once, at the door.
 */
import { EmohealError } from '../../engine/errors.js';

/** Dialogflow's and Amazon's own requests lie a dozen levels deep. */
const DEEPEST = 64;

/** Throws `bad-input` for a value that is nested deeper than anything that is sent in earnest. */
export function mustBeShallow(value: unknown): void {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > DEEPEST) throw new EmohealError('bad-input', `The body is nested deeper than ${DEEPEST} levels.`);
    level = level.flatMap((each) => (typeof each === 'object' && each !== null ? Object.values(each) : []));
  }
}
