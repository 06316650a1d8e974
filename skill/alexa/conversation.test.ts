import { describe, expect, it } from 'vitest';
import { changesOf } from '../../engine/checkins/checkin.js';
import { LOCALES } from '../../voice-intents/intents.js';
import { bedroom, evening, playOf, sad, words } from './bedroom.fixture.js';
import { brokenRules } from './reply-rules.js';
import { parseEnvelope } from './route.js';
import { playerEnvelope } from './simulator/envelopes.js';
import { skillFixture } from './skill.fixture.js';
import { parseToken } from './stage-token.js';

describe('a first evening', () => {
  it('begins with what this is and is not, and a question; the next with the question alone', async () => {
    const { open } = await evening();
    const first = await open();
    expect(words(first)).toMatch(/no medical/i);
    expect(first.shouldEndSession).toBe(false);
    const second = await open();
    expect(words(second)).not.toMatch(/medical/i);
    expect(second.reprompt).toBeDefined();
  });

  it('says once what it is not when the very first word is a feeling', async () => {
    const { say } = await evening();
    expect(words(await say('FeelingIntent', sad))).toMatch(/medical/i);
    expect(words(await say('FeelingIntent', sad))).not.toMatch(/medical/i);
  });
});

describe('a feeling', () => {
  it('becomes music at once: match, from its first second, by https, with captions', async () => {
    const { say } = await evening();
    const play = playOf(await say('FeelingIntent', sad))!;
    expect(play.playBehavior).toBe('REPLACE_ALL');
    expect(parseToken(play.audioItem.stream.token)).toMatchObject({ stage: 'match', revision: 0, startSec: 0 });
    expect(play.audioItem.stream.url).toMatch(
      /^https:\/\/bedside\.example\/stream\/[^/]+\/match\.mp3\?rev=0&exp=\d+&sig=/,
    );
    expect(play.audioItem.stream.captionData.content).toMatch(/^WEBVTT\n\n00:00:00\.000 --> /);
  });

  it('may be one word, sleeplessness, or an intention', async () => {
    for (const [intent, slots] of [
      ['EmotionIntent', { emotion: { said: 'sad', id: 'sadness', type: 'FEELING' } }],
      ['SleeplessIntent', {}],
      ['IntentionIntent', { intention: { said: 'sleep', id: 'fall-asleep', type: 'INTENTION' } }],
    ] as const) {
      const { say } = await evening();
      expect(playOf(await say(intent, slots)), intent).toBeDefined();
    }
  });

  it.each([
    ['FeelingIntent', {}],
    ['FeelingIntent', { feeling: { said: '' } }],
    ['EmotionIntent', {}],
    ['IntentionIntent', {}],
    ['ApproachIntent', {}],
    ['LengthIntent', { length: { said: 'soon', value: '?' } }],
    ['RatingIntent', { rating: { said: 'blue', value: '?' } }],
    ['AMAZON.FallbackIntent', {}],
    ['SomeIntentOfTomorrow', {}],
  ] as const)('that is missing or unreadable is asked for again: %s %j', async (intent, slots) => {
    const { say } = await evening();
    const reply = await say(intent, slots);
    expect(playOf(reply)).toBeUndefined();
    expect(reply.shouldEndSession).toBe(false);
    expect(words(reply)).not.toBe('');
  });

  it('of a hundred thousand characters is cut, not choked on', async () => {
    const { say } = await evening();
    expect(playOf(await say('FeelingIntent', { feeling: { said: 'so sad '.repeat(14_000) } }))).toBeDefined();
  });

  it('of danger gets help and no music; quiet sound only when it is wanted', async () => {
    const { say } = await evening();
    const reply = await say('FeelingIntent', { feeling: { said: 'I want to kill myself' } });
    expect(playOf(reply)).toBeUndefined();
    expect(words(reply)).toMatch(/988/);
    expect(words(reply)).toMatch(/cannot call/);
    const quiet = await say('AMAZON.YesIntent');
    expect(playOf(quiet)).toBeDefined();
  });

  it('that takes too long still begins in time, and the right session takes over at the next stage', async () => {
    const { fixture, say, listen } = await evening({ slowMs: 400, budgetMs: 50 });
    const reply = await say('FeelingIntent', sad);
    const standIn = parseToken(playOf(reply)!.audioItem.stream.token)!;
    const device = () => fixture.state.device(fixture.state.keyOf('device user-1 device-dot'))!;
    expect(device().sessionId).toBe(standIn.sessionId);
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(device().standsIn).toBe(standIn.sessionId);
    await listen(400);
    expect(device().sessionId).not.toBe(standIn.sessionId);
  });

  it('that takes a moment is answered by "one moment" first, a quick one is not', async () => {
    const slow = await evening({ slowMs: 1200, budgetMs: 4000 });
    expect(playOf(await slow.say('FeelingIntent', sad))).toBeDefined();
    expect(slow.fixture.progressive).toEqual([expect.stringMatching(/^<speak>.+<\/speak>$/)]);
    const quick = await evening();
    await quick.say('FeelingIntent', sad);
    expect(quick.fixture.progressive).toEqual([]);
  });

  it('is answered kindly when something breaks, and the fault is reported', async () => {
    const { fixture, say } = await evening({ failing: true });
    const reply = await say('FeelingIntent', sad);
    expect(reply.shouldEndSession).toBe(false);
    expect(words(reply)).not.toBe('');
    expect(fixture.faults).toHaveLength(1);
  });
});

describe('while the music plays', () => {
  it('"stay", "deeper", "straight to calm", "ten more minutes" and "stop in" go on from the very second', async () => {
    for (const [intent, slots] of [
      ['StayIntent', {}],
      ['DeeperIntent', {}],
      ['StraightToCalmIntent', {}],
      ['MoreTimeIntent', { length: { said: 'ten minutes', value: 'PT10M' } }],
      ['StopInIntent', { length: { said: 'half an hour', value: 'PT30M' } }],
    ] as const) {
      const { say, listen } = await evening();
      await say('FeelingIntent', sad);
      await listen(100);
      const play = playOf(await say(intent, slots))!;
      const token = parseToken(play.audioItem.stream.token)!;
      expect(token.revision, intent).toBe(1);
      expect(token.startSec + play.audioItem.stream.offsetInMilliseconds / 1000, intent).toBeCloseTo(100, 0);
    }
  });

  it('"stop in half an hour" ends it then', async () => {
    const { fixture, say, listen } = await evening();
    await say('FeelingIntent', sad);
    await listen(60);
    await say('StopInIntent', { length: { said: 'half an hour', value: 'PT30M' } });
    const id = fixture.state.device(fixture.state.keyOf('device user-1 device-dot'))!.sessionId!;
    const { session } = await fixture.service.look(id);
    expect(session.programme.durationSec).toBeCloseTo(60 + 1800, -1);
  });

  it('"why this music" names what was heard, how it goes, and how sure that is', async () => {
    const { say, listen } = await evening();
    await say('FeelingIntent', sad);
    await listen(30);
    const reply = await say('WhyIntent');
    expect(words(reply)).toMatch(/sad/);
    expect(playOf(reply)).toBeUndefined();
    expect(reply.shouldEndSession).toBe(true);
  });

  it('stops without a word, and resumes where it stopped', async () => {
    const { say, listen, caller } = await evening();
    await say('FeelingIntent', sad);
    await listen(75);
    const stopped = await say('AMAZON.PauseIntent');
    expect(words(stopped)).toBe('');
    expect(caller.device.activity()).toBe('STOPPED');
    await listen(3600);
    const play = playOf(await say('AMAZON.ResumeIntent'))!;
    expect(play.playBehavior).toBe('REPLACE_ALL');
    expect(play.audioItem.stream.offsetInMilliseconds).toBeCloseTo(75_000, -3);
  });

  it('resumes a faded end from where the fade began', async () => {
    const { say, listen, fixture } = await evening();
    await say('FeelingIntent', sad);
    await listen(3 * 3600);
    const id = fixture.state.device(fixture.state.keyOf('device user-1 device-dot'))!.sessionId!;
    const { durationSec, endFadeSec } = (await fixture.service.look(id)).session.programme;
    const { stream } = playOf(await say('AMAZON.ResumeIntent'))!.audioItem;
    expect(parseToken(stream.token)!.startSec + stream.offsetInMilliseconds / 1000).toBeCloseTo(
      durationSec - endFadeSec,
      0,
    );
  });

  it('knows a device by its token when the books were lost', async () => {
    const { fixture, say, listen } = await evening();
    await say('FeelingIntent', sad);
    await listen(50);
    // The account's books are gone, the session is not.
    await fixture.state.forget({ account: fixture.state.keyOf('user user-1') });
    const play = playOf(await say('StayIntent'))!;
    expect(play.audioItem.stream.offsetInMilliseconds).toBeCloseTo(50_000, -3);
  });

  it('skips by voice and by button, stage by stage', async () => {
    const { say, press, listen } = await evening();
    await say('FeelingIntent', sad);
    await listen(30);
    expect(parseToken(playOf(await press('Next'))!.audioItem.stream.token)!.stage).toBe('guide');
    await listen(30);
    expect(parseToken(playOf(await say('AMAZON.NextIntent'))!.audioItem.stream.token)!.stage).toBe('target');
    expect(playOf(await press('Next'))).toBeUndefined();
    await listen(2);
    expect(parseToken(playOf(await press('Previous'))!.audioItem.stream.token)!.stage).toBe('guide');
  });

  it('says that the order is the point when asked to shuffle or loop', async () => {
    const { say } = await evening();
    await say('FeelingIntent', sad);
    for (const intent of ['AMAZON.LoopOnIntent', 'AMAZON.ShuffleOnIntent'])
      expect(words(await say(intent))).not.toBe('');
  });

  it('a play button with nothing to play begins quiet music', async () => {
    const { press } = await evening();
    expect(playOf(await press('Play'))).toBeDefined();
  });
});

describe('more than one device and one person', () => {
  it('"follow me" takes the session along with its stage and second; the old device gets nothing more', async () => {
    const fixture = await skillFixture();
    const living = bedroom(fixture, { deviceId: 'living-room' });
    const bed = bedroom(fixture, { deviceId: 'bedroom' });
    await living.say('FeelingIntent', sad);
    await living.listen(90);
    const { stream } = playOf(await bed.say('FollowMeIntent'))!.audioItem;
    expect(stream.offsetInMilliseconds).toBeCloseTo(90_000, -3);
    const reply = await fixture.ask(
      playerEnvelope(living.caller, {
        type: 'AudioPlayer.PlaybackNearlyFinished',
        token: stream.token,
        offsetMs: 95_000,
        atMs: fixture.clock.nowMs,
      }),
    );
    expect(reply.response.directives?.map((each) => each.type)).toEqual(['AudioPlayer.Stop']);
  });

  it('two devices of one account each keep their own queue', async () => {
    const fixture = await skillFixture();
    const one = bedroom(fixture, { deviceId: 'one' });
    const two = bedroom(fixture, { deviceId: 'two' });
    const first = parseToken(playOf(await one.say('FeelingIntent', sad))!.audioItem.stream.token)!;
    const second = parseToken(playOf(await two.say('FeelingIntent', sad))!.audioItem.stream.token)!;
    expect(first.sessionId).not.toBe(second.sessionId);
    await one.listen(60);
    expect(parseToken(playOf(await one.say('StayIntent'))!.audioItem.stream.token)!.sessionId).toBe(first.sessionId);
  });

  it('nothing follows where nothing plays', async () => {
    const { say } = await evening();
    expect(playOf(await say('FollowMeIntent'))).toBeUndefined();
  });
});

describe('settings and care', () => {
  it('speaks more slowly when asked, and normally again', async () => {
    const { say, open } = await evening();
    await say('SlowerSpeechIntent');
    expect(JSON.stringify((await open()).outputSpeech)).toMatch(/x-slow/);
    await say('NormalSpeechIntent');
    expect(JSON.stringify((await open()).outputSpeech)).not.toMatch(/x-slow/);
  });

  it('asks before and after only who wants it, and the answers are among those of every surface', async () => {
    const { say, open, listen, fixture } = await evening();
    await open();
    await say('CheckInOnIntent');
    const asked = await say('FeelingIntent', sad);
    expect(playOf(asked)).toBeUndefined();
    expect(playOf(await say('RatingIntent', { rating: { said: 'two', value: '2' } }))).toBeDefined();
    await listen(1500);
    await open();
    await say('RatingIntent', { rating: { said: 'four', value: '4' } });
    const key = fixture.state.keyOf('user user-1');
    const { checkIns } = (await fixture.checkIns.book(key))!;
    expect(changesOf(checkIns)).toMatchObject([{ before: -0.5, after: 0.5, change: 1 }]);
    expect(await fixture.store.load(checkIns[0]!.sessionId!)).toMatchObject({ listener: key });
    await fixture.checkIns.forget(key);
    expect(playOf(await say('FeelingIntent', sad))).toBeDefined();
    await say('CheckInOnIntent');
    await say('CheckInOffIntent');
    expect(playOf(await say('FeelingIntent', sad))).toBeDefined();
  });

  it('in a study says nothing that tells the way, and asks besides how well the music met the feeling', async () => {
    const heard = await Promise.all(
      (['iso', 'straight'] as const).map(async (study) => {
        const { say, open, listen, fixture } = await evening({ study });
        await open();
        await say('CheckInOnIntent');
        const replies = [
          await say('FeelingIntent', sad),
          await say('RatingIntent', { rating: { said: 'two', value: '2' } }),
          await say('WhyIntent'),
        ];
        await listen(1500);
        replies.push(await open(), await say('RatingIntent', { rating: { said: 'four', value: '4' } }));
        expect(words(replies.at(-1)!)).toMatch(/How well did the music meet/);
        replies.push(await say('RatingIntent', { rating: { said: 'nine', value: '9' } }));
        replies.push(await say('RatingIntent', { rating: { said: 'five', value: '5' } }));
        const { checkIns } = (await fixture.checkIns.book(fixture.state.keyOf('user user-1')))!;
        expect(changesOf(checkIns)).toMatchObject([{ before: -0.5, after: 0.5, understood: 5 }]);
        return replies.map(words);
      }),
    );
    expect(heard[0]).toEqual(heard[1]);
    expect(heard[0]![2]).toMatch(/study/);
  });

  it('reads out a code of six digits for a caregiver, valid for ten minutes', async () => {
    const { say, fixture } = await evening();
    const reply = await say('PairIntent');
    const code = /\d{6}/.exec(JSON.stringify(reply.outputSpeech))![0];
    expect(JSON.stringify(reply.outputSpeech)).toMatch(/say-as interpret-as=\\"digits\\"/);
    fixture.clock.nowMs += 9 * 60_000;
    expect((await fixture.caregivers.redeem(code, { name: 'Anna' }))?.account.name).toBe('Anna');
    const late = /\d{6}/.exec(JSON.stringify((await say('PairIntent')).outputSpeech))![0];
    fixture.clock.nowMs += 11 * 60_000;
    expect(await fixture.caregivers.redeem(late, { name: 'Ben' })).toBeNull();
    const void_ = /\d{6}/.exec(JSON.stringify((await say('PairIntent')).outputSpeech))![0];
    await say('UnpairIntent');
    expect(await fixture.caregivers.redeem(void_, { name: 'Ben' })).toBeNull();
  });

  it('forgets everything when asked and confirmed, and nothing when not', async () => {
    const { say, fixture } = await evening();
    await say('FeelingIntent', sad);
    const key = fixture.state.keyOf('device user-1 device-dot');
    const id = fixture.state.device(key)!.sessionId!;
    await say('ForgetMeIntent');
    await say('AMAZON.NoIntent');
    expect(fixture.state.device(key)).not.toBeNull();
    await say('ForgetMeIntent');
    await say('AMAZON.YesIntent');
    expect(fixture.state.device(key)).toBeNull();
    expect(fixture.state.listener(fixture.state.keyOf('user user-1'))).toBeNull();
    await expect(fixture.service.look(id)).rejects.toThrow(/no such session/);
  });

  it('forgets a whole household when the skill is switched off', async () => {
    const { say, fixture, caller } = await evening({}, { personId: 'person-1' });
    await say('FeelingIntent', sad);
    await fixture.ask({
      version: '1.0',
      context: { System: { application: { applicationId: caller.skillId }, user: { userId: caller.userId } } },
      request: {
        type: 'AlexaSkillEvent.SkillDisabled',
        requestId: 'x',
        timestamp: new Date(fixture.clock.nowMs).toISOString(),
      },
    });
    expect(fixture.state.listener(fixture.state.keyOf('person person-1'))).toBeNull();
  });

  it('starts fresh when the session is long gone', async () => {
    const { say, fixture } = await evening();
    await say('FeelingIntent', sad);
    const id = fixture.state.device(fixture.state.keyOf('device user-1 device-dot'))!.sessionId!;
    await fixture.service.forget(id);
    for (const intent of ['StayIntent', 'AMAZON.ResumeIntent', 'WhyIntent']) {
      const reply = await say(intent);
      expect(reply.shouldEndSession, intent).toBe(false);
      expect(playOf(reply), intent).toBeUndefined();
    }
  });

  it('keeps no word of what was said and no name of a feeling', async () => {
    const { say, fixture, listen } = await evening();
    await say('FeelingIntent', { feeling: { said: 'that Xylophonia left me' } });
    await listen(60);
    await say('WhyIntent');
    const device = fixture.state.device(fixture.state.keyOf('device user-1 device-dot'));
    const listener = fixture.state.listener(fixture.state.keyOf('user user-1'));
    const { session } = await fixture.service.look(device!.sessionId!);
    expect(JSON.stringify([device, listener, session])).not.toMatch(/xylophonia|sad|user-1/i);
  });
});

describe('what Amazon sends', () => {
  it.each([
    [
      'no context at all',
      {
        version: '1.0',
        request: { type: 'LaunchRequest', requestId: 'r', timestamp: '2026-11-23T22:00:00Z' },
        session: {},
      },
    ],
    [
      'null slots',
      {
        request: {
          type: 'IntentRequest',
          requestId: 'r',
          timestamp: 0,
          intent: { name: 'FeelingIntent', slots: null },
        },
        session: { attributes: null },
      },
    ],
    [
      'a locale of nowhere',
      { request: { type: 'LaunchRequest', requestId: 'r', timestamp: 0, locale: 'xx-YY' }, session: {} },
    ],
    ['a request type of tomorrow', { request: { type: 'Alexa.Tomorrow', requestId: 'r', timestamp: 0 } }],
    [
      'an event of a stream that is not ours',
      { request: { type: 'AudioPlayer.PlaybackNearlyFinished', requestId: 'r', timestamp: 0, token: 'theirs' } },
    ],
    [
      'a failure without a state',
      { request: { type: 'AudioPlayer.PlaybackFailed', requestId: 'r', timestamp: 0, token: 'x' } },
    ],
    ['an exception', { request: { type: 'System.ExceptionEncountered', requestId: 'r', timestamp: 0 } }],
    ['an end', { session: {}, request: { type: 'SessionEndedRequest', requestId: 'r', timestamp: 0 } }],
  ])('is answered within the rules: %s', async (_name, envelope) => {
    const fixture = await skillFixture();
    await fixture.ask(envelope as Record<string, unknown>);
    expect(fixture.faults).toEqual([]);
  });

  it.each(['', 'null', '[]', '"x"', '{"request":{}}', '{"request":{"type":1,"requestId":"r","timestamp":0}}', '{'])(
    'is refused in one line when it is no request: %j',
    (body) => expect(() => parseEnvelope(body)).toThrow(/Alexa request|not JSON/),
  );

  it('is answered in the language of the device, in all thirteen locales', async () => {
    const greetings = new Set<string>();
    for (const locale of LOCALES) {
      const { open } = await evening({}, { locale });
      greetings.add(words(await open()));
    }
    expect(greetings.size).toBeGreaterThanOrEqual(8);
  });
});

describe('the rules themselves', () => {
  it.each([
    ['speech for a player', 'AudioPlayer.PlaybackNearlyFinished', { outputSpeech: { type: 'PlainText', text: 'hi' } }],
    ['content after "stopped"', 'AudioPlayer.PlaybackStopped', { shouldEndSession: true }],
    ['music after "finished"', 'AudioPlayer.PlaybackFinished', { directives: [play('REPLACE_ALL')] }],
    ['ENQUEUE without a predecessor', 'AudioPlayer.PlaybackNearlyFinished', { directives: [play('ENQUEUE')] }],
    [
      'REPLACE_ALL with a predecessor',
      'IntentRequest',
      { directives: [play('REPLACE_ALL', { expectedPreviousToken: 'x' })] },
    ],
    ['plain http', 'IntentRequest', { directives: [play('REPLACE_ALL', { url: 'http://x/y' })] }],
    ['two Plays', 'IntentRequest', { directives: [play('REPLACE_ALL'), play('REPLACE_ALL')] }],
    ['music with an open microphone', 'IntentRequest', { shouldEndSession: false, directives: [play('REPLACE_ALL')] }],
    ['a broken tag', 'IntentRequest', { outputSpeech: { type: 'SSML', ssml: '<speak><prosody>hi</speak>' } }],
    ['a bare ampersand', 'IntentRequest', { outputSpeech: { type: 'SSML', ssml: '<speak>you & me</speak>' } }],
    ['an unknown tag', 'IntentRequest', { outputSpeech: { type: 'SSML', ssml: '<speak><blink>hi</blink></speak>' } }],
    [
      'a reprompt into a closed microphone',
      'IntentRequest',
      { shouldEndSession: true, reprompt: { outputSpeech: { type: 'PlainText', text: 'x' } } },
    ],
  ])('see %s', (_name, type, response) => {
    expect(brokenRules(type, { version: '1.0', response } as never)).not.toEqual([]);
  });

  function play(playBehavior: string, more: object = {}) {
    const stream = { token: 't', url: 'https://x/y', offsetInMilliseconds: 0, ...more };
    return { type: 'AudioPlayer.Play', playBehavior, audioItem: { stream } };
  }
});
