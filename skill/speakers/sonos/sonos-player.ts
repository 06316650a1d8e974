/**
 * A Sonos room as a player: a UPnP renderer with zones. Music goes to the room alone: a room that is grouped with others
 * leaves them first, so that nobody in the kitchen is woken.
 */
import type { DeviceLimits } from '../ask-device.js';
import type { ControlUrls, FoundSpeaker } from '../found.js';
import type { Player } from '../player.js';
import { order } from '../upnp/soap.js';
import { createUpnpPlayer } from '../upnp/upnp-player.js';
import { type Zone, zonesIn } from './zones.js';

export interface SonosPlayer extends Player {
  zones(): Promise<Zone[]>;
  /** Plays what that room plays, in step with it. */
  join(coordinator: FoundSpeaker): Promise<void>;
  /** On its own again; what the others play goes on. */
  leave(): Promise<void>;
}

export function createSonosPlayer(
  speaker: FoundSpeaker & { control: ControlUrls },
  limits?: Partial<DeviceLimits>,
): SonosPlayer {
  const base = createUpnpPlayer(speaker, limits);
  const { avTransport, zoneGroupTopology } = speaker.control;
  const bounded = limits ? { limits } : {};
  const transport = (action: string, given: Record<string, string | number> = {}) =>
    order(speaker, {
      url: avTransport,
      service: 'AVTransport:1',
      action,
      arguments: { InstanceID: 0, ...given },
      ...bounded,
    });

  async function zones(): Promise<Zone[]> {
    if (!zoneGroupTopology) return [];
    const answer = await order(speaker, {
      url: zoneGroupTopology,
      service: 'ZoneGroupTopology:1',
      action: 'GetZoneGroupState',
      ...bounded,
    });
    return zonesIn(answer('ZoneGroupState') ?? '');
  }

  async function isGrouped(): Promise<boolean> {
    const mine = (await zones()).find(({ members }) => members.some(({ uuid }) => uuid === speaker.uuid));
    return (mine?.members.filter(({ shown }) => shown).length ?? 1) > 1;
  }

  async function leave(): Promise<void> {
    if (await isGrouped()) await transport('BecomeCoordinatorOfStandaloneGroup');
  }

  return {
    ...base,
    async play(stream) {
      await leave();
      await base.play(stream);
    },
    zones,
    async join(coordinator) {
      await transport('SetAVTransportURI', { CurrentURI: `x-rincon:${coordinator.uuid}`, CurrentURIMetaData: '' });
    },
    leave,
  };
}
