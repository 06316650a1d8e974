/** A server that is stopped lets a listener hear to the end what is on its way, and stops in a bounded time all the same. */
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { createDrain } from './drain.js';

async function listening(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const server = createServer();
  const drain = createDrain(server);
  server.on('request', answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, drain, port: (server.address() as AddressInfo).port };
}
const closed = (server: Server) => new Promise((resolve) => server.once('close', resolve));

/** Resolves when the first bytes are there; `rest` to all of them, or null where the connection broke. */
const ask = (port: number) =>
  new Promise<{ rest: Promise<string | null> }>((resolve, reject) => {
    request({ port, host: '127.0.0.1' }, (response) => {
      let text = '';
      response.once('data', () =>
        resolve({
          rest: new Promise((done) => {
            response.on('end', () => done(text)).on('error', () => done(null));
          }),
        }),
      );
      response.on('data', (chunk) => {
        text += chunk;
      });
    })
      .on('error', reject)
      .end();
  });

describe('the end of a server', () => {
  it('waits for a stream that is being given out, and takes no new listener', async () => {
    let finish = () => {};
    const { server, drain, port } = await listening((_, response) => {
      response.write('first');
      finish = () => void response.end(' last');
    });
    const { rest } = await ask(port);
    const gone = closed(server);
    const ended = drain.end(60);
    expect(drain.ending()).toBe(true);
    await expect(ask(port)).rejects.toThrow();
    finish();
    expect(await rest).toBe('first last');
    expect(await ended).toEqual({ cut: 0 });
    await gone;
  });

  it('waits no longer than it may, and not at all when asked a second time', async () => {
    for (const hurried of [false, true]) {
      const { drain, port } = await listening((_, response) => void response.write('endless'));
      const { rest } = await ask(port);
      const hurry = new AbortController();
      const ended = drain.end(hurried ? 3600 : 0.2, hurry.signal);
      if (hurried) hurry.abort();
      expect(await ended).toEqual({ cut: 1 });
      expect(await rest).toBeNull();
    }
  });

  it('sends followers of events away at once', async () => {
    const { drain, port } = await listening((_, response) => {
      response.setHeader('content-type', 'text/event-stream').write('event: stage\n\n');
    });
    const { rest } = await ask(port);
    expect(await drain.end(3600)).toEqual({ cut: 0 });
    expect(await rest).toBe('event: stage\n\n');
  });
});
