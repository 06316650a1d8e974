/**
 * How Home Assistant is told of this server by MQTT discovery: one device with its sensors and buttons, each as a retained
 * message of its own (`homeassistant/<kind>/<device>/<entity>/config`), a form that every release since 2023.8 takes.
 * Field names: home-assistant.io/integrations/mqtt, sensor.mqtt and button.mqtt.
 */
import type { SessionAction } from '../../engine/session-service.js';

/** Where everything of one installation lies. */
export interface Topics {
  availability: string;
  state: string;
  command: string;
}

export const topicsOf = (node: string): Topics => ({
  availability: `emoheal/${node}/availability`,
  state: `emoheal/${node}/state`,
  command: `emoheal/${node}/command`,
});

/** Home Assistant says "online" here when it starts: then it wants to be told again. */
export const HOME_ASSISTANT_STATUS = 'homeassistant/status';
export const ONLINE = 'online';
export const OFFLINE = 'offline';

/** What a button sends, and what it does. */
export const COMMANDS = {
  stay: { name: 'Stay here', icon: 'mdi:pause-octagon-outline', action: 'stay' },
  deeper: { name: 'Go deeper', icon: 'mdi:arrow-down-circle-outline', action: 'deeper' },
  'straight-to-calm': { name: 'Straight to calm', icon: 'mdi:weather-night', action: 'straight-to-calm' },
  longer: { name: 'Ten more minutes', icon: 'mdi:timer-plus-outline', action: 'extend', minutes: 10 },
  pause: { name: 'Pause', icon: 'mdi:pause', action: 'pause' },
  resume: { name: 'Resume', icon: 'mdi:play', action: 'resume' },
  stop: { name: 'Stop', icon: 'mdi:stop', action: 'stop' },
} as const satisfies Record<string, { name: string; icon: string; action: SessionAction; minutes?: number }>;
export type Command = keyof typeof COMMANDS;

export interface DiscoveryMessage {
  topic: string;
  payload: Record<string, unknown>;
}

export function discoveryMessages(about: { node: string; version: string; url: string }): DiscoveryMessage[] {
  const { node, version, url } = about;
  const topics = topicsOf(node);
  const device = {
    identifiers: [`emoheal_${node}`],
    name: 'EmoHeal',
    manufacturer: 'EmoHeal',
    model: 'EmoHeal Bedside',
    sw_version: version,
    configuration_url: url,
  };
  const origin = { name: 'emoheal', sw_version: version };
  const entity = (kind: string, id: string, more: Record<string, unknown>): DiscoveryMessage => ({
    topic: `homeassistant/${kind}/emoheal_${node}/${id}/config`,
    payload: {
      ...more,
      unique_id: `emoheal_${node}_${id}`,
      availability_topic: topics.availability,
      payload_available: ONLINE,
      payload_not_available: OFFLINE,
      device,
      origin,
    },
  });
  const sensor = (id: string, more: Record<string, unknown>) =>
    entity('sensor', id, { state_topic: topics.state, value_template: `{{ value_json.${id} }}`, ...more });
  return [
    sensor('session', {
      name: 'Session',
      icon: 'mdi:music-circle-outline',
      device_class: 'enum',
      options: ['idle', 'playing', 'paused'],
      // The addresses of the music are attributes: automations hand them to a player.
      json_attributes_topic: topics.state,
    }),
    sensor('stage', {
      name: 'Stage',
      icon: 'mdi:stairs-down',
      device_class: 'enum',
      options: ['none', 'match', 'guide', 'target'],
    }),
    sensor('minutes_left', {
      name: 'Minutes left',
      icon: 'mdi:timer-sand',
      device_class: 'duration',
      unit_of_measurement: 'min',
    }),
    ...Object.entries(COMMANDS).map(([id, { name, icon }]) =>
      entity('button', id, { name, icon, command_topic: topics.command, payload_press: id }),
    ),
  ];
}
