import { afterEach, describe, expect, it } from 'vitest';
import { EmohealError } from '../../../engine/errors.js';
import type { Transcript } from '../../../engine/ports.js';
import { houseFixture } from '../../house/house.fixture.js';
import { createHearing } from './hearing.js';
import type { FromPage, ToPage } from './messages.js';

/** A recogniser that hears what the test says, and tells how much sound it was given. */
function fixture() {
  const house = houseFixture();
  const told: ToPage[] = [];
  const given: number[] = [];
  const faults: unknown[] = [];
  const words = { text: '', error: null as Error | null };
  let ended = 0;
  const hearing = createHearing(
    {
      transcriber: async () => ({
        async transcribe(pcm): Promise<Transcript> {
          given.push(pcm.length);
          if (words.error) throw words.error;
          return { text: words.text, language: 'en', durationSec: pcm.length / 16_000, model: 'fixture' };
        },
      }),
      service: async () => house.service,
      conversationAbout: () => house.conversation,
      running: house.running,
      say: (key) => `(${key})`,
      tell: ({ id, revision }) => ({ id, revision }),
      why: ({ plan }) => ({ say: plan.summary.join(' '), voice: '/why' }),
      voiceOf: (text) => (text === '' ? undefined : '/bedside/voice/sound'),
      onFault: (error) => faults.push(error),
    },
    (message) => told.push(message),
  );
  const send = (message: FromPage) => hearing.take(JSON.stringify(message));
  const sound = (seconds: number) => hearing.take(new Uint8Array(Math.round(seconds * 16_000) * 2));
  return {
    house,
    hearing,
    told,
    given,
    faults,
    words,
    send,
    sound,
    /** A whole sentence, and what the page was told of it. */
    async says(text: string, mode: 'awake' | 'overheard' = 'awake', locale = 'en-US'): Promise<ToPage> {
      words.text = text;
      send({ type: 'begin', mode, locale });
      sound(1);
      send({ type: 'end' });
      ended += 1;
      await expect.poll(() => told.length).toBe(ended);
      return told.at(-1)!;
    },
  };
}

let open: ReturnType<typeof fixture>[] = [];
const bedside = () => {
  const made = fixture();
  open.push(made);
  return made;
};
afterEach(() => {
  for (const each of open) each.hearing.close();
  open = [];
});

describe('what is said at the bedside', () => {
  it('wakes the speaker where it is its name, and begins music where it is a feeling', async () => {
    const { says, house } = bedside();
    expect(await says('Quiet Bedside.', 'overheard')).toMatchObject({ type: 'called' });
    const answer = await says('I feel so sad tonight');
    expect(answer).toMatchObject({
      type: 'answer',
      handled: true,
      heard: 'I feel so sad tonight',
      voice: '/bedside/voice/sound',
    });
    expect(house.running.latest()?.session.id).toBe((answer as { session: string }).session);
  });

  it('is heard after the name, also where the name is not yet understood when it begins', async () => {
    const { send, sound, words, told } = bedside();
    words.text = 'Quiet bedside';
    send({ type: 'begin', mode: 'overheard', locale: 'en-US' });
    sound(1);
    send({ type: 'pause' });
    send({ type: 'end' });
    send({ type: 'begin', mode: 'overheard', locale: 'en-US' });
    sound(1);
    await expect.poll(() => told.length).toBe(1);
    words.text = 'I feel so sad';
    send({ type: 'end' });
    await expect.poll(() => told.length).toBe(2);
    expect(told).toMatchObject([{ type: 'called' }, { type: 'answer', handled: true }]);
  });

  it('is told to be its name before it is over, so that the light need not wait; and is looked at once only', async () => {
    const { send, sound, words, told, given } = bedside();
    words.text = 'Quiet Bedside.';
    send({ type: 'begin', mode: 'overheard', locale: 'en-US' });
    sound(1.2);
    send({ type: 'pause', name: true });
    await expect.poll(() => told).toEqual([{ type: 'enough', called: true }]);
    sound(0.1);
    send({ type: 'pause' });
    sound(0.2);
    send({ type: 'end' });
    await expect.poll(() => told.length).toBe(2);
    expect(told[1]).toMatchObject({ type: 'called' });
    expect(given).toHaveLength(1);
  });

  it('is heard to its end where the name was only its beginning', async () => {
    const { send, sound, words, told } = bedside();
    words.text = 'Quiet Bedside.';
    send({ type: 'begin', mode: 'overheard', locale: 'en-US' });
    sound(1.2);
    send({ type: 'pause', name: true });
    await expect.poll(() => told).toHaveLength(1);
    words.text = 'Quiet Bedside, I feel so sad.';
    sound(1);
    send({ type: 'pause' });
    send({ type: 'end' });
    await expect.poll(() => told.length).toBe(2);
    expect(told[1]).toMatchObject({ type: 'answer', handled: true, heard: 'i feel so sad' });
  });

  it.each([
    ['what is not the name', 'overheard', 'It is late.', 1.2],
    ['the name and more', 'overheard', 'Quiet bedside, stop', 1.2],
    ['what is too long for a name', 'overheard', 'Quiet Bedside.', 3.5],
    ['what follows a call', 'awake', 'Quiet Bedside.', 1.2],
  ] as const)('makes no light before it is over: %s', async (_, mode, text, seconds) => {
    const { send, sound, words, told } = bedside();
    words.text = text;
    send({ type: 'begin', mode, locale: 'en-US' });
    sound(seconds);
    send({ type: 'pause', name: true });
    send({ type: 'end' });
    await expect.poll(() => told.length).toBeGreaterThan(0);
    expect(told.map(({ type }) => type)).not.toContain('enough');
  });

  it('may follow the name in one breath', async () => {
    const { says } = bedside();
    expect(await says('Quiet bedside, I feel so sad', 'overheard')).toMatchObject({
      type: 'answer',
      heard: 'i feel so sad',
    });
  });

  it.each(['I feel so sad', 'turn on the kitchen light', 'stop', 'softer', 'no, your other left'])(
    'is forgotten where nobody called and nothing plays: "%s"',
    async (text) => {
      const { says, house } = bedside();
      const told = await says(text, 'overheard');
      expect(told).toMatchObject({ type: 'nothing', why: 'not-for-us' });
      expect(JSON.stringify(told)).not.toContain(text);
      expect(house.running.latest()).toBeNull();
    },
  );

  it('bends the music that plays, without the name; other talk does not', async () => {
    const { says } = bedside();
    await says('I feel so sad');
    expect(await says('my sister felt so sad', 'overheard')).toMatchObject({ type: 'nothing' });
    expect(await says('stay here', 'overheard')).toMatchObject({ type: 'answer', action: 'stay' });
    expect(await says('Ten more minutes.', 'overheard')).toMatchObject({ type: 'answer', action: 'extend' });
    // As a recogniser writes it.
    expect(await says('20 more minutes', 'overheard')).toMatchObject({
      type: 'answer',
      action: 'extend',
      say: expect.stringContaining('20 minutes'),
    });
    expect(await says('Softer.', 'overheard')).toMatchObject({ type: 'answer', volume: 'softer', say: '' });
    expect(await says('leiser', 'overheard', 'de-DE')).toMatchObject({ type: 'answer', volume: 'softer' });
    expect(await says('Stop.', 'overheard')).toMatchObject({ type: 'answer', action: 'stop' });
  });

  it('is answered with the reasons where it asks why this music', async () => {
    const { says, house } = bedside();
    await says('I feel so sad');
    expect(await says('why this music?', 'overheard')).toMatchObject({ type: 'nothing' });
    expect(await says('why this music?')).toMatchObject({
      type: 'answer',
      say: house.running.latest()!.session.plan.summary.join(' '),
      voice: '/why',
    });
  });

  it('is answered with help where it is a danger, with the number to show', async () => {
    const { says } = bedside();
    expect(await says('I want to end my life tonight')).toMatchObject({
      type: 'answer',
      help: { number: expect.stringContaining('988') },
    });
  });

  it('is nothing where nobody spoke', async () => {
    expect(await bedside().says('')).toMatchObject({ type: 'nothing', why: 'silence' });
  });
});

describe('a sentence on its way', () => {
  it('is transcribed from the first short silence on, and once only where nothing more was said', async () => {
    const { send, sound, given, told, words } = bedside();
    words.text = 'stop';
    send({ type: 'begin', mode: 'awake', locale: 'en-US' });
    sound(1);
    send({ type: 'pause' });
    sound(0.4);
    send({ type: 'end' });
    await expect.poll(() => told.length).toBe(1);
    expect(given).toEqual([16_000]);
  });

  it('is thought out while it is not sure that it is over, and nothing begins before it is', async () => {
    const { send, sound, told, words, house } = bedside();
    words.text = 'I feel so sad tonight';
    send({ type: 'begin', mode: 'awake', locale: 'en-US', minutes: 20 });
    sound(1);
    send({ type: 'pause' });
    await expect.poll(() => house.opened.length).toBe(1);
    expect(told).toEqual([]);
    expect(house.running.latest()).toBeNull();
    send({ type: 'end' });
    await expect.poll(() => told.length).toBe(1);
    const { session } = house.running.latest()!;
    expect(told[0]).toMatchObject({ type: 'answer', session: session.id, told: { id: session.id } });
    // Its sound was already being made, and no other one was begun.
    expect(new Set(house.opened)).toEqual(new Set([session.programme.tracks[0]!.trackId]));
  });

  it('that went on is answered as a whole: what was foreseen of its beginning is of no use', async () => {
    const { send, sound, told, words, house } = bedside();
    words.text = 'I feel so sad';
    send({ type: 'begin', mode: 'awake', locale: 'en-US' });
    sound(1);
    send({ type: 'pause' });
    await expect.poll(() => house.opened.length).toBe(1);
    words.text = 'I feel so sad, I want to end my life';
    sound(2);
    send({ type: 'end' });
    await expect.poll(() => told.length).toBe(1);
    expect(told[0]).toMatchObject({ type: 'answer', help: { number: expect.stringContaining('988') } });
    expect(house.running.latest()).toBeNull();
  });

  it.each([
    ['stop', 'overheard', true],
    ['softer', 'overheard', true],
    ['Quiet Bedside', 'overheard', true],
    ['I feel so sad', 'awake', false],
    ['my sister felt so sad', 'overheard', false],
  ] as const)('waits no longer where it is a whole command: "%s" %s %s', async (text, mode, isEnough) => {
    const { says, send, sound, told, words, given } = bedside();
    await says('I feel so sad');
    told.length = 0;
    words.text = text;
    send({ type: 'begin', mode, locale: 'en-US' });
    sound(1);
    send({ type: 'pause' });
    await expect.poll(() => given.length).toBe(2);
    if (isEnough) await expect.poll(() => told.map(({ type }) => type)).toEqual(['enough']);
    send({ type: 'end' });
    await expect.poll(() => told.filter(({ type }) => type !== 'enough').length).toBe(1);
    expect(told.some(({ type }) => type === 'enough')).toBe(isEnough);
  });

  it('is transcribed whole where it went on', async () => {
    const { send, sound, given, told } = bedside();
    send({ type: 'begin', mode: 'awake', locale: 'en-US' });
    sound(1);
    send({ type: 'pause' });
    sound(2);
    send({ type: 'end' });
    await expect.poll(() => told.length).toBe(1);
    expect(given).toEqual([16_000, 48_000]);
  });

  it('that is dropped is never transcribed nor answered; the next one is', async () => {
    const { send, sound, says, given } = bedside();
    send({ type: 'begin', mode: 'awake', locale: 'en-US' });
    sound(1);
    send({ type: 'drop' });
    expect(await says('I feel so sad')).toMatchObject({ type: 'answer' });
    expect(given).toHaveLength(1);
  });

  it('longer than a minute is told so, and the next one is heard', async () => {
    const { send, sound, told, words } = bedside();
    words.text = 'I feel so sad';
    send({ type: 'begin', mode: 'awake', locale: 'en-US' });
    for (let i = 0; i < 61; i += 1) sound(1);
    await expect.poll(() => told.length).toBe(1);
    expect(told[0]).toMatchObject({ type: 'trouble', say: expect.stringMatching(/60 s.*fewer words/) });
  });

  it('that cannot be heard yet says why and how to mend it; a fault of ours tells nothing of the sentence', async () => {
    const { says, words, faults } = bedside();
    words.error = new EmohealError('speech-unavailable', 'Speech has not been set up.', {
      remedy: 'Type how you feel.',
    });
    expect(await says('a secret')).toEqual({ type: 'trouble', say: 'Speech has not been set up. Type how you feel.' });
    words.error = new Error('a secret');
    expect(JSON.stringify(await says('a secret'))).not.toContain('secret');
    expect(faults).toHaveLength(1);
  });

  it.each(['', '{', '{"type":"sing"}', '{"type":"begin","mode":"awake","locale":"../.."}', '{"type":"end","more":1}'])(
    'in a form that is none ends the connection: %s',
    (message) => {
      expect(() => bedside().hearing.take(message)).toThrow(/not as expected/);
    },
  );
});
