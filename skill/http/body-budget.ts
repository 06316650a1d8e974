/**
 * Memory that all recordings on their way in may take together. Each has its own limit; but thousands may come at once, and
 * whoever sends them begins to send before anybody knows how many there are. So what has really come is counted, and the one
 * that is too much is told so and cut off, while those before it are heard.
 */
import type { RequestHandler } from 'express';
import { sendProblem } from './problems.js';

/** Ten of the largest, or hundreds of sentences as they are said. */
export const MOST_BODIES_BYTES = 256 * 1024 * 1024;

/** Stands right before the parser that reads the body. Counted is what comes over the line, until the answer is over. */
export function bodyBudget(mostBytes = MOST_BODIES_BYTES): RequestHandler {
  let taken = 0;
  return (request, response, next) => {
    let own = 0;
    const count = (chunk: Buffer) => {
      own += chunk.length;
      taken += chunk.length;
      if (taken <= mostBytes || response.headersSent) return;
      request.off('data', count);
      response.set({ 'retry-after': '10', connection: 'close' });
      sendProblem(response, 503, 'Busy', 'Too many recordings are coming in at once. Send yours again in a moment.', {
        code: 'busy',
      });
      response.once('finish', () => request.destroy());
    };
    request.on('data', count);
    response.once('close', () => {
      taken -= own;
      request.off('data', count);
    });
    next();
  };
}
