/**
 * One house for all surfaces: real models, planner and shelf, one seed and one clock given at the composition root. Only the
 * sound is silence, so that nothing is rendered.
 */
import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { sayPrompt } from '../../audio-prompts/prompts.js';
import { detectLanguage } from '../../engine/emotion/language.js';
import { EmohealError } from '../../engine/errors.js';
import type { SessionStream, SessionStreams } from '../../engine/ports.js';
import { positionAt, type Session } from '../../engine/session.js';
import { composeApp } from '../../skill/compose.js';
import { readConfig } from '../../skill/config.js';
import { createHouseConversation } from '../../skill/house/conversation.js';
import { createRunningSession } from '../../skill/house/running-session.js';
import { createApp } from '../../skill/http/app.js';
import { openWyoming, type WyomingServer } from '../../skill/wyoming/server.js';
import { makeDataFolder } from '../data-folder.js';

export const SEED = 20_261_129;

export type House = Awaited<ReturnType<typeof openJourneyHouse>>;

export async function openJourneyHouse(startMs: number) {
  const data = makeDataFolder();
  const clock = { nowMs: startMs };
  const nowMs = () => clock.nowMs;
  const running = createRunningSession((session) => positionAt(session, nowMs()));
  const faults: unknown[] = [];
  const onFault = (error: unknown) => faults.push(error);
  const app = composeApp(
    { ...readConfig({}), dataDir: data.folder },
    { nowMs, newSeed: () => SEED, around: running.around, onWarning: () => {} },
  );
  const streams = async () => silence;
  const signingKey = randomBytes(32);

  const http = createApp({
    service: app.service,
    streams,
    search: app.search,
    // There is no sound to look at: a picture of it is not drawn.
    audio: () => Promise.reject(new EmohealError('busy', 'This house is silent.')),
    knowledge: app.knowledge,
    tastes: app.tastes,
    parts: async () => ({}),
    log: pino({ level: 'silent' }),
    signingKey,
    publicUrl: undefined,
    nowMs,
  });
  const server: Server = createServer(http);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  const wyoming: WyomingServer = await openWyoming({
    host: '127.0.0.1',
    port: 0,
    version: '0',
    transcriber: app.transcriber,
    synthesiser: app.synthesiser,
    conversation: createHouseConversation({
      service: app.service,
      streams,
      classifier: app.classifier,
      gate: app.gate,
      running,
      detectLanguage,
      say: (key, locale, fields) => sayPrompt(key, locale, fields),
      newId: () => randomBytes(8).toString('hex'),
      onFault,
    }),
    onFault,
  });

  return {
    app,
    streams,
    signingKey,
    clock,
    startMs,
    dataDir: data.folder,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    wyomingPort: wyoming.port,
    faults,
    onFault,
    look: async (id: string) => (await app.service()).look(id),
    sessions: async () => (await app.store()).ids(),
    async close() {
      await wyoming.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await app.close();
      data.remove();
    },
  };
}

/** MPEG 1 layer III, 128 kbit/s, 48 kHz, stereo, nothing in it: 384 bytes of 24 ms. */
const FRAME = Buffer.alloc(384);
FRAME.set([0xff, 0xfb, 0x94, 0x00]);
const FRAME_SEC = 0.024;

const silence: SessionStreams = {
  open(programme): SessionStream {
    const bytesTo = (sec: number) => Math.round(sec / FRAME_SEC) * FRAME.length;
    return {
      key: 'silence',
      totalBytes: bytesTo(programme.durationSec),
      stageBytes(stage) {
        const part = programme.stages.find((each) => each.stage === stage)!;
        return { start: bytesTo(part.startSec), end: bytesTo(part.endSec) };
      },
      async *read(start, end) {
        const many = Buffer.concat(Array.from({ length: 200 }, () => FRAME));
        for (let at = start; at < end; ) {
          const offset = at % FRAME.length;
          const piece = many.subarray(offset, Math.min(many.length, offset + end - at));
          yield piece;
          at += piece.length;
        }
      },
      progress: () => 1,
    };
  },
};

/** What makes two sessions the same to who listens: the plan, the pieces and their seconds, where it stands. */
export function heardAs(session: Session, atMs: number) {
  const { plan, programme } = session;
  const { status, atSec } = positionAt(session, atMs);
  return {
    approach: plan.approach,
    intention: plan.intention,
    stages: plan.stages.map(({ stage, startSec, endSec, profile }) => ({ stage, startSec, endSec, profile })),
    tracks: programme.tracks.map(({ trackId, stage, startSec, endSec }) => ({ trackId, stage, startSec, endSec })),
    status,
    atSec: Math.round(atSec),
  };
}
