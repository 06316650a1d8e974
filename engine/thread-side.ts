/**
 * The other side of `threads.ts`: loads, then answers what is asked. Jobs share the thread step by step, so that one long text
 * does not keep everybody else's short ones waiting: a handler that takes many steps gives way between them (`giveWay`).
 */
import { parentPort } from 'node:worker_threads';
import { giveWay } from './give-way.js';

export type ToThread =
  | { kind: 'ask'; id: number; what: string; items: readonly unknown[] }
  | { kind: 'cancel'; id: number }
  | { kind: 'close' };
export type FromThread =
  | { kind: 'ready' }
  | { kind: 'load-failed'; reason: string }
  | { kind: 'answer'; id: number; rows: unknown[] }
  | { kind: 'failed'; id: number; reason: string };

/**
 * By the name that is asked for. `stopped` turns true when the job was called off; look at it between two steps.
 */
// biome-ignore lint/suspicious/noExplicitAny: each handler knows its own items.
export type Handlers = Record<string, (item: any, stopped: () => boolean) => unknown>;

/** Errors leave with their kind only: a runtime's own message may quote what was said. */
const kindOf = (error: unknown) => (error instanceof Error ? error.name : typeof error);

const send = (message: FromThread): void => parentPort?.postMessage(message);

export async function answerFromHere(load: () => Promise<Handlers>): Promise<void> {
  const cancelled = new Set<number>();
  let closing = false;
  const underWay = new Set<Promise<void>>();

  try {
    const handlers = await load();

    async function answer({ id, what, items }: Extract<ToThread, { kind: 'ask' }>): Promise<void> {
      const stopped = () => closing || cancelled.has(id);
      try {
        const handler = handlers[what];
        if (!handler) throw new TypeError('nobody here answers that');
        const rows: unknown[] = [];
        for (const item of items) {
          if (rows.length > 0) await giveWay();
          rows.push(await handler(item, stopped));
        }
        send({ kind: 'answer', id, rows });
      } catch (error) {
        send({ kind: 'failed', id, reason: kindOf(error) });
      } finally {
        cancelled.delete(id);
      }
    }

    parentPort?.on('message', (message: ToThread) => {
      if (message.kind === 'cancel') {
        cancelled.add(message.id);
      } else if (message.kind === 'close') {
        // The thread ends by itself: to end it from outside while native code runs would take the whole process along.
        closing = true;
        void Promise.all(underWay).then(() => parentPort?.close());
      } else {
        const job = answer(message).finally(() => underWay.delete(job));
        underWay.add(job);
      }
    });
    send({ kind: 'ready' });
  } catch (error) {
    send({ kind: 'load-failed', reason: String((error as Error)?.message ?? error).slice(0, 300) });
  }
}
