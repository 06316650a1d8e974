/**
 * A hand inside a running server, by Node's own inspector: its clock is set, its threads are ended one by one. The server
 * holds no door of its own for that; it must be started with `INSPECTED` in its environment.
 */

import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { WebSocket } from 'ws';
import { packageRoot } from '../../models/paths.js';
import type { ServerProcess } from '../server-process.js';

const clock = pathToFileURL(path.join(packageRoot(), 'test', 'faults', 'clock.mjs')).href;
export const INSPECTED = { NODE_OPTIONS: `--inspect=0 --import ${clock}` };

/** A server whose own clock is wrong from the start. */
export const withClockAhead = (ms: number) => ({ NODE_OPTIONS: `--import ${clock}`, CLOCK_AHEAD_MS: String(ms) });

export interface Hand {
  setClockAhead(ms: number): Promise<void>;
  /** Modules of the threads that run now, with those that threads of the server have made for themselves. */
  threads(): string[];
  /** Lets the threads whose module has this in its name die of an error that nobody caught; how many there were. */
  endThreads(name: string): number;
  /** An error with this message that nobody catches, in the server itself. */
  fail(message: string): void;
  /** Something in the server never ends. */
  keepAlive(): Promise<void>;
  close(): void;
}

interface Message {
  id?: number;
  method?: string;
  params?: { sessionId: string; workerInfo?: { url: string }; message?: string };
  result?: { result?: { value?: unknown } };
}
/** Sends a message to a thread, through those that it hangs on. */
type Send = (method: string, params?: object) => number;

export async function reachInto(server: ServerProcess): Promise<Hand> {
  const address = /Debugger listening on (ws:\S+)/.exec(server.log())?.[1];
  if (!address) throw new Error('the server was not started with its inspector');
  const socket = new WebSocket(address);
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  const running = new Map<string, { url: string; send: Send }>();
  const answered = new Map<number, (value: unknown) => void>();
  let nextId = 1;

  function hear(text: string, place: string, send: Send): void {
    const { id, method, params, result } = JSON.parse(text) as Message;
    if (id !== undefined) answered.get(id)?.(result?.result?.value);
    if (!params) return;
    const inner = `${place}/${params.sessionId}`;
    if (method === 'NodeWorker.attachedToWorker') {
      const toWorker: Send = (what, given = {}) => {
        const innerId = nextId++;
        const message = JSON.stringify({ id: innerId, method: what, params: given });
        send('NodeWorker.sendMessageToWorker', { sessionId: params.sessionId, message });
        return innerId;
      };
      running.set(inner, { url: params.workerInfo!.url, send: toWorker });
      toWorker('NodeWorker.enable', { waitForDebuggerOnStart: false });
    } else if (method === 'NodeWorker.receivedMessageFromWorker') {
      hear(params.message!, inner, running.get(inner)!.send);
    } else if (method === 'NodeWorker.detachedFromWorker') {
      for (const each of running.keys()) if (each.startsWith(inner)) running.delete(each);
    }
  }
  const sendMain: Send = (method, params = {}) => {
    const id = nextId++;
    socket.send(JSON.stringify({ id, method, params }));
    return id;
  };
  socket.on('message', (data) => hear(String(data), '', sendMain));
  sendMain('NodeWorker.enable', { waitForDebuggerOnStart: false });
  return {
    async setClockAhead(ms) {
      const id = sendMain('Runtime.evaluate', { expression: `clockAheadMs = ${ms}`, returnByValue: true });
      const value = await new Promise((resolve) => answered.set(id, resolve));
      if (value !== ms) throw new Error(`the clock was not set: ${value}`);
    },
    threads: () => [...running.values()].map(({ url }) => url),
    endThreads(name) {
      const found = [...running.values()].filter(({ url }) => url.includes(name));
      // In a turn of its own: an evaluation may come in the middle of native code, where no error can.
      const expression = "setImmediate(() => { throw new Error('a fault of the test') })";
      for (const { send } of found) send('Runtime.evaluate', { expression });
      return found.length;
    },
    fail(message) {
      const error = `new Error(${JSON.stringify(message)})`;
      sendMain('Runtime.evaluate', { expression: `setImmediate(() => { throw ${error} })` });
    },
    async keepAlive() {
      const id = sendMain('Runtime.evaluate', {
        expression: 'setInterval(() => {}, 2 ** 31 - 1), 1',
        returnByValue: true,
      });
      await new Promise((resolve) => answered.set(id, resolve));
    },
    close: () => socket.close(),
  };
}
