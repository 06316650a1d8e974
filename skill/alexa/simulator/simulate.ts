/** `emoheal simulate alexa`: the local skill with its real parts, a device model, and a clock that runs fast. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { SessionStreams } from '../../../engine/ports.js';
import type { SessionService } from '../../../engine/session-service.js';
import { openAlexa } from '../alexa.js';
import { brokenRules, type RuleBreak } from '../reply-rules.js';
import { parseEnvelope } from '../route.js';
import { parseToken } from '../stage-token.js';
import { createDevice, type DeviceKind } from './device-model.js';
import { createDialogue, type SimulatedTurn } from './dialogue.js';

export interface SimulateWish {
  app: { service: () => Promise<SessionService>; streams: () => Promise<SessionStreams> };
  /** The clock that the service reads; it is moved with the device's. */
  time: { nowMs: number };
  said: readonly string[];
  device: DeviceKind;
  locale: string;
  /** Music between two sentences, seconds. */
  betweenSec: number;
  onTurn?: (turn: SimulatedTurn) => void;
  onFault: (error: unknown) => void;
}

export interface SimulatedEvening {
  turns: SimulatedTurn[];
  /** Rules of Amazon's that a reply broke; empty, or the skill has a fault. */
  broken: (RuleBreak & { turn: number })[];
  /** Seconds of sound and silence, stage by stage, as the person heard them. */
  heard: { stage: string | null; revision: number | null; sec: number }[];
}

const SKILL = 'amzn1.ask.skill.00000000-0000-0000-0000-000000000000';
/** Longest night that is waited for. */
const NIGHT_MS = 4 * 3600 * 1000;

export async function simulateEvening(wish: SimulateWish): Promise<SimulatedEvening> {
  const device = createDevice({
    kind: wish.device,
    startMs: Date.now(),
    durationMs: ({ token }) => {
      const parsed = parseToken(token);
      return parsed ? (parsed.endSec - parsed.startSec) * 1000 : 0;
    },
  });
  const { skill } = await openAlexa({
    service: wish.app.service,
    streams: wish.app.streams,
    signingKey: randomBytes(32),
    publicUrl: () => 'https://bedside.example',
    nowMs: () => device.nowMs(),
    progressive: async () => {},
    onFault: wish.onFault,
  });
  const broken: SimulatedEvening['broken'] = [];
  const dialogue = createDialogue({
    caller: {
      skillId: SKILL,
      userId: 'amzn1.ask.account.SIMULATED',
      deviceId: `amzn1.ask.device.${wish.device.toUpperCase()}`,
      locale: wish.locale,
      device,
      newId: randomUUID,
    },
    async ask(envelope) {
      wish.time.nowMs = device.nowMs();
      return skill.answer(parseEnvelope(JSON.stringify(envelope)));
    },
    onTurn(turn) {
      const { type } = turn.request.request as { type: string };
      broken.push(...brokenRules(type, turn.reply).map((rule) => ({ ...rule, turn: dialogue.turns().length })));
      wish.onTurn?.(turn);
    },
  });
  for (const said of wish.said) {
    await dialogue.say(said);
    await dialogue.listen(wish.betweenSec * 1000);
  }
  await dialogue.fallSilent();
  await dialogue.listen(NIGHT_MS);
  return {
    turns: [...dialogue.turns()],
    broken,
    heard: device.heard().map(({ token, ms }) => {
      const parsed = parseToken(token);
      return { stage: parsed?.stage ?? null, revision: parsed?.revision ?? null, sec: Math.round(ms) / 1000 };
    }),
  };
}
