/** What whoever runs the product wants to count of the streams. Told as it happens; nothing of what sounds. */
import type { StreamFormatName } from './formats.js';

export interface StreamsWatch {
  /** `found`: whole in the cache. `shared`: made whole by other servers. `dropped`: nobody listened any more, or the server ended. */
  rendering(format: StreamFormatName, result: 'begun' | 'found' | 'shared' | 'finished' | 'failed' | 'dropped'): void;
  /** One reader more or less. */
  reading(change: 1 | -1): void;
  /** A reader waited although it can have played everything that it was given. */
  underrun(): void;
}

export const UNWATCHED: StreamsWatch = { rendering() {}, reading() {}, underrun() {} };
