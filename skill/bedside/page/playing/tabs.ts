/**
 * Of several windows of this page in one browser, one sounds. The newest to begin takes over; the one before falls silent
 * and says where the music is. Windows tell one another over a BroadcastChannel, which also works over plain HTTP inside
 * the house, where Web Locks do not exist.
 */

type Word =
  | { kind: 'plays'; tab: string; sinceMs: number; session: string; atSec: number }
  | { kind: 'silent'; tab: string }
  | { kind: 'who' };

export interface Playing {
  session: string;
  atSec: number;
}

export interface TabHands {
  /** What sounds in this window. */
  here(): Playing | null;
  /** Another window has taken over. */
  yield(): void;
  /** What sounds in another window has begun or ended. */
  changed(there: Playing | null): void;
}

export interface Tabs {
  /** This window begins to sound. */
  begin(): void;
  end(): void;
  there(): Playing | null;
}

const TELL_EVERY_MS = 2000;
/** A window that says nothing for so long is gone, or asleep. */
const GONE_MS = 7000;

export function shareTabs(hands: TabHands): Tabs {
  if (!('BroadcastChannel' in window)) return { begin() {}, end() {}, there: () => null };
  const tab = `${Date.now()} ${Math.random()}`;
  const channel = new BroadcastChannel('emoheal-bedside');
  const say = (word: Word) => channel.postMessage(word);
  let sinceMs = 0;
  let other: (Playing & { tab: string; heardMs: number }) | null = null;

  const tell = () => {
    const here = sinceMs > 0 ? hands.here() : null;
    if (here) say({ kind: 'plays', tab, sinceMs, ...here });
    if (other && performance.now() - other.heardMs > GONE_MS) {
      other = null;
      hands.changed(null);
    }
  };

  channel.addEventListener('message', ({ data }: MessageEvent<Word>) => {
    if (data.kind === 'who') return tell();
    if (data.kind === 'silent') {
      if (other?.tab !== data.tab) return;
      other = null;
      hands.changed(null);
      return;
    }
    const newer = data.sinceMs > sinceMs || (data.sinceMs === sinceMs && data.tab > tab);
    if (sinceMs > 0 && !newer) return tell();
    const wasHere = sinceMs > 0;
    sinceMs = 0;
    const wasThere = other !== null;
    other = { tab: data.tab, session: data.session, atSec: data.atSec, heardMs: performance.now() };
    if (wasHere) hands.yield();
    if (wasHere || !wasThere) hands.changed(other);
  });
  setInterval(tell, TELL_EVERY_MS);
  window.addEventListener('pagehide', () => sinceMs > 0 && say({ kind: 'silent', tab }));
  say({ kind: 'who' });

  return {
    begin() {
      sinceMs = Date.now();
      other = null;
      tell();
    },
    end() {
      if (sinceMs > 0) say({ kind: 'silent', tab });
      sinceMs = 0;
    },
    there: () => other,
  };
}
