/**
 * A Cast receiver for tests, built from the published protocol: TLS, length and CastMessage, virtual connections, the
 * namespaces of receiver, media and heartbeat, Google's Default Media Receiver. Its frames are written by hand, so that a
 * mistake of ours in them is found. It announces itself by mDNS and really fetches what it is told to play.
 */
import { createServer, type TLSSocket } from 'node:tls';
import { Bonjour } from 'bonjour-service';
import { issue } from '../../alexa/verify/authority.fixture.js';
import { createPlayClock, type Fetched, fetchAsSpeaker } from '../stream-reader.fixture.js';

export interface ReceiverWish {
  name: string;
  id: string;
  /** Own address that it lives at; the loopback where not given. */
  host?: string;
  mdnsPort?: number;
  volume?: number;
  trouble?: 'refuses-load' | 'garbage' | 'huge' | 'mute' | 'no-app' | 'no-json';
}

interface Message {
  source: string;
  destination: string;
  namespace: string;
  text: string;
}

let certificate: Promise<{ key: string; cert: string }> | undefined;
async function selfSigned() {
  const { pem, keys } = await issue({ name: 'a receiver of the tests' });
  const key = Buffer.from(await crypto.subtle.exportKey('pkcs8', keys.privateKey as CryptoKey)).toString('base64');
  return { cert: pem, key: `-----BEGIN PRIVATE KEY-----\n${key}\n-----END PRIVATE KEY-----\n` };
}

export async function openReceiver(wish: ReceiverWish) {
  certificate ??= selfSigned();
  const { host = '127.0.0.1' } = wish;
  const clock = createPlayClock();
  const fetched: Fetched[] = [];
  const faults: string[] = [];
  const volumes: { atMs: number; percent: number }[] = [];
  const sockets = new Set<TLSSocket>();
  let trouble = wish.trouble;
  let level = (wish.volume ?? 30) / 100;
  let app: { appId: string; sessionId: string; transportId: string } | null = null;
  let media: { mediaSessionId: number; contentId: string } | null = null;
  let ids = 0;
  let pings = 0;

  const server = createServer(await certificate, (socket) => {
    sockets.add(socket);
    const open = new Set<string>();
    let held = Buffer.alloc(0);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (bytes: Buffer) => {
      held = Buffer.concat([held, bytes]);
      while (held.length >= 4 && held.length >= 4 + held.readUInt32BE(0)) {
        const length = held.readUInt32BE(0);
        const message = readMessage(held.subarray(4, 4 + length));
        held = held.subarray(4 + length);
        void answer(message).catch((error) => faults.push(String(error)));
      }
    });

    async function answer({ source, destination, namespace, text }: Message): Promise<void> {
      const asked = JSON.parse(text) as Record<string, never> & { type: string; requestId?: number };
      const reply = (body: Record<string, unknown>) => {
        if (!socket.destroyed)
          socket.write(
            writeMessage({
              source: destination,
              destination: source,
              namespace,
              text: JSON.stringify({ ...body, ...(asked.requestId ? { requestId: asked.requestId } : {}) }),
            }),
          );
      };
      if (trouble === 'mute') return;
      if (trouble === 'garbage')
        return void socket.write(Buffer.from([0, 0, 0, 8, 255, 255, 255, 255, 255, 255, 255, 255]));
      if (trouble === 'huge') return void socket.write(Buffer.from([0x7f, 0xff, 0xff, 0xff, 1, 2, 3, 4]));
      if (trouble === 'no-json')
        return void socket.write(
          writeMessage({ source: destination, destination: source, namespace, text: '{"type":' }),
        );
      if (namespace.endsWith('tp.connection')) {
        if (asked.type === 'CONNECT') open.add(destination);
        else open.delete(destination);
        return;
      }
      if (namespace.endsWith('tp.heartbeat')) {
        pings += 1;
        return reply({ type: 'PONG' });
      }
      // Without a virtual connection a real one says nothing.
      if (!open.has(destination)) return;
      if (namespace.endsWith('cast.receiver')) return receiver(asked, reply);
      if (namespace.endsWith('cast.media') && destination === app?.transportId) return mediaApp(asked, reply);
    }
  });

  const receiverStatus = () => ({
    type: 'RECEIVER_STATUS',
    status: {
      applications: app ? [{ ...app, displayName: 'Default Media Receiver', namespaces: [] }] : [],
      volume: { level, muted: false, controlType: 'attenuation', stepInterval: 0.01 },
    },
  });

  function receiver(asked: Record<string, never> & { type: string }, reply: (body: Record<string, unknown>) => void) {
    const { appId, volume } = asked as unknown as { appId: string; volume?: { level: number } };
    if (asked.type === 'LAUNCH') {
      if (appId !== 'CC1AD845' || trouble === 'no-app') return reply({ type: 'LAUNCH_ERROR', reason: 'NOT_FOUND' });
      app ??= { appId, sessionId: `s${++ids}`, transportId: `web-${ids}` };
    } else if (asked.type === 'STOP') {
      app = null;
      media = null;
      clock.turn('stopped');
    } else if (asked.type === 'SET_VOLUME') {
      level = volume!.level;
      volumes.push({ atMs: performance.now(), percent: level * 100 });
    } else if (asked.type !== 'GET_STATUS') return reply({ type: 'INVALID_REQUEST', reason: 'INVALID_COMMAND' });
    return reply(receiverStatus());
  }

  const mediaStatus = () => ({
    type: 'MEDIA_STATUS',
    status: media
      ? [
          {
            mediaSessionId: media.mediaSessionId,
            playerState: clock.status() === 'playing' ? 'PLAYING' : clock.status() === 'paused' ? 'PAUSED' : 'IDLE',
            currentTime: clock.atSec(),
            playbackRate: 1,
            supportedMediaCommands: 15,
          },
        ]
      : [],
  });

  async function mediaApp(
    asked: Record<string, never> & { type: string },
    reply: (body: Record<string, unknown>) => void,
  ) {
    const { mediaSessionId, media: wanted } = asked as unknown as {
      mediaSessionId?: number;
      media?: { contentId: string; contentType: string; streamType: string };
    };
    if (asked.type === 'LOAD') {
      if (trouble === 'refuses-load') return reply({ type: 'LOAD_FAILED' });
      if (wanted?.contentType !== 'audio/mpeg' || wanted.streamType !== 'BUFFERED')
        return reply({ type: 'INVALID_REQUEST', reason: 'INVALID_PARAMS' });
      try {
        fetched.push(await fetchAsSpeaker(wanted.contentId));
      } catch (error) {
        faults.push(String(error));
        return reply({ type: 'LOAD_FAILED' });
      }
      media = { mediaSessionId: ++ids, contentId: wanted.contentId };
      clock.turn('stopped');
      clock.turn('playing');
    } else if (asked.type !== 'GET_STATUS') {
      if (!media || mediaSessionId !== media.mediaSessionId)
        return reply({ type: 'INVALID_REQUEST', reason: 'INVALID_MEDIA_SESSION_ID' });
      if (asked.type === 'PAUSE') clock.turn('paused');
      else if (asked.type === 'PLAY') clock.turn('playing');
      else return reply({ type: 'INVALID_REQUEST', reason: 'INVALID_COMMAND' });
    }
    return reply(mediaStatus());
  }

  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const { port } = server.address() as { port: number };
  const bonjour = wish.mdnsPort
    ? new Bonjour({ interface: host, bind: '0.0.0.0', port: wish.mdnsPort } as object, () => {})
    : null;
  bonjour?.publish({
    name: `Chromecast-${wish.id}`,
    type: 'googlecast',
    port,
    host: `${wish.id}.local`,
    probe: false,
    txt: { id: wish.id, fn: wish.name, md: 'Chromecast Audio', ve: '05', ca: '199172' },
  });

  async function vanish(): Promise<void> {
    for (const each of sockets) each.destroy();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  }
  let closed = false;
  return {
    port,
    clock,
    fetched,
    faults,
    volumes,
    volume: () => level * 100,
    pings: () => pings,
    connections: () => sockets.size,
    setTrouble: (next: ReceiverWish['trouble']) => {
      trouble = next;
    },
    /** Somebody casts something else: the app's connections are closed, and everybody is told the new state. */
    takeAway: () => {
      const gone = app?.transportId ?? '';
      app = { appId: 'YouTube', sessionId: 'other', transportId: 'web-other' };
      media = null;
      clock.turn('stopped');
      const tell = (source: string, namespace: string, body: unknown) => {
        const message = { source, destination: '*', namespace: `urn:x-cast:com.google.cast.${namespace}` };
        for (const each of sockets) each.write(writeMessage({ ...message, text: JSON.stringify(body) }));
      };
      tell(gone, 'tp.connection', { type: 'CLOSE' });
      tell('receiver-0', 'receiver', { ...receiverStatus(), requestId: 0 });
    },
    turnKnob: (percent: number) => {
      level = percent / 100;
    },
    vanish: async () => {
      if (!closed) await vanish();
      closed = true;
    },
    async close() {
      if (!closed) await vanish();
      closed = true;
      if (bonjour) await new Promise<void>((resolve) => bonjour.unpublishAll(() => bonjour.destroy(() => resolve())));
    },
  };
}

/** Protobuf by hand: field number × 8 + wire type (0 varint, 2 bytes). */
function writeMessage({ source, destination, namespace, text }: Message): Buffer {
  const field = (number: number, value: string) => {
    const bytes = Buffer.from(value);
    return Buffer.concat([Buffer.from([number * 8 + 2]), varint(bytes.length), bytes]);
  };
  const body = Buffer.concat([
    Buffer.from([8, 0]),
    field(2, source),
    field(3, destination),
    field(4, namespace),
    Buffer.from([40, 0]),
    field(6, text),
  ]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  return Buffer.concat([length, body]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>>= 7) {
    if (rest < 128) {
      bytes.push(rest);
      return Buffer.from(bytes);
    }
    bytes.push((rest & 127) | 128);
  }
}

function readMessage(body: Buffer): Message {
  const fields = new Map<number, string>();
  let at = 0;
  const next = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = body[at++]!;
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  };
  while (at < body.length) {
    const tag = next();
    if (tag % 8 === 0) {
      if (next() !== 0) throw new Error(`field ${tag >> 3} of a CastMessage is not 0`);
    } else if (tag % 8 === 2) {
      const length = next();
      fields.set(tag >> 3, body.subarray(at, at + length).toString('utf8'));
      at += length;
    } else throw new Error(`wire type ${tag % 8} in a CastMessage`);
  }
  const must = (number: number) => {
    const value = fields.get(number);
    if (value === undefined) throw new Error(`field ${number} of a CastMessage is missing`);
    return value;
  };
  return { source: must(2), destination: must(3), namespace: must(4), text: must(6) };
}
