/** A Wyoming client: writes events, or any bytes, and waits for what comes. For benchmarks and tests. */
import { connect, type Socket } from 'node:net';
import { createFrameReader, encodeEvent, type WyomingEvent } from './frame.js';

export interface WyomingClient {
  socket: Socket;
  send(type: string, data?: Record<string, unknown>, payload?: Uint8Array): void;
  /** Everything up to the first event of that type. Rejects where the server leaves before. */
  until(type: string): Promise<WyomingEvent[]>;
  /** Resolves with everything when the server has left. */
  end(): Promise<WyomingEvent[]>;
}

export async function connectTo(port: number, host = '127.0.0.1'): Promise<WyomingClient> {
  const socket = connect({ port, host });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  const reader = createFrameReader();
  const came: WyomingEvent[] = [];
  let left = false;
  let wake = () => {};
  socket.on('data', (bytes) => {
    came.push(...reader.push(bytes));
    wake();
  });
  const gone = () => {
    left = true;
    wake();
  };
  socket.on('close', gone);
  socket.on('end', () => socket.end());
  socket.on('error', gone);
  const change = () =>
    new Promise<void>((resolve) => {
      wake = resolve;
    });
  return {
    socket,
    send: (type, data = {}, payload) => void socket.write(encodeEvent({ type, data, ...(payload ? { payload } : {}) })),
    async until(type) {
      for (;;) {
        const at = came.findIndex((event) => event.type === type);
        if (at >= 0) return came.splice(0, at + 1);
        if (left) throw new Error(`the server left before "${type}"; it said ${JSON.stringify(came)}`);
        await change();
      }
    },
    async end() {
      while (!left) await change();
      return came.splice(0);
    },
  };
}
