import { describe, expect, it } from 'vitest';
import { nothingToRead } from './emotion/reading.js';
import { loadKnowledge } from './knowledge/graph.js';
import { chooseTracks } from './plan/choose-tracks.js';
import { planSession } from './plan/planner.js';
import { searchFake } from './plan/search.fake.js';
import { advance, positionAt, type Session, type SessionEvent, startSession } from './session.js';

const plan = planSession(loadKnowledge(), { reading: nothingToRead(), minutes: 4, seed: 1 });
const programme = await chooseTracks({ plan, search: searchFake() });
const begun = startSession({ id: 's', locale: 'en-US', plan, programme, nowMs: 1000 });
const event = (kind: 'pause' | 'resume' | 'stop', id = kind as string): SessionEvent => ({ kind, id });
const at = (session: Session, ms: number) => positionAt(session, ms);

describe('a session', () => {
  it('follows the clock, stands still while paused, and ends by itself', () => {
    expect(at(begun, 31_000)).toMatchObject({ atSec: 30, stage: 'match', status: 'playing' });
    const paused = advance(begun, event('pause'), 31_000);
    expect(at(paused, 999_000)).toMatchObject({ atSec: 30, status: 'paused' });
    const resumed = advance(paused, event('resume'), 999_000);
    expect(at(resumed, 1_059_000)).toMatchObject({ atSec: 90, stage: 'guide' });
    expect(at(resumed, 9_999_000)).toMatchObject({ atSec: 240, stage: 'target', status: 'ended', leftSec: 0 });
  });

  it('goes on from where the fade began when it was stopped in the fade of its end, and from its place when it was not', () => {
    const fadeFromSec = 240 - begun.programme.endFadeSec;
    const goesOnFrom = (sec: number, of: Session = begun) =>
      at(advance(advance(of, event('pause'), 1000 + 1000 * sec), event('resume'), 999_000), 999_000).atSec;
    expect(begun.programme.endFadeSec).toBeGreaterThan(10);
    expect(goesOnFrom(235)).toBeCloseTo(fadeFromSec, 1);
    expect(goesOnFrom(fadeFromSec - 3)).toBe(fadeFromSec - 3);
    // In the night after the music there is nothing to be lost in.
    const night = { ...begun, programme: { ...begun.programme, durationSec: 999, night: { musicEndSec: 240 } } };
    expect(goesOnFrom(600, night)).toBe(600);
  });

  it('goes on at the right second after a restart: all it needs is what is stored', () => {
    const revived = JSON.parse(JSON.stringify(begun)) as Session;
    expect(at(revived, 61_000)).toEqual(at(begun, 61_000));
  });

  it('does the same request once', () => {
    const paused = advance(begun, event('pause', 'r1'), 5000);
    expect(advance(paused, event('pause', 'r1'), 9000)).toBe(paused);
  });

  it.each([
    ['pause', 'paused'],
    ['resume', 'playing'],
    ['stop', 'ended'],
    ['pause', 'ended'],
    ['resume', 'ended'],
  ] as const)('refuses to %s when %s', (kind, state) => {
    const session =
      state === 'playing' ? begun : advance(begun, event(state === 'paused' ? 'pause' : 'stop', 'before'), 2000);
    expect(() => advance(session, event(kind, 'now'), 3000)).toThrow(`A session that is ${state} cannot ${kind}`);
  });
});
