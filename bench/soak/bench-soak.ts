/**
 * `npm run bench:soak [-- --sessions 300] [--listen 290]`: a real server, sessions one after the other as fast as it can: begun
 * from a feeling, listened to, extended, gone on with, looked at as a picture, stopped; half of the listeners vanish in the
 * middle of a byte. 300 sessions of 290 seconds are a day of listening. Prints resident memory and heap as sessions go by, and
 * how much they grow per 100 sessions once caches are full; the table goes to bench/results/soak-latest.md.
 */
import '../../models/node20.js';
import { z } from 'zod';
import { makeDataFolder } from '../../test/data-folder.js';
import { startServer } from '../../test/server-process.js';
import { keepResults, measuredHere } from '../keep.js';
import { figuresOf } from '../metrics.js';
import { readOptions } from '../options.js';
import { markdown, rowOf } from '../table.js';
import { growthOf, WARM_SHARE } from './growth.js';

const MP3_BYTES_A_SEC = 16_000;
const POINTS = 20;

const FEELINGS = [
  'I am so tense after today, my thoughts keep racing.',
  'I feel lonely and a little sad tonight.',
  'I am furious about what he said to me.',
  'Quite content, only not tired yet.',
  'I am afraid of the examination tomorrow.',
];

const Begun = z.object({ id: z.string(), durationSec: z.number(), streams: z.object({ session: z.string() }) });

/** What the server is like after so many sessions. */
interface Point {
  sessions: number;
  listenedHours: number;
  tookSec: number;
  /** Server and children. */
  residentMb: number;
  /** JavaScript of the serving thread. */
  heapMb: number;
  openHandles: number;
}

export async function main(words: readonly string[]): Promise<number> {
  const {
    values: { sessions, listen: listenSec },
  } = readOptions(words, {
    sessions: { least: 10, most: 100_000, usual: 300 },
    listen: { least: 10, most: 3000, usual: 290 },
  });
  const data = makeDataFolder();
  const server = await startServer(data.folder, { EMOHEAL_LOG_LEVEL: 'warn' });
  try {
    const took: Record<Step, number[]> = { begin: [], sound: [], extend: [], stop: [] };
    const points: Point[] = [];
    const startMs = performance.now();
    let listenedSec = 0;
    for (let i = 0; i < sessions; i += 1) {
      listenedSec += await oneSession(server.url, i, listenSec, took);
      if ((i + 1) % Math.ceil(sessions / POINTS) === 0 || i + 1 === sessions) {
        const figure = await figuresOf(server.url);
        const point = {
          sessions: i + 1,
          listenedHours: listenedSec / 3600,
          tookSec: (performance.now() - startMs) / 1000,
          residentMb: await server.residentMb(),
          heapMb: Math.round(figure('nodejs_heap_size_used_bytes') / 1e6),
          openHandles: figure('process_open_fds'),
        };
        points.push(point);
        process.stderr.write(`${JSON.stringify(point)}\n`);
      }
    }
    await keep(points, took);
    return 0;
  } finally {
    await server.stop();
    data.remove();
  }
}

type Step = 'begin' | 'sound' | 'extend' | 'stop';

/** Seconds of sound that were listened to. */
async function oneSession(url: string, i: number, listenSec: number, took: Record<Step, number[]>): Promise<number> {
  const timed = async <T>(step: Step, what: () => Promise<T>): Promise<T> => {
    const startMs = performance.now();
    const result = await what();
    took[step].push(performance.now() - startMs);
    return result;
  };
  const begun = await timed('begin', () =>
    post(`${url}/api/v1/utterances`, { text: FEELINGS[i % FEELINGS.length], minutes: 8 + (i % 5) * 3 }),
  );
  const halfBytes = (listenSec / 2) * MP3_BYTES_A_SEC;
  const first = await timed('sound', async () => {
    const response = await fetch(`${url}${begun.streams.session}`);
    if (!response.ok || !response.body) throw new Error(`session ${i}: the stream answered ${response.status}`);
    const reader = response.body.getReader();
    return { reader, bytes: (await reader.read()).value?.byteLength ?? 0 };
  });
  let heard = await listen(first.reader, halfBytes, first.bytes);
  const act = (action: object) => post(`${url}/api/v1/sessions/${begun.id}/actions`, action);
  const extended = await timed('extend', () =>
    act({ action: 'extend', minutes: 10, atSec: Math.round(heard / MP3_BYTES_A_SEC) }),
  );
  // Goes on where it was, as a speaker does whose address has changed.
  const rest = await fetch(`${url}${extended.streams.session}`, {
    headers: { range: i % 2 ? `bytes=${heard}-${heard + halfBytes - 1}` : `bytes=${heard}-` },
  });
  if (rest.status !== 206 || !rest.body) throw new Error(`session ${i}: the rest answered ${rest.status}`);
  heard += await listen(rest.body.getReader(), halfBytes, 0);
  await (await fetch(`${url}/api/v1/sessions/${begun.id}/why?format=svg`)).arrayBuffer();
  await timed('stop', () => act({ action: 'stop' }));
  return heard / MP3_BYTES_A_SEC;
}

/** Reads so many bytes and then lets go, in the middle of an answer where there is more. */
async function listen(reader: ReadableStreamDefaultReader<Uint8Array>, most: number, had: number): Promise<number> {
  let bytes = had;
  while (bytes < most) {
    const { done, value } = await reader.read();
    if (done) break;
    bytes += value.byteLength;
  }
  await reader.cancel();
  return bytes;
}

async function post(url: string, body: object): Promise<z.infer<typeof Begun>> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(`${new URL(url).pathname} answered ${response.status}: ${JSON.stringify(answer)}`);
  return Begun.parse(answer);
}

async function keep(points: readonly Point[], took: Record<Step, number[]>): Promise<void> {
  const growth = (of: (point: Point) => number) => growthOf(points, ({ sessions }) => sessions, of, 100);
  const rows = [
    rowOf('begin a session from a feeling', took.begin),
    rowOf('to the first bytes of its sound', took.sound),
    rowOf('ten more minutes', took.extend),
    rowOf('stop', took.stop),
  ];
  const lines = points.map(
    (p) =>
      `| ${p.sessions} | ${p.listenedHours.toFixed(2)} | ${p.tookSec.toFixed(0)} | ${p.residentMb} | ${p.heapMb} | ${p.openHandles} |`,
  );
  const { dated, machine } = measuredHere();
  const table = [
    `# Soak, ${dated.slice(0, 10)}`,
    '',
    `${machine}. Repeat with \`npm run bench:soak\`.`,
    '',
    '| sessions | hours listened | seconds it took | resident MB | heap MB | open files |',
    '|---:|---:|---:|---:|---:|---:|',
    ...lines,
    '',
    `Growth per 100 sessions, after the first ${Math.round(WARM_SHARE * 100)} %: resident ${growth((p) => p.residentMb)} MB, heap ${growth((p) => p.heapMb)} MB, open files ${growth((p) => p.openHandles)}.`,
    '',
    markdown(rows),
    '',
  ].join('\n');
  await keepResults('soak', table);
}
