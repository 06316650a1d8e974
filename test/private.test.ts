/**
 * What was said is nowhere: not in the data folder, not in the log at its most talkative, not in a dump of the database. And
 * who was erased is nowhere either. The server as users run it, said to by text, by voice, by Alexa and by the command line.
 */
import { execFile, execFileSync } from 'node:child_process';
import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../models/paths.js';
import { type PostgresServer, postgresPrograms, startPostgres } from '../skill/store/postgres/server.fixture.js';
import { interactionModel } from '../voice-intents/alexa-model.js';
import { makeDataFolder } from './data-folder.js';
import { type ServerProcess, startServer } from './server-process.js';
import { hasCommand, speak } from './sound-judge.js';

const { VirtualAlexa } = createRequire(import.meta.url)('virtual-alexa');
/** No word of ours, of any title or of any name. */
const WORDS = { text: 'zwetschgenknoedel', alexa: 'quittengelee', cli: 'sauerampfer', checkIn: 'holunderbluete' };
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

/** Every file that is the folder's own; what set-up shares is linked, and older than anything said. */
function filesThatHold(folder: string, words: readonly string[]): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (lstatSync(file).isSymbolicLink()) return [];
    if (entry.isDirectory()) return filesThatHold(file, words);
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
    await promisify(execFile)(
      'node',
      [path.join(packageRoot(), 'bin/emoheal.mjs'), 'plan', `I am so tired of my ${WORDS.cli}`, '--json'],
      { env: { ...process.env, ...settings, EMOHEAL_DATA_DIR: data.folder } },
    );
    if (voice && kind === 'files') {
      const file = path.join(data.folder, '..', `${path.basename(data.folder)}-said.wav`);
      await speak(`I am very sad about the ${SPOKEN}.`, file);
      const heard = await send('/api/v1/utterances', readFileSync(file));
      if (heard.status === 201) {
        const { utterance } = (await heard.json()) as { utterance: { text: string } };
        expect(utterance.text.toLowerCase()).toMatch(/sad/);
        said.push(
          ...utterance.text
            .toLowerCase()
            .split(/[^a-z]+/)
            .filter((word) => word.length > 8),
        );
      }
    }
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
