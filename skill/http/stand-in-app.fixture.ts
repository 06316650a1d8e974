/** The whole HTTP app with every part that can be there, none of them real: for its routes and what guards them. */
import { pino } from 'pino';
import { type AppDeps, createApp } from './app.js';

/** Stands for any part: whatever is taken from it or asked of it is another one. */
export const PART = new Proxy(() => {}, {
  get: (_part, name) => (name === 'then' ? undefined : name === Symbol.toPrimitive ? () => '' : PART),
  apply: () => PART,
}) as never;

export function standInApp({ publicUrl, rules = PART }: { publicUrl?: string | undefined; rules?: unknown } = {}) {
  const care = { key: Buffer.alloc(32, 1), nowMs: () => 0, pseudonymKey: Buffer.alloc(32, 1) };
  return createApp({
    log: pino({ level: 'silent' }),
    publicUrl,
    nowMs: () => 0,
    signingKey: Buffer.alloc(32, 1),
    care: { ...care, rules },
    console: { ...care, house: PART },
    alexa: { state: PART, nowMs: () => 0 },
    google: { dialogflow: PART, home: PART, speaker: { speaker: PART, running: PART, house: PART } },
    handsFree: { promptFolders: [] },
    speakers: PART,
  } as unknown as AppDeps);
}
