/**
 * `npm run bench:load [-- --seconds N] [sessions] [listeners]`: how much one server takes, as a separate process: new
 * sessions that begin at a steady rate whether the ones before are answered or not, and HLS listeners from the cache.
 * Results go to bench/results/load-latest.md and load-history.jsonl.
 */
import '../../models/node20.js';
import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { workerUrl } from '../../models/paths.js';
import { makeDataFolder } from '../../test/data-folder.js';
import { segmentsIn } from '../../test/hls-segments.js';
import { type ServerProcess, startServer } from '../../test/server-process.js';
import { again, keepResults, measuredHere } from '../keep.js';
import { figuresOf } from '../metrics.js';
import { readOptions } from '../options.js';
import { markdown, type Row, rowOf } from '../table.js';
import type { HlsHeard, HlsListenersData } from './hls-listeners.js';

const RATES = [10, 20, 40, 60];
const LISTENERS = [250, 1000];
const WARM_UP = 40;
const FEELINGS = [
  'I am so tense after today, my thoughts keep racing and I cannot sleep.',
  'I miss my mother, and the house is so quiet without her.',
  'I am angry with myself because I shouted at the children again.',
  'Actually I feel fine, only a little restless.',
];

interface Begun {
  status: number;
  body: string;
}

export async function main(words: string[]): Promise<number> {
  const {
    values: { seconds },
    words: parts,
  } = readOptions(words, { seconds: { least: 1, most: 3600, usual: 20 } }, ['sessions', 'listeners']);
  const both = parts.length === 0;
  const data = makeDataFolder();
  const server = await startServer(data.folder, { EMOHEAL_LOG_LEVEL: 'error', EMOHEAL_WYOMING_PORT: 'off' });
  const rows: Row[] = [];
  const add = (row: Row) => {
    rows.push(row);
    process.stderr.write(`${row.step}: ${row.p50Ms.toFixed(0)} ms, ${row.p99Ms.toFixed(0)} ms; ${row.note}\n`);
  };
  try {
    // Everything is loaded, and compiled as it will be, before anything is timed.
    const first = await begin(server, 0, new Agent());
    if (first.status !== 201) throw new Error(`the first session was answered with ${first.status}`);
    for (let i = 1; i <= WARM_UP; i += 1) await begin(server, i, new Agent());
    if (both || parts.includes('sessions')) for (const rate of RATES) add(await newSessions(server, rate, seconds));
    if (both || parts.includes('listeners')) {
      const segments = await wholeSession(server, first);
      for (const count of LISTENERS) add(await listeners(server, segments, count, seconds));
    }
  } finally {
    await server.stop();
    data.remove();
  }
  await keep(rows, parts);
  return 0;
}

let begun = 0;
function begin(server: ServerProcess, seed: number, agent: Agent): Promise<Begun> {
  begun += 1;
  const body = JSON.stringify({ text: `${FEELINGS[begun % FEELINGS.length]} ${begun} days.`, seed });
  return new Promise((resolve, reject) => {
    const asked = request(
      `${server.url}/api/v1/utterances`,
      {
        method: 'POST',
        agent,
        headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
      },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString() }));
        answer.on('error', reject);
      },
    );
    asked.on('error', reject);
    asked.end(body);
  });
}

/** One every 1/rate seconds; a time counts from when the question was due, so that a server that falls behind is seen. */
async function newSessions(server: ServerProcess, rate: number, seconds: number): Promise<Row> {
  const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });
  const samples: number[] = [];
  let failed = 0;
  const startMs = performance.now();
  const work: Promise<void>[] = [];
  for (let i = 0; i < rate * seconds; i += 1) {
    const dueMs = startMs + (i * 1000) / rate;
    await pause(Math.max(0, dueMs - performance.now()));
    work.push(
      begin(server, i, agent).then(
        ({ status }) => {
          samples.push(performance.now() - dueMs);
          if (status !== 201) failed += 1;
        },
        () => {
          failed += 1;
        },
      ),
    );
  }
  await Promise.all(work);
  const took = (performance.now() - startMs) / 1000;
  agent.destroy();
  const note = `${(samples.length / took).toFixed(1)} answered a second for ${seconds} s, ${failed} failed, ${await kept(server)}; to reach: 40/s at p99 400`;
  return rowOf(`${rate} new sessions a second`, samples, note);
}

/** What the server holds by now. Sessions that nobody plays must not pile up in it. */
async function kept(server: ServerProcess): Promise<string> {
  const figure = await figuresOf(server.url);
  return `${await server.residentMb()} MB, ${figure('process_open_fds')} files open`;
}

/** The session is made to its end; addresses and lengths of its segments. */
async function wholeSession(server: ServerProcess, { body }: Begun): Promise<HlsListenersData['segments']> {
  const { streams } = JSON.parse(body) as { streams: { master: string } };
  const { pathname, search } = new URL(streams.master, server.url);
  const text = async (address: string) => (await fetch(address)).text();
  const master = server.url + pathname + search;
  const list = new URL(/^aac\.m3u8.*$/m.exec(await text(master))![0], master).href;
  const segments = segmentsIn(await text(list), list);
  for (const { url } of segments) await (await fetch(url)).arrayBuffer();
  return segments;
}

async function listeners(
  server: ServerProcess,
  segments: HlsListenersData['segments'],
  count: number,
  seconds: number,
): Promise<Row> {
  const workerData: HlsListenersData = { segments, count, seconds };
  const heard = await new Promise<HlsHeard>((resolve, reject) => {
    const worker = new Worker(workerUrl('bench/load/hls-listeners'), { workerData, execArgv: [] });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  const note = `${heard.segmentMs.length} segments in ${seconds} s, ${heard.late} late, ${heard.failed} failed, ${await kept(server)}; to reach: 1,000 with none late`;
  return rowOf(`${count} HLS listeners from the cache: a segment`, heard.segmentMs, note);
}

async function keep(rows: Row[], parts: readonly string[]): Promise<void> {
  const { dated, machine } = measuredHere();
  const table = `# One server under load, ${dated.slice(0, 10)}\n\n${machine}, those who ask on the same machine. Repeat with \`${again('npm run bench:load', parts)}\`.\n\n${markdown(rows)}\n`;
  await keepResults('load', table, { dated, machine, rows }, { parts });
}
