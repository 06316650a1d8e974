/** A speaker that was found in the house, and how people name it. Pure. */
import { createHash } from 'node:crypto';
import { EmohealError } from '../../engine/errors.js';

export type SpeakerKind = 'cast' | 'sonos' | 'upnp';

/** Where the services of a UPnP device take their orders: absolute addresses on the device itself. */
export interface ControlUrls {
  avTransport: string;
  renderingControl: string;
  connectionManager: string | null;
  /** Sonos only. */
  zoneGroupTopology: string | null;
}

export interface FoundSpeaker {
  /** Stays the same over restarts: kind and a hash of the device's own id. */
  id: string;
  /** As its owner named it; two speakers may have the same. */
  name: string;
  kind: SpeakerKind;
  model: string;
  /** IP address in the house. */
  host: string;
  port: number;
  /** The device's own id: UDN, or the id of a Chromecast. */
  uuid: string;
  /** Null for a Chromecast. */
  control: ControlUrls | null;
}

export const speakerId = (kind: SpeakerKind, uuid: string): string =>
  `${kind}-${createHash('sha256').update(uuid.toLowerCase()).digest('hex').slice(0, 10)}`;

const MOST_NAME = 100;

/** A name as it may be shown: what a device says of itself is anybody's text. */
export const shownName = (said: string | undefined, otherwise: string): string => {
  const name = (said ?? '')
    .replace(/\p{C}+/gu, ' ')
    .trim()
    .slice(0, MOST_NAME);
  return name === '' ? otherwise : name;
};

/** Speakers in the order in which they are shown, each once. */
export function inOrder(found: readonly FoundSpeaker[]): FoundSpeaker[] {
  const once = new Map(found.map((each) => [each.id, each]));
  return [...once.values()].sort((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id));
}

/**
 * The speaker meant by an id, a whole name, or the only name that begins so; case does not matter. Throws `not-found`, or
 * `conflict` where several have that name, with their ids.
 */
export function pickSpeaker(speakers: readonly FoundSpeaker[], said: string): FoundSpeaker {
  const wanted = said.trim().toLowerCase();
  const byId = speakers.find(({ id }) => id === wanted);
  if (byId) return byId;
  const whole = speakers.filter(({ name }) => name.toLowerCase() === wanted);
  const fits =
    whole.length > 0 || wanted === '' ? whole : speakers.filter(({ name }) => name.toLowerCase().startsWith(wanted));
  if (fits.length === 1) return fits[0]!;
  if (fits.length > 1)
    throw new EmohealError('conflict', `${fits.length} speakers have that name.`, {
      remedy: `Say which by its id: ${fits.map(({ id, name, model }) => `${id} (${name}, ${model})`).join(', ')}.`,
    });
  throw new EmohealError('not-found', 'There is no speaker of that name.', {
    remedy:
      speakers.length > 0
        ? `There are: ${speakers.map(({ id, name }) => `${name} (${id})`).join(', ')}.`
        : 'No speaker was found. It must be switched on, and in the same network as this server.',
  });
}
