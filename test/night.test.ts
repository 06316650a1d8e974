/**
 * A night by the clock, from outside: a routine is made, its time comes, and the speaker is led through the wind-down, nature
 * and the wake. The parts are those of the server; only the clock is ours.
 */

import type { Express } from 'express';
import { pino } from 'pino';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { composeApp } from '../skill/compose.js';
import { readConfig } from '../skill/config.js';
import { type AppDeps, createApp } from '../skill/http/app.js';
import { type Care, openCare } from '../skill/routines/care.js';
import { openFileStore } from '../skill/store/files/file-store.js';
import { makeDataFolder } from './data-folder.js';

const ZONE = 'Europe/Berlin';
/** The night in which clocks go back: 21:30 is +2, the morning +1. */
const at = (text: string) => Date.parse(text);
const DUE = at('2026-10-24T21:30:00+02:00');
const WAKE = at('2026-10-25T06:30:00+01:00');
const MINUTE = 60_000;

const data = makeDataFolder();
let nowMs = at('2026-10-24T12:00:00+02:00');
let app: Express;
let care: Care;
const closing: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  const clock = () => nowMs;
  const store = await openFileStore({ dataDir: data.folder, nowMs: clock });
  const parts = composeApp(readConfig({ EMOHEAL_DATA_DIR: data.folder }), { store: async () => store, nowMs: clock });
  care = await openCare({ ...parts, store, nowMs: clock });
  const key = Buffer.alloc(32, 7);
  app = createApp({
    ...parts,
    care: {
      ...parts,
      routines: async () => care.routines,
      checkIns: async () => care.checkIns,
      studies: async () => care.studies,
      zone: () => ZONE,
      pseudonymKey: key,
    } as unknown as NonNullable<AppDeps['care']>,
    log: pino({ level: 'silent' }),
    signingKey: key,
    publicUrl: undefined,
    nowMs: clock,
    parts: async () => ({}),
  });
  // Never looks by itself: the clock stands still between the steps of the test.
  closing.push(
    () => care.close(),
    () => parts.close(),
    () => store.close(),
  );
});
afterAll(async () => {
  for (const close of closing) await close();
  data.remove();
});

interface Night {
  id: string;
  durationSec: number;
  position: { status: string; atSec: number };
  stages: { stage: string; startSec: number; endSec: number }[];
  night: { nature?: { untilSec: number }; wake?: { startSec: number; riseSec: number } };
  streams: { session: string };
}
async function come(ms: number): Promise<void> {
  nowMs = ms;
  await care.tick();
}
const session = async (id: string): Promise<Night> =>
  (await request(app).get(`/api/v1/sessions/${id}`).expect(200)).body;

describe('a night by the clock', () => {
  let id = '';

  it('begins at its time and not before, over the change of the clocks', async () => {
    const made = await request(app)
      .post('/api/v1/routines')
      .send({
        when: 'daily 21:30',
        zone: ZONE,
        minutes: 10,
        intention: 'fall-asleep',
        wake: { at: '6:30', minutes: 10 },
      })
      .expect(201);
    expect(made.body.next).toBe(new Date(DUE).toISOString());
    await come(DUE - MINUTE);
    expect((await request(app).get('/api/v1/routines/started')).body).toEqual({ started: null });
    await come(DUE + 1000);
    const { started } = (await request(app).get('/api/v1/routines/started')).body;
    id = started.sessionId;
    const { durationSec, stages, position } = await session(id);
    expect(position.status).toBe('playing');
    expect(stages.map(({ stage }) => stage)).toEqual(['match', 'guide', 'target']);
    expect(stages.at(-1)!.endSec).toBeCloseTo(600, 0);
    // Ten hours by the sun, nine by the clock on the wall; the wake stays for five minutes.
    expect(Math.abs(durationSec - 300 - (WAKE - DUE) / 1000)).toBeLessThan(5);
    const { nature, wake } = (await session(id)).night;
    for (const dawnSec of [nature!.untilSec, wake!.startSec + wake!.riseSec])
      expect(dawnSec).toBeCloseTo(durationSec - 300, 1);
    expect(wake!.riseSec).toBe(600);
  });

  it('sounds, and the speaker finds its place in the middle of the night', async () => {
    const found = await session(id);
    const { status, body } = await request(app)
      .get(found.streams.session)
      .set('range', 'bytes=0-15359')
      .buffer(true)
      .parse((response, done) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => done(null, Buffer.concat(parts)));
      });
    expect([status, (body as Buffer).length, (body as Buffer).readUInt16BE(0)]).toEqual([206, 15_360, 0xfffb]);
    await come(DUE + 4 * 60 * MINUTE);
    const { position } = await session(id);
    expect(position.status).toBe('playing');
    expect(Math.abs(position.atSec - 4 * 3600)).toBeLessThan(5);
  });

  it('is over after the wake, begins once, and comes again in the evening', async () => {
    await come(WAKE + 15 * MINUTE);
    expect((await session(id)).position.status).toBe('ended');
    const [routine] = (await request(app).get('/api/v1/routines')).body.routines;
    expect(routine.history).toMatchObject([{ outcome: 'started', sessionId: id }]);
    expect(routine.next).toBe(new Date(at('2026-10-25T21:30:00+01:00')).toISOString());
  });
});
