/**
 * Server-sent events to one follower, who may be slow, gone or sent away at any moment.
 *
 * Rules
 * 1. Nothing is written after the end: Node takes that for a fault which ends the whole process, and with it everybody's sound.
 * 2. Who left before the first event (while the store was asked) is known to have left.
 * 3. Who does not read is sent away before much of it waits here.
 */
import type { Response } from 'express';

/** Some hundred events. A page reads at once; what connects and does not read is no page. */
const MOST_UNREAD_BYTES = 64 * 1024;

export interface Follower {
  /** An event, or a comment that only keeps the connection alive. Does nothing once the follower is gone. */
  send(name: string, data: unknown): void;
  stillHere(): void;
  /** Sends the follower away. */
  end(): void;
  isGone(): boolean;
  /** Calls `work` once, when the follower is gone; at once for one who is. */
  whenGone(work: () => void): void;
}

/** Sends the head of the answer. */
export function follow(response: Response): Follower {
  let gone = response.closed || response.destroyed;
  const leaving: (() => void)[] = [];
  const leave = () => {
    if (gone) return;
    gone = true;
    for (const work of leaving.splice(0)) work();
  };
  response.on('close', leave);
  response.set({ 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
  response.flushHeaders();
  const write = (text: string) => {
    // Ended by whoever stops the server, and not closed yet.
    if (gone || response.writableEnded) return;
    response.write(text);
    if (response.writableLength > MOST_UNREAD_BYTES) response.destroy();
  };
  return {
    send: (name, data) => write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`),
    stillHere: () => write(': still here\n\n'),
    end: () => void response.end(),
    isGone: () => gone || response.writableEnded,
    whenGone(work) {
      if (gone) work();
      else leaving.push(work);
    },
  };
}
