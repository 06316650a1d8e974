/**
 * The address under which a speaker reaches this server. "localhost" would be the speaker itself, and the public address
 * would send the sound out of the house and in again.
 */
import { createSocket } from 'node:dgram';
import { isIP, isIPv6 } from 'node:net';
import { EmohealError } from '../../engine/errors.js';

/** This machine's address on the way to another one. Nothing is sent. Throws `speaker-away` where there is no way. */
export function addressToward(host: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = createSocket(isIPv6(host) ? 'udp6' : 'udp4');
    const fail = (cause: unknown) => {
      socket.close();
      reject(
        new EmohealError('speaker-away', 'There is no way to that speaker from here.', { cause, retryable: true }),
      );
    };
    socket.once('error', fail);
    // Port 9 is "discard"; connecting a datagram socket only asks for the route.
    socket.connect(9, host, () => {
      socket.off('error', fail);
      const { address } = socket.address();
      socket.close();
      resolve(address);
    });
  });
}

export interface Reached {
  /** The address that the server listens on, as it was set. */
  listensOn: string;
  port: number;
  /** EMOHEAL_HOUSE_URL: how speakers of the house reach this server, where it cannot be told from here. */
  houseUrl: string | undefined;
}

/** Base address for one speaker, without a slash at the end. Throws `config-invalid` where the server hears nobody else. */
export async function houseUrlFor(host: string, { listensOn, port, houseUrl }: Reached): Promise<string> {
  if (houseUrl) return houseUrl.replace(/\/+$/, '');
  const everywhere = listensOn === '0.0.0.0' || listensOn === '::';
  const address = everywhere || isIP(listensOn) === 0 ? await addressToward(host) : listensOn;
  const onlyHere = (each: string) => each === '::1' || each.startsWith('127.');
  if (onlyHere(address) && !onlyHere(host))
    throw new EmohealError(
      'config-invalid',
      'The server listens on this machine only: no speaker can fetch the sound.',
      {
        remedy: 'Set EMOHEAL_HOST to 0.0.0.0, or EMOHEAL_HOUSE_URL to the address at which speakers reach this server.',
      },
    );
  return `http://${isIPv6(address) ? `[${address}]` : address}:${port}`;
}
