/**
 * Who is made next, where many sessions are being made at once: few at a time, and always the one whose listener has
 * least in hand. So sixty sessions that begin in the same second all get their first sound before any gets its second
 * minute, and none is made far ahead while another runs dry.
 *
 * What nobody listens to yet is made only with what is left over, one at a time: where sessions begin faster than they can
 * be made ahead, beginning is what people wait for.
 *
 * A turn is for work. One that lasts longer waits for something (a piece that is being composed, a file from elsewhere), and
 * another begins beside it, so that a few slow sources never hold up everybody.
 */

/** One who waits for the first sound may wait this long before one who plays runs dry for it. */
const FIRST_WAIT_SEC = 1;

/**
 * Seconds until the next stretch is missed: what the listener has in hand, and for one who does not play yet
 * (`waitedSec` since it asked; null once it plays) what is left of a second.
 */
export function slackSec(handSec: number, waitedSec: number | null): number {
  return waitedSec === null ? handSec : Math.max(0, FIRST_WAIT_SEC - waitedSec) + handSec;
}

export interface Turns {
  /**
   * Resolves when it is this one's turn, to what ends the turn. `slackSec` tells how long its listener can still play from
   * what there is; it is asked anew whenever a turn is given. `isSpare`: true while nobody listens to it. Throws the
   * signal's reason where that fires first.
   */
  take(slackSec: () => number, signal: AbortSignal, isSpare?: () => boolean): Promise<() => void>;
  /** For tests and health pages. */
  state(): { making: number; waiting: number };
}

interface Waiting {
  slackSec: () => number;
  isSpare: () => boolean;
  begin: () => void;
}

/**
 * `atOnce` turns at the same time; one that lasts longer than `longestMs` counts no more. Of two with the same slack, the
 * one that has waited longer comes first.
 */
export function createTurns(atOnce: number, longestMs = 3000): Turns {
  const waiting: Waiting[] = [];
  let making = 0;

  function give(): void {
    while (making < atOnce && waiting.length > 0) {
      let next = -1;
      let least = Number.POSITIVE_INFINITY;
      waiting.forEach(({ slackSec, isSpare }, i) => {
        const slack = slackSec();
        if (slack < least && (making === 0 || !isSpare())) [next, least] = [i, slack];
      });
      if (next < 0) return;
      making += 1;
      waiting.splice(next, 1)[0]!.begin();
    }
  }

  return {
    take(slackSec, signal, isSpare = () => false) {
      return new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason);
        const leave = () => {
          waiting.splice(waiting.indexOf(each), 1);
          reject(signal.reason);
        };
        const each: Waiting = {
          slackSec,
          isSpare,
          begin() {
            signal.removeEventListener('abort', leave);
            let ended = false;
            const end = () => {
              if (ended) return;
              ended = true;
              clearTimeout(clock);
              making -= 1;
              give();
            };
            const clock = setTimeout(end, longestMs);
            clock.unref();
            resolve(end);
          },
        };
        signal.addEventListener('abort', leave, { once: true });
        waiting.push(each);
        give();
        return undefined;
      });
    },
    state: () => ({ making, waiting: waiting.length }),
  };
}
