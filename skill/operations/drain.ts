/**
 * The end of a server, without a break in what is heard: no new connection is taken, followers of events are sent away at
 * once (they come back by themselves, elsewhere or later), and what is being answered, sound above all, goes on until it
 * is done or the time is up.
 */
import type { Server, ServerResponse } from 'node:http';

const LOOK_EVERY_MS = 50;

export interface Drain {
  /** True from the moment that the end began. */
  ending(): boolean;
  /** Answers that are under way, followers of events not counted. */
  underWay(): number;
  /** Resolves when nothing is under way any more, at the latest after `sec` seconds or when `hurry` fires; to what was cut. */
  end(sec: number, hurry?: AbortSignal): Promise<{ cut: number }>;
}

export function createDrain(server: Server): Drain {
  const answers = new Set<ServerResponse>();
  let ending = false;
  const isEvents = (answer: ServerResponse) => String(answer.getHeader('content-type')).startsWith('text/event-stream');
  const underWay = () => [...answers].filter((each) => !isEvents(each)).length;

  server.on('request', (_request, answer: ServerResponse) => {
    answers.add(answer);
    // The log, traces, this, the route and Node's own pipeline wait for its end, some of them more than once: together one
    // more than the ten from which on Node warns of a leak, with each stream.
    answer.setMaxListeners(20);
    answer.once('close', () => answers.delete(answer));
    if (ending && !answer.headersSent) answer.setHeader('connection', 'close');
  });

  return {
    ending: () => ending,
    underWay,
    async end(sec, hurry) {
      ending = true;
      if (server.listening) server.close();
      const endMs = performance.now() + sec * 1000;
      for (;;) {
        for (const each of answers) if (isEvents(each)) each.end();
        server.closeIdleConnections();
        if (underWay() === 0 || performance.now() >= endMs || hurry?.aborted) break;
        await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
      }
      const cut = underWay();
      server.closeAllConnections();
      return { cut };
    },
  };
}
