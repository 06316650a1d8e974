/**
 * One HTTP request to a device of the house. What a device says of itself is not believed blindly: it is asked at its own
 * address only, which must be of this house, and neither a long nor a slow answer is waited for to its end.
 */
import { request } from 'node:http';
import { isOwnAddress } from '../care/own-network.js';
import { away } from './faults.js';

export interface Asking {
  /** The device that is asked, for error texts. */
  name: string;
  /** The only host that may be asked: the IP address that the device answered from. */
  host: string;
  url: string;
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string;
  limits?: Partial<DeviceLimits>;
}

export interface DeviceLimits {
  /** A description has a few kilobytes; the zones of thirty Sonos players have sixty. */
  bytes: number;
  /** For the whole answer, not only for its beginning. */
  ms: number;
}
export const DEVICE_LIMITS: DeviceLimits = { bytes: 512 * 1024, ms: 4000 };

export interface Answer {
  status: number;
  text: string;
}

/** An address that a device named, if it is one of the device's own; null for every other, also for a name of a host. */
export function ownUrl(said: string, base: string, host: string): string | null {
  if (said.length > 2000 || !URL.canParse(said, base)) return null;
  const url = new URL(said, base);
  const bare = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const plain = url.protocol === 'http:' && url.username === '' && url.password === '';
  return plain && bare === host && isOwnAddress(bare) ? url.href : null;
}

/** Redirects are answers like others and are not followed. Throws `speaker-away`. */
export function askDevice({ name, host, url, method = 'GET', headers, body, limits }: Asking): Promise<Answer> {
  const { bytes: mostBytes, ms } = { ...DEVICE_LIMITS, ...limits };
  const own = ownUrl(url, url, host);
  if (!own) return Promise.reject(away(name, 'names an address that is not its own'));
  return new Promise((resolve, reject) => {
    const asked = request(own, {
      method,
      // A connection of its own: libupnp closes after each answer without saying so, and the next order would be lost in it.
      agent: false,
      headers: { ...headers, connection: 'close', ...(body ? { 'content-length': Buffer.byteLength(body) } : {}) },
    });
    const timer = setTimeout(() => asked.destroy(away(name, `did not answer within ${ms / 1000} seconds`)), ms);
    asked.on('response', (response) => {
      const parts: Buffer[] = [];
      let length = 0;
      response.on('data', (part: Buffer) => {
        length += part.length;
        if (length > mostBytes) asked.destroy(away(name, `answers with more than ${mostBytes} bytes`));
        else parts.push(part);
      });
      response.on('end', () => {
        clearTimeout(timer);
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString('utf8') });
      });
      response.on('error', fail);
    });
    asked.on('error', fail);
    asked.end(body);

    function fail(error: Error): void {
      clearTimeout(timer);
      reject('code' in error && error.code === 'speaker-away' ? error : away(name, 'cannot be reached', error));
    }
  });
}
