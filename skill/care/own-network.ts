/**
 * Whether a request comes from this house. The bedside page and what belongs to it have no password: whoever is in the
 * house's own network is taken for the listener. So a request from outside must be told apart, or everybody would be.
 *
 * Rules
 * 1. The nearest sender must be this machine, a private address, or in a subnet of this machine (which a home with IPv6 has).
 * 2. Whatever was handed on by a proxy or tunnel came from outside: all common ones say so in a header.
 * 3. A request for the public name came from outside, also where no header says so.
 * 4. It was asked for by a name that only means this house: an address, localhost, one word, or a name of a local kind. A
 *    page from elsewhere can point a name of its own here (DNS rebinding), but none of these.
 * A server without a public address takes rule 4 alone (`houseNamesOnly`): it may stand behind a proxy of the house.
 * What no server can see: a proxy on this machine that adds no header and changes the name. The setting up says so.
 */
import { BlockList, isIP, isIPv6 } from 'node:net';
import { hostname, networkInterfaces } from 'node:os';
import type { Request, RequestHandler } from 'express';
import { EmohealError } from '../../engine/errors.js';

const FORWARDED = [
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
  'via',
  'cf-connecting-ip',
  'cf-ray',
  'true-client-ip',
  'fly-client-ip',
];

const PRIVATE: [string, number, 'ipv4' | 'ipv6'][] = [
  ['127.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['::1', 128, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
];

/** A machine in a rented data centre has a public subnet full of strangers: only narrow IPv6 ones count as a home. */
const NARROWEST_HOME_PREFIX = 64;

function ownAddresses(): BlockList {
  const own = new BlockList();
  for (const [address, prefix, family] of PRIVATE) own.addSubnet(address, prefix, family);
  for (const each of Object.values(networkInterfaces()).flat()) {
    const prefix = Number(each?.cidr?.split('/')[1]);
    if (each?.family === 'IPv6' && prefix >= NARROWEST_HOME_PREFIX) own.addSubnet(each.address, prefix, 'ipv6');
  }
  return own;
}

export function isFromOwnNetwork(
  request: Pick<Request, 'headers'> & { socket: { remoteAddress?: string | undefined } },
  publicUrl: string | undefined,
): boolean {
  if (FORWARDED.some((name) => request.headers[name] !== undefined)) return false;
  const host = hostIn(request.headers.host);
  if (!host || !isLocalName(host) || (publicUrl && host === new URL(publicUrl).hostname)) return false;
  const address = request.socket.remoteAddress;
  return address !== undefined && isOwnAddress(address);
}

/** Whether an IP address is of this house: this machine, a private one, or in a subnet of this machine. */
export function isOwnAddress(given: string): boolean {
  const address = given.replace(/^::ffff:(?=\d)/, '').replace(/%.*$/, '');
  return isIP(address) !== 0 && ownAddresses().check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

function isLocalName(host: string): boolean {
  const bare = host.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');
  if (isIP(bare) || !bare.includes('.')) return true;
  return bare === hostname().toLowerCase() || /\.(local|localhost|lan|home|internal|home\.arpa|fritz\.box)$/.test(bare);
}

const hostIn = (header: string | undefined): string | undefined => header?.toLowerCase().replace(/:\d+$/, '');

/** Only for who is in the house; and for no page of another address in the browser of somebody who is. */
export const ownNetworkOnly =
  (publicUrl: string | undefined): RequestHandler =>
  (request, _response, next) =>
    next(isFromOwnNetwork(request, publicUrl) && !isForeignPage(request) ? undefined : notOfThisHouse());

/**
 * For a server that has no public address: whoever can reach it is in the house, and yet a page from elsewhere in the browser
 * of somebody at home is not (rule 4).
 */
export const houseNamesOnly: RequestHandler = (request, _response, next) => {
  const host = hostIn(request.headers.host);
  next(host && isLocalName(host) && !isForeignPage(request) ? undefined : notOfThisHouse());
};

const notOfThisHouse = () =>
  new EmohealError('forbidden', "This is for the listener, in the house's own network.", {
    remedy: 'Open the bedside page at home by its address or its .local name, or use the command line of the server.',
  });

/**
 * Nothing is begun or changed by a page of another address. A browser asks nobody before it sends a request without a body of
 * ours, and always says whose page sent it; other programs say nothing. `publicUrl` and what a proxy calls us are our own, too.
 */
export const noForeignPage =
  (publicUrl: string | undefined): RequestHandler =>
  (request, _response, next) => {
    const changes = !['GET', 'HEAD', 'OPTIONS'].includes(request.method);
    const own = [request.get('x-forwarded-host'), publicUrl && new URL(publicUrl).host];
    next(
      changes && isForeignPage(request, own)
        ? new EmohealError('forbidden', 'A page of another address asked for this.', {
            remedy: 'Use the pages of this server, or set EMOHEAL_PUBLIC_URL to the address that they are opened at.',
          })
        : undefined,
    );
  };

function isForeignPage({ headers }: Pick<Request, 'headers'>, own: readonly (string | undefined)[] = []): boolean {
  const { origin, host } = headers;
  if (origin === undefined) return headers['sec-fetch-site'] === 'cross-site';
  const from = originHost(origin);
  return from === null || ![host, ...own].some((each) => each?.toLowerCase() === from);
}

function originHost(origin: string): string | null {
  try {
    return new URL(origin).host.toLowerCase();
  } catch {
    return null;
  }
}
