/** Work on one thing waits for the work on it that was asked for before; work on others does not. */

export type InTurn = <T>(key: string, work: () => Promise<T>) => Promise<T>;

/** A failure is its caller's alone; who comes next begins all the same. Nothing is kept of a key without work. */
export function createInTurn(): InTurn {
  const last = new Map<string, Promise<void>>();
  return (key, work) => {
    const mine = (last.get(key) ?? Promise.resolve()).then(work);
    const over = mine
      .then(
        () => {},
        () => {},
      )
      .then(() => {
        if (last.get(key) === over) last.delete(key);
      });
    last.set(key, over);
    return mine;
  };
}
