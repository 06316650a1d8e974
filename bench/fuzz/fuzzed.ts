/** What every fuzzed reader is made of: its cases, half of them good ones damaged a little, and what counts as an answer. */
import fc from 'fast-check';
import { EmohealError, type ErrorCode } from '../../engine/errors.js';

export interface FuzzedParser {
  name: string;
  /** Throws, with the seed and the smallest case, where the promise is broken. */
  run(cases: number, seed: number): void;
}

/** Refusals of these kinds are promised; any other error is a crash. */
export function orRefused<T>(work: () => T, ...codes: ErrorCode[]): T | null {
  try {
    return work();
  } catch (error) {
    if (error instanceof EmohealError && codes.includes(error.code)) return null;
    throw error;
  }
}

export function parser<T>(name: string, arbitrary: fc.Arbitrary<T>, holds: (value: T) => boolean): FuzzedParser {
  return {
    name,
    run: (numRuns, seed) => fc.assert(fc.property(arbitrary, holds), { numRuns, seed }),
  };
}

/** A text with a few characters replaced, left out or doubled. */
export const damagedText = (good: fc.Arbitrary<string>) =>
  fc.tuple(good, fc.array(fc.tuple(fc.nat(), fc.string({ maxLength: 3 })), { maxLength: 3 })).map(([text, changes]) =>
    changes.reduce((rest, [at, by]) => {
      const place = at % (rest.length + 1);
      return rest.slice(0, place) + by + rest.slice(place + (at % 3));
    }, text),
  );
export const damagedBytes = (good: fc.Arbitrary<Uint8Array>) =>
  fc.tuple(good, fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 8 }), fc.nat()).map(([bytes, changes, cut]) => {
    const spoilt = Uint8Array.from(bytes);
    // The head decides: most changes go there.
    for (const [at, value] of changes)
      if (spoilt.length > 0) spoilt[at % (at % 4 === 0 ? spoilt.length : Math.min(48, spoilt.length))] = value;
    return cut % 4 === 0 ? spoilt.subarray(0, cut % (spoilt.length + 1)) : spoilt;
  });
export const noise = fc.string({ unit: 'binary', maxLength: 200 });
