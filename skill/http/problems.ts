/**
 * The one error map of the HTTP surface: any error to an RFC 9457 problem document. Faults of ours get a fixed sentence:
 * their own names files and folders of the house, which are for its log and its command line.
 */
import type { ErrorRequestHandler, Response } from 'express';
import { EmohealError, type ErrorCode } from '../../engine/errors.js';

const STATUS: Partial<Record<ErrorCode, [number, string]>> = {
  'bad-input': [400, 'That could not be read'],
  'nothing-heard': [422, 'Nothing was heard'],
  'not-found': [404, 'Not found'],
  'too-large': [413, 'Too much'],
  'signed-out': [401, 'Not signed in'],
  forbidden: [403, 'Not allowed'],
  'too-often': [429, 'Too often'],
  conflict: [409, 'Conflict'],
  'illegal-transition': [409, 'Not possible now'],
  'speech-unavailable': [503, 'Speech is not ready'],
  'catalogue-empty': [503, 'No music'],
  busy: [503, 'Busy'],
  'speaker-away': [503, 'The speaker is away'],
  'speaker-refused': [502, 'The speaker refused'],
  'store-away': [503, 'The memory is away'],
};

const OUR_FAULT = 'Something went wrong on our side. Please try again.';
/** Faults of ours that trying again does not mend. */
const OUR_FAULTS: Partial<Record<ErrorCode, string>> = {
  'store-newer':
    'What is kept here was written by a newer EmoHeal and is left untouched. Whoever runs this server finds in its log which part, and what to do.',
  'disk-full': 'The disk of this server is full or cannot be written. Whoever runs it finds in its log where.',
};

/** Which file or disk, for the log; undefined for every other fault: its text may hold what somebody said. */
export const reasonForLog = (error: unknown): string | undefined =>
  error instanceof EmohealError && OUR_FAULTS[error.code] ? error.message : undefined;

export function sendProblem(
  response: Response,
  status: number,
  title: string,
  detail: string,
  more: Record<string, unknown> = {},
): void {
  response
    .status(status)
    .type('application/problem+json')
    .send(JSON.stringify({ type: 'about:blank', title, status, detail, ...more }));
}

export const problemHandler =
  (onFault: (error: unknown) => void): ErrorRequestHandler =>
  (error, _request, response, next) => {
    if (response.headersSent) {
      response.destroy();
      return;
    }
    if (error instanceof EmohealError) {
      const { code, message, remedy } = error;
      if (error.retryable) response.setHeader('Retry-After', '10');
      const known = STATUS[code];
      if (!known) {
        onFault(error);
        return sendProblem(response, 500, 'Our fault', OUR_FAULTS[code] ?? OUR_FAULT, { code });
      }
      return sendProblem(response, ...known, remedy ? `${message} ${remedy}` : message, { code });
    }
    const parser = error as { type?: string; status?: number };
    if (parser.type === 'entity.too.large')
      return sendProblem(response, 413, 'Too much', 'The body is larger than this route takes.', { code: 'too-large' });
    if (parser.type === 'entity.parse.failed')
      return sendProblem(response, 400, 'That could not be read', 'The body is not valid JSON.', { code: 'bad-input' });
    if (parser.type?.startsWith('encoding') || parser.type?.startsWith('charset'))
      return sendProblem(response, 415, 'Unknown encoding', 'Send UTF-8 without exotic encodings.');
    if (parser.status && parser.status >= 400 && parser.status < 500)
      return sendProblem(response, parser.status, 'That could not be read', 'The request is malformed.');
    onFault(error);
    sendProblem(response, 500, 'Our fault', OUR_FAULT);
    void next;
  };
