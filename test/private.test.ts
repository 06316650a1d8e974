/**
 * What was said is nowhere: not in the data folder, not in the log at its most talkative, not in a dump of the database. And
 * who was erased is nowhere either. The server as users run it, said to by every way in: text, voice, the page that listens,
 * Alexa, Dialogflow, Home Assistant and the command line.
 */
import { execFile, execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { readWav } from '../engine/transcription/wav.js';
import { packageRoot } from '../models/paths.js';
import { HEARING_PATH } from '../skill/bedside/hands-free/socket.js';
import { SECRET_HEADER } from '../skill/google/dialogflow/auth.js';
import { conversationOf, requestFor } from '../skill/google/simulator/requests.js';
import { type PostgresServer, postgresPrograms, startPostgres } from '../skill/store/postgres/server.fixture.js';
import { connectTo, type WyomingClient } from '../skill/wyoming/client.js';
import { interactionModel } from '../voice-intents/alexa-model.js';
import { makeDataFolder } from './data-folder.js';
import { type ServerProcess, startServer } from './server-process.js';
import { hasCommand, speak } from './sound-judge.js';

const { VirtualAlexa } = createRequire(import.meta.url)('virtual-alexa');
/** No word of ours, of any title or of any name. */
const WORDS = {
  text: 'zwetschgenknoedel',
  alexa: 'quittengelee',
  cli: 'sauerampfer',
  checkIn: 'holunderbluete',
  es: 'mirabellenkuchen',
  cx: 'schlehenfeuer',
  wyoming: 'kirschkernkissen',
  room: 'rhabarberkompott',
};
const DIALOGFLOW_SECRET = 'only-for-this-test-only-for-this-test';
const SPOKEN = 'rhinoceros';
const NAME = 'marguerite';

const voice = await hasCommand('espeak-ng');
const programs = postgresPrograms();
const dumps = programs !== null && (await hasCommand('pg_dump'));
let postgres: PostgresServer | undefined;
beforeAll(async () => {
  if (dumps) postgres = await startPostgres(programs!);
});
afterAll(() => postgres?.close());

/** The bytes of a WAV as 16 kHz, mono, 16 bits. */
const pcm16 = (wav: Buffer): Uint8Array =>
  new Uint8Array(Int16Array.from(readWav(wav), (sample) => Math.round(sample * 32_767)).buffer);

/** As the page sends it: a tenth of a second at once. */
const PIECE_BYTES = 3200;
const closedEarly = (why: unknown[]): never => {
  throw new Error(`the server closed: ${why.join(' ')}`);
};

/** Every file that is the folder's own; what set-up shares is linked, and older than anything said. */
function filesThatHold(folder: string, words: readonly string[]): string[] {
  return (existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : []).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    // Set-up at work takes its own files away again.
    const stat = lstatSync(file, { throwIfNoEntry: false });
    if (!stat || stat.isSymbolicLink()) return [];
    if (stat.isDirectory()) return filesThatHold(file, words);
    const text = readFileSync(file, 'latin1').toLowerCase();
    return words.filter((word) => text.includes(word) || entry.name.includes(word)).map((word) => `${word}: ${file}`);
  });
}

describe.each(dumps ? ['files', 'PostgreSQL'] : ['files'])('kept in %s', (kind) => {
  const data = makeDataFolder();
  let server: ServerProcess;
  let database: string | undefined;
  let settings: Record<string, string>;
  beforeAll(async () => {
    if (kind === 'PostgreSQL') database = await postgres!.database();
    settings = {
      EMOHEAL_LOG_LEVEL: 'debug',
      EMOHEAL_ALEXA_VERIFY: 'never',
      EMOHEAL_DIALOGFLOW_SECRET: DIALOGFLOW_SECRET,
      ...(database ? { EMOHEAL_DATABASE_URL: database } : {}),
    };
    server = await startServer(data.folder, settings);
  }, 120_000);
  afterAll(async () => {
    await server?.stop();
    data.remove();
  });
  const send = (route: string, body: object | Buffer, method = 'POST') =>
    fetch(server.url + route, {
      method,
      headers: { 'content-type': Buffer.isBuffer(body) ? 'audio/wav' : 'application/json' },
      body: Buffer.isBuffer(body) ? new Uint8Array(body) : JSON.stringify(body),
    });
  /** The port that the server took, from its own line. */
  const wyomingPort = async (): Promise<number> => {
    const port = () => /tcp:\/\/localhost:(\d+)/.exec(server.log())?.[1];
    await expect.poll(port, { timeout: 30_000 }).toBeDefined();
    return Number(port());
  };
  /** What the page that listens is told was heard. */
  async function saidToThePage(recording: Buffer): Promise<string> {
    const page = new WebSocket(server.url.replace('http', 'ws') + HEARING_PATH, { origin: server.url });
    await once(page, 'open');
    page.send(JSON.stringify({ type: 'begin', mode: 'awake', locale: 'en-US' }));
    const sound = pcm16(recording);
    for (let at = 0; at < sound.length; at += PIECE_BYTES) page.send(sound.subarray(at, at + PIECE_BYTES));
    page.send(JSON.stringify({ type: 'end' }));
    const [answer] = await Promise.race([once(page, 'message'), once(page, 'close').then(closedEarly)]);
    page.close();
    return JSON.parse(String(answer)).heard;
  }
  async function saidToHomeAssistant(home: WyomingClient, recording: Buffer): Promise<string> {
    const format = { rate: 16_000, width: 2, channels: 1 };
    home.send('transcribe', { language: 'en' });
    home.send('audio-start', format);
    home.send('audio-chunk', format, pcm16(recording));
    home.send('audio-stop');
    return String((await home.until('transcript')).at(-1)?.data.text);
  }
  const dump = () => (database ? execFileSync('pg_dump', [postgres!.asSuperuser(database)], { encoding: 'utf8' }) : '');

  it('holds nothing of what was said', { timeout: 240_000 }, async () => {
    const said = [...Object.values(WORDS)];
    const consent = await send('/api/v1/check-ins/consent', { consent: true, listener: NAME }, 'PUT');
    expect(consent.status).toBe(200);
    const text = `I am so sad about my ${WORDS.text}`;
    expect((await send('/api/v1/utterances', { text, minutes: 2, listener: NAME })).status).toBe(201);
    // Also of what cannot be taken: refusals and their log.
    expect((await send('/api/v1/utterances', { text, surprise: WORDS.text })).status).toBe(400);
    await send('/api/v1/check-ins', { moment: 'before', words: `sad ${WORDS.checkIn}`, listener: NAME });
    await send('/api/v1/check-ins', { moment: 'before', words: WORDS.checkIn, listener: NAME, points: 9 });
    const alexa = VirtualAlexa.Builder()
      .skillURL(`${server.url}/alexa`)
      .interactionModel(interactionModel('en-US'))
      .create();
    await alexa.launch();
    const answer = await alexa.intend('FeelingIntent', { feeling: `so anxious about my ${WORDS.alexa}` });
    expect(answer.response.directives?.[0]?.type).toBe('AudioPlayer.Play');
    for (const edition of ['es', 'cx'] as const) {
      const talk = {
        edition,
        client: 'plain',
        session: conversationOf(edition, 'x'),
        locale: 'en-US',
        memory: {},
      } as const;
      const asked = requestFor({ ...talk, newId: randomUUID }, `I feel so lonely because of my ${WORDS[edition]}`);
      const reply = await fetch(`${server.url}/dialogflow`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', [SECRET_HEADER]: DIALOGFLOW_SECRET },
        body: JSON.stringify(asked),
      });
      expect([edition, reply.status]).toEqual([edition, 200]);
      // What Dialogflow itself is given to remember is kept by Google, not here; our words in it are none of theirs.
      expect((await reply.text()).toLowerCase()).not.toContain(WORDS[edition]);
    }
    const home = await connectTo(await wyomingPort());
    home.send('recognize', { text: `I feel so worried about my ${WORDS.wyoming}`, language: 'en' });
    expect((await home.until('handled')).length).toBeGreaterThan(0);
    home.send('recognize', { text: `Where did you put my ${WORDS.room}`, language: 'en' });
    home.send('ping', { text: 'and that was all' });
    await home.until('pong');
    await promisify(execFile)(
      'node',
      [path.join(packageRoot(), 'bin/emoheal.mjs'), 'plan', `I am so tired of my ${WORDS.cli}`, '--json'],
      { env: { ...process.env, ...settings, EMOHEAL_DATA_DIR: data.folder } },
    );
    if (voice && kind === 'files') {
      const file = path.join(data.folder, '..', `${path.basename(data.folder)}-said.wav`);
      await speak(`I am very sad about the ${SPOKEN}.`, file);
      const recording = readFileSync(file);
      const heard = await send('/api/v1/utterances', recording);
      if (heard.status === 201) {
        const { utterance } = (await heard.json()) as { utterance: { text: string } };
        const texts = [utterance.text, await saidToThePage(recording), await saidToHomeAssistant(home, recording)];
        for (const text of texts) expect(text.toLowerCase()).toMatch(/sad/);
        said.push(
          ...texts.flatMap((text) =>
            text
              .toLowerCase()
              .split(/[^a-z]+/)
              .filter((word) => word.length > 8),
          ),
        );
      }
    }
    home.socket.end();
    expect(filesThatHold(data.folder, said)).toEqual([]);
    for (const word of said) expect([word, server.log().toLowerCase().includes(word)]).toEqual([word, false]);
    for (const word of said) expect([word, dump().toLowerCase().includes(word)]).toEqual([word, false]);
    // The looking itself works: a name is found where it is kept.
    const found = database ? dump().includes(NAME) : filesThatHold(data.folder, [NAME]).length > 0;
    expect(found).toBe(true);
    expect(server.log()).toMatch(/utterances/);
  });

  it('holds nothing of who was erased, and no recording', async () => {
    await send('/api/v1/routines', { when: 'daily 21:30', listener: NAME });
    await send('/api/v1/taste', { consent: true, listener: NAME }, 'PUT');
    expect((await send(`/api/v1/listeners/${NAME}/data`, {}, 'DELETE')).status).toBe(204);
    expect(filesThatHold(data.folder, [NAME])).toEqual([]);
    expect(dump()).not.toContain(NAME);
    const recordings = execFileSync('find', [
      data.folder,
      '-type',
      'f',
      '(',
      '-name',
      '*.wav',
      '-o',
      '-name',
      '*.webm',
      ')',
    ]);
    expect(String(recordings)).toBe('');
    expect(existsSync(path.join(data.folder, 'secret-key'))).toBe(true);
  });
});

it('tells the makers of what it is built on nothing: no number of this machine, no report to be sent', () => {
  const home = mkdtempSync(path.join(os.tmpdir(), 'emoheal-home-'));
  const data = makeDataFolder();
  try {
    // On a machine that calls itself CI nothing would be told anyway.
    const { CI: _, ORT_DISABLE_TELEMETRY: __, ...rest } = process.env;
    const places = { HOME: home, XDG_CACHE_HOME: path.join(home, 'cache'), TMPDIR: home };
    execFileSync(process.execPath, ['bin/emoheal.mjs', 'plan', 'sad and tired', '--json'], {
      cwd: packageRoot(),
      env: { ...rest, ...places, EMOHEAL_DATA_DIR: data.folder },
    });
    const made = readdirSync(home, { recursive: true, encoding: 'utf8' });
    expect(made.filter((name) => /microsoft|mat-debug|\.ses$|deviceid/i.test(name))).toEqual([]);
  } finally {
    data.remove();
    rmSync(home, { recursive: true, force: true });
  }
});
