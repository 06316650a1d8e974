import { describe, expect, it } from 'vitest';
import { nightOutcome } from './night.js';

const HOUR = 3_600_000;
const session = (status: 'playing' | 'paused' | 'ended', atSec: number, sinceMs = 0) =>
  ({ status, atSec, sinceMs, programme: { durationSec: 2400, stages: [{ stage: 'match', endSec: 2400 }] } }) as never;
const started = { outcome: 'started' };

describe('how a night went', () => {
  it.each([
    [{ outcome: 'missed' }, null, 'did not run'],
    [{ outcome: 'failed' }, null, 'did not run'],
    [{ outcome: 'skipped' }, null, 'skipped'],
    [{ outcome: 'quiet-hours' }, null, 'quiet hours'],
    [{ outcome: 'starting' }, null, 'running'],
    [started, null, 'ran'],
    [started, session('playing', 0, HOUR - 60_000), 'running'],
    [started, session('playing', 0), 'ran'],
    [started, session('ended', 2395), 'ran'],
    [started, session('ended', 600), 'stopped early'],
    [started, session('paused', 600, HOUR - 60_000), 'running'],
    [started, session('paused', 600, -2 * HOUR), 'stopped early'],
  ])('%j with %j: %s', (occurrence, kept, outcome) => {
    expect(nightOutcome(occurrence, kept, HOUR)).toBe(outcome);
  });
});
