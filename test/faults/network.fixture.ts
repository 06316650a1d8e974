/** A poor network between a listener and a server: slow, late, and torn now and then. */

import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

export interface PoorNetwork {
  url: string;
  /** Breaks every connection that there is. */
  tear(): void;
  /** Lets nothing through for so long; connections stay. */
  stall(ms: number): void;
  close(): Promise<void>;
}

export interface PoorNetworkOptions {
  /** Of each piece on its way to the listener. */
  latencyMs: number;
  bytesASec: number;
}

export async function startPoorNetwork(to: string, { latencyMs, bytesASec }: PoorNetworkOptions): Promise<PoorNetwork> {
  const { hostname, port } = new URL(to);
  const sockets = new Set<Socket>();
  let stalledUntilMs = 0;
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    for (const each of [near, far]) {
      sockets.add(each);
      each.on('error', () => {});
      each.on('close', () => {
        sockets.delete(each);
        near.destroy();
        far.destroy();
      });
    }
    near.pipe(far);
    void trickle(far, near);
  });

  async function trickle(from: Socket, into: Socket): Promise<void> {
    await pause(latencyMs);
    try {
      for await (const piece of from) {
        await pause(Math.max(((piece as Buffer).length / bytesASec) * 1000, stalledUntilMs - performance.now()));
        if (!into.write(piece)) await new Promise((resolve) => into.once('drain', resolve).once('close', resolve));
      }
      into.end();
    } catch {
      // Torn: the other end was told by the close of its socket.
    }
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    tear() {
      for (const each of sockets) each.destroy();
    },
    stall(ms) {
      stalledUntilMs = performance.now() + ms;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const each of sockets) each.destroy();
      }),
  };
}
