/** Who may say where a request comes from: this machine and the proxies that are named. Anybody else could be everybody. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import request from 'supertest';
import { afterEach, describe, expect, it } from 'vitest';
import { readConfig } from '../config.js';
import { type AppDeps, createApp } from './app.js';
import { problemHandler } from './problems.js';

const TRIES = 10;
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** Asked as from that address, whatever the test's own is. */
async function doorFor(sender: string, trustedProxies: readonly string[]) {
  const app = createApp({
    log: pino({ level: 'silent' }),
    publicUrl: undefined,
    nowMs: () => 0,
    signingKey: Buffer.alloc(32, 1),
    trustedProxies,
    alexa: { state: { listenerWithCode: () => null }, skill: null, verifier: null },
  } as unknown as AppDeps);
  app.use(problemHandler(() => {}));
  const server = createServer((incoming, answer) => {
    Object.defineProperty(incoming.socket, 'remoteAddress', { value: sender, configurable: true });
    app(incoming, answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return (visitor: string) =>
    request(url)
      .post('/api/v1/pairings')
      .set('x-forwarded-for', visitor)
      .send({ code: '123456', name: 'Vera' })
      .then(({ status }) => status);
}

/** One visitor tries codes until the door is shut; another one comes then. */
async function afterTooMany(tryFrom: Awaited<ReturnType<typeof doorFor>>) {
  const first: number[] = [];
  for (let i = 0; i <= TRIES; i += 1) first.push(await tryFrom('203.0.113.1'));
  return { last: first.at(-1), another: await tryFrom('203.0.113.2') };
}

describe('a visitor who tries too many codes', () => {
  it.each([
    ['a proxy on this machine', '127.0.0.1', []],
    ['a proxy that is named', '10.0.0.7', ['10.0.0.7']],
    ['a proxy of a network that is named', '192.168.4.9', ['10.0.0.7', '192.168.4.0/24']],
    ['a proxy by its IPv4 address over IPv6', '::ffff:10.0.0.7', ['10.0.0.7']],
    ['a proxy with an address of IPv6', 'fd00::7', ['fd00::/64']],
  ])('holds up nobody else behind %s', async (_, sender, trusted) => {
    expect(await afterTooMany(await doorFor(sender, trusted))).toEqual({ last: 429, another: 404 });
  });

  it.each([
    ['nobody is named', '10.0.0.8', []],
    ['another one is named', '10.0.0.8', ['10.0.0.7', '192.168.4.0/24']],
  ])('does not become somebody else by saying so, where %s', async (_, sender, trusted) => {
    expect(await afterTooMany(await doorFor(sender, trusted))).toEqual({ last: 429, another: 429 });
  });

  it('does not become somebody else by what stood in the header before the proxy wrote there', async () => {
    const tryFrom = await doorFor('10.0.0.7', ['10.0.0.7']);
    const statuses: number[] = [];
    for (let i = 0; i <= TRIES; i += 1) statuses.push(await tryFrom(`198.51.100.${i}, 203.0.113.1`));
    expect(statuses.at(-1)).toBe(429);
  });
});

describe('EMOHEAL_TRUSTED_PROXIES', () => {
  const read = (text: string) => readConfig({ EMOHEAL_TRUSTED_PROXIES: text }).trustedProxies;

  it('is nobody unless it is given', () => {
    expect(readConfig({}).trustedProxies).toEqual([]);
    expect(read('')).toEqual([]);
  });

  it('takes addresses and networks', () => {
    expect(read('10.0.0.7, 192.168.4.0/24,fd00::/64,::1')).toEqual(['10.0.0.7', '192.168.4.0/24', 'fd00::/64', '::1']);
  });

  it.each([
    'everybody',
    '0.0.0.0/0',
    '::/0',
    '10.0.0.0/33',
    '10.0.0.7;10.0.0.8',
    'proxy.local',
    'loopback',
    '10.0.0.256',
  ])('refuses "%s" with what it takes', (text) => {
    expect(() => read(text)).toThrow(/EMOHEAL_TRUSTED_PROXIES: is a list of addresses or networks/);
  });
});
