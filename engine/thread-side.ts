/** The other side of `threads.ts`: loads, then answers what is asked, one job after the other. */
import { parentPort } from 'node:worker_threads';

export type ToThread =
  | { kind: 'ask'; id: number; what: string; items: readonly unknown[] }
  | { kind: 'cancel'; id: number }
  | { kind: 'close' };
export type FromThread =
  | { kind: 'ready' }
  | { kind: 'load-failed'; reason: string }
  | { kind: 'answer'; id: number; rows: unknown[] }
  | { kind: 'failed'; id: number; reason: string };

// biome-ignore lint/suspicious/noExplicitAny: each handler knows its own items.
type Handler<Answer> = (item: any, stopped: () => boolean) => Answer;

export interface Handlers {
  /** By the name that is asked for. `stopped` turns true when the job was called off; look at it between two long steps. */
  inTurn: Record<string, Handler<Promise<unknown>>>;
  /** Small things that wait for no job, only for the step that runs. */
  atOnce?: Record<string, Handler<unknown>>;
}

/** Errors leave with their kind only: a runtime's own message may quote what was said. */
const kindOf = (error: unknown) => (error instanceof Error ? error.name : typeof error);

const send = (message: FromThread): void => parentPort?.postMessage(message);

export async function answerFromHere(load: () => Promise<Handlers>): Promise<void> {
  const cancelled = new Set<number>();
  let closing = false;
  let last: Promise<void> = Promise.resolve();

  async function rowsOf(handler: Handler<unknown> | undefined, items: readonly unknown[], stopped: () => boolean) {
    if (!handler) throw new TypeError('nobody here answers that');
    const rows: unknown[] = [];
    for (const item of items) rows.push(await handler(item, stopped));
    return rows;
  }

  try {
    const { inTurn, atOnce = {} } = await load();
    parentPort?.on('message', (message: ToThread) => {
      if (message.kind === 'cancel') {
        cancelled.add(message.id);
      } else if (message.kind === 'close') {
        // The thread ends by itself: to end it from outside while native code runs would take the whole process along.
        closing = true;
        void last.then(() => parentPort?.close());
      } else {
        const { id, what, items } = message;
        const stopped = () => closing || cancelled.has(id);
        const quick = atOnce[what];
        const rows = quick ? rowsOf(quick, items, stopped) : last.then(() => rowsOf(inTurn[what], items, stopped));
        const answered = rows
          .then(
            (found) => send({ kind: 'answer', id, rows: found }),
            (error) => send({ kind: 'failed', id, reason: kindOf(error) }),
          )
          .finally(() => cancelled.delete(id));
        if (!quick) last = answered;
      }
    });
    send({ kind: 'ready' });
  } catch (error) {
    send({ kind: 'load-failed', reason: String((error as Error)?.message ?? error).slice(0, 300) });
  }
}
