/**
 * Which window of a browser listens: two that hear the same sentence would both answer it. The newest to begin has the
 * turn; the others wait, and the next of them has it when that window is closed or switched off.
 *
 * A lock of the browser decides, so that a window that crashed holds nothing. Where there are no locks there is no
 * microphone either: both need https or this very machine.
 */
export interface EarTurn {
  /** Resolves when the turn is this window's, whoever had it before. */
  take(): Promise<void>;
  /** Gives it to the next, and waits no more. */
  end(): void;
}

const LOCK = 'emoheal-ear';

/** @param events `lost`: another window took the turn; `back`: it came back by itself. */
export function earTurn(events: { lost(): void; back(): void }): EarTurn {
  let release = () => {};
  let waiting: AbortController | undefined;
  let isOurs = false;

  /** Resolves when the lock is held, and stays held until `release`. */
  function hold(options: LockOptions): Promise<void> {
    return new Promise((held, refused) => {
      navigator.locks
        .request(LOCK, options, () => {
          isOurs = true;
          held();
          return new Promise<void>((resolve) => {
            release = resolve;
          });
        })
        .catch((error) => {
          if (!isOurs) return refused(error);
          // Stolen: another window listens now.
          isOurs = false;
          events.lost();
          waitForIt();
        });
    });
  }

  function waitForIt(): void {
    waiting = new AbortController();
    hold({ signal: waiting.signal }).then(events.back, () => {});
  }

  return {
    async take() {
      waiting?.abort();
      if (navigator.locks && !isOurs) await hold({ steal: true });
    },
    end() {
      waiting?.abort();
      isOurs = false;
      release();
    },
  };
}
