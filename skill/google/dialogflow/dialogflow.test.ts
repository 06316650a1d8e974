/** Dialogues through Dialogflow, ES and CX; every request and reply is held against Google's published message types. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { helpLineFor } from '../../../engine/crisis/help-lines.js';
import { LOCALES } from '../../../voice-intents/intents.js';
import { saidLines } from '../../../voice-intents/said.fixture.js';
import { dialogflowFixture, toldIn } from './dialogflow.fixture.js';

/** The dialogue behind both editions is one: every script once is enough for the second. */
const A_FEW = ['en-US', 'de-DE', 'ja-JP', 'hi-IN'] as const;
const EDITIONS = ['es', 'cx'] as const;
const sessionIn = (url: string) => new URL(url).pathname.split('/')[2]!;

describe.each(EDITIONS)('a dialogue through Dialogflow %s', (edition) => {
  it('asks, meets the feeling with music, and plays the whole session to a player that tells nothing', async () => {
    const { talk, service } = await dialogflowFixture();
    const { say } = talk(edition);
    const welcome = toldIn(await say('open quiet bedside'));
    expect(welcome).toMatchObject({ open: true });
    expect(welcome.say).toMatch(/no medical help|not medical/);
    const begun = toldIn(await say('I feel so sad tonight'));
    expect(begun.play!.url).toMatch(/^https:\/\/bedside\.example\/stream\/[\w-]+\/session\.mp3\?rev=0&exp=\d+&sig=/);
    const { session } = await service.look(sessionIn(begun.play!.url));
    expect(session.plan.stages.map(({ because }) => because)).toEqual([[], [], []]);
  });

  it('bends the session from the second where it is, and the address carries that second', async () => {
    const { talk, clock, service } = await dialogflowFixture();
    const { say } = talk(edition);
    const id = sessionIn(toldIn(await say('I feel so sad tonight')).play!.url);
    clock.nowMs += 60_000;
    const stayed = toldIn(await say('stay here'));
    expect(stayed.play!.url).toMatch(/&from=60$/);
    const before = (await service.look(id)).session;
    expect(before.revision).toBe(1);
    clock.nowMs += 60_000;
    toldIn(await say('ten more minutes'));
    const after = (await service.look(id)).session;
    expect(after.programme.durationSec - before.programme.durationSec).toBeCloseTo(600, 0);
  });

  it('pauses at "stop" and goes on at the same second', async () => {
    const { talk, clock, service } = await dialogflowFixture();
    const { say } = talk(edition);
    const id = sessionIn(toldIn(await say('I feel so sad tonight')).play!.url);
    clock.nowMs += 90_000;
    expect(toldIn(await say('stop'))).toMatchObject({ stop: true, open: false });
    clock.nowMs += 3600_000;
    expect((await service.look(id)).position).toMatchObject({ status: 'paused', atSec: 90 });
    expect(toldIn(await say('resume')).play!.url).toMatch(/&from=90$/);
  });

  it('says why, in words of the feeling', async () => {
    const { talk } = await dialogflowFixture();
    const { say } = talk(edition);
    await say('I feel so sad tonight');
    expect(toldIn(await say('why this music')).say).toMatch(/sadness/);
  });

  it('keeps wishes said before the feeling', async () => {
    const { talk, service } = await dialogflowFixture();
    const { say } = talk(edition);
    expect(toldIn(await say('play for forty minutes')).say).toMatch(/40 minutes|minutes/);
    await say('calm from the start');
    const { session } = await service.look(sessionIn(toldIn(await say('I feel so sad tonight')).play!.url));
    expect(session.plan).toMatchObject({ approach: 'straight', minutes: 40 });
  });

  it.each(['I want to end my life tonight', 'stop I want to kill myself', 'the weather says kill myself now'])(
    'gives help and no music for danger, whatever intent the words land in: %s',
    async (words) => {
      const { talk, store } = await dialogflowFixture();
      const { say } = talk(edition, 'plain', 'en-GB');
      const told = toldIn(await say(words));
      expect(told.play).toBeUndefined();
      expect(told.card!.text).toContain(helpLineFor('en-GB').number);
      expect(told.say).toContain(helpLineFor('en-GB').number);
      expect(await store.ids()).toEqual([]);
    },
  );

  it('does nothing twice for a request that is delivered again', async () => {
    const { talk, webhook, clock, service, store } = await dialogflowFixture();
    const { say, request } = talk(edition);
    const asked = request('I feel so sad tonight');
    const replies = await Promise.all([1, 2, 3].map(() => webhook.answer(structuredClone(asked))));
    expect(new Set(replies.map((each) => JSON.stringify(each))).size).toBe(1);
    expect((await store.ids()).length).toBe(1);
    const [id] = await store.ids();
    clock.nowMs += 60_000;
    const more = request('ten more minutes');
    await webhook.answer(more);
    await webhook.answer(structuredClone(more));
    expect((await service.look(id!)).session.revision).toBe(1);
    await say('stay here');
    expect((await service.look(id!)).session.revision).toBe(2);
  });

  it('says a plain word in time where it is slow, and something kind where it fails', async () => {
    const slow = await dialogflowFixture({ slowMs: 400, standInMs: 5000, doorMs: 50 });
    const told = toldIn(await slow.talk(edition).say('I feel so sad tonight'));
    expect(told).toMatchObject({ open: true });
    expect(told.say).toMatch(/ready yet|little longer/);
    const broken = await dialogflowFixture({ failing: true });
    expect(toldIn(await broken.talk(edition).say('I feel so sad tonight')).say).toMatch(/went wrong|my fault/);
  });

  it('begins a calm stage in time where understanding is slow', async () => {
    const { talk } = await dialogflowFixture({ slowMs: 400, standInMs: 40 });
    expect(toldIn(await talk(edition).say('I feel so sad tonight')).play).toBeDefined();
  });

  it('forgets all at "forget me" and a yes', async () => {
    const { talk, store } = await dialogflowFixture();
    const { say } = talk(edition);
    await say('I feel so sad tonight');
    await say('forget me');
    await say('yes');
    expect(await store.ids()).toEqual([]);
  });

  it.each(edition === 'es' ? LOCALES : A_FEW)(
    'answers everything that is said in %s, within the published types, without a fault',
    async (locale) => {
      const { talk, faults, clock } = await dialogflowFixture();
      const { say } = talk(edition, edition === 'es' ? 'assistant' : 'plain', locale);
      for (const said of saidLines(locale)) {
        expect(toldIn(await say(said)).say.length).toBeGreaterThan(3);
        clock.nowMs += 20_000;
      }
      expect(faults).toEqual([]);
    },
  );
});

describe('what is no request of Dialogflow’s', () => {
  it('is refused in words, whatever it is', async () => {
    const { webhook, faults } = await dialogflowFixture();
    await fc.assert(
      fc.asyncProperty(fc.json({ maxDepth: 4 }), async (text) => {
        await expect(webhook.answer(JSON.parse(text))).rejects.toMatchObject({ code: 'bad-input' });
      }),
      { numRuns: 200 },
    );
    await expect(webhook.answer({ id: '1', result: { resolvedQuery: 'hi' } })).rejects.toThrow(/v1/);
    expect(faults).toEqual([]);
  });

  it('takes requests with anything odd in the open places', async () => {
    const { webhook, faults } = await dialogflowFixture();
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.string(), fc.jsonValue()),
        fc.string(),
        fc.string(),
        async (odd, name, words) => {
          const es = {
            responseId: 'r',
            session: 'projects/p/agent/sessions/odd',
            queryResult: {
              queryText: words,
              languageCode: name.slice(0, 30),
              parameters: odd,
              intent: { displayName: name.slice(0, 200) },
              outputContexts: [{ name: 'projects/p/agent/sessions/odd/contexts/emoheal', parameters: odd }],
            },
            originalDetectIntentRequest: null,
          };
          const cx = {
            detectIntentResponseId: 'r',
            text: words,
            languageCode: name.slice(0, 30),
            fulfillmentInfo: { tag: name.slice(0, 200) },
            sessionInfo: { session: 's', parameters: { emoheal: odd } },
          };
          for (const body of [es, cx]) expect(toldIn(await webhook.answer(body)).say).toBeTruthy();
        },
      ),
      { numRuns: 60 },
    );
    expect(faults).toEqual([]);
  });
});
