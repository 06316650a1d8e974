/** A night on the speaker: the music, then nature until dawn, and what wakes; the skill says nothing in it. */
import { describe, expect, it } from 'vitest';
import { createRoutineRunner } from '../../engine/routines/runner.js';
import { routineStarts } from '../routines/start.js';
import { bedroom, playOf } from './bedroom.fixture.js';
import { itemAfter, itemAt, type PlayItem } from './queue.js';
import { playerEnvelope } from './simulator/envelopes.js';
import { skillFixture } from './skill.fixture.js';
import { formatToken, parseToken } from './stage-token.js';

/** A routine with a wake has begun on the server, and the listener opens the skill. */
async function night() {
  const fixture = await skillFixture();
  const { clock } = fixture;
  const listener = fixture.state.keyOf('user user-1');
  const wish = { when: 'daily 23:30', zone: 'Europe/Berlin', minutes: 20, wake: { at: '07:00' } };
  const { nextMs } = await fixture.routines.add(listener, wish);
  clock.nowMs = nextMs! + 5000;
  const runner = createRoutineRunner({
    book: fixture.book,
    nowMs: () => clock.nowMs,
    ...routineStarts({ service: async () => fixture.service, nowMs: () => clock.nowMs }),
  });
  await runner.tick();
  const room = bedroom(fixture);
  const play = playOf(await room.open());
  const { sessionId } = parseToken(play?.audioItem.stream.token)!;
  const { session } = await fixture.service.look(sessionId);
  return { fixture, room, session, listener };
}

describe('the night after the music, on the speaker', () => {
  it('follows the last stage without a second between, and ends at dawn', async () => {
    const { session } = await night();
    const { programme } = session;
    expect(programme.night?.wake).toBeDefined();
    expect(programme.durationSec).toBeGreaterThan(6 * 3600);
    const parts: PlayItem[] = [];
    for (let item = itemAt(session, 0); item && parts.length < 9; item = itemAfter(session, item.token))
      parts.push(item);
    expect(parts.map(({ token }) => token.stage)).toEqual(['match', 'guide', 'target', 'night']);
    let atSec = 0;
    for (const { token, offsetSec } of parts) {
      expect(token.startSec + offsetSec).toBeCloseTo(atSec, 3);
      atSec = token.endSec;
    }
    expect(atSec).toBe(programme.durationSec);
  });

  it('is queued behind the last stage, at the second at which the music ends', async () => {
    const { fixture, room, session } = await night();
    const target = itemAt(session, session.programme.night!.musicEndSec - 60)!;
    expect(target.token.stage).toBe('target');
    const token = formatToken(target.token);
    const reply = await fixture.ask(
      playerEnvelope(room.caller, {
        type: 'AudioPlayer.PlaybackNearlyFinished',
        token,
        offsetMs: 1000,
        atMs: fixture.clock.nowMs,
      }),
    );
    const play = playOf(reply.response)!;
    expect(play.playBehavior).toBe('ENQUEUE');
    const { stream } = play.audioItem;
    expect(stream).toMatchObject({ expectedPreviousToken: token, offsetInMilliseconds: 0 });
    const url = new URL(stream.url);
    expect(url.pathname).toBe(`/stream/${session.id}/session.mp3`);
    expect(Number(url.searchParams.get('from'))).toBeCloseTo(session.programme.night!.musicEndSec, 2);
    expect(parseToken(stream.token)?.stage).toBe('night');
  });

  it('goes on where it was after a pause, and not at the fade of the music', async () => {
    const { session } = await night();
    const atSec = session.programme.night!.musicEndSec + 3600;
    const item = itemAt(session, atSec)!;
    expect(item.token.stage).toBe('night');
    expect(item.token.startSec + item.offsetSec).toBeCloseTo(atSec, 3);
  });
});
