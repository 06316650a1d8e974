/** What the pool and its workers say to each other. Blocks are 16-bit, interleaved stereo, transferred, not copied. */
import type { Score } from '../composer/score.js';

/** What a worker can make. */
export type SoundJob =
  | { kind: 'score'; score: Score }
  | { kind: 'nature'; sound: string; seed: number; durationSec: number };

/** `play`: someone listens now. `warm`: made ahead, whenever nobody listens. */
export type Priority = 'play' | 'warm';

export type ToWorker =
  | { type: 'prepare' }
  | { type: 'start'; id: number; job: SoundJob; priority: Priority; credit: number; skipBlocks: number }
  /** So many more blocks may be sent. */
  | { type: 'more'; id: number; credit: number }
  | { type: 'priority'; id: number; priority: Priority }
  | { type: 'cancel'; id: number };

export type FromWorker =
  | { type: 'prepared' }
  | { type: 'block'; id: number; samples: Int16Array }
  | { type: 'done'; id: number }
  | { type: 'failed'; id: number | null; code: string; message: string };
