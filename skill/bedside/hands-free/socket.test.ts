import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { houseFixture } from '../../house/house.fixture.js';
import { HEARING_PATH, openHearing } from './socket.js';

const connections = (server: Server) =>
  new Promise<number>((resolve) => server.getConnections((_error, count) => resolve(count)));
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function door(more: Partial<Parameters<typeof openHearing>[1]> = {}) {
  const house = houseFixture();
  const server = createServer();
  const hearing = openHearing(server, {
    publicUrl: 'https://music.example.org',
    transcriber: async () => ({
      transcribe: async (pcm) => ({
        text: 'I feel so sad',
        language: 'en',
        durationSec: pcm.length / 16_000,
        model: 'fixture',
      }),
    }),
    service: async () => house.service,
    conversationAbout: () => house.conversation,
    running: house.running,
    say: (key) => key,
    tell: () => ({}),
    voiceOf: () => undefined,
    why: () => ({ say: '' }),
    onFault: (error) => {
      throw error;
    },
    ...more,
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    hearing.close();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return (headers: Record<string, string> = {}, at = HEARING_PATH) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}${at}`, { headers });
    const answers: Record<string, unknown>[] = [];
    socket.on('message', (data) => answers.push(JSON.parse(String(data))));
    const opened = new Promise<string>((resolve) => {
      socket.on('open', () => resolve('open'));
      socket.on('unexpected-response', (_request, response) => resolve(String(response.statusCode)));
      socket.on('error', () => {});
    });
    const closed = new Promise<number>((resolve) => socket.on('close', (code) => resolve(code)));
    closing.push(() => socket.terminate());
    return { socket, opened, closed, answers, port, server };
  };
}

describe('the line by which the server hears', () => {
  it('takes sound from a page of this house and answers', async () => {
    const open = await door();
    const { socket, opened, answers, port } = open({ origin: 'http://127.0.0.1:1' });
    expect(await opened).toBe('403');
    socket.terminate();
    const page = open({ origin: `http://127.0.0.1:${port}` });
    expect(await page.opened).toBe('open');
    page.socket.send(JSON.stringify({ type: 'begin', mode: 'awake', locale: 'en-US' }));
    page.socket.send(new Uint8Array(32_000));
    page.socket.send(JSON.stringify({ type: 'end' }));
    await expect.poll(() => page.answers.length).toBe(1);
    expect(page.answers[0]).toMatchObject({ type: 'answer', handled: true });
    expect(answers).toEqual([]);
  });

  it.each([
    ['a page of another address', { origin: 'http://evil.example' }, HEARING_PATH, '403'],
    ['somebody from outside, through a proxy', { 'x-forwarded-for': '203.0.113.7' }, HEARING_PATH, '403'],
    ['a name that was pointed here', { host: 'evil.example' }, HEARING_PATH, '403'],
    ['another path', {}, '/api/v1/listening', '404'],
  ])('is closed to %s', async (_who, headers, at, status) => {
    const open = await door();
    expect(await open(headers as Record<string, string>, at).opened).toBe(status);
  });

  it('ends for who breaks its form, with a code that says so, and stays open for others', async () => {
    const open = await door();
    const one = open();
    await one.opened;
    one.socket.send('{"type":"sing"}');
    expect(await one.closed).toBe(1007);
    const odd = open();
    await odd.opened;
    odd.socket.send(JSON.stringify({ type: 'begin', mode: 'awake', locale: 'en-US' }));
    odd.socket.send(new Uint8Array(3));
    expect(await odd.closed).toBe(1007);
    const long = open();
    await long.opened;
    long.socket.send(new Uint8Array(70_000));
    expect(await long.closed).toBe(1009);
    expect(await open().opened).toBe('open');
  });

  it('has room for twenty pages', async () => {
    const open = await door();
    const pages = await Promise.all(Array.from({ length: 20 }, () => open().opened));
    expect(new Set(pages)).toEqual(new Set(['open']));
    expect(await open().opened).toBe('503');
  });

  it('lets go of whoever was refused and does not leave', async () => {
    const open = await door();
    const { port, server, opened } = open({ origin: 'http://evil.example' });
    await opened;
    const stubborn = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    stubborn.on('error', () => {});
    stubborn.resume();
    stubborn.write('GET /elsewhere HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    await once(stubborn, 'end');
    await expect.poll(() => connections(server)).toBe(0);
    stubborn.destroy();
  });

  it('lets go of a page that asks and reads nothing', async () => {
    const open = await door({ say: () => 'x'.repeat(2000) });
    const page = open();
    await page.opened;
    page.socket.pause();
    const ask = JSON.stringify({ type: 'ask', question: 'before', locale: 'en-US' });
    await expect
      .poll(
        async () => {
          for (let i = 0; i < 2000; i += 1) page.socket.send(ask);
          return connections(page.server);
        },
        { timeout: 20_000 },
      )
      .toBe(0);
  });

  it('lets go of a page that sends more than anybody says while an answer is made', async () => {
    let heard = () => {};
    const open = await door({
      transcriber: async () => ({
        transcribe: (_pcm, options) =>
          new Promise((resolve, reject) => {
            heard = () => resolve({ text: '', language: 'en', durationSec: 1, model: 'fixture' });
            options?.signal?.addEventListener('abort', () => reject(new Error('left')));
          }),
      }),
    });
    for (const flood of [new Uint8Array(64_000), JSON.stringify({ type: 'pause' })]) {
      const page = open();
      await page.opened;
      const begin = JSON.stringify({ type: 'begin', mode: 'awake', locale: 'en-US' });
      page.socket.send(begin);
      page.socket.send(new Uint8Array(32_000));
      page.socket.send(JSON.stringify({ type: 'end' }));
      page.socket.send(begin);
      for (let i = 0; i < 1500; i += 1) page.socket.send(flood);
      expect(await page.closed).toBe(1007);
      heard();
    }
  });
});
