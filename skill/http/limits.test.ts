/** Senders that hold a place without a request are sent away, and the others are served meanwhile. */
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { pino } from 'pino';
import request from 'supertest';
import { expect, it } from 'vitest';
import { type AppDeps, createApp } from './app.js';
import { CONNECTION_LIMITS, limitConnections } from './limits.js';

it('a request that never becomes whole is ended, and nobody waits for it', async () => {
  const server = createServer({ connectionsCheckingInterval: 50 }, (_request, response) => void response.end('served'));
  limitConnections(server, { ...CONNECTION_LIMITS, headersMs: 200, requestMs: 200 });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const slow = connect(port, '127.0.0.1');
  slow.write('GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ');
  const ended = new Promise((resolve) => slow.once('close', resolve));
  slow.on('error', () => {});
  slow.resume();
  expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('served');
  await ended;
  server.closeAllConnections();
  server.close();
});

it('a small body that unpacks to a large one is refused by its unpacked size', async () => {
  const app = createApp({
    log: pino({ level: 'silent' }),
    publicUrl: undefined,
    nowMs: () => 0,
    signingKey: Buffer.alloc(32, 1),
  } as unknown as AppDeps);
  const bomb = gzipSync(Buffer.from(JSON.stringify({ text: 'a'.repeat(50_000_000) })));
  expect(bomb.length).toBeLessThan(100_000);
  const send = (body: Buffer, type: string) =>
    request(app)
      .post('/api/v1/utterances')
      .set({ 'content-type': type, 'content-encoding': 'gzip' })
      .serialize((each) => each as unknown as string)
      .send(body as unknown as string);
  expect((await send(bomb, 'application/json')).status).toBe(413);
  expect((await send(gzipSync(Buffer.alloc(60_000_000)), 'audio/wav')).status).toBe(413);
});
