/**
 * "Forget me", said in the house: asked once whether it is meant, and done at "yes". Outside of any one conversation, since
 * question and answer are two sentences.
 */

/** A "yes" that comes later means something else. */
const HOLDS_MS = 60_000;

export interface ForgetMe {
  ask(listener: string): void;
  /** Whether the question was just put to this listener. */
  isAsked(listener: string): boolean;
  /** Everything that is kept of the listener goes. */
  yes(listener: string): Promise<void>;
  /** Also whatever else is said: then it was not meant. */
  no(listener: string): void;
}

export function createForgetMe(deps: { erase: (listener: string) => Promise<void>; nowMs: () => number }): ForgetMe {
  const askedMs = new Map<string, number>();
  return {
    ask: (listener) => void askedMs.set(listener, deps.nowMs()),
    isAsked: (listener) => deps.nowMs() - (askedMs.get(listener) ?? Number.NEGATIVE_INFINITY) < HOLDS_MS,
    async yes(listener) {
      askedMs.delete(listener);
      await deps.erase(listener);
    },
    no: (listener) => void askedMs.delete(listener),
  };
}
