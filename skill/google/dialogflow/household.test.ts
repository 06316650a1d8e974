/** What the house keeps beside the music, through Dialogflow: caregivers, music by the clock, house rules, "follow me". */
import { describe, expect, it } from 'vitest';
import { positionAt, type Session } from '../../../engine/session.js';
import { dialogflowFixture, toldIn } from './dialogflow.fixture.js';

const sessionIn = (url: string) => new URL(url).pathname.split('/')[2]!;

describe.each(['es', 'cx'] as const)('the household through Dialogflow %s', (edition) => {
  it('gives a code that pairs a caregiver, names who sees, and ends it at a word', async () => {
    const { talk, caregivers, listenerIn } = await dialogflowFixture();
    const { say } = talk(edition);
    expect(toldIn(await say('who can see my nights')).say).toMatch(/nobody/i);
    const code = /\d{6}/.exec(toldIn(await say('a code for my nurse')).say.replace(/[ ,]/g, ''))![0];
    const { account } = (await caregivers.redeem(code, { name: 'Anna' }))!;
    expect(toldIn(await say('who can see my nights')).say).toMatch(/Anna/);
    await caregivers.look(listenerIn(edition), account.id, 'see', 'nights');
    expect(toldIn(await say('read me who looked')).say).toMatch(/Anna/);
    await say('disconnect my caregiver');
    expect(toldIn(await say('who can see my nights')).say).toMatch(/nobody/i);
  });

  it('tells a caregiver of a call for help only after a spoken yes', async () => {
    const { talk, caregivers, clock, listenerIn } = await dialogflowFixture();
    const { say } = talk(edition);
    const code = /\d{6}/.exec(toldIn(await say('a code for my nurse')).say.replace(/[ ,]/g, ''))![0];
    const { account } = (await caregivers.redeem(code, { name: 'Anna' }))!;
    const calls = () => caregivers.helpCallsFor(listenerIn(edition), account.id);
    await say('I want to kill myself');
    await say('no');
    expect(await calls()).toEqual([]);
    expect(toldIn(await say("tell my caregiver if I'm in danger")).say).toMatch(/Anna/);
    await say('yes');
    clock.nowMs += 60_000;
    await say('I want to kill myself');
    await new Promise((resolve) => setImmediate(resolve));
    expect(await calls()).toEqual([clock.nowMs]);
  });

  it('makes naps and wakes, and skips tonight', async () => {
    const { talk, routines, clock, listenerIn } = await dialogflowFixture();
    const { say } = talk(edition);
    expect(toldIn(await say('skip tonight')).say).toMatch(/no routine/i);
    await say('nap in 25 minutes');
    await say('wake me at 7:00');
    const made = await routines.list(listenerIn(edition));
    expect(made.map(({ intention }) => intention)).toEqual(['fall-asleep', 'wake-gently']);
    expect(made[0]!.nextMs).toBe(clock.nowMs + 25 * 60_000);
    expect(toldIn(await say('skip tonight')).say).not.toMatch(/no routine/i);
  });

  it('keeps to the house rules: how loud, and nothing by the clock in quiet hours', async () => {
    const { talk, rules, routines, service, listenerIn } = await dialogflowFixture();
    const { say } = talk(edition);
    await rules.save(listenerIn(edition), {
      loudnessCapLufs: -33,
      quietHours: { from: '00:00', until: '00:00', zone: 'Europe/Berlin' },
    });
    const { session } = await service.look(sessionIn(toldIn(await say('I feel so sad tonight')).play!.url));
    expect(session.programme.loudestLufs).toBeLessThanOrEqual(-33);
    expect(toldIn(await say('nap in 25 minutes')).say).toMatch(/quiet hours/i);
    expect(await routines.list(listenerIn(edition))).toEqual([]);
  });

  it('"forget me" erases what the house keeps under this name', async () => {
    const { talk, erased, listenerIn } = await dialogflowFixture();
    const { say } = talk(edition);
    await say('I feel so sad tonight');
    await say('forget me');
    await say('yes');
    expect(erased).toEqual([listenerIn(edition)]);
  });

  it('"follow me" brings what sounds on a speaker of the house, at that second, and the speaker falls silent', async () => {
    const handed: string[] = [];
    let there: Session | null = null;
    let now = 0;
    const fixture = await dialogflowFixture({
      elsewhere: {
        latest: () => (there ? { session: there, position: positionAt(there, now) } : null),
        handOver: async (id) => void handed.push(id),
      },
    });
    const { say } = fixture.talk(edition);
    expect(toldIn(await say('follow me')).play).toBeUndefined();
    const outcome = await fixture.service.beginFromText({ text: 'I feel sad', whenEmpty: 'ask', listener: 'bedside' });
    if (outcome.kind !== 'session') throw new Error('no session began');
    there = outcome.session;
    fixture.clock.nowMs += 75_000;
    now = fixture.clock.nowMs;
    const { play } = toldIn(await say('follow me'));
    expect(sessionIn(play!.url)).toBe(there.id);
    expect(play!.url).toMatch(/&from=75$/);
    expect(handed).toEqual([there.id]);
  });

  it('"follow me" takes nobody else\'s session', async () => {
    let there: Session | null = null;
    const fixture = await dialogflowFixture({
      elsewhere: {
        latest: () => (there ? { session: there, position: positionAt(there, fixture.clock.nowMs) } : null),
        handOver: async () => {
          throw new Error('it was taken');
        },
      },
    });
    const outcome = await fixture.service.beginFromText({ text: 'I feel sad', whenEmpty: 'ask', listener: 'somebody' });
    if (outcome.kind !== 'session') throw new Error('no session began');
    there = outcome.session;
    expect(toldIn(await fixture.talk(edition).say('follow me')).play).toBeUndefined();
    expect(fixture.faults).toEqual([]);
  });
});
