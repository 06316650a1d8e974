/** The best of very many, while nearly all of them lose at once. */

/** Beyond this many wanted, sorting everything is cheaper than keeping a list of the best. */
const SHORT_LIST = 512;

export interface Best<T> {
  item: T;
  score: number;
}

export interface BestFew<T> {
  offer(item: T, score: number): void;
  /** What scores less is not taken any more. */
  bar(): number;
  /** At most as many as asked for: highest score first, equal ones by id in code-unit order, the same on every machine. */
  list(): Best<T>[];
}

/** `mayStay` is asked only of what is good enough. */
export function bestFew<T>(
  most: number,
  idOf: (item: T) => string,
  mayStay: (item: T) => boolean = () => true,
): BestFew<T> {
  const compare = (a: Best<T>, b: Best<T>): number => {
    if (a.score !== b.score) return b.score - a.score;
    const [one, other] = [idOf(a.item), idOf(b.item)];
    return one < other ? -1 : one > other ? 1 : 0;
  };
  // Worst last.
  const best: Best<T>[] = [];
  const isShort = most <= SHORT_LIST;
  const bar = () => (most === 0 ? Infinity : ((isShort ? best[most - 1]?.score : undefined) ?? -Infinity));
  return {
    bar,
    offer(item, score) {
      if (score < bar() || !mayStay(item)) return;
      if (!isShort) return void best.push({ item, score });
      const offered = { item, score };
      let low = 0;
      for (let high = best.length; low < high; ) {
        const middle = (low + high) >> 1;
        if (compare(best[middle]!, offered) <= 0) low = middle + 1;
        else high = middle;
      }
      best.splice(low, 0, offered);
      if (best.length > most) best.pop();
    },
    list: () => (isShort ? [...best] : best.sort(compare).slice(0, most)),
  };
}
