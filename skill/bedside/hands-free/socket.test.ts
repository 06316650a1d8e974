import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { houseFixture } from '../../house/house.fixture.js';
import { HEARING_PATH, openHearing } from './socket.js';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function door() {
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
    return { socket, opened, closed, answers, port };
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
});
