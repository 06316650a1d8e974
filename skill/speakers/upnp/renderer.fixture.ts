/**
 * UPnP renderers and Sonos rooms for tests, built from the published services: SSDP answers, a description, SOAP of
 * AVTransport:1, RenderingControl:1, ConnectionManager:1 and, for a household of Sonos, ZoneGroupTopology:1. They really
 * fetch what they are told to play, and answer a wrong order with the fault of the specification.
 */
import { createSocket } from 'node:dgram';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createPlayClock, type Fetched, fetchAsSpeaker } from '../stream-reader.fixture.js';

/** Which rooms of a Sonos household play together: room → coordinator. */
export type Household = Map<string, { name: string; coordinator: string }>;

export interface RendererWish {
  name: string;
  uuid: string;
  /** Own address that it lives at; the loopback where not given. */
  host?: string;
  ssdpPort?: number;
  /** A Sonos room in this household; else a plain renderer. */
  household?: Household;
  volume?: number;
  /** What GetProtocolInfo lists. */
  sink?: string;
  description?: 'huge' | 'slow' | 'redirects' | 'doctype' | 'foreign-control' | 'no-renderer' | 'no-xml';
  /** Where SSDP says that the description is. */
  location?: (own: string) => string;
  /** Action → code of the fault that it answers with. */
  refuses?: Record<string, number>;
}

export async function openRenderer(wish: RendererWish) {
  const { host = '127.0.0.1' } = wish;
  const clock = createPlayClock();
  const fetched: Fetched[] = [];
  const faults: string[] = [];
  const orders: string[] = [];
  const volumes: { atMs: number; percent: number }[] = [];
  const refuses: Record<string, number> = { ...wish.refuses };
  const { household } = wish;
  household?.set(wish.uuid, { name: wish.name, coordinator: wish.uuid });
  let uri = '';
  let volume = wish.volume ?? 30;
  let described = 0;

  const server = createServer((request, response) => {
    // As libupnp (many renderers, gmediarender among them): every answer ends its connection, without a word of that.
    response.removeHeader('connection');
    response.on('finish', () => request.socket.end());
    void respond(request, response).catch((error) => {
      faults.push(String(error));
      response.destroy();
    });
  });

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === 'GET' && request.url === '/description.xml') return describe(response);
    const service = /^\/control\/(\w+)$/.exec(request.url ?? '')?.[1];
    if (request.method !== 'POST' || !service) return void response.writeHead(404).end();
    let body = '';
    for await (const part of request) body += String(part);
    const action = new RegExp(`^"urn:schemas-upnp-org:service:${service}:1#(\\w+)"$`).exec(
      String(request.headers.soapaction),
    )?.[1];
    if (
      !action ||
      !/^text\/xml/.test(String(request.headers['content-type'])) ||
      !body.includes(`<u:${action} xmlns:u=`)
    )
      return fault(response, 401, 'Invalid Action');
    orders.push(action);
    const given = (name: string) => unescapeXml(new RegExp(`<${name}>([\\s\\S]*?)</${name}>`).exec(body)?.[1] ?? '');
    if (refuses[action]) return fault(response, refuses[action], 'Not here');
    const answer = await act(action, given);
    if (typeof answer === 'number') return fault(response, answer, 'Refused');
    const inside = Object.entries(answer)
      .map(([name, value]) => `<${name}>${xmlText(value)}</${name}>`)
      .join('');
    send(
      response,
      200,
      `<u:${action}Response xmlns:u="urn:schemas-upnp-org:service:${service}:1">${inside}</u:${action}Response>`,
    );
    return undefined;
  }

  /** What it answers, or the number of a fault. */
  async function act(action: string, given: (name: string) => string): Promise<Record<string, string> | number> {
    switch (action) {
      case 'SetAVTransportURI':
        uri = given('CurrentURI');
        if (household) {
          const to = /^x-rincon:(.+)$/.exec(uri)?.[1];
          if (to !== undefined && !household.has(to)) return 800;
          household.get(wish.uuid)!.coordinator = to ?? wish.uuid;
          if (to) return {};
        }
        if (!given('CurrentURIMetaData').includes('object.item.audioItem.musicTrack')) return 402;
        clock.turn('stopped');
        return {};
      case 'Play':
        if (uri === '') return 701;
        if (clock.status() === 'stopped') {
          try {
            fetched.push(await fetchAsSpeaker(uri));
          } catch (error) {
            faults.push(String(error));
            return 716;
          }
        }
        clock.turn('playing');
        return {};
      case 'Pause':
        if (clock.status() !== 'playing') return 701;
        clock.turn('paused');
        return {};
      case 'Stop':
        if (uri === '') return 701;
        clock.turn('stopped');
        return {};
      case 'GetTransportInfo':
        return {
          CurrentTransportState: { playing: 'PLAYING', paused: 'PAUSED_PLAYBACK', stopped: 'STOPPED' }[clock.status()],
          CurrentTransportStatus: 'OK',
          CurrentSpeed: '1',
        };
      case 'GetPositionInfo':
        return { Track: '1', TrackDuration: '0:20:00', TrackURI: uri, RelTime: time(clock.atSec()) };
      case 'GetVolume':
        return { CurrentVolume: String(volume) };
      case 'SetVolume':
        if (!/^\d{1,3}$/.test(given('DesiredVolume')) || Number(given('DesiredVolume')) > 100) return 402;
        volume = Number(given('DesiredVolume'));
        volumes.push({ atMs: performance.now(), percent: volume });
        return {};
      case 'GetProtocolInfo':
        return { Source: '', Sink: wish.sink ?? 'http-get:*:audio/mpeg:*,http-get:*:audio/wav:*' };
      case 'GetZoneGroupState':
        return { ZoneGroupState: zoneGroupState(household!) };
      case 'BecomeCoordinatorOfStandaloneGroup': {
        // What is left behind goes on, led by another of its rooms.
        const others = [...household!].filter(([id, { coordinator }]) => id !== wish.uuid && coordinator === wish.uuid);
        for (const [, room] of others) room.coordinator = others[0]![0];
        household!.get(wish.uuid)!.coordinator = wish.uuid;
        return { DelegatedGroupCoordinatorID: '', NewGroupID: '' };
      }
      default:
        return 401;
    }
  }

  function describe(response: ServerResponse): undefined {
    described += 1;
    const own = `http://${host}:${(server.address() as AddressInfo).port}`;
    const kind = wish.description;
    const xml = (text: string) => void response.writeHead(200, { 'content-type': 'text/xml' }).end(text);
    if (kind === 'slow') return void response.writeHead(200).write('<?xml version="1.0"?>');
    if (kind === 'huge') return xml(`<root>${'<device>x</device>'.repeat(100_000)}</root>`);
    if (kind === 'redirects') return void response.writeHead(302, { location: 'http://169.254.169.254/latest' }).end();
    if (kind === 'no-xml') return xml('<root><device>');
    const doctype = kind === 'doctype' ? '<!DOCTYPE root [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>' : '';
    const control = (service: string) =>
      kind === 'foreign-control' ? `http://192.0.2.77/control/${service}` : `/control/${service}`;
    const one = (service: string) =>
      `<service><serviceType>urn:schemas-upnp-org:service:${service}:1</serviceType>` +
      `<serviceId>urn:upnp-org:serviceId:${service}</serviceId><controlURL>${control(service)}</controlURL>` +
      `<eventSubURL>/event/${service}</eventSubURL><SCPDURL>/${service}.xml</SCPDURL></service>`;
    const renderer = ['AVTransport', 'RenderingControl', 'ConnectionManager'].map(one).join('');
    const services = kind === 'no-renderer' ? one('ContentDirectory') : renderer;
    const device = household
      ? '<deviceType>urn:schemas-upnp-org:device:ZonePlayer:1</deviceType><friendlyName>127.0.0.1 - Sonos One</friendlyName>' +
        `<manufacturer>Sonos, Inc.</manufacturer><modelName>Sonos One</modelName><roomName>${xmlText(wish.name)}</roomName>` +
        `<UDN>uuid:${wish.uuid}</UDN><serviceList>${one('ZoneGroupTopology')}</serviceList><deviceList><device>` +
        '<deviceType>urn:schemas-upnp-org:device:MediaRenderer:1</deviceType>' +
        `<UDN>uuid:${wish.uuid}_MR</UDN><serviceList>${services}</serviceList></device></deviceList>`
      : '<deviceType>urn:schemas-upnp-org:device:MediaRenderer:1</deviceType>' +
        `<friendlyName>${xmlText(wish.name)}</friendlyName><manufacturer>The tests</manufacturer>` +
        `<modelName>Test renderer</modelName><UDN>uuid:${wish.uuid}</UDN><serviceList>${services}</serviceList>`;
    return xml(
      `<?xml version="1.0"?>${doctype}<root xmlns="urn:schemas-upnp-org:device-1-0"><specVersion><major>1</major>` +
        `<minor>0</minor></specVersion><URLBase>${own}</URLBase><device>${device}</device></root>`,
    );
  }

  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const own = `http://${host}:${(server.address() as AddressInfo).port}`;
  const location = `${own}/description.xml`;
  const closeSsdp = wish.ssdpPort ? await answerSearches(wish, wish.location?.(own) ?? location) : async () => {};
  let closed = false;
  async function vanish(): Promise<void> {
    if (closed) return;
    closed = true;
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  }
  return {
    location,
    clock,
    fetched,
    faults,
    orders,
    volumes,
    refuses,
    described: () => described,
    uri: () => uri,
    volume: () => volume,
    turnKnob: (percent: number) => {
      volume = percent;
    },
    /** Somebody plays something else there. */
    takeAway: () => {
      uri = 'http://127.0.0.1:9/radio.mp3';
    },
    vanish,
    async close() {
      await closeSsdp();
      await vanish();
    },
  };
}

async function answerSearches(
  { household, uuid, ssdpPort, host = '127.0.0.1' }: RendererWish,
  location: string,
): Promise<() => Promise<void>> {
  const type = `urn:schemas-upnp-org:device:${household ? 'ZonePlayer' : 'MediaRenderer'}:1`;
  const socket = createSocket({ type: 'udp4', reuseAddr: true });
  socket.on('message', (message, from) => {
    const asked = message.toString('latin1');
    if (!asked.startsWith('M-SEARCH * HTTP/1.1\r\n') || !/\r\nMAN: *"ssdp:discover"\r\n/i.test(asked)) return;
    const target = /\r\nST: *(.+)\r\n/i.exec(asked)?.[1];
    if (target !== type && target !== 'ssdp:all') return;
    const answer = [
      'HTTP/1.1 200 OK',
      'CACHE-CONTROL: max-age=1800',
      'EXT:',
      `LOCATION: ${location}`,
      'SERVER: Linux UPnP/1.0 Tests/1.0',
      `ST: ${target}`,
      `USN: uuid:${uuid}::${target}`,
      '',
      '',
    ].join('\r\n');
    socket.send(answer, from.port, from.address);
  });
  await new Promise<void>((resolve) =>
    socket.bind(ssdpPort!, () => {
      socket.addMembership('239.255.255.250', host);
      resolve();
    }),
  );
  return () => new Promise((resolve) => socket.close(() => resolve()));
}

function send(response: ServerResponse, status: number, inside: string): void {
  response
    .writeHead(status, { 'content-type': 'text/xml; charset="utf-8"', ext: '' })
    .end(
      '<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" ' +
        `s:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"><s:Body>${inside}</s:Body></s:Envelope>`,
    );
}

const fault = (response: ServerResponse, code: number, words: string) =>
  send(
    response,
    500,
    '<s:Fault><faultcode>s:Client</faultcode><faultstring>UPnPError</faultstring><detail>' +
      `<UPnPError xmlns="urn:schemas-upnp-org:control-1-0"><errorCode>${code}</errorCode>` +
      `<errorDescription>${words}</errorDescription></UPnPError></detail></s:Fault>`,
  );

function zoneGroupState(household: Household): string {
  const rooms = [...household];
  const coordinators = [...new Set(rooms.map(([, { coordinator }]) => coordinator))];
  const groups = coordinators.map(
    (each) =>
      `<ZoneGroup Coordinator="${each}" ID="${each}:1">${rooms
        .filter(([, { coordinator }]) => coordinator === each)
        .map(
          ([id, { name }]) =>
            `<ZoneGroupMember UUID="${id}" ZoneName="${xmlText(name)}" Location="http://127.0.0.1/"/>`,
        )
        .join('')}</ZoneGroup>`,
  );
  return `<ZoneGroupState><ZoneGroups>${groups.join('')}</ZoneGroups><VanishedDevices/></ZoneGroupState>`;
}

const xmlText = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const unescapeXml = (text: string) =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');

/** 3723.5 → "1:02:03"; renderers tell whole seconds. */
function time(sec: number): string {
  const two = (part: number) => String(Math.floor(part)).padStart(2, '0');
  return `${Math.floor(sec / 3600)}:${two((sec / 60) % 60)}:${two(sec % 60)}`;
}
