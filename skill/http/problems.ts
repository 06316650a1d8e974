/** The one error map of the HTTP surface: any error to an RFC 9457 problem document. Unknown ones get a fixed sentence. */
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
      const [status, title] = STATUS[error.code] ?? [500, 'Our fault'];
      if (status === 500) onFault(error);
      if (error.retryable) response.setHeader('Retry-After', '10');
      sendProblem(response, status, title, error.remedy ? `${error.message} ${error.remedy}` : error.message, {
        code: error.code,
      });
      return;
    }
    const parser = error as { type?: string; status?: number };
    if (parser.type === 'entity.too.large')
      return sendProblem(response, 413, 'Too much', 'The body is larger than this route takes.');
    if (parser.type === 'entity.parse.failed')
      return sendProblem(response, 400, 'That could not be read', 'The body is not valid JSON.');
    if (parser.type?.startsWith('encoding') || parser.type?.startsWith('charset'))
      return sendProblem(response, 415, 'Unknown encoding', 'Send UTF-8 without exotic encodings.');
    if (parser.status && parser.status >= 400 && parser.status < 500)
      return sendProblem(response, parser.status, 'That could not be read', 'The request is malformed.');
    onFault(error);
    sendProblem(response, 500, 'Our fault', 'Something went wrong on our side. Please try again.');
    void next;
  };
