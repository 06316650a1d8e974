/** What an Assistant surface gets, held against what Google's own archived library says for the same conversation. */
import { dialogflow, MediaObject, SimpleResponse, Suggestions } from 'actions-on-google';
import { describe, expect, it } from 'vitest';
import { dialogflowFixture, toldIn } from './dialogflow.fixture.js';

describe('an Assistant surface with a media player', () => {
  it('gets stage after stage as each one ends, and silence after the last', async () => {
    const { talk, service, clock } = await dialogflowFixture();
    const { say, ended } = talk('es', 'assistant');
    const begun = await say('I feel so sad tonight');
    const stageOf = (reply: typeof begun) => {
      const media = reply.payload.google.richResponse.items.find(
        (each: { mediaResponse?: object }) => each.mediaResponse,
      );
      return media && /\/(\w+)\.mp3/.exec(media.mediaResponse.mediaObjects[0].contentUrl)![1];
    };
    expect(stageOf(begun)).toBe('match');
    expect(begun.payload.google.expectUserResponse).toBe(true);
    const id = new URL(toldIn(begun).play!.url).pathname.split('/')[2]!;
    const { stages } = (await service.look(id)).session.programme;
    for (const stage of ['guide', 'target']) {
      const next = stages.find((each) => each.stage === stage)!;
      clock.nowMs += 1000 * (next.startSec - (await service.look(id)).position.atSec);
      const reply = await ended();
      expect(stageOf(reply)).toBe(stage);
      expect(reply.payload.google.richResponse.items[0].simpleResponse.ssml).toBe('<speak><break time="1s"/></speak>');
      const { position } = await service.look(id);
      expect(position.atSec).toBeCloseTo(next.startSec, 0);
    }
    const last = await ended();
    expect(stageOf(last)).toBeUndefined();
    expect(last.payload.google.expectUserResponse).toBe(false);
    expect(last.payload.google.richResponse.suggestions).toBeUndefined();
  });

  it('gets a stream that failed once more, and is left in peace after the third time', async () => {
    const { talk, clock } = await dialogflowFixture();
    const { say, ended } = talk('es', 'assistant');
    await say('I feel so sad tonight');
    const plays: boolean[] = [];
    for (let i = 0; i < 5; i += 1) {
      clock.nowMs += 5000;
      plays.push(toldIn(await ended('FAILED')).play !== undefined);
    }
    expect(plays).toEqual([true, true, true, false, false]);
  });

  it('is read and answered as Google’s own library reads and answers it', async () => {
    const { talk } = await dialogflowFixture();
    const { request, send } = talk('es', 'assistant');
    const asked = request('I feel so sad tonight');
    const ours = (await send(asked)).payload.google;
    const [simple, media] = ours.richResponse.items;
    const app = dialogflow();
    const seen: unknown[] = [];
    app.intent('FeelingIntent', (conv, parameters) => {
      seen.push(
        conv.query,
        parameters.feeling,
        conv.surface.capabilities.has('actions.capability.MEDIA_RESPONSE_AUDIO'),
      );
      conv.ask(new SimpleResponse({ speech: simple.simpleResponse.ssml, text: simple.simpleResponse.displayText }));
      const [object] = media.mediaResponse.mediaObjects;
      conv.ask(
        new MediaObject({
          name: object.name,
          description: object.description,
          url: object.contentUrl,
          image: object.largeImage,
        }),
      );
      conv.ask(new Suggestions(ours.richResponse.suggestions.map(({ title }: { title: string }) => title)));
    });
    const { status, body } = await app.handler(asked as never, {});
    expect(status).toBe(200);
    expect(seen).toEqual(['I feel so sad tonight', 'sad tonight', true]);
    const theirs = JSON.parse(JSON.stringify(body)).payload.google;
    // The library writes marked-up speech where plain speech stands, which the Assistant takes as well.
    theirs.richResponse.items[0].simpleResponse.ssml = theirs.richResponse.items[0].simpleResponse.textToSpeech;
    delete theirs.richResponse.items[0].simpleResponse.textToSpeech;
    expect(ours).toEqual(theirs);
  });
});
