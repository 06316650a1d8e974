/** Whole evenings in every locale and on every kind of device; each reply is held against Amazon's rules. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../../models/paths.js';
import { LOCALES } from '../../../voice-intents/intents.js';
import { skillFixture } from '../skill.fixture.js';
import { parseToken } from '../stage-token.js';
import type { DeviceKind } from './device-model.js';
import { createDialogue } from './dialogue.js';

async function evening(kind: DeviceKind, locale: string) {
  const fixture = await skillFixture();
  const dialogue = createDialogue({
    caller: fixture.callerOn(kind, { locale }),
    ask: (envelope) => {
      fixture.clock.nowMs = dialogue.device.nowMs();
      return fixture.ask(envelope);
    },
  });
  return { fixture, dialogue };
}

const saidIn = (locale: string) =>
  readFileSync(path.join(packageRoot(), 'voice-intents', 'said', `${locale}.tsv`), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => line.split('\t')[0]!);

describe('a simulated evening', () => {
  it.each(LOCALES)('answers everything that is said in %s within the rules, without a fault', async (locale) => {
    const { fixture, dialogue } = await evening('dot', locale);
    for (const said of saidIn(locale)) {
      await dialogue.say(said);
      await dialogue.listen(20_000);
    }
    await dialogue.fallSilent();
    expect(fixture.faults).toEqual([]);
    const intents = dialogue.turns().filter((turn) => turn.said !== undefined);
    expect(intents.length).toBeGreaterThanOrEqual(25);
  });

  it.each(['dot', 'show', 'v1'] as const)(
    'plays to its end on a %s, with events as requests of their own',
    async (kind) => {
      const { dialogue, fixture } = await evening(kind, 'en-US');
      await dialogue.say('open quiet bedside');
      await dialogue.say('I feel so lonely tonight');
      await dialogue.listen(120_000);
      await dialogue.say('stay here');
      await dialogue.listen(4 * 3600_000);
      expect(fixture.faults).toEqual([]);
      const stages = dialogue.device.heard().map(({ token }) => parseToken(token)?.stage);
      expect([...new Set(stages)]).toEqual(['match', 'guide', 'target']);
      expect(dialogue.device.activity()).toBe('FINISHED');
      const devices = dialogue.turns().filter((turn) => turn.said === undefined);
      expect(
        devices.every((turn) => String((turn.request.request as { type: string }).type).startsWith('AudioPlayer.')),
      ).toBe(true);
    },
  );

  it('hears what it does not know as nothing understood, and asks again', async () => {
    const { dialogue } = await evening('dot', 'en-US');
    await dialogue.say('what is the capital of Peru');
    const [turn] = dialogue.turns();
    expect(turn!.reply.response.shouldEndSession).toBe(false);
    expect(dialogue.device.activity()).toBe('IDLE');
  });
});
