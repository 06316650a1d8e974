/**
 * The proxy in front of several servers, as deploy/compose sets one up: a session stays with one server as long as that one
 * answers, and a request that got no answer goes to the next.
 */
import { createHash } from 'node:crypto';
import { request as ask, createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Balancer {
  url: string;
  /** Index of the server that a session is with now. */
  serverOf(sessionId: string): number;
  /** The server is not asked any more. */
  drop(index: number): void;
  close(): Promise<void>;
}

const SESSION = /\/(?:sessions|stream)\/([A-Za-z0-9-]+)/;

export async function startProxy(upstreams: readonly string[]): Promise<Balancer> {
  const dropped = new Set<number>();
  let turn = 0;
  /** Rendezvous hashing: where one server goes, only its own sessions move. */
  const orderOf = (session: string | undefined): number[] => {
    const indexes = upstreams.map((_, i) => i);
    if (session === undefined) {
      turn += 1;
      return indexes.map((i) => (i + turn) % upstreams.length);
    }
    const weight = (i: number) => createHash('sha256').update(`${session} ${i}`).digest('hex');
    return indexes.sort((a, b) => (weight(a) < weight(b) ? -1 : 1));
  };
  const alive = (order: number[]) => order.filter((i) => !dropped.has(i));

  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const order = alive(orderOf(SESSION.exec(incoming.url ?? '')?.[1]));
      forward(incoming, outgoing, Buffer.concat(chunks), order);
    });
  });

  function forward(
    incoming: IncomingMessage,
    outgoing: ServerResponse,
    body: Buffer,
    [first, ...others]: number[],
  ): void {
    if (first === undefined) return void outgoing.writeHead(502).end();
    const { hostname, port } = new URL(upstreams[first]!);
    const upstream = ask(
      { hostname, port, path: incoming.url, method: incoming.method, headers: incoming.headers },
      (answer) => {
        outgoing.writeHead(answer.statusCode!, answer.headers);
        answer.pipe(outgoing);
        // Half an answer cannot be taken back: whoever listens sees a broken connection and asks anew.
        answer.on('error', () => outgoing.destroy());
        answer.on('close', () => !answer.complete && outgoing.destroy());
      },
    );
    upstream.on('error', () => {
      if (!outgoing.headersSent) forward(incoming, outgoing, body, others);
    });
    outgoing.on('close', () => upstream.destroy());
    upstream.end(body);
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    serverOf: (session) => alive(orderOf(session))[0]!,
    drop: (index) => void dropped.add(index),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
