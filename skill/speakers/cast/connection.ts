/**
 * A connection to a Cast receiver: TLS, frames, heartbeats, and questions that wait for their answer.
 *
 * Receivers show a certificate of their own making, which nobody can check: that they are in the house is what they are
 * trusted for, and nothing is told to them but an address of a stream that expires.
 */
import { connect, type TLSSocket } from 'node:tls';
import { z } from 'zod';
import { away } from '../faults.js';
import { createFrameReader, writeFrame } from './frame.js';

export const NAMESPACES = {
  connection: 'urn:x-cast:com.google.cast.tp.connection',
  heartbeat: 'urn:x-cast:com.google.cast.tp.heartbeat',
  receiver: 'urn:x-cast:com.google.cast.receiver',
  media: 'urn:x-cast:com.google.cast.media',
} as const;

const OURS = 'sender-emoheal';
export const RECEIVER = 'receiver-0';

export interface CastTimes {
  /** For a connection, and for one answer. */
  answerMs: number;
  /** For a stream to be loaded: the receiver answers when it has fetched the beginning. */
  loadMs: number;
  /** The protocol's own: a ping every five seconds. */
  pingMs: number;
  /** A receiver that was silent for so long is gone. */
  silentMs: number;
}
export const CAST_TIMES: CastTimes = { answerMs: 6000, loadMs: 20_000, pingMs: 5000, silentMs: 16_000 };

const Message = z.looseObject({ type: z.string().max(100), requestId: z.number().optional() });
export type CastAnswer = z.infer<typeof Message>;

export interface CastConnection {
  /** Sends and waits for the answer to it. Throws `speaker-away`. */
  ask(destination: string, namespace: string, message: Record<string, unknown>, ms?: number): Promise<CastAnswer>;
  /** Opens a virtual connection to an app of the receiver; asking it without one is not answered. */
  open(destination: string): void;
  /** Hears of everything that the receiver says, also without being asked. */
  onMessage(hear: (from: string, message: CastAnswer) => void): void;
  isOpen(): boolean;
  close(): void;
}

export function connectCast(
  name: string,
  { host, port }: { host: string; port: number },
  times: CastTimes = CAST_TIMES,
): Promise<CastConnection> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, rejectUnauthorized: false });
    const timer = setTimeout(() => {
      socket.destroy();
      reject(away(name, `did not answer within ${times.answerMs / 1000} seconds`));
    }, times.answerMs);
    socket.once('error', (cause) => {
      clearTimeout(timer);
      reject(away(name, 'cannot be reached', cause));
    });
    socket.once('secureConnect', () => {
      clearTimeout(timer);
      socket.removeAllListeners('error');
      resolve(speak(name, socket, times));
    });
  });
}

function speak(name: string, socket: TLSSocket, times: CastTimes): CastConnection {
  const reader = createFrameReader();
  const waiting = new Map<number, { resolve: (answer: CastAnswer) => void; reject: (error: Error) => void }>();
  const hearers = new Set<(from: string, message: CastAnswer) => void>();
  let ids = 0;
  let heardMs = performance.now();
  let ended = false;

  function send(destination: string, namespace: string, message: Record<string, unknown>): void {
    if (!ended) socket.write(writeFrame({ source: OURS, destination, namespace, text: JSON.stringify(message) }));
  }

  function end(error: Error): void {
    if (ended) return;
    ended = true;
    clearInterval(heartbeat);
    socket.destroy();
    for (const each of waiting.values()) each.reject(error);
    waiting.clear();
  }

  const heartbeat = setInterval(() => {
    if (performance.now() - heardMs > times.silentMs) return end(away(name, 'went silent'));
    send(RECEIVER, NAMESPACES.heartbeat, { type: 'PING' });
    return undefined;
  }, times.pingMs);
  heartbeat.unref();

  socket.on('error', (cause) => end(away(name, 'broke the connection off', cause)));
  socket.on('close', () => end(away(name, 'broke the connection off')));
  socket.on('data', (bytes: Buffer) => {
    heardMs = performance.now();
    try {
      for (const { namespace, source, text } of reader.push(bytes)) {
        const message = Message.safeParse(JSON.parse(text));
        if (message.success) heard(source, namespace, message.data);
      }
    } catch (cause) {
      // The place in the bytes is lost.
      end(away(name, 'says what cannot be read', cause));
    }
  });

  function heard(source: string, namespace: string, message: CastAnswer): void {
    if (namespace === NAMESPACES.heartbeat) {
      if (message.type === 'PING') send(source, NAMESPACES.heartbeat, { type: 'PONG' });
      return;
    }
    const asked = message.requestId ? waiting.get(message.requestId) : undefined;
    if (asked) {
      waiting.delete(message.requestId!);
      asked.resolve(message);
    }
    for (const hear of hearers) hear(source, message);
  }

  const connection: CastConnection = {
    ask(destination, namespace, message, ms = times.answerMs) {
      if (ended) return Promise.reject(away(name, 'broke the connection off'));
      ids += 1;
      const requestId = ids;
      return new Promise<CastAnswer>((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(requestId);
          reject(away(name, `did not answer within ${ms / 1000} seconds`));
        }, ms);
        waiting.set(requestId, {
          resolve: (answer) => {
            clearTimeout(timer);
            resolve(answer);
          },
          reject: (error) => {
            clearTimeout(timer);
            reject(error);
          },
        });
        send(destination, namespace, { ...message, requestId });
      });
    },
    open: (destination) => send(destination, NAMESPACES.connection, { type: 'CONNECT', origin: {} }),
    onMessage: (hear) => void hearers.add(hear),
    isOpen: () => !ended,
    close() {
      send(RECEIVER, NAMESPACES.connection, { type: 'CLOSE' });
      end(away(name, 'was let go of'));
    },
  };
  connection.open(RECEIVER);
  return connection;
}
