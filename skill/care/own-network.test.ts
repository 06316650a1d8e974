import { describe, expect, it } from 'vitest';
import { isFromOwnNetwork } from './own-network.js';

const PUBLIC = 'https://music.example.org';
const at = (remoteAddress: string | undefined, headers: Record<string, string> = {}) =>
  isFromOwnNetwork({ headers: { host: 'bedside.local:8080', ...headers }, socket: { remoteAddress } }, PUBLIC);

describe("the house's own network", () => {
  it.each([
    '127.0.0.1',
    '::1',
    '::ffff:192.168.1.20',
    '10.1.2.3',
    '172.20.0.4',
    'fe80::1%eth0',
    'fd12::1',
    '169.254.3.4',
  ])('has %s in it', (address) => expect(at(address)).toBe(true));
  it.each(['203.0.113.7', '::ffff:203.0.113.7', '2606:4700::1', '172.32.0.1', '100.64.0.1', 'nonsense', '', undefined])(
    'has %s not in it',
    (address) => expect(at(address)).toBe(false),
  );
  it.each(['x-forwarded-for', 'forwarded', 'via', 'x-real-ip', 'x-forwarded-proto', 'cf-ray'])(
    'is not where a request was handed on (%s), whatever it claims',
    (header) => expect(at('127.0.0.1', { [header]: '192.168.1.2' })).toBe(false),
  );
  it.each([
    'localhost:8080',
    '192.168.1.4',
    '[fe80::1]:8080',
    'bedside',
    'bedside.local',
    'bedside.lan:80',
    'nas.fritz.box',
  ])('is asked for as %s', (host) => expect(at('192.168.1.20', { host })).toBe(true));
  it.each(['evil.example', 'bedside.local.evil.example', 'local.example', ''])(
    'is not asked for as %j, wherever that name points',
    (host) => expect(at('192.168.1.20', { host })).toBe(false),
  );
  it('is not where the public name was asked for', () => {
    expect(at('127.0.0.1', { host: 'music.example.org' })).toBe(false);
    expect(at('192.168.1.9', { host: 'MUSIC.example.org:443' })).toBe(false);
  });
});
