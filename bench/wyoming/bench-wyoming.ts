/**
 * `npm run bench:wyoming`: a spoken sentence through the Wyoming door beside whisper.cpp's own command on the same file, in
 * turn; fifty clients at once; a hundred thousand cases of bad bytes. `-- --quick` takes a tenth of each.
 */
import '../../models/node20.js';
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { sayPrompt } from '../../audio-prompts/prompts.js';
import { detectLanguage } from '../../engine/emotion/language.js';
import { bareWhisperCommand } from '../../engine/transcription/native-parts.js';
import { readWav, SPEECH_RATE } from '../../engine/transcription/wav.js';
import { composeApp } from '../../skill/compose.js';
import { readConfig } from '../../skill/config.js';
import { createHouseConversation } from '../../skill/house/conversation.js';
import { connectTo } from '../../skill/wyoming/client.js';
import { openWyoming } from '../../skill/wyoming/server.js';
import { readOptions } from '../options.js';
import { markdown, type Row, rowOf } from '../table.js';
import { fuzzReader, fuzzServer } from './fuzz.js';

const run = promisify(execFile);
const SENTENCES = [
  'I am so tense after today and I can not sleep at all tonight.',
  'My heart is racing and I keep thinking about the meeting tomorrow.',
  'I miss my sister and the house is very quiet without her now.',
];
const FORMAT = { rate: SPEECH_RATE, width: 2, channels: 1 };
const CLIENTS = 50;
const CASES = 100_000;

export async function main(words: readonly string[]): Promise<number> {
  const share = readOptions(words, { quick: 'flag' }).values.quick ? 0.1 : 1;
  const app = composeApp(readConfig(process.env));
  const faults: unknown[] = [];
  const server = await openWyoming({
    host: '127.0.0.1',
    port: 0,
    version: 'bench',
    transcriber: app.transcriber,
    synthesiser: app.synthesiser,
    conversation: createHouseConversation({
      ...app,
      running: { latest: () => null },
      detectLanguage,
      say: (key, locale, fields) => sayPrompt(key, locale, fields),
      newId: randomUUID,
      onFault: (error) => faults.push(error),
    }),
    onFault: (error) => faults.push(error),
  });
  const folder = await mkdtemp(path.join(os.tmpdir(), 'emoheal-bench-'));
  const rows: Row[] = [];
  const add = (...more: Row[]) => {
    rows.push(...more);
    for (const row of more) process.stderr.write(`${row.step}: ${row.p50Ms.toFixed(1)} ms ${row.note}\n`);
  };
  try {
    add(...(await beside(server.port, app.config.dataDir, folder, Math.ceil(5 * share))));
    add(await together(server.port, folder));
    const startMs = performance.now();
    const { events, refused } = fuzzReader(CASES * share, 1);
    add(
      rowOf('bad bytes', [performance.now() - startMs], `${CASES * share} cases: ${events} events, ${refused} refused`),
    );
    const socketsMs = performance.now();
    await fuzzServer(server.port, (CASES * share) / 100, 2);
    add(
      rowOf(
        'bad bytes over sockets',
        [performance.now() - socketsMs],
        `${(CASES * share) / 100} clients; answers after them`,
      ),
    );
  } finally {
    await server.close();
    await app.close();
    await rm(folder, { recursive: true, force: true });
  }
  if (faults.length > 0) throw faults[0];
  process.stdout.write(`${markdown(rows)}\n`);
  return 0;
}

async function spoken(folder: string, text: string): Promise<string> {
  const file = path.join(folder, 'said.wav');
  await run('espeak-ng', ['-v', 'en-us', '-s', '150', '-w', file, text]);
  return file;
}

async function pcmOf(file: string): Promise<Buffer> {
  const pcm = readWav(await readFile(file));
  const bytes = Buffer.alloc(pcm.length * 2);
  pcm.forEach((value, i) => {
    bytes.writeInt16LE(Math.round(Math.max(-1, Math.min(1, value)) * 32_767), i * 2);
  });
  return bytes;
}

/** As an assistant sends it: chunk by chunk, here as fast as it goes. From the first byte to the transcript. */
async function transcribed(port: number, sound: Buffer): Promise<{ text: string; ms: number }> {
  const startMs = performance.now();
  const client = await connectTo(port);
  client.send('transcribe', {});
  client.send('audio-start', FORMAT);
  for (let at = 0; at < sound.length; at += 2048) client.send('audio-chunk', FORMAT, sound.subarray(at, at + 2048));
  client.send('audio-stop');
  const { data } = (await client.until('transcript')).at(-1)!;
  client.socket.destroy();
  return { text: String(data.text), ms: performance.now() - startMs };
}

async function beside(port: number, dataDir: string, folder: string, runs: number): Promise<Row[]> {
  const ours: number[] = [];
  const theirs: number[] = [];
  const count = { same: 0, oursRight: 0, theirsRight: 0 };
  for (const sentence of SENTENCES) {
    const file = await spoken(folder, sentence);
    const sound = await pcmOf(file);
    const bare = bareWhisperCommand(dataDir, file);
    if (!bare) throw new Error('whisper.cpp is not set up: run "emoheal doctor --repair"');
    await transcribed(port, sound);
    let heard = { ours: '', theirs: '' };
    // In turn, so that a drift of the machine meets both alike.
    for (let i = 0; i < runs; i += 1) {
      const startMs = performance.now();
      const { stdout } = await run(bare.command, bare.args);
      theirs.push(performance.now() - startMs);
      const { text, ms } = await transcribed(port, sound);
      ours.push(ms);
      heard = { ours: plain(text), theirs: plain(stdout.replace(/\[[^\]]*\]/g, '')) };
    }
    count.same += heard.ours === heard.theirs ? 1 : 0;
    count.oursRight += heard.ours === spokenWords(sentence) ? 1 : 0;
    count.theirsRight += heard.theirs === spokenWords(sentence) ? 1 : 0;
    if (heard.ours !== heard.theirs) process.stderr.write(`other words: "${heard.ours}" / "${heard.theirs}"\n`);
  }
  const own = rowOf("whisper.cpp's own command, 4-second WAV", theirs);
  const row = rowOf('the same through Wyoming', ours);
  row.note = `${(row.p50Ms / own.p50Ms).toFixed(2)} of its time (to reach: 0.50), same words in ${count.same} of ${SENTENCES.length}; as spoken: ours ${count.oursRight}, its ${count.theirsRight}`;
  return [own, row];
}

const spokenWords = (sentence: string) => plain(sentence.replace('can not', 'cannot'));
const plain = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^a-z' ]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

async function together(port: number, folder: string): Promise<Row> {
  const sound = await pcmOf(await spoken(folder, SENTENCES[0]!));
  const answers = await Promise.all(Array.from({ length: CLIENTS }, () => transcribed(port, sound)));
  const words = new Set(answers.map(({ text }) => text)).size;
  return rowOf(
    `${CLIENTS} clients at once`,
    answers.map(({ ms }) => ms),
    `no error, ${words === 1 ? 'the same words for all' : `${words} different answers`}`,
  );
}
