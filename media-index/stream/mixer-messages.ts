/** Messages between the server's thread and the mixing thread. */
import type { ErrorCode } from '../../engine/errors.js';
import type { Programme, Track } from '../../engine/vocabulary.js';
import type { StreamFormatName } from './formats.js';

export interface MixerData {
  dataDir: string;
  secretKey?: string | undefined;
  /** Threads that make sound, and as many that decode it. */
  threads: number;
}

export type ToMixer =
  | { kind: 'prepare' }
  /** Begins a programme; nothing is made before the first pull. */
  | { kind: 'begin'; id: number; programme: Programme; tracks: Track[]; format: StreamFormatName }
  /** Asks for the next stretch. */
  | { kind: 'pull'; id: number }
  | { kind: 'stop'; id: number }
  | { kind: 'close' };

export type FromMixer =
  | { kind: 'prepared' }
  | { kind: 'stretch'; id: number; bytes: Uint8Array }
  | { kind: 'end'; id: number }
  | { kind: 'failed'; id: number; code: ErrorCode; message: string; retryable: boolean }
  | { kind: 'warning'; message: string }
  /** It met a fault that nobody expected, and makes nothing any more. */
  | { kind: 'broken'; name: string }
  | { kind: 'closed' };
