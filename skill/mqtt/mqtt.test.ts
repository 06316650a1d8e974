import { randomBytes } from 'node:crypto';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { Aedes } from 'aedes';
import mqtt, { type MqttClient } from 'mqtt';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { houseFixture } from '../house/house.fixture.js';
import { checkQuery } from '../http/signed-address.js';
import { type MqttBridge, openMqtt } from './bridge.js';
import { COMMANDS, discoveryMessages } from './discovery.js';

const ENTITIES = 3 + Object.keys(COMMANDS).length;
const KEY = randomBytes(32);
let broker: Aedes;
let server: Server;
let brokerUrl: string;
const bridges: MqttBridge[] = [];
const listeners: MqttClient[] = [];

beforeAll(async () => {
  broker = await Aedes.createBroker();
  server = createServer((socket) => broker.handle(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  brokerUrl = `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  for (const bridge of bridges.splice(0)) await bridge.close();
  for (const listener of listeners.splice(0)) await listener.endAsync(true);
});
afterAll(async () => {
  await new Promise<void>((resolve) => broker.close(() => resolve()));
  await new Promise<void>((resolve) => server.close(() => resolve()));
});

/** The bridge of one house, with a clock and timers in the test's hand. */
function open(node: string) {
  const house = houseFixture();
  const due: { atMs: number; then: () => void }[] = [];
  const warnings: string[] = [];
  const bridge = openMqtt({
    brokerUrl,
    node,
    version: '1.2.3',
    houseUrl: 'http://bedside.local:8080',
    service: async () => house.service,
    running: house.running,
    signingKey: KEY,
    nowMs: () => house.clock.nowMs,
    newId: () => `cmd-${Math.random()}`,
    onWarning: (message) => warnings.push(message),
    after(ms, then) {
      const entry = { atMs: house.clock.nowMs + ms, then };
      due.push(entry);
      return () => void due.splice(due.indexOf(entry), due.includes(entry) ? 1 : 0);
    },
  });
  bridges.push(bridge);
  /** Time goes on; what falls due happens. */
  const pass = (ms: number) => {
    const endMs = house.clock.nowMs + ms;
    for (;;) {
      const next = due.toSorted((a, b) => a.atMs - b.atMs)[0];
      if (!next || next.atMs > endMs) break;
      due.splice(due.indexOf(next), 1);
      house.clock.nowMs = next.atMs;
      next.then();
    }
    house.clock.nowMs = endMs;
  };
  return { house, bridge, pass, warnings };
}

/** Another client of the broker: what it hears, and a wait until it has heard what is looked for. */
async function listen(topic: string) {
  const client = await mqtt.connectAsync(brokerUrl);
  listeners.push(client);
  const heard: { topic: string; payload: string; retain: boolean }[] = [];
  let wake = () => {};
  client.on('message', (from, payload, packet) => {
    heard.push({ topic: from, payload: payload.toString(), retain: packet.retain });
    wake();
  });
  await client.subscribeAsync(topic);
  return {
    client,
    heard,
    async until<T>(found: () => T | undefined | false): Promise<T> {
      for (;;) {
        const value = found();
        if (value) return value;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}

const stateOf = (payload: string | undefined) => JSON.parse(payload ?? '{}') as Record<string, string>;

/** The fields that Home Assistant's MQTT sensor and button take in a discovery message, and no other. */
const Entity = z.strictObject({
  name: z.string(),
  icon: z.string().regex(/^mdi:[a-z-]+$/),
  unique_id: z.string(),
  availability_topic: z.string(),
  payload_available: z.string(),
  payload_not_available: z.string(),
  device: z.strictObject({
    identifiers: z.array(z.string()).min(1),
    name: z.string(),
    manufacturer: z.string(),
    model: z.string(),
    sw_version: z.string(),
    configuration_url: z.url({ protocol: /^https?$/ }),
  }),
  origin: z.strictObject({ name: z.string(), sw_version: z.string() }),
});
const Sensor = Entity.extend({
  state_topic: z.string(),
  value_template: z.string(),
  device_class: z.enum(['enum', 'duration']),
  options: z.array(z.string()).optional(),
  unit_of_measurement: z.literal('min').optional(),
  json_attributes_topic: z.string().optional(),
});
const Button = Entity.extend({ command_topic: z.string(), payload_press: z.string() });

describe('MQTT discovery', () => {
  it('has the shape that Home Assistant takes, with ids of its own', () => {
    const messages = discoveryMessages({ node: 'ab12', version: '1.2.3', url: 'http://bedside.local:8080' });
    for (const { topic, payload } of messages) {
      const [, kind] = /^homeassistant\/(sensor|button)\/[a-zA-Z0-9_-]+\/[a-zA-Z0-9_-]+\/config$/.exec(topic) ?? [];
      (kind === 'sensor' ? Sensor : Button).parse(payload);
      // An enum has options and no unit.
      expect(payload.device_class === 'enum').toBe(payload.options !== undefined);
    }
    expect(new Set(messages.map(({ payload }) => payload.unique_id)).size).toBe(messages.length);
    expect(messages).toHaveLength(ENTITIES);
  });

  it('is kept by the broker for whoever comes later, and told again when Home Assistant starts', async () => {
    open('kept');
    const early = await listen('homeassistant/#');
    const configs = () => early.heard.filter(({ topic }) => topic.includes('emoheal_kept'));
    await early.until(() => configs().length === ENTITIES);
    const late = await listen('homeassistant/+/emoheal_kept/+/config');
    await late.until(() => late.heard.length === ENTITIES);
    expect(late.heard.every(({ retain }) => retain)).toBe(true);
    early.client.publish('homeassistant/status', 'online');
    await early.until(() => configs().length === 2 * ENTITIES);
  });
});

describe('the state of the house', () => {
  it('follows a session minute by minute and stage by stage, without a word of the feeling', async () => {
    const { house, pass } = open('follow');
    const ear = await listen('emoheal/follow/#');
    const states = () =>
      ear.heard.filter(({ topic }) => topic.endsWith('/state')).map(({ payload }) => stateOf(payload));
    await ear.until(() => states().length === 1);
    expect(states()[0]).toMatchObject({ session: 'idle', stage: 'none', minutes_left: 0, media_url: '' });
    const begun = await house.service.beginFromText({ text: 'I feel so lonely', minutes: 20, whenEmpty: 'ask' });
    if (begun.kind !== 'session') throw new Error('no session');
    await ear.until(() => states().at(-1)?.session === 'playing');
    pass(20 * 60_000 + 1000);
    await ear.until(() => states().at(-1)?.session === 'idle');
    const seen = states().slice(1);
    expect([...new Set(seen.map(({ stage }) => stage))]).toEqual(['match', 'guide', 'target', 'none']);
    expect([...new Set(seen.map(({ minutes_left }) => minutes_left))]).toEqual(
      Array.from({ length: 21 }, (_, i) => 20 - i),
    );
    expect(JSON.stringify(ear.heard)).not.toMatch(/lonely|sad|valence/);
    const url = new URL(seen[0]!.media_url!);
    expect(url.origin).toBe('http://bedside.local:8080');
    const query = Object.fromEntries(url.searchParams);
    expect(checkQuery(KEY, begun.session.id, 'session', query, house.clock.nowMs)).toBe(true);
    expect(url.pathname).toBe(`/stream/${begun.session.id}/session.mp3`);
  });

  it('is bent by the buttons', async () => {
    const { house } = open('buttons');
    const ear = await listen('emoheal/buttons/state');
    const last = () => stateOf(ear.heard.at(-1)?.payload);
    await house.service.beginFromText({ text: 'I feel sad', minutes: 20, whenEmpty: 'ask' });
    await ear.until(() => last().session === 'playing');
    const press = (payload: string, retain = false) =>
      ear.client.publish('emoheal/buttons/command', payload, { retain });
    press('longer');
    await ear.until(() => Number(last().minutes_left) === 30);
    const { music } = last();
    press('constructor');
    press('x'.repeat(1000));
    press('stop', true);
    press('deeper');
    await ear.until(() => last().music !== music);
    press('pause');
    await ear.until(() => last().session === 'paused');
    press('resume');
    await ear.until(() => last().session === 'playing');
    press('stop');
    await ear.until(() => last().session === 'idle');
  });

  it('tells an earlier second where a pause in the fade of the end is over, and the same one elsewhere', async () => {
    const { house, pass } = open('fade');
    const ear = await listen('emoheal/fade/state');
    const last = () => stateOf(ear.heard.at(-1)?.payload);
    const begun = await house.service.beginFromText({ text: 'I feel sad', minutes: 20, whenEmpty: 'ask' });
    if (begun.kind !== 'session') throw new Error('no session');
    const { durationSec, endFadeSec } = begun.session.programme;
    const resumedAt = async (waitSec: number) => {
      pass(waitSec * 1000);
      const press = (payload: string) => ear.client.publish('emoheal/fade/command', payload);
      press('pause');
      await ear.until(() => last().session === 'paused');
      const pausedSec = Number(last().position_sec);
      press('resume');
      await ear.until(() => last().session === 'playing');
      return [pausedSec, Number(last().position_sec)];
    };
    expect(await resumedAt(600)).toEqual([600, 600]);
    const fadeFromSec = durationSec - endFadeSec;
    const [pausedSec, onSec] = await resumedAt(durationSec - 600 - 5);
    expect(pausedSec).toBe(Math.floor(durationSec - 5));
    expect(onSec).toBeCloseTo(fadeFromSec, -1);
    expect(onSec).toBeLessThan(pausedSec! - 2);
  });

  it('is offline when the server leaves, and when it is cut off', async () => {
    const { bridge } = open('leave');
    const ear = await listen('emoheal/+/availability');
    const lastOf = (node: string) => ear.heard.findLast(({ topic }) => topic.includes(node))?.payload;
    await ear.until(() => lastOf('leave') === 'online');
    await bridge.close();
    await ear.until(() => lastOf('leave') === 'offline');
    open('cut');
    await ear.until(() => lastOf('cut') === 'online');
    // The broker loses the connection without a goodbye: the last will speaks.
    (broker as unknown as { clients: Record<string, { conn: { destroy(): void } }> }).clients[
      'emoheal-cut'
    ]?.conn.destroy();
    await ear.until(() => lastOf('cut') === 'offline');
  });

  it('warns once, without its address, where no broker answers', async () => {
    const house = houseFixture();
    const warned = new Promise<string>((resolve) => {
      bridges.push(
        openMqtt({
          brokerUrl: 'mqtt://user:secret@127.0.0.1:1',
          node: 'none',
          version: '1',
          houseUrl: 'http://x',
          service: async () => house.service,
          running: house.running,
          signingKey: KEY,
          nowMs: () => 0,
          newId: () => 'x',
          onWarning: resolve,
        }),
      );
    });
    expect(await warned).toMatch(/ECONNREFUSED/);
    expect(await warned).not.toMatch(/secret|user/);
  });
});
