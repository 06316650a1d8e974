/** Recordings that come in at once take no more memory than they may together; who is too many is told, and the others heard. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import express from 'express';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { bodyBudget } from './body-budget.js';

let server: Server;
const faults: unknown[] = [];
let received = 0;
beforeEach(async () => {
  const app = express();
  received = 0;
  app.post(
    '/',
    bodyBudget(1_000_000),
    counted,
    express.raw({ type: () => true, limit: '25mb' }),
    (request, response) => {
      response.json({ bytes: request.body.length });
    },
  );
  app.use(((error, _request, response, _next) => {
    faults.push(error.type ?? error);
    response.destroy();
  }) as express.ErrorRequestHandler);
  server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});
const counted: express.RequestHandler = (request, _response, next) => {
  request.on('data', (chunk: Buffer) => {
    received += chunk.length;
  });
  next();
};
const port = () => (server.address() as AddressInfo).port;

/** Sends the head and a part of the body, and holds the rest back. */
async function half(bytes: number, declared = 10_000_000) {
  const socket = connect(port(), '127.0.0.1');
  let answer = '';
  socket.on('data', (chunk) => {
    answer += chunk;
  });
  socket.on('error', () => {});
  const closed = new Promise((resolve) => socket.once('close', resolve));
  await once(socket, 'connect');
  socket.write(`POST / HTTP/1.1\r\nHost: x\r\nContent-Length: ${declared}\r\n\r\n`);
  socket.write(Buffer.alloc(bytes));
  return { socket, answer: () => answer, closed };
}
const send = async (bytes: number) => {
  const response = await fetch(`http://127.0.0.1:${port()}/`, { method: 'POST', body: new Uint8Array(bytes) });
  return [response.status, await response.json()] as const;
};

it('what is held back by others is counted by what has come, not by what was promised', async () => {
  const promised = await Promise.all(Array.from({ length: 20 }, () => half(10)));
  expect(await send(400_000)).toEqual([200, { bytes: 400_000 }]);
  for (const { socket } of promised) socket.destroy();
});

it('the one that is too much is told and cut off; those before it are heard, and room comes back', async () => {
  const first = await half(700_000, 700_001);
  await expect.poll(() => received).toBe(700_000);
  const [status, body] = await send(600_000).catch(() => [503, { code: 'busy' }] as const);
  expect([status, body]).toEqual([503, expect.objectContaining({ code: 'busy' })]);
  const flood = await half(900_000);
  await flood.closed;
  // Cut off in the middle of what it sends, it may not come to read why.
  expect(flood.answer()).toMatch(/^($|HTTP\/1\.1 503 )/);
  first.socket.write('x');
  await expect.poll(first.answer).toContain('"bytes":700001');
  first.socket.destroy();
  await expect.poll(async () => (await send(900_000))[0]).toBe(200);
});
