/**
 * Finds UPnP renderers and Sonos players by SSDP (UPnP Device Architecture 1.1, chapter 1.3): one question to everybody in
 * the house, and then each device that answered is asked to describe itself.
 *
 * Rules
 * 1. A device describes itself at the address that it answered from, and that address is of this house; what points
 *    anywhere else is left out, and is not asked.
 * 2. A description that is too large, too slow or no description takes away that device and nothing else.
 */
import { createSocket } from 'node:dgram';
import { askDevice, type DeviceLimits, ownUrl } from '../ask-device.js';
import type { FoundSpeaker } from '../found.js';
import { speakerFrom } from '../upnp/description.js';

const GROUP = '239.255.255.250';
const SSDP_PORT = 1900;
/** Sonos answers to its own kind alone; every other renderer to the standard one. */
const SEARCHED = ['urn:schemas-upnp-org:device:MediaRenderer:1', 'urn:schemas-upnp-org:device:ZonePlayer:1'];
const MOST_DEVICES = 60;
const MOST_ANSWER_BYTES = 4096;

export interface SsdpSearch {
  /** Own IPv4 addresses to ask from, one for each network. */
  from: readonly string[];
  /** How long answers are waited for. */
  ms: number;
  port?: number;
  limits?: Partial<DeviceLimits>;
  /** Hears of devices that were left out, without their words. */
  onWarning?: (message: string) => void;
}

export async function findBySsdp(search: SsdpSearch): Promise<FoundSpeaker[]> {
  const locations = new Map<string, string>();
  const described: Promise<FoundSpeaker | null>[] = [];
  const heard = (message: Buffer, host: string) => {
    const location = message.length > MOST_ANSWER_BYTES ? null : locationIn(message.toString('latin1'));
    if (!location || locations.size >= MOST_DEVICES) return;
    const own = ownUrl(location, location, host);
    if (!own) {
      search.onWarning?.(`A device at ${host} describes itself somewhere else: it is left out.`);
      return;
    }
    if (locations.has(own)) return;
    locations.set(own, host);
    described.push(describe(own, host, search));
  };
  await Promise.all(search.from.map((address) => ask(address, search, heard)));
  return (await Promise.all(described)).filter((each) => each !== null);
}

async function describe(location: string, host: string, search: SsdpSearch): Promise<FoundSpeaker | null> {
  try {
    const { limits } = search;
    const { status, text } = await askDevice({
      name: `A device at ${host}`,
      host,
      url: location,
      ...(limits ? { limits } : {}),
    });
    return status === 200 ? speakerFrom(text, location, host) : null;
  } catch (error) {
    search.onWarning?.((error as Error).message);
    return null;
  }
}

/** Asks from one address until the time is over. A network that cannot be asked has no speakers. */
function ask(
  from: string,
  { ms, port = SSDP_PORT, onWarning }: SsdpSearch,
  heard: (message: Buffer, host: string) => void,
): Promise<void> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    let again: NodeJS.Timeout | undefined;
    const timer = setTimeout(end, ms);
    let ended = false;
    function end(): void {
      if (ended) return;
      ended = true;
      clearTimeout(timer);
      clearTimeout(again);
      socket.close(() => resolve());
    }
    socket.on('error', (error: NodeJS.ErrnoException) => {
      onWarning?.(`Speakers cannot be looked for from ${from} (${error.code}).`);
      end();
    });
    socket.on('message', (message, { address }) => heard(message, address));
    const send = () => {
      if (ended) return;
      for (const target of SEARCHED)
        socket.send(question(target, ms, port), port, GROUP, (error) => {
          if (error)
            onWarning?.(`Speakers cannot be looked for from ${from} (${(error as NodeJS.ErrnoException).code}).`);
        });
    };
    socket.bind(0, from, () => {
      try {
        socket.setMulticastInterface(from);
        socket.setMulticastTTL(2);
      } catch {
        return end();
      }
      send();
      // Datagrams get lost; the Architecture advises to ask more than once.
      again = setTimeout(send, Math.min(500, ms / 3));
      return undefined;
    });
  });
}

const question = (target: string, ms: number, port: number): string =>
  [
    'M-SEARCH * HTTP/1.1',
    `HOST: ${GROUP}:${port}`,
    'MAN: "ssdp:discover"',
    `MX: ${Math.max(1, Math.min(5, Math.floor(ms / 1000) - 1))}`,
    `ST: ${target}`,
    '',
    '',
  ].join('\r\n');

function locationIn(answer: string): string | null {
  const [status, ...headers] = answer.split(/\r?\n/);
  if (!status || !/^HTTP\/1\.[01] 200\b/.test(status)) return null;
  const location = headers.find((each) => /^location\s*:/i.test(each));
  return location ? location.slice(location.indexOf(':') + 1).trim() : null;
}
