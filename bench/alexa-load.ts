/**
 * The Alexa door under load, as one household's server would never see it: requests arrive at a fixed rate whether or
 * not the ones before were answered (an open loop, so that a stall is counted and not waited out), while ten listeners
 * fetch their music at the speed of a player.
 */
import { randomUUID } from 'node:crypto';
import { createDevice } from '../skill/alexa/simulator/device-model.js';
import {
  type Caller,
  type Conversation,
  controllerEnvelope,
  intentEnvelope,
  playerEnvelope,
} from '../skill/alexa/simulator/envelopes.js';
import { makeDataFolder } from '../test/data-folder.js';
import { type ServerProcess, startServer } from '../test/server-process.js';
import { type Row, rowOf } from './table.js';

export interface LoadWish {
  perSecond: number;
  seconds: number;
  listeners: number;
}

const SKILL = 'amzn1.ask.skill.00000000-0000-0000-0000-000000000000';
const PUBLIC = 'https://music.example.org';
const DEVICES = 300;
/** One request in so many is a new feeling: every device would begin a session every two minutes or so. */
const FEELING_EVERY = 50;
const FEELINGS = [
  'so tense after today that I cannot sleep',
  'sad since my sister left',
  'angry about what he said to me',
  'nervous about the exam tomorrow',
  'happy and wide awake',
];
const MP3_BYTES_A_SECOND = 16_000;

export async function benchAlexa(wish: LoadWish): Promise<Row[]> {
  // A server that has run for some nights: its pieces of music are rendered already.
  const data = makeDataFolder(['cache/renders']);
  const server = await startServer(data.folder, { EMOHEAL_ALEXA_VERIFY: 'never', EMOHEAL_PUBLIC_URL: PUBLIC });
  try {
    return await measure(server, wish);
  } finally {
    await server.stop();
    data.remove();
  }
}

async function measure(server: ServerProcess, { perSecond, seconds, listeners }: LoadWish): Promise<Row[]> {
  const callers = Array.from({ length: DEVICES }, (_, i) => callerOf(i));
  const talk = (): Conversation => ({ sessionId: randomUUID(), isNew: true, attributes: {} });
  const post = async (envelope: object): Promise<{ response: { directives?: unknown[] } }> => {
    const answer = await fetch(`${server.url}/alexa`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(envelope),
    });
    if (!answer.ok) throw new Error(`POST /alexa: ${answer.status}`);
    return answer.json() as never;
  };
  const feel = async (caller: Caller, i: number) => {
    const said = FEELINGS[i % FEELINGS.length]!;
    const reply = await post(intentEnvelope(caller, talk(), 'FeelingIntent', { feeling: { said } }));
    caller.device.receive(reply.response.directives as never);
  };
  // Every device has a session, and the pieces of music are rendered once, before the clock starts.
  for (const [i, caller] of callers.entries()) await feel(caller, i);
  const stop = new AbortController();
  const starved = { count: 0 };
  const players = callers.slice(0, listeners).map((caller) => listen(server, caller, stop.signal, starved));

  const samples = { feeling: [] as number[], event: [] as number[], transport: [] as number[] };
  let failed = 0;
  const running = new Set<Promise<void>>();
  const startMs = performance.now();
  for (let i = 0; i < perSecond * seconds; i += 1) {
    const dueMs = startMs + (i * 1000) / perSecond;
    const waitMs = dueMs - performance.now();
    if (waitMs > 1) await new Promise((resolve) => setTimeout(resolve, waitMs));
    // The ten who listen are left in peace.
    const caller = callers[listeners + (i % (DEVICES - listeners))]!;
    const kind = i % FEELING_EVERY === 0 ? 'feeling' : i % 4 === 1 ? 'transport' : 'event';
    const once = (
      kind === 'feeling'
        ? feel(caller, i)
        : kind === 'transport'
          ? post(transport(caller, talk(), i))
          : post(event(caller, i))
    )
      // Counted from when it was due: a late start is the server's fault as well, it shares these cores.
      .then(() => void samples[kind].push(performance.now() - dueMs))
      .catch(() => {
        failed += 1;
      })
      .finally(() => running.delete(once));
    running.add(once);
  }
  await Promise.all(running);
  const tookSec = (performance.now() - startMs) / 1000;
  stop.abort();
  await Promise.allSettled(players);
  const rate = `${Math.round((perSecond * seconds) / tookSec)}/s for ${Math.round(tookSec)} s, ${failed} failed`;
  return [
    rowOf('Alexa: player events', samples.event, `to reach: p99 250; ${rate}`),
    rowOf(
      'Alexa: transport and questions',
      samples.transport,
      `to reach: p99 250; beside ${listeners} streams, ${starved.count} starved`,
    ),
    rowOf('Alexa: new feeling', samples.feeling, 'to reach: p99 900'),
  ];
}

function callerOf(i: number): Caller {
  return {
    skillId: SKILL,
    userId: `amzn1.ask.account.BENCH${i}`,
    deviceId: `amzn1.ask.device.BENCH${i}`,
    locale: 'en-US',
    device: createDevice({ kind: 'dot', startMs: Date.now(), durationMs: () => 300_000 }),
    newId: randomUUID,
  };
}

const token = (caller: Caller) => caller.device.current()?.token ?? 'none';

function event(caller: Caller, i: number): object {
  const type = (['Started', 'NearlyFinished', 'Finished', 'Stopped'] as const)[i % 4]!;
  return playerEnvelope(caller, {
    type: `AudioPlayer.Playback${type}`,
    token: token(caller),
    offsetMs: 1000 + (i % 100) * 500,
    atMs: Date.now(),
  });
}

function transport(caller: Caller, talk: Conversation, i: number): object {
  const which = i % 5;
  if (which === 0) return controllerEnvelope(caller, 'Next');
  if (which === 1) return controllerEnvelope(caller, 'Play');
  return intentEnvelope(
    caller,
    talk,
    (['WhyIntent', 'AMAZON.PauseIntent', 'AMAZON.ResumeIntent'] as const)[which - 2]!,
  );
}

/** Reads a stage as a player does, five seconds ahead; counts every second in which nothing was there in time. */
async function listen(
  server: ServerProcess,
  caller: Caller,
  signal: AbortSignal,
  starved: { count: number },
): Promise<void> {
  const stream = caller.device.current();
  if (!stream) return;
  const answer = await fetch(stream.url.replace(PUBLIC, server.url), { signal });
  let got = 0;
  const startMs = performance.now();
  for await (const chunk of answer.body as unknown as AsyncIterable<Uint8Array>) {
    got += chunk.length;
    const playedSec = (performance.now() - startMs) / 1000;
    if (got / MP3_BYTES_A_SECOND < playedSec) starved.count += 1;
    const aheadSec = got / MP3_BYTES_A_SECOND - playedSec;
    if (aheadSec > 5) await new Promise((resolve) => setTimeout(resolve, (aheadSec - 5) * 1000));
    if (signal.aborted) return;
  }
}
