/** Every speaker of the house, by all ways at once. */
import { networkInterfaces } from 'node:os';
import { isOwnAddress } from '../../care/own-network.js';
import type { DeviceLimits } from '../ask-device.js';
import { type FoundSpeaker, inOrder } from '../found.js';
import { findByMdns } from './mdns.js';
import { findBySsdp } from './ssdp.js';

/** A device may take up to its MX of a second or two to answer, so that not all answer at once. */
export const FIND_MS = 3000;

export interface FindOptions {
  ms?: number;
  /** Own addresses to ask from; every network of the house where not given. */
  from?: readonly string[];
  ports?: { mdns?: number; ssdp?: number };
  limits?: Partial<DeviceLimits>;
  onWarning?: (message: string) => void;
}

export async function findSpeakers({
  ms = FIND_MS,
  from,
  ports,
  limits,
  onWarning,
}: FindOptions = {}): Promise<FoundSpeaker[]> {
  const common = { ms, from: from ?? homeAddresses(), ...(onWarning ? { onWarning } : {}) };
  const found = await Promise.all([
    findByMdns({ ...common, ...(ports?.mdns ? { port: ports.mdns } : {}) }),
    findBySsdp({ ...common, ...(ports?.ssdp ? { port: ports.ssdp } : {}), ...(limits ? { limits } : {}) }),
  ]);
  return inOrder(found.flat());
}

/** One address of this machine in each network of the house; containers and the like are few, and are asked too. */
function homeAddresses(): string[] {
  const own = Object.values(networkInterfaces())
    .flatMap((each) => each ?? [])
    .filter(({ family, address }) => family === 'IPv4' && !address.startsWith('127.') && isOwnAddress(address))
    .map(({ address }) => address);
  return own.slice(0, 8);
}
