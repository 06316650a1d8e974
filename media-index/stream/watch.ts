/** What whoever runs the product wants to count of the streams. Told as it happens; nothing of what sounds. */
import type { StreamFormatName } from './formats.js';

/**
 * `found`: whole in the cache. `shared`: made whole by other servers. `dropped`: nobody listened any more, or the server ended.
 */
export const RENDERING_RESULTS = ['begun', 'found', 'shared', 'finished', 'failed', 'dropped'] as const;

export interface StreamsWatch {
  rendering(format: StreamFormatName, result: (typeof RENDERING_RESULTS)[number]): void;
  /** One reader more or less. */
  reading(change: 1 | -1): void;
  /** A reader waited although it can have played everything that it was given. */
  underrun(): void;
}

export const UNWATCHED: StreamsWatch = { rendering() {}, reading() {}, underrun() {} };
