/** Orders to a UPnP service: SOAP 1.1 as the Device Architecture 1.1 has it, chapter 3. */
import { askDevice, type DeviceLimits } from '../ask-device.js';
import { away, refused } from '../faults.js';
import type { FoundSpeaker } from '../found.js';
import { escapeXml, first, readXml, textOf, type XmlNode } from './xml.js';

export type Service = 'AVTransport:1' | 'RenderingControl:1' | 'ConnectionManager:1' | 'ZoneGroupTopology:1';

export interface Order {
  url: string;
  service: Service;
  action: string;
  arguments?: Record<string, string | number>;
  limits?: Partial<DeviceLimits>;
}

/** What the device answers, by name. Throws `speaker-away`, or `speaker-refused` with the device's own code. */
export async function order(
  speaker: Pick<FoundSpeaker, 'name' | 'host'>,
  { url, service, action, arguments: given = {}, limits }: Order,
): Promise<(name: string) => string | undefined> {
  const type = `urn:schemas-upnp-org:service:${service}`;
  const inside = Object.entries(given)
    .map(([name, value]) => `<${name}>${escapeXml(String(value))}</${name}>`)
    .join('');
  const { status, text } = await askDevice({
    name: speaker.name,
    host: speaker.host,
    url,
    method: 'POST',
    headers: { 'content-type': 'text/xml; charset="utf-8"', soapaction: `"${type}#${action}"` },
    body:
      '<?xml version="1.0" encoding="utf-8"?>' +
      '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" s:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/">' +
      `<s:Body><u:${action} xmlns:u="${type}">${inside}</u:${action}></s:Body></s:Envelope>`,
    ...(limits ? { limits } : {}),
  });
  const body = first(first(readXml(text) ?? undefined, 'Envelope'), 'Body');
  if (status !== 200) throw refused(speaker.name, `does not do ${action} (${faultIn(body) ?? `HTTP ${status}`})`);
  const name = `${action}Response`;
  if (!body || !(name in body)) throw away(speaker.name, `answers ${action} with something else`);
  const answer = first(body, name);
  return (each) => textOf(answer, each);
}

/** Error code and words of a UPnP fault. The words are the device's: only what a log line can bear is kept. */
function faultIn(body: XmlNode | undefined): string | null {
  const fault = first(first(first(body, 'Fault'), 'detail'), 'UPnPError');
  const code = textOf(fault, 'errorCode');
  if (!code || !/^\d{1,5}$/.test(code)) return null;
  const words = textOf(fault, 'errorDescription')
    ?.replace(/[^\p{L}\p{N} .,'-]/gu, '')
    .slice(0, 80);
  return words ? `${code} ${words}` : code;
}
