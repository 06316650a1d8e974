/** The zones of a Sonos household, out of the XML that GetZoneGroupState answers with. Pure. */
import { all, first, readXml, textOf } from '../upnp/xml.js';

export interface Zone {
  coordinator: string;
  members: {
    uuid: string;
    name: string /** False for the second of a pair, and other boxes that are no room. */;
    shown: boolean;
  }[];
}

const MOST_ZONES = 100;

/** Empty for what cannot be read: a house without zones is one of single rooms. */
export function zonesIn(text: string): Zone[] {
  const root = readXml(text) ?? undefined;
  // Players before version 10 had no <ZoneGroupState> around the groups.
  const groups = first(first(root, 'ZoneGroupState'), 'ZoneGroups') ?? first(root, 'ZoneGroups');
  return all(groups, 'ZoneGroup')
    .slice(0, MOST_ZONES)
    .map((group) => ({
      coordinator: textOf(group, '@Coordinator') ?? '',
      members: all(group, 'ZoneGroupMember').map((member) => ({
        uuid: textOf(member, '@UUID') ?? '',
        name: textOf(member, '@ZoneName') ?? '',
        shown: textOf(member, '@Invisible') !== '1',
      })),
    }));
}
