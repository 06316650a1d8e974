/**
 * The promise of the queue: whatever order a device's events arrive in, twice, late or not at all, the listener hears
 * match, guide, target of one session, each second once, and never a hole that the network did not make.
 */
import type { Directive } from 'ask-sdk-model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DeviceKind, PlayerEvent } from './simulator/device-model.js';
import { type Conversation, controllerEnvelope, intentEnvelope, playerEnvelope } from './simulator/envelopes.js';
import { type SkillFixture, skillFixture } from './skill.fixture.js';
import { parseToken } from './stage-token.js';

type Step =
  | { do: 'play'; sec: number }
  | { do: 'deliver' | 'again' | 'lose'; which: number }
  | { do: 'say'; intent: (typeof SAID)[number] }
  | { do: 'press'; button: 'Play' | 'Pause' | 'Next' | 'Previous' }
  | { do: 'fail' };

const SAID = [
  'StayIntent',
  'DeeperIntent',
  'StraightToCalmIntent',
  'MoreTimeIntent',
  'WhyIntent',
  'AMAZON.PauseIntent',
  'AMAZON.ResumeIntent',
  'AMAZON.NextIntent',
  'AMAZON.PreviousIntent',
  'AMAZON.StartOverIntent',
  'AMAZON.LoopOnIntent',
] as const;

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('play' as const), sec: fc.integer({ min: 1, max: 400 }) }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('deliver' as const), which: fc.nat(5) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('again' as const), which: fc.nat(5) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('lose' as const), which: fc.nat(5) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('say' as const), intent: fc.constantFrom(...SAID) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('press' as const),
      button: fc.constantFrom('Play' as const, 'Pause' as const, 'Next' as const, 'Previous' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('fail' as const) }) },
);

/** Drives one device through the steps and looks after the promise all the time. */
async function drive(fixture: SkillFixture, kind: DeviceKind, steps: readonly Step[], user: string) {
  const { clock, ask } = fixture;
  const caller = fixture.callerOn(kind, { userId: user, deviceId: `device-of-${user}` });
  const { device } = caller;
  const pending: PlayerEvent[] = [];
  const delivered: PlayerEvent[] = [];
  const trouble: string[] = [];
  /** Where the sound must go on when one stream follows another by itself; null after any command. */
  let expectedSec: number | null = null;
  const talk = (): Conversation => ({ sessionId: `talk-${clock.nowMs}`, isNew: true, attributes: {} });

  function receive(directives: unknown, byCommand: boolean) {
    const before = device.current()?.token;
    const events = device.receive(directives as Directive[]);
    if (byCommand) expectedSec = null;
    else if (device.current()?.token !== before) checkJoin();
    note(events);
  }
  function note(events: readonly PlayerEvent[]) {
    for (const event of events) {
      if (event.type === 'AudioPlayer.PlaybackFinished') expectedSec = parseToken(event.token)!.endSec;
      if (event.type === 'AudioPlayer.PlaybackStarted' && expectedSec !== null) checkJoin();
    }
    pending.push(...events);
  }
  /** A stream that follows by itself begins at the very second where the one before ended. */
  function checkJoin() {
    const stream = device.current();
    if (expectedSec === null || !stream) return;
    const token = parseToken(stream.token)!;
    const beginsSec = token.startSec + stream.offsetMs / 1000;
    if (Math.abs(beginsSec - expectedSec) > 0.3)
      trouble.push(`joined at ${beginsSec} s instead of ${expectedSec} s (${stream.token})`);
    expectedSec = null;
  }
  async function deliver(event: PlayerEvent) {
    delivered.push(event);
    const { response } = await ask(playerEnvelope(caller, event));
    const plays = (response.directives ?? []).filter((each) => each.type === 'AudioPlayer.Play');
    const replaces = plays.some((each) => 'playBehavior' in each && each.playBehavior === 'REPLACE_ALL');
    receive(response.directives, replaces);
  }
  async function say(envelope: Record<string, unknown>) {
    const { response } = await ask(envelope);
    receive(response.directives, Boolean(response.directives?.length));
  }
  async function play(ms: number) {
    const untilMs = device.nowMs() + ms;
    while (device.nowMs() < untilMs) {
      note(device.advance(untilMs - device.nowMs()));
      clock.nowMs = device.nowMs();
    }
  }
  const session = () =>
    fixture.state.device(fixture.state.keyOf(`device ${user} device-of-${user}`))?.sessionId ?? null;

  await say(intentEnvelope(caller, talk(), 'FeelingIntent', { feeling: { said: 'so sad tonight' } }));
  const first = session();
  for (const each of steps) {
    if (each.do === 'play') await play(each.sec * 1000);
    else if (each.do === 'deliver' && pending.length > 0)
      await deliver(pending.splice(each.which % pending.length, 1)[0]!);
    else if (each.do === 'again' && delivered.length > 0) await deliver(delivered[each.which % delivered.length]!);
    else if (each.do === 'lose' && pending.length > 0) {
      // A lost "nearly finished" leaves any skill without a chance; everything else may go missing.
      const which = each.which % pending.length;
      if (!/NearlyFinished|Failed/.test(pending[which]!.type)) pending.splice(which, 1);
    } else if (each.do === 'say') await say(intentEnvelope(caller, talk(), each.intent));
    else if (each.do === 'press') await say(controllerEnvelope(caller, each.button));
    else if (each.do === 'fail') note(device.fail());
    const token = parseToken(device.current()?.token);
    if (device.activity() === 'PLAYING' && token?.sessionId !== session())
      trouble.push('plays another session than its own');
  }
  // The network recovers, and nobody speaks any more: the night goes to its end.
  if (device.activity() !== 'PLAYING') await say(controllerEnvelope(caller, 'Play'));
  for (let guard = 0; guard < 400 && (pending.length > 0 || device.activity() === 'PLAYING'); guard++) {
    if (pending.length > 0) await deliver(pending.shift()!);
    else {
      note(device.advance(3600_000));
      clock.nowMs = device.nowMs();
    }
  }
  const last = parseToken(device.current()?.token);
  const found = await fixture.service.look(session()!);
  return { device, last, session: found.session, first, trouble };
}

describe('the queue of an Alexa device', () => {
  it.each(['dot', 'show', 'v1'] as const)('plays match, guide and target without a hole on a %s', async (kind) => {
    const fixture = await skillFixture();
    const { device, trouble, session } = await drive(fixture, kind, [], 'user-plain');
    expect(trouble).toEqual([]);
    const heard = device.heard().filter(({ token }) => token !== null);
    expect(heard.map(({ token }) => parseToken(token)!.stage)).toEqual(['match', 'guide', 'target']);
    expect(heard.reduce((sum, { ms }) => sum + ms, 0) / 1000).toBeCloseTo(session.programme.durationSec, 0);
    const silence = device
      .heard()
      .slice(0, -1)
      .filter(({ token }) => token === null);
    expect(silence).toEqual([]);
  });

  it('survives any order of events, twice, late or lost: 20,000 evenings', async () => {
    const fixture = await skillFixture();
    let users = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom<DeviceKind>('dot', 'show', 'v1'),
        fc.array(step, { maxLength: 14 }),
        async (kind, steps) => {
          const { last, session, first, trouble, device } = await drive(fixture, kind, steps, `user-${++users}`);
          expect(trouble).toEqual([]);
          expect(session.id, 'one session a device').toBe(first);
          expect(last?.stage, 'the night ends with the target').toBe('target');
          expect(last?.revision, 'of the newest revision').toBe(session.revision);
          expect(last!.endSec).toBeCloseTo(session.programme.durationSec, 0);
          expect(['FINISHED', 'STOPPED']).toContain(device.activity());
          await fixture.store.remove(session.id);
          await fixture.state.forget({ account: fixture.state.keyOf(`user user-${users}`) });
        },
      ),
      {
        numRuns: Number(process.env.QUEUE_RUNS ?? 20_000),
        interruptAfterTimeLimit: 600_000,
        markInterruptAsFailure: true,
        endOnFailure: Boolean(process.env.QUEUE_NO_SHRINK),
      },
    );
    expect(fixture.faults).toEqual([]);
  }, 650_000);
});
