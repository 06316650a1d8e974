/** A wire to a server that lies on this machine, which can be slow, late, held and torn. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

export interface Wire {
  url: string;
  /** As a machine that has stopped answering: connections stay, new ones are taken, and nothing comes. */
  hold(): void;
  release(): void;
  /** Breaks every connection that there is. */
  tear(): void;
  /** Tears them, and takes no more. */
  cut(): Promise<void>;
}

export interface WireOptions {
  /** Of the first piece on its way back. */
  latencyMs?: number;
  /** On the way back. */
  bytesASec?: number;
}

/** A server that joins whoever calls to `connectFar`, in the way of `carry`; where one end goes, so does the other. */
export function relay(connectFar: () => Socket, carry: (near: Socket, far: Socket) => void) {
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connectFar();
    for (const each of [near, far]) {
      sockets.add(each);
      each.on('error', () => {});
      each.on('close', () => {
        sockets.delete(each);
        near.destroy();
        far.destroy();
      });
    }
    carry(near, far);
  });
  const tear = () => {
    for (const each of sockets) each.destroy();
  };
  return {
    server,
    tear,
    cut: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        tear();
      }),
  };
}

export async function layWire(to: number, { latencyMs = 0, bytesASec }: WireOptions = {}): Promise<Wire> {
  let released = Promise.resolve();
  let release: (() => void) | null = null;

  async function carry(from: Socket, into: Socket, slowMs: (bytes: number) => number): Promise<void> {
    try {
      for await (const piece of from as AsyncIterable<Buffer>) {
        const ms = slowMs(piece.length);
        if (ms > 0) await pause(ms);
        await released;
        if (!into.write(piece)) await new Promise((resolve) => into.once('drain', resolve).once('close', resolve));
      }
      into.end();
    } catch {
      // Torn: the other end was told by the close of its socket.
    }
  }

  const { server, tear, cut } = relay(
    () => connect(to, '127.0.0.1'),
    (near, far) => {
      let late = latencyMs;
      void carry(near, far, () => 0);
      void carry(far, near, (bytes) => {
        const ms = late + (bytesASec ? (bytes / bytesASec) * 1000 : 0);
        late = 0;
        return ms;
      });
    },
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    hold() {
      if (release) return;
      released = new Promise((resolve) => {
        release = resolve;
      });
    },
    release() {
      release?.();
      release = null;
    },
    tear,
    cut,
  };
}
