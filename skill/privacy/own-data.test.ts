/** Everything of a listener can be had as one file and erased as a whole; nothing of anybody else moves. */

import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import express from 'express';
import request from 'supertest';
import { afterAll, describe, expect, it } from 'vitest';
import { nothingToRead } from '../../engine/emotion/reading.js';
import { loadKnowledge } from '../../engine/knowledge/graph.js';
import { createTastes } from '../../engine/listeners/taste.js';
import { chooseTracks } from '../../engine/plan/choose-tracks.js';
import { planSession } from '../../engine/plan/planner.js';
import { searchFake } from '../../engine/plan/search.fake.js';
import { startSession } from '../../engine/session.js';
import type { SessionService } from '../../engine/session-service.js';
import { ALEXA, newListener, openAlexaState } from '../alexa/alexa-state.js';
import { openCaregivers } from '../care/open-caregivers.js';
import { createGoogleLinks, GOOGLE_LINKS } from '../google/smarthome/links.js';
import { ownDataRoutes } from '../http/own-data.js';
import { problemHandler } from '../http/problems.js';
import { openCare } from '../routines/care.js';
import { openFileStore } from '../store/files/file-store.js';
import { TASTES } from '../store/kinds.js';

const dataDir = mkdtempSync(path.join(tmpdir(), 'emoheal-own-data-'));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const plan = planSession(loadKnowledge(), { reading: nothingToRead(), minutes: 2, seed: 1 });
const programme = await chooseTracks({ plan, search: searchFake() });
const house = await openFileStore({ dataDir });
const [store, tastes, caregivers, care] = await Promise.all([
  house.sessions(),
  house.records(TASTES).then(createTastes),
  openCaregivers({ store: house, key: Buffer.alloc(32), dataDir, audio: () => Promise.reject(new Error('not asked')) }),
  openCare({
    store: house,
    classifier: () => Promise.reject(new Error('not asked')),
    service: () => Promise.resolve({} as SessionService),
    search: () => Promise.reject(new Error('not asked')),
  }),
]);
const links = createGoogleLinks({ records: await house.records(GOOGLE_LINKS), key: Buffer.alloc(32), nowMs: Date.now });
const alexa = await openAlexaState({ records: await house.records(ALEXA), key: Buffer.alloc(32) });
const app = express();
app.use(
  ownDataRoutes({
    store: async () => store,
    tastes: async () => tastes,
    routines: async () => care.routines,
    checkIns: async () => care.checkIns,
    studies: async () => care.studies,
    rules: async () => care.rules,
    caregivers: async () => caregivers.caregivers,
    greetings: async () => caregivers.greetings,
    googleLinks: () => house.records(GOOGLE_LINKS),
    assistants: async () => [alexa],
  }),
);
app.get('/session/:id', async ({ params }, response) => void response.json(await store.load(params.id)));
const faults: string[] = [];
app.use(problemHandler((error) => faults.push(String(error))));

async function live(listener: string): Promise<void> {
  for (const [i, id] of ['one', 'two'].entries()) {
    const session = startSession({
      id: `${listener}-${id}`,
      locale: 'en-US',
      plan,
      programme,
      nowMs: Date.now() + i,
      listener,
    });
    await store.save(session);
    await store.save({ ...session, revision: 1 });
  }
  await alexa.putListener(listener, { ...newListener(`account of ${listener}`, 1), slowSpeech: true });
  alexa.putDevice(`device of ${listener}`, {
    listener,
    sessionId: `${listener}-one`,
    standsIn: null,
    token: null,
    playedAtMs: 1,
    stoppedAtMs: 0,
    seenAtMs: 1,
  });
  await tastes.agree(listener);
  await care.routines.add(listener, { when: 'daily 21:30', zone: 'UTC' });
  await care.rules.save(listener, { loudnessCapLufs: -30 });
  await care.checkIns.agree(listener);
  await care.checkIns.add(listener, { moment: 'before', points: 2 });
  await care.studies.join(listener);
  await links.put(`token of ${listener}`, { kind: 'refresh', listener, untilMs: Date.now() + 1e9, scope: ['home'] });
  const { code } = await caregivers.caregivers.invite(listener, { role: 'owner', how: 'tapped', tellCrisis: true });
  const { account } = (await caregivers.caregivers.redeem(code, { name: `Carer of number ${listener.length}` }))!;
  await caregivers.caregivers.look(listener, account.id, 'see', 'nights');
  await caregivers.caregivers.askedForHelp(listener, Date.now());
  const id = `greeting${listener.length}`;
  await mkdir(path.join(dataDir, 'greetings'), { recursive: true });
  await writeFile(path.join(dataDir, 'greetings', id), `sound for ${listener}`);
  await care.rules.save(listener, { loudnessCapLufs: -30, greeting: { id, durationSec: 2 } });
}

function filesThatName(word: string): string[] {
  return readdirSync(dataDir, { recursive: true, encoding: 'utf8' }).filter((name) => {
    const file = path.join(dataDir, name);
    return name.includes(word) || (statSync(file).isFile() && readFileSync(file, 'utf8').includes(word));
  });
}

describe("a listener's own data", () => {
  it('is one file with all of it, and nothing of anybody else', async () => {
    await care.studies.begin();
    await live('marguerite');
    await live('bo');
    const { body, headers } = await request(app).get('/api/v1/listeners/marguerite/data').expect(200);
    expect(headers['content-disposition']).toContain('emoheal-data.json');
    expect(body.sessions.map(({ id }: { id: string }) => id)).toEqual(['marguerite-two', 'marguerite-one']);
    expect(body).toMatchObject({
      houseRules: { loudnessCapLufs: -30 },
      routines: [{ minutes: 30 }],
      checkIns: { checkIns: [{ points: 2 }] },
    });
    expect(body.taste).not.toBeNull();
    expect(body.houseRules).toMatchObject({ loudnessCapLufs: -30 });
    expect(Buffer.from(body.greeting.base64, 'base64').toString()).toBe('sound for marguerite');
    expect(body.caregivers).toMatchObject({
      links: [{ name: 'Carer of number 10', role: 'owner' }],
      log: [{ what: 'nights' }],
      helpCalls: [{}],
    });
    expect(body.study).toMatchObject({ number: 1 });
    expect(body.assistants).toMatchObject([
      { settings: { slowSpeech: true }, devices: [{ sessionId: 'marguerite-one' }] },
    ]);
    expect(body.googleLinks).toMatchObject([{ kind: 'refresh', scope: ['home'] }]);
    expect(JSON.stringify(body)).not.toMatch(/\bbo\b|secret/);
  });

  it('is erased from every file, at once and for good; the other listener keeps theirs', async () => {
    const kept = (await request(app).get('/api/v1/listeners/bo/data')).body;
    await request(app).delete('/api/v1/listeners/marguerite/data').expect(204);
    expect(filesThatName('marguerite')).toEqual([]);
    expect((await request(app).get('/api/v1/listeners/marguerite/data')).body).toEqual({
      listener: 'marguerite',
      sessions: [],
      sessionsLeftOut: 0,
      taste: null,
      googleLinks: [],
      routines: [],
      houseRules: null,
      greeting: null,
      checkIns: null,
      study: null,
      caregivers: { links: [], log: [], helpCalls: [] },
      assistants: [],
    });
    await request(app).delete('/api/v1/listeners/marguerite/data').expect(204);
    expect((await request(app).get('/api/v1/listeners/bo/data')).body).toEqual(kept);
  });

  it('of the bedside holds also the nights that were begun without a name', async () => {
    await store.save(startSession({ id: 'nameless', locale: 'en-US', plan, programme, nowMs: Date.now() }));
    const { body } = await request(app).get('/api/v1/listeners/bedside/data');
    expect(body.sessions).toMatchObject([{ id: 'nameless' }]);
    await request(app).delete('/api/v1/listeners/bo/data').expect(204);
    expect(await store.load('nameless')).not.toBeNull();
    await request(app).delete('/api/v1/listeners/bedside/data').expect(204);
    expect(await store.load('nameless')).toBeNull();
  });

  it('is erased where a session of a newer EmoHeal lies beside it, which stays untouched and is told of', async () => {
    const newer = path.join(dataDir, 'state', 'sessions', 'newer.json');
    const written = JSON.stringify({ schemaVersion: 99, session: { of: 'whom nobody knows' } });
    await writeFile(newer, written);
    await live('clara');
    const { body } = await request(app).get('/api/v1/listeners/clara/data').expect(200);
    expect([body.sessions.length, body.sessionsLeftOut]).toEqual([2, 1]);
    for (const _again of [1, 2]) {
      const refused = await request(app).delete('/api/v1/listeners/clara/data').expect(409);
      expect(refused.body.detail).toMatch(/Erased is everything but .*sessions: 1.* Update EmoHeal/);
      expect(refused.text).not.toContain(dataDir);
    }
    expect(filesThatName('clara')).toEqual([]);
    expect(readFileSync(newer, 'utf8')).toBe(written);
    // Asked for by its own id: refused, and no folder of the house is named to whoever asks.
    const asked = await request(app).get('/session/newer').expect(500);
    expect(asked.body).toMatchObject({ code: 'store-newer', detail: expect.stringMatching(/newer EmoHeal/) });
    expect(asked.text).not.toContain(dataDir);
    expect(faults.join()).toContain(newer);
    rmSync(newer);
    await request(app).delete('/api/v1/listeners/clara/data').expect(204);
  });

  it.each(['constructor', 'toString', 'hasOwnProperty', '__proto__', 'valueOf', '..'])(
    'is erased also of somebody called %s, kept or not, and of everybody else after that',
    async (name) => {
      const at = `/api/v1/listeners/${encodeURIComponent(name).replaceAll('.', '%2E')}/data`;
      faults.length = 0;
      expect((await request(app).get(at).expect(200)).text).not.toContain('native code');
      await request(app).delete(at).expect(204);
      await alexa.putListener(name, newListener('account', 1));
      await tastes.agree(name);
      await care.checkIns.agree(name);
      expect(alexa.listenersOf('account')).toContain(name);
      await request(app).delete(at).expect(204);
      expect(alexa.listenersOf('account')).toEqual([]);
      await request(app).delete('/api/v1/listeners/nobody-else/data').expect(204);
      expect(faults).toEqual([]);
    },
  );

  it('is asked for by a name that can be one', async () => {
    await request(app).get('/api/v1/listeners/..%2F..%2Fetc/data').expect(400);
    await request(app)
      .delete(`/api/v1/listeners/${'x'.repeat(65)}/data`)
      .expect(400);
  });
});
