/** A UPnP/DLNA renderer as a player: AVTransport:1 and RenderingControl:1 on instance 0. */
import { DEVICE_LIMITS, type DeviceLimits } from '../ask-device.js';
import { refused } from '../faults.js';
import type { ControlUrls, FoundSpeaker } from '../found.js';
import type { Player, PlayerState, Stream } from '../player.js';
import { type Order, order } from './soap.js';
import { escapeXml } from './xml.js';

/** What a DLNA renderer wants to know before it fetches: MP3, ranges by byte, streamed at once (DLNA Guidelines 4.3). */
const DLNA_MP3 = 'DLNA.ORG_PN=MP3;DLNA.ORG_OP=01;DLNA.ORG_CI=0;DLNA.ORG_FLAGS=01700000000000000000000000000000';
/** "Transition not available": it stands where it was told to go, or on its way there. */
const NOT_NOW = /\(701\b/;

export function createUpnpPlayer(
  speaker: FoundSpeaker & { control: ControlUrls },
  limits?: Partial<DeviceLimits>,
): Player {
  const { control } = speaker;
  const bounded = limits ? { limits } : {};
  /** Some renderers answer only when they have fetched the beginning. */
  const patient = { limits: { ...limits, ms: 5 * (limits?.ms ?? DEVICE_LIMITS.ms) } };
  const transport = (
    action: string,
    given: Record<string, string | number> = {},
    bounds: Pick<Order, 'limits'> = bounded,
  ) =>
    order(speaker, {
      url: control.avTransport,
      service: 'AVTransport:1',
      action,
      arguments: { InstanceID: 0, ...given },
      ...bounds,
    });
  const rendering = (action: string, given: Record<string, string | number> = {}) =>
    order(speaker, {
      url: control.renderingControl,
      service: 'RenderingControl:1',
      action,
      arguments: { InstanceID: 0, Channel: 'Master', ...given },
      ...bounded,
    });
  let ours: string | null = null;

  /** Throws `speaker-refused` where the renderer says that it does not play MP3; one that says nothing is asked to try. */
  async function mustPlay(type: string): Promise<void> {
    if (!control.connectionManager) return;
    const answer = await order(speaker, {
      url: control.connectionManager,
      service: 'ConnectionManager:1',
      action: 'GetProtocolInfo',
      ...bounded,
    }).catch((error: { code?: string }) => {
      if (error.code === 'speaker-refused') return null;
      throw error;
    });
    const sink = answer?.('Sink') ?? '';
    if (sink.trim() !== '' && !takes(sink, type)) throw refused(speaker.name, 'says that it does not play MP3');
  }

  /** What an order that is already fulfilled, or a speaker that stands still, answers with. */
  const unlessThere = (error: Error): null => {
    if (NOT_NOW.test(error.message)) return null;
    throw error;
  };

  return {
    async play(stream) {
      await mustPlay(stream.type);
      // Some renderers take no new address while they play.
      await transport('Stop').catch((error: { code?: string }) => {
        if (error.code !== 'speaker-refused') throw error;
      });
      await transport('SetAVTransportURI', { CurrentURI: stream.url, CurrentURIMetaData: metadata(stream) }, patient);
      ours = stream.url;
      await transport('Play', { Speed: 1 }, patient);
    },
    async pause() {
      await transport('Pause').catch(unlessThere);
    },
    async resume() {
      await transport('Play', { Speed: 1 });
    },
    async stop() {
      ours = null;
      await transport('Stop').catch(unlessThere);
    },
    async state(): Promise<PlayerState> {
      const info = await transport('GetTransportInfo');
      const position = await transport('GetPositionInfo');
      const playing = position('TrackURI');
      const foreign = ours !== null && playing !== undefined && playing !== '' && !sameStream(playing, ours);
      return {
        status: foreign ? 'stopped' : statusOf(info('CurrentTransportState')),
        atSec: seconds(position('RelTime')),
      };
    },
    async volume() {
      const said = Number((await rendering('GetVolume'))('CurrentVolume'));
      if (!Number.isFinite(said)) throw refused(speaker.name, 'says no volume');
      return Math.max(0, Math.min(100, said));
    },
    async setVolume(percent) {
      await rendering('SetVolume', { DesiredVolume: Math.round(percent) });
    },
    async close() {},
  };
}

/** Renderers write addresses in ways of their own: the path is what tells our stream from others. */
const sameStream = (said: string, ours: string): boolean =>
  URL.canParse(said) && new URL(said).pathname === new URL(ours).pathname;

/** Whether a list of protocol infos ("http-get:*:audio/mpeg:…,…") has room for MP3. */
function takes(sink: string, type: string): boolean {
  const same =
    type === 'audio/mpeg' ? ['audio/mpeg', 'audio/mp3', 'audio/x-mpeg', 'audio/x-mp3', 'audio/mpeg3'] : [type];
  return sink.split(',').some((each) => {
    const [protocol, , format] = each.trim().toLowerCase().split(':');
    const http = protocol === 'http-get' || protocol === 'x-rincon-mp3radio' || protocol === '*';
    return http && format !== undefined && [...same, '*', 'audio/*'].includes(format);
  });
}

/** DIDL-Lite of one piece of music (ContentDirectory:1, 2.8). */
export function metadata({ url, title, type, durationSec }: Stream): string {
  return (
    '<DIDL-Lite xmlns="urn:schemas-upnp-org:metadata-1-0/DIDL-Lite/" xmlns:dc="http://purl.org/dc/elements/1.1/" ' +
    'xmlns:upnp="urn:schemas-upnp-org:metadata-1-0/upnp/"><item id="0" parentID="-1" restricted="1">' +
    `<dc:title>${escapeXml(title)}</dc:title><upnp:class>object.item.audioItem.musicTrack</upnp:class>` +
    `<res protocolInfo="http-get:*:${type}:${DLNA_MP3}" duration="${clock(durationSec)}">${escapeXml(url)}</res>` +
    '</item></DIDL-Lite>'
  );
}

/** 3723.5 → "1:02:03.500". */
function clock(sec: number): string {
  const two = (part: number) => String(Math.floor(part)).padStart(2, '0');
  const ms = String(Math.floor((sec % 1) * 1000)).padStart(3, '0');
  return `${Math.floor(sec / 3600)}:${two((sec / 60) % 60)}:${two(sec % 60)}.${ms}`;
}

/** "1:02:03.5" → 3723.5; null for "NOT_IMPLEMENTED" and for what is no time. */
export function seconds(said: string | undefined): number | null {
  const parts = /^\+?(\d{1,4}):(\d{1,2}):(\d{1,2}(?:\.\d{1,6})?)$/.exec(said?.trim() ?? '');
  return parts ? Number(parts[1]) * 3600 + Number(parts[2]) * 60 + Number(parts[3]) : null;
}

function statusOf(said: string | undefined): PlayerState['status'] {
  if (said === 'PLAYING') return 'playing';
  if (said === 'PAUSED_PLAYBACK') return 'paused';
  return said === 'TRANSITIONING' ? 'loading' : 'stopped';
}
