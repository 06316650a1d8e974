/**
 * The skill from outside: the server as users run it, and `virtual-alexa`, which knows Alexa and nothing of us, in
 * front of it. What the device would fetch is fetched and looked at.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { interactionModel } from '../voice-intents/alexa-model.js';
import { sentencesFor } from '../voice-intents/sentences.js';
import { makeDataFolder } from './data-folder.js';
import { type ServerProcess, startServer } from './server-process.js';

interface Stream {
  token: string;
  url: string;
  offsetInMilliseconds: number;
}
interface Reply {
  response: {
    outputSpeech?: { ssml: string };
    shouldEndSession?: boolean;
    directives?: { type: string; playBehavior?: string; audioItem?: { stream: Stream } }[];
  };
}
interface VirtualDevice {
  launch(): Promise<Reply>;
  utter(said: string): Promise<Reply>;
  intend(intent: string, slots?: Record<string, string>): Promise<Reply>;
  audioPlayer(): {
    playing(): { stream: Stream };
    isPlaying(): boolean;
    playbackNearlyFinished(): Promise<Reply>;
    playbackFinished(): Promise<Reply>;
  };
}

const { VirtualAlexa } = createRequire(import.meta.url)('virtual-alexa');
const PUBLIC = 'https://music.example.org';

let server: ServerProcess;
const data = makeDataFolder();
beforeAll(async () => {
  server = await startServer(data.folder, { EMOHEAL_ALEXA_VERIFY: 'never', EMOHEAL_PUBLIC_URL: PUBLIC });
});
afterAll(async () => {
  await server?.stop();
  data.remove();
});

const device = (): VirtualDevice =>
  VirtualAlexa.Builder().skillURL(`${server.url}/alexa`).interactionModel(interactionModel('en-US')).create();
const fetchStream = (url: string, headers: Record<string, string> = {}) =>
  fetch(url.replace(PUBLIC, server.url), { headers });

describe('a whole evening by virtual-alexa', { timeout: 400_000 }, () => {
  it('opens, asks, hears a feeling, and plays match, guide and target in order', async () => {
    const alexa = device();
    const { invocationName } = sentencesFor('en-US');
    const opened = await alexa.utter(`open ${invocationName}`);
    expect(opened.response.shouldEndSession).toBe(false);
    expect(opened.response.outputSpeech?.ssml).toMatch(/^<speak>/);

    const begun = await alexa.intend('FeelingIntent', { feeling: 'so anxious about tomorrow' });
    expect(begun.response.directives?.[0]?.playBehavior).toBe('REPLACE_ALL');
    const player = alexa.audioPlayer();
    const stages: string[] = [];
    for (const expected of ['match', 'guide', 'target']) {
      expect(player.isPlaying()).toBe(true);
      const { stream } = player.playing();
      stages.push(stream.token.split(':')[2]!);
      expect(stream.url).toContain(`/${expected}.mp3?`);
      const bytes = await fetchStream(stream.url, { range: 'bytes=0-3839' });
      expect(bytes.status).toBe(206);
      expect(bytes.headers.get('content-type')).toBe('audio/mpeg');
      expect(new Uint8Array(await bytes.arrayBuffer()).slice(0, 2)).toEqual(new Uint8Array([0xff, 0xfb]));
      const nearly = await player.playbackNearlyFinished();
      if (expected !== 'target') expect(nearly.response.directives?.[0]?.playBehavior).toBe('ENQUEUE');
      else expect(nearly.response.directives).toBeUndefined();
      await player.playbackFinished();
    }
    expect(stages).toEqual(['match', 'guide', 'target']);
  });

  it('understands said sentences by the interaction model that is uploaded', async () => {
    const alexa = device();
    await alexa.launch();
    const begun = await alexa.utter('I feel so sad tonight');
    expect(begun.response.directives?.[0]?.type).toBe('AudioPlayer.Play');
    const stayed = await alexa.intend('StayIntent');
    expect(stayed.response.directives?.[0]?.audioItem?.stream.token).toMatch(/:1:/);
  });

  it('answers danger with help and no music', async () => {
    const alexa = device();
    await alexa.launch();
    const reply = await alexa.intend('FeelingIntent', { feeling: 'I want to kill myself' });
    expect(reply.response.directives ?? []).toEqual([]);
    expect(reply.response.outputSpeech?.ssml).toMatch(/988/);
  });

  it('writes no word of what was said into the log or the data folder', async () => {
    const alexa = device();
    await alexa.intend('FeelingIntent', { feeling: 'sorrowful about Quetzalina' });
    const kept = readdirSync(path.join(data.folder, 'state'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'latin1'));
    expect(kept.length).toBeGreaterThan(0);
    expect(kept.join('\n')).not.toMatch(/quetzalina/i);
    expect(server.log()).not.toMatch(/quetzalina/i);
  });
});
