/** A house with speakers: the real session service and stream routes on a real server, and the tests' own devices. */
import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { createMemoryRules } from '../../engine/listeners/rules-book.js';
import type { SessionStream, SessionStreams } from '../../engine/ports.js';
import { FORMATS, unitsOf } from '../../media-index/stream/formats.js';
import { houseFixture } from '../house/house.fixture.js';
import type { HttpDeps } from '../http/app.js';
import { problemHandler } from '../http/problems.js';
import { streamRoutes } from '../http/streams.js';
import { openReceiver, type ReceiverWish } from './cast/receiver.fixture.js';
import { openSpeakers, type SpeakerParts } from './open-speakers.js';
import { openRenderer, type RendererWish } from './upnp/renderer.fixture.js';

/** MP3 of the right length: every frame has its header, and silence of a kind behind it. */
export const frames: SessionStreams = {
  open(programme) {
    const { unitBytes } = FORMATS.mp3;
    const totalBytes = unitsOf(FORMATS.mp3, programme) * unitBytes;
    const edge = (part: number) => Math.floor(totalBytes / 384 / 3) * 384 * part;
    return {
      key: 'a'.repeat(40),
      totalBytes,
      stageBytes: (stage) =>
        ({
          match: { start: 0, end: edge(1) },
          guide: { start: edge(1), end: edge(2) },
          target: { start: edge(2), end: totalBytes },
        })[stage],
      progress: () => 1,
      async *read(start, end) {
        const bytes = new Uint8Array(end - start);
        for (let at = 0; at < bytes.length; at += 1) {
          const place = (start + at) % 384;
          bytes[at] = place === 0 ? 0xff : place === 1 ? 0xfb : place === 2 ? 0x94 : 0;
        }
        yield bytes;
      },
    } as SessionStream;
  },
};

/** A port on which nobody else looks for anything. */
export async function freeUdpPort(): Promise<number> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, resolve));
  const { port } = socket.address();
  await new Promise<void>((resolve) => socket.close(() => resolve()));
  return port;
}

export async function openSpeakerHouse(options: Partial<SpeakerParts> & { findMs?: number } = {}) {
  const house = houseFixture();
  // Speakers run by the clock of the wall, so the sessions do as well.
  Object.defineProperty(house.clock, 'nowMs', { get: () => Date.now() });
  const { service, running } = house;
  const signingKey = randomBytes(32);
  const ports = { mdns: await freeUdpPort(), ssdp: await freeUdpPort() };
  const faults: unknown[] = [];
  const warnings: string[] = [];
  const rules = createMemoryRules();
  const app = express();
  app.use(
    streamRoutes({
      signingKey,
      nowMs: Date.now,
      service: async () => service,
      streams: async () => frames,
    } as unknown as HttpDeps),
    problemHandler((error) => faults.push(error)),
  );
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  const { port } = server.address() as AddressInfo;
  const speakers = openSpeakers({
    service: async () => service,
    streams: async () => frames,
    running,
    rules: async () => rules,
    signingKey,
    listensOn: '0.0.0.0',
    port: () => port,
    find: { from: ['127.0.0.1'], ports, ms: options.findMs ?? 600 },
    times: {
      cast: { answerMs: 1500, pingMs: 100, silentMs: 3000 },
      sounding: { lookMs: 120, beginMs: 3000, beginLookMs: 20 },
      device: { ms: 1000 },
    },
    onFault: (error) => faults.push(error),
    onWarning: (message) => warnings.push(message),
    ...options,
  });
  const closing: (() => Promise<void>)[] = [];
  const kept = <T extends { close(): Promise<void> }>(device: T): T => {
    closing.push(() => device.close());
    return device;
  };
  return {
    ...house,
    speakers,
    rules,
    app,
    server,
    port,
    ports,
    faults,
    warnings,
    receiver: async (wish: Omit<ReceiverWish, 'mdnsPort'>) =>
      kept(await openReceiver({ ...wish, mdnsPort: ports.mdns })),
    renderer: async (wish: Omit<RendererWish, 'ssdpPort'>) =>
      kept(await openRenderer({ ...wish, ssdpPort: ports.ssdp })),
    /** A session that is on. */
    async begun(text = 'I feel so sad tonight') {
      const outcome = await service.beginFromText({ text, whenEmpty: 'ask' });
      if (outcome.kind !== 'session') throw new Error('no session began');
      return outcome.session;
    },
    where: async (id: string) => (await service.look(id)).position,
    async close() {
      await speakers.close();
      for (const each of closing) await each();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** Until it is so; what never becomes so ends by the time of the test. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 20));
}
