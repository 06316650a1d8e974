import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { packageRoot } from '../../models/paths.js';
import { discoveryMessages } from '../../skill/mqtt/discovery.js';
import { HOUSE_INTENTS } from '../../voice-intents/home-assistant.js';
import { LANGUAGES } from '../../voice-intents/sentences.js';
import { sentencesFile, sentencesText } from './sentences-command.js';

const folder = path.join(packageRoot(), 'deploy', 'home-assistant');
const textOf = (name: string) => readFileSync(path.join(folder, name), 'utf8');

/** The name that Home Assistant gives to an entity of a device: both names, in lower case and underscores. */
const slug = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '');

function knownEntities(house: Record<string, Record<string, unknown>>): Set<string> {
  const found = discoveryMessages({ node: 'x', version: '1', url: 'http://x' }).map(({ topic, payload }) => {
    const { name, device } = payload as { name: string; device: { name: string } };
    return `${topic.split('/')[1]}.${slug(`${device.name} ${name}`)}`;
  });
  const helpers = ['input_text', 'input_boolean', 'input_datetime', 'input_number'].flatMap((kind) =>
    Object.keys(house[kind] ?? {}).map((id) => `${kind}.${id}`),
  );
  return new Set([...found, ...helpers, 'binary_sensor.emoheal_ready', 'sensor.emoheal_speech']);
}

describe('deploy/home-assistant', () => {
  it.each(LANGUAGES)('has the custom sentences that are made from ours: %s', (language) => {
    expect(readFileSync(sentencesFile(language), 'utf8')).toBe(sentencesText(language));
  });

  it.each(LANGUAGES)('has only sentences that a template can hold, each once: %s', (language) => {
    const { intents, lists } = parse(sentencesText(language)) as {
      intents: Record<string, { data: { sentences: string[] }[] }>;
      lists: Record<string, { values?: { in: string }[] }>;
    };
    const sentences = Object.values(intents).flatMap(({ data }) => data.flatMap((group) => group.sentences));
    expect(sentences.length).toBeGreaterThan(60);
    expect(new Set(sentences).size).toBe(sentences.length);
    const bare = sentences.map((sentence) => sentence.replace(/\{emoheal_\w+:feeling\}/, ''));
    const words = Object.values(lists).flatMap(({ values }) => (values ?? []).map((word) => word.in));
    expect([...bare, ...words].filter((text) => /[()[\]<>|{}]/.test(text))).toEqual([]);
    const named = sentences.flatMap((sentence) => /\{(\w+):feeling\}/.exec(sentence)?.[1] ?? []);
    expect([...new Set(named)].filter((name) => !(name in lists))).toEqual([]);
  });

  it('answers every intent that the sentences name', () => {
    const { intent_script } = parse(textOf('packages/emoheal.yaml')) as { intent_script: object };
    expect(Object.keys(intent_script)).toEqual(Object.keys(HOUSE_INTENTS));
  });

  it('names no entity that is not there', () => {
    const text = textOf('packages/emoheal.yaml');
    const known = knownEntities(parse(text));
    const card = textOf('dashboard.yaml');
    expect(() => parse(card)).not.toThrow();
    const used = `${text}\n${card}`.match(
      /\b(sensor|binary_sensor|button|input_text|input_boolean|input_datetime|input_number)\.emoheal_\w+/g,
    );
    expect(used!.length).toBeGreaterThan(40);
    expect([...new Set(used)].filter((id) => !known.has(id))).toEqual([]);
  });
});
