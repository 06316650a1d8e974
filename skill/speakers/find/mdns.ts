/** Finds Chromecasts, and speakers and groups with Cast built in, by mDNS: `_googlecast._tcp`. */
import type { EventEmitter } from 'node:events';
import { Bonjour, type Service } from 'bonjour-service';
import { isOwnAddress } from '../../care/own-network.js';
import { type FoundSpeaker, shownName, speakerId } from '../found.js';

const MOST_DEVICES = 60;

export interface MdnsSearch {
  /** Own IPv4 addresses to ask from, one for each network. */
  from: readonly string[];
  ms: number;
  port?: number;
  onWarning?: (message: string) => void;
}

export async function findByMdns(search: MdnsSearch): Promise<FoundSpeaker[]> {
  const found = await Promise.all(search.from.map((address) => browse(address, search)));
  return found.flat();
}

async function browse(from: string, { ms, port, onWarning }: MdnsSearch): Promise<FoundSpeaker[]> {
  const warn = (error: NodeJS.ErrnoException) =>
    onWarning?.(`Chromecasts cannot be looked for from ${from} (${error?.code ?? 'error'}).`);
  // The library's types leave out what it hands on to multicast-dns.
  const options = { interface: from, bind: '0.0.0.0', ...(port === undefined ? {} : { port }) };
  const bonjour = new Bonjour(options as ConstructorParameters<typeof Bonjour>[0], warn);
  // The library hears no error of its socket, and one that nobody hears ends the process: another program may have the port
  // for itself.
  const { mdns } = (bonjour as unknown as { server: { mdns: EventEmitter } }).server;
  mdns.on('error', warn);
  const browser = bonjour.find({ type: 'googlecast' });
  // Datagrams get lost: asked once more half-way.
  const again = setTimeout(() => browser.update(), ms / 2);
  await new Promise((resolve) => setTimeout(resolve, ms));
  clearTimeout(again);
  const services = browser.services.slice(0, MOST_DEVICES);
  browser.stop();
  await new Promise<void>((resolve) => bonjour.destroy(() => resolve()));
  return services.map(speakerFrom).filter((each) => each !== null);
}

/** Null for what names no address of this house. The TXT record is the device's word: `id`, `fn` (name), `md` (model). */
export function speakerFrom(service: Service): FoundSpeaker | null {
  const txt = (service.txt ?? {}) as Record<string, unknown>;
  const word = (name: string) => (typeof txt[name] === 'string' ? (txt[name] as string) : undefined);
  const host = [service.referer?.address, ...(service.addresses ?? [])].find(
    (each): each is string => typeof each === 'string' && isOwnAddress(each) && !each.startsWith('fe80:'),
  );
  const uuid = word('id') ?? service.fqdn;
  const { port } = service;
  if (!host || !uuid || uuid.length > 200 || !Number.isInteger(port) || port < 1 || port > 65_535) return null;
  const model = shownName(word('md'), 'Chromecast');
  return {
    id: speakerId('cast', uuid),
    name: shownName(word('fn') ?? service.name, model),
    kind: 'cast',
    model,
    host,
    port,
    uuid,
    control: null,
  };
}
