import { describe, expect, it } from 'vitest';
import type { PromptKey } from '../../audio-prompts/keys.js';
import { sentencesOf } from '../../audio-prompts/prompts.js';
import { THE_NETWORK } from '../../engine/crisis/gate.js';
import { houseFixture } from './house.fixture.js';

const isOneOf = (said: string, locale: string, key: PromptKey) => sentencesOf(locale, key).includes(said);

describe('what is said to the assistant of the house', () => {
  it.each([
    ['I feel so tense tonight', 'en-US'],
    ["I can't sleep", 'en-US'],
    ['my thoughts keep racing', 'en-US'],
    ['ich bin so traurig', 'de-DE'],
  ])('begins music where it is a feeling: "%s"', async (text, locale) => {
    const house = houseFixture();
    const answer = await house.conversation.answer(text);
    expect(answer).toMatchObject({ handled: true, locale });
    expect(['withYou', 'withYouSleep'].some((key) => isOneOf(answer.say, locale, key as PromptKey))).toBe(true);
    expect(house.running.latest()?.session.id).toBe(answer.sessionId);
    expect(house.opened).toHaveLength(1);
  });

  it.each(['turn on the kitchen light', 'what is the time', 'play the radio', ''])(
    'is left to others where it is none: "%s"',
    async (text) => {
      const house = houseFixture();
      expect(await house.conversation.answer(text)).toMatchObject({ handled: false });
      expect(house.running.latest()).toBeNull();
    },
  );

  it('is answered with help where it is a danger, also in words that would stop the music', async () => {
    const house = houseFixture();
    await house.conversation.answer('I feel sad');
    const before = house.running.latest();
    for (const text of ['I want to kill myself', 'stop, I want to end my life']) {
      const answer = await house.conversation.answer(text, { language: 'en' });
      expect(answer.handled).toBe(true);
      expect(answer.say).toMatch(/988/);
      expect(answer.sessionId).toBeUndefined();
    }
    expect(house.running.latest()).toEqual(before);
  });

  it('obeys a command of ours in which only the network hears danger, and nothing else of that kind', async () => {
    const house = houseFixture();
    await house.conversation.answer('I feel sad');
    house.judge({ level: 'crisis', category: 'suicide', reason: THE_NETWORK });
    expect(isOneOf((await house.conversation.answer('stay here')).say, 'en-US', 'staying')).toBe(true);
    expect((await house.conversation.answer('stay here, it is the last time')).say).toMatch(/988/);
    house.judge({ level: 'crisis', category: 'suicide', reason: 'a wish to die' });
    expect((await house.conversation.answer('stay here', { language: 'en' })).say).toMatch(/988/);
  });

  it.each([
    ['nl', 'ik ben zo verdrietig', 'blijf hier', 'nog tien minuten'],
    ['pl', 'jest mi smutno', 'zostań tu', 'jeszcze dziesięć minut'],
    ['tr', 'çok üzgünüm', 'burada kal', 'on dakika daha'],
    ['ar', 'أنا حزين جدا', 'ابق هنا', 'عشر دقائق أخرى'],
    ['zh-CN', '我很难过', '留在这里', '再来十分钟'],
  ])(
    'is understood and answered in a language that only the page has (%s)',
    async (language, feeling, stay, longer) => {
      const house = houseFixture();
      house.judge({ level: 'none', category: null, reason: null });
      expect(await house.conversation.answer(feeling, { language })).toMatchObject({ locale: language });
      await house.conversation.answer('I feel sad');
      const stayed = await house.conversation.answer(stay, { language });
      expect(isOneOf(stayed.say, language, 'staying')).toBe(true);
      const before = house.running.latest()!.session.plan.minutes;
      expect(await house.conversation.answer(longer, { language })).toMatchObject({ handled: true, action: 'extend' });
      expect(house.running.latest()!.session.plan.minutes).toBeGreaterThan(before);
    },
  );

  it.each([
    ['en-US', 'forget me', 'yes', 'no'],
    ['de-DE', 'vergiss mich', 'ja', 'nein'],
  ])('forgets the listener at "yes" to its question, and at nothing else: %s', async (language, forget, yes, no) => {
    const house = houseFixture();
    const say = async (text: string) => (await house.conversation.answer(text, { language, listener: 'bedside' })).say;
    await say(yes);
    expect(isOneOf(await say(forget), language, 'forgetMeSure')).toBe(true);
    expect(isOneOf(await say(no), language, 'notForgotten')).toBe(true);
    await say(yes);
    await say(forget);
    await say('I feel sad');
    await say(yes);
    await say(forget);
    house.clock.nowMs += 61_000;
    await say(yes);
    expect(house.erased).toEqual([]);
    await say(forget);
    expect(isOneOf(await say(yes), language, 'forgotten')).toBe(true);
    expect(house.erased).toEqual(['bedside']);
    await say(yes);
    expect(house.erased).toEqual(['bedside']);
  });

  it('bends the session that is on, and says so', async () => {
    const house = houseFixture();
    await house.conversation.answer('I feel sad');
    const begun = house.running.latest()!;
    house.clock.nowMs += 60_000;
    const more = await house.conversation.answer('ten more minutes');
    expect(isOneOf(more.say.replace('10 minutes', '{minutes}'), 'en-US', 'extended')).toBe(true);
    expect(house.running.latest()!.session.programme.durationSec).toBeGreaterThan(
      begun.session.programme.durationSec + 500,
    );
    expect(isOneOf((await house.conversation.answer('stay here')).say, 'en-US', 'staying')).toBe(true);
    expect(isOneOf((await house.conversation.answer('pause')).say, 'en-US', 'paused')).toBe(true);
    expect(house.running.latest()!.position.status).toBe('paused');
    await house.conversation.answer('resume');
    const stopped = await house.conversation.answer('stop', { language: 'en-GB' });
    expect(isOneOf(stopped.say, 'en-GB', 'stopped')).toBe(true);
    expect(house.running.latest()!.position.status).toBe('ended');
    expect(await house.conversation.answer('go deeper')).toMatchObject({ handled: false });
  });

  it('has nothing to bend before anything was begun', async () => {
    const answer = await houseFixture().conversation.answer('stop');
    expect(answer.handled).toBe(false);
    expect(isOneOf(answer.say, 'en-US', 'nothingPlaying')).toBe(true);
  });

  it('becomes a kind sentence where something of ours is broken, and no word of it is told', async () => {
    const house = houseFixture();
    house.breakClassifier();
    const answer = await house.conversation.answer('I feel so lonely');
    expect(answer.handled).toBe(false);
    expect(isOneOf(answer.say, 'en-US', 'somethingWrong')).toBe(true);
    expect(String(house.faults)).not.toContain('lonely');
  });

  it('is no fault of ours where whoever spoke has hung up before the answer, and what breaks still is one', async () => {
    const house = houseFixture();
    const hangUp = new AbortController();
    const answer = house.conversation.answer('I feel so lonely', { signal: hangUp.signal });
    hangUp.abort();
    expect((await answer).handled).toBe(false);
    expect(house.running.latest()).toBeNull();
    expect(house.faults).toEqual([]);
    house.breakClassifier();
    await house.conversation.answer('I feel so lonely', { signal: new AbortController().signal });
    expect(house.faults).toHaveLength(1);
  });
});

describe('the running session', () => {
  it('is the one begun last, whoever begins it, and is told with every change', async () => {
    const house = houseFixture();
    const heard: (string | undefined)[] = [];
    const leave = house.running.onChange(() => heard.push(house.running.latest()?.position.status));
    const first = await house.service.beginFromText({ text: 'I feel sad', whenEmpty: 'ask' });
    const second = await house.service.beginFromText({ text: 'I feel tense', whenEmpty: 'ask' });
    if (first.kind !== 'session' || second.kind !== 'session') throw new Error('no session');
    await house.service.act(first.session.id, 'stop', { requestId: 'a' });
    expect(house.running.latest()?.session.id).toBe(second.session.id);
    await house.service.act(second.session.id, 'pause', { requestId: 'b' });
    await house.service.forget(second.session.id);
    leave();
    await house.service.beginFromText({ text: 'I feel sad', whenEmpty: 'ask' });
    expect(heard).toEqual(['playing', 'playing', 'paused', undefined]);
  });
});
