/** By voice: who sees and who looked, consent given and taken back, help and who hears of it, music by the clock. */
import { describe, expect, it } from 'vitest';
import { createRoutineRunner } from '../../engine/routines/runner.js';
import { LOCALES } from '../../voice-intents/intents.js';
import { routineStarts } from '../routines/start.js';
import { bedroom, evening, playOf, sad, words } from './bedroom.fixture.js';
import type { SkillFixture } from './skill.fixture.js';

const listenerOf = ({ state }: SkillFixture) => state.keyOf('user user-1');

async function withAnna(changes: Parameters<typeof evening>[1] = {}) {
  const there = await evening({}, changes);
  const code = /\d{6}/.exec(words(await there.say('PairIntent')))![0];
  const { account } = (await there.fixture.caregivers.redeem(code, { name: 'Anna' }))!;
  return { ...there, anna: account.id, listener: listenerOf(there.fixture) };
}
const length = (value: string) => ({ length: { said: value, value } });
const danger = { feeling: { said: 'I want to kill myself' } };

describe('caregivers, by voice', () => {
  it('are named, and so is who looked and when; nobody is nobody', async () => {
    const alone = await evening();
    expect(words(await alone.say('WhoSeesIntent'))).toMatch(/nobody/i);
    expect(words(await alone.say('WhoLookedIntent'))).toMatch(/nobody/i);
    const { say, fixture, anna, listener } = await withAnna();
    expect(words(await say('WhoSeesIntent'))).toMatch(/Anna/);
    expect(words(await say('WhoLookedIntent'))).toMatch(/nobody/i);
    await fixture.caregivers.look(listener, anna, 'see', 'nights');
    // 22:00 in London is 23:00 in Berlin.
    expect(words(await say('WhoLookedIntent'))).toMatch(/Anna looked.*, Monday.*11:00/);
    await fixture.caregivers.look(listener, anna, 'see', 'changed-rules');
    expect(words(await say('WhoLookedIntent'))).toMatch(/Anna changed.*Monday.*Anna looked.*Monday/);
  });

  it('see nothing any more the moment "stop sharing" is answered, and no code is left', async () => {
    const { say, fixture, anna, listener } = await withAnna();
    const code = /\d{6}/.exec(words(await say('PairIntent')))![0];
    await fixture.caregivers.allowed(listener, anna, 'see');
    await say('UnpairIntent');
    await expect(fixture.caregivers.allowed(listener, anna, 'see')).rejects.toMatchObject({ code: 'not-found' });
    expect(await fixture.caregivers.redeem(code, { name: 'Ben' })).toBeNull();
    expect(words(await say('WhoSeesIntent'))).toMatch(/nobody/i);
    expect(words(await say('UnpairIntent'))).toMatch(/no caregiver/i);
  });

  it('are told of a call for help only after a spoken yes, never of one before, and not after "keep it to yourself"', async () => {
    const { say, fixture, anna, listener } = await withAnna();
    const calls = () => fixture.caregivers.helpCallsFor(listener, anna);
    await say('FeelingIntent', danger);
    await say('AMAZON.NoIntent');
    expect(await calls()).toEqual([]);
    fixture.clock.nowMs += 60_000;
    expect(words(await say('TellCaregiverIntent'))).toMatch(/Anna/);
    await say('AMAZON.NoIntent');
    await say('FeelingIntent', danger);
    expect(await calls()).toEqual([]);
    await say('TellCaregiverIntent');
    await say('AMAZON.YesIntent');
    fixture.clock.nowMs += 60_000;
    await say('FeelingIntent', danger);
    await new Promise((resolve) => setImmediate(resolve));
    expect(await calls()).toEqual([fixture.clock.nowMs]);
    await say('KeepToMyselfIntent');
    expect(await calls()).toEqual([]);
  });

  it('cannot be told where there are none', async () => {
    const { say } = await evening();
    const reply = await say('TellCaregiverIntent');
    expect(words(reply)).toMatch(/no caregiver/i);
    await say('AMAZON.YesIntent');
  });

  it.each(LOCALES)('are spoken of in %s without a gap, whatever was asked', async (locale) => {
    const { say, fixture, anna, listener } = await withAnna({ locale });
    await fixture.caregivers.look(listener, anna, 'see', 'nights');
    for (const intent of [
      'WhoSeesIntent',
      'WhoLookedIntent',
      'TellCaregiverIntent',
      'AMAZON.YesIntent',
      'UnpairIntent',
    ])
      expect(words(await say(intent)), intent).not.toMatch(/[{}]|undefined|^$/);
    await say('NapIntent', length('PT20M'));
    for (const intent of ['SnoozeIntent', 'SkipTonightIntent', 'KeepToMyselfIntent'])
      expect(words(await say(intent)), intent).not.toMatch(/[{}]|undefined|^$/);
    expect(fixture.faults).toEqual([]);
  });

  it('"forget me" and the skill being switched off erase what the house keeps under this name', async () => {
    const { say, fixture, listener } = await withAnna();
    await say('ForgetMeIntent');
    await say('AMAZON.YesIntent');
    expect(fixture.erased).toEqual([listener]);
  });
});

describe('a word of danger', () => {
  it.each(LOCALES)('in %s is met by quiet sound alone where it is wanted', async (locale) => {
    const { say, fixture } = await evening({}, { locale });
    await say('FeelingIntent', danger);
    const reply = await say('AMAZON.YesIntent');
    expect(playOf(reply)).toBeDefined();
    const id = fixture.state.device(fixture.state.keyOf('device user-1 device-dot'))!.sessionId!;
    const { session } = await fixture.service.look(id);
    expect(session.plan.style).toBe('quiet sound');
    expect(session.programme.loudestLufs).toBeLessThanOrEqual(-30);
    expect(session.plan.stages.flatMap(({ because }) => because)).toEqual([]);
  });

  it('and a no is met by the number once more, and no "rest well"', async () => {
    const { say } = await evening();
    await say('FeelingIntent', danger);
    const reply = await say('AMAZON.NoIntent');
    expect(words(reply)).toMatch(/988/);
    expect(playOf(reply)).toBeUndefined();
  });
});

describe('house rules', () => {
  it('hold for what is said to this speaker', async () => {
    const { say, fixture } = await evening();
    await fixture.rules.save(listenerOf(fixture), {
      loudnessCapLufs: -33,
      banned: { trackIds: [], styles: ['style-1'] },
    });
    await say('FeelingIntent', sad);
    const id = fixture.state.device(fixture.state.keyOf('device user-1 device-dot'))!.sessionId!;
    const { programme } = (await fixture.service.look(id)).session;
    expect(programme.loudestLufs).toBe(-33);
    expect(Math.max(...programme.tracks.map(({ loudnessLufs }) => loudnessLufs))).toBeLessThanOrEqual(-33);
  });
});

describe('music by the clock', () => {
  it('"skip tonight" and "snooze" change the routine that comes next, and say so where there is none', async () => {
    const { say, fixture } = await evening();
    expect(words(await say('SkipTonightIntent'))).toMatch(/no routine/i);
    expect(words(await say('SnoozeIntent'))).toMatch(/no routine/i);
    const listener = listenerOf(fixture);
    const { id, nextMs } = await fixture.routines.add(listener, { when: 'daily 23:30', zone: 'Europe/Berlin' });
    await fixture.routines.add(listener, { when: 'daily 12:00', zone: 'Europe/Berlin' });
    expect(words(await say('SnoozeIntent', length('PT10M')))).toMatch(/10 minutes/);
    const now = async () => (await fixture.routines.list(listener)).find((each) => each.id === id)!;
    expect((await now()).snoozed).toEqual({ plannedMs: nextMs, untilMs: nextMs! + 600_000 });
    expect(words(await say('SkipTonightIntent'))).not.toBe('');
    expect((await now()).snoozed).toBeUndefined();
    expect((await now()).history.at(-1)).toMatchObject({ outcome: 'skipped', plannedMs: nextMs });
  });

  it('a nap and a wake are made, begin by the clock, and wait until the skill is opened', async () => {
    const { say, fixture, caller, listen } = await evening();
    const listener = listenerOf(fixture);
    await say('NapIntent', length('PT25M'));
    expect(words(await say('WakeIntent', { time: { said: 'seven', value: '07:00' } }))).toMatch(/7:00/);
    const [nap, wake] = await fixture.routines.list(listener);
    expect(nap!.nextMs).toBe(fixture.clock.nowMs + 25 * 60_000);
    expect(new Date(wake!.nextMs!).toISOString()).toBe('2026-11-24T06:00:00.000Z');
    expect(wake!.intention).toBe('wake-gently');
    await listen(1);
    fixture.clock.nowMs = nap!.nextMs! + 5000;
    const runner = createRoutineRunner({
      book: fixture.book,
      nowMs: () => fixture.clock.nowMs,
      ...routineStarts({ service: async () => fixture.service, nowMs: () => fixture.clock.nowMs }),
    });
    await runner.tick();
    await say('AMAZON.HelpIntent');
    const opened = await bedroomAgain(fixture, caller.deviceId);
    expect(playOf(opened)).toBeDefined();
    expect(fixture.state.device(fixture.state.keyOf('device user-1 device-dot'))!.sessionId).toBe(
      `routine-${nap!.id}-${nap!.nextMs}`,
    );
  });

  it('in quiet hours is told to begin nothing, and nothing is made', async () => {
    const { say, fixture } = await evening();
    const listener = listenerOf(fixture);
    await fixture.rules.save(listener, { quietHours: { from: '22:00', until: '06:00', zone: 'Europe/Berlin' } });
    expect(words(await say('NapIntent', length('PT25M')))).toMatch(/quiet hours/i);
    expect(await fixture.routines.list(listener)).toEqual([]);
    await say('WakeIntent', { time: { said: 'seven', value: '07:00' } });
    expect(await fixture.routines.list(listener)).toHaveLength(1);
  });

  it.each([
    ['NapIntent', {}],
    ['NapIntent', length('PT20H')],
    ['NapIntent', length('?')],
    ['WakeIntent', {}],
    ['WakeIntent', { time: { said: 'soon', value: '' } }],
    ['WakeIntent', { time: { said: 'in the night', value: 'NI' } }],
    ['WakeIntent', { time: { said: '', value: '99:99' } }],
  ] as const)('that cannot be read is asked for again: %s %j', async (intent, slots) => {
    const { say, fixture } = await evening();
    const reply = await say(intent, slots);
    expect(reply.shouldEndSession).toBe(false);
    expect(await fixture.routines.list(listenerOf(fixture))).toEqual([]);
    expect(fixture.faults).toEqual([]);
  });
});

const bedroomAgain = (fixture: SkillFixture, deviceId: string) => bedroom(fixture, { deviceId }).open();
