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
  if (most > SHORT_LIST) return sortedLater(most, idOf, mayStay);
  // Best first, as two lists: very many are offered, and an object for each would be thrown away again.
  const scores = new Float64Array(most);
  const items = new Array<T>(most);
  let count = 0;
  const bar = () => (most === 0 ? Infinity : count < most ? -Infinity : scores[most - 1]!);
  return {
    bar,
    offer(item, score) {
      if (score < bar() || !mayStay(item)) return;
      let at = 0;
      for (let high = count; at < high; ) {
        const middle = (at + high) >> 1;
        const other = scores[middle]!;
        if (other > score || (other === score && idOf(items[middle]!) <= idOf(item))) at = middle + 1;
        else high = middle;
      }
      if (at >= most) return;
      if (count < most) count += 1;
      for (let i = count - 1; i > at; i--) {
        scores[i] = scores[i - 1]!;
        items[i] = items[i - 1]!;
      }
      scores[at] = score;
      items[at] = item;
    },
    list: () => items.slice(0, count).map((item, i) => ({ item, score: scores[i]! })),
  };
}

function sortedLater<T>(most: number, idOf: (item: T) => string, mayStay: (item: T) => boolean): BestFew<T> {
  const all: Best<T>[] = [];
  const compare = (a: Best<T>, b: Best<T>): number => {
    if (a.score !== b.score) return b.score - a.score;
    const [one, other] = [idOf(a.item), idOf(b.item)];
    return one < other ? -1 : one > other ? 1 : 0;
  };
  return {
    bar: () => -Infinity,
    offer(item, score) {
      if (mayStay(item)) all.push({ item, score });
    },
    list: () => all.sort(compare).slice(0, most),
  };
}
