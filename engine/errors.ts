/**
 * Errors that a surface can turn into one sentence: what was wrong, with what, and what to do.
 * `retryable` says whether trying the same again may help. No error text ever holds what a listener said.
 */
export type ErrorCode =
  | 'bad-input'
  | 'not-found'
  | 'too-large'
  | 'nothing-heard'
  | 'model-missing'
  | 'model-mismatch'
  | 'inference-failed'
  | 'speech-unavailable'
  | 'index-mismatch'
  | 'catalogue-empty'
  | 'track-unreadable'
  | 'disk-full'
  | 'illegal-transition'
  | 'conflict'
  | 'busy'
  | 'cancelled'
  | 'speaker-away'
  | 'speaker-refused'
  | 'store-away'
  | 'store-newer'
  | 'config-invalid'
  | 'forbidden'
  | 'signed-out'
  | 'too-often'
  | 'internal';

export class EmohealError extends Error {
  readonly code: ErrorCode;
  readonly retryable: boolean;
  /** What the reader can do now, one sentence; shown after the message. */
  readonly remedy: string | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    options: { retryable?: boolean; remedy?: string; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'EmohealError';
    this.code = code;
    this.retryable = options.retryable ?? false;
    this.remedy = options.remedy;
  }
}

/** True for faults of whoever called (exit code 2, HTTP 4xx), false for ours. */
export function isCallersMistake(error: unknown): error is EmohealError {
  return (
    error instanceof EmohealError &&
    [
      'bad-input',
      'not-found',
      'too-large',
      'nothing-heard',
      'illegal-transition',
      'config-invalid',
      'forbidden',
      'signed-out',
      'too-often',
      'conflict',
    ].includes(error.code)
  );
}
