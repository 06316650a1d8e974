/** A UPnP device description → a speaker, or nothing where it is no renderer. Pure (UPnP Device Architecture 1.1, chapter 2). */
import { ownUrl } from '../ask-device.js';
import { type FoundSpeaker, shownName, speakerId } from '../found.js';
import { all, first, readXml, textOf, type XmlNode } from './xml.js';

/** A device holds devices; none of a speaker is deeper. */
const DEEPEST = 4;
const MOST_DEVICES = 50;

/** `location` is where the description was had, `host` the address that answered. Null for what is no renderer. */
export function speakerFrom(text: string, location: string, host: string): FoundSpeaker | null {
  const root = first(readXml(text) ?? undefined, 'root');
  const device = first(root, 'device');
  if (!device) return null;
  const uuid = textOf(device, 'UDN')?.trim();
  if (!uuid || uuid.length > 200) return null;
  const base = ownUrl(textOf(root, 'URLBase') ?? location, location, host);
  if (!base) return null;
  const devices = within(device);
  const services = devices.flatMap((each) => all(first(each, 'serviceList'), 'service'));
  const control = (service: string): string | null => {
    const found = services.find((each) =>
      textOf(each, 'serviceType')?.startsWith(`urn:schemas-upnp-org:service:${service}:`),
    );
    const said = textOf(found, 'controlURL')?.trim();
    return said ? ownUrl(said, base, host) : null;
  };
  const avTransport = control('AVTransport');
  const renderingControl = control('RenderingControl');
  if (!avTransport || !renderingControl) return null;
  const isSonos =
    /^urn:schemas-upnp-org:device:ZonePlayer:/.test(textOf(device, 'deviceType') ?? '') &&
    /sonos/i.test(textOf(device, 'manufacturer') ?? '');
  const kind = isSonos ? 'sonos' : 'upnp';
  const model = shownName(textOf(device, 'modelName'), isSonos ? 'Sonos' : 'UPnP renderer');
  return {
    id: speakerId(kind, uuid),
    name: shownName((isSonos ? textOf(device, 'roomName') : undefined) ?? textOf(device, 'friendlyName'), model),
    kind,
    model,
    host,
    port: Number(new URL(location).port || 80),
    uuid: uuid.replace(/^uuid:/i, ''),
    control: {
      avTransport,
      renderingControl,
      connectionManager: control('ConnectionManager'),
      zoneGroupTopology: isSonos ? control('ZoneGroupTopology') : null,
    },
  };
}

/** The device and all that it holds. A Sonos player keeps its renderer in a device of its own. */
function within(device: XmlNode, depth = 0): XmlNode[] {
  if (depth >= DEEPEST) return [device];
  const inner = all(first(device, 'deviceList'), 'device').slice(0, MOST_DEVICES);
  return [device, ...inner.flatMap((each) => within(each, depth + 1))].slice(0, MOST_DEVICES);
}
