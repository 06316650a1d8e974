/** The data-protection page says what is really kept: held against the files of a house that was used. */
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createTastes } from '../../engine/listeners/taste.js';
import { Routine } from '../../engine/routines/routine.js';
import { openSecretBox } from '../../engine/secrets/key-file.js';
import type { SessionService } from '../../engine/session-service.js';
import { ALEXA, newListener, openAlexaState } from '../alexa/alexa-state.js';
import { openCaregivers } from '../care/open-caregivers.js';
import { DIALOGFLOW } from '../google/kept.js';
import { createGoogleLinks, GOOGLE_LINKS } from '../google/smarthome/links.js';
import { openCare } from '../routines/care.js';
import { signingKey } from '../secrets/signing-key.js';
import { openFileStore } from '../store/files/file-store.js';
import { ALL_KINDS, TASTES } from '../store/kinds.js';
import { DAYS } from './ages.js';
import { wordsOfField } from './field-words.js';
import { fieldsOf, KEPT, type KeptKind } from './kept.js';
import { privacyText } from './page.js';
import { WITH_AN_AGE } from './retention.js';

const dataDir = mkdtempSync(path.join(tmpdir(), 'emoheal-kept-'));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

/** Every store of the server opened as `serve` opens it, and something kept in each. */
async function useTheHouse(): Promise<void> {
  const secrets = openSecretBox({ dataDir });
  const key = signingKey(dataDir, secrets);
  const store = await openFileStore({ dataDir });
  await store.sessions();
  await createTastes(await store.records(TASTES)).agree('anna');
  const alexa = await openAlexaState({ records: await store.records(ALEXA), key });
  await alexa.putListener('k', newListener('a', 1));
  const dialogflow = await openAlexaState({ records: await store.records(DIALOGFLOW), key });
  await dialogflow.putListener('k', newListener('a', 1));
  await createGoogleLinks({ records: await store.records(GOOGLE_LINKS), key, nowMs: Date.now }).sayCode('anna');
  const care = await openCare({
    store,
    classifier: () => Promise.reject(new Error('not asked')),
    service: () => Promise.resolve({} as SessionService),
    search: () => Promise.reject(new Error('not asked')),
    secrets,
  });
  await care.routines.add('anna', { when: 'daily 21:30', zone: 'UTC' });
  await care.rules.save('anna', { loudnessCapLufs: -30 });
  await care.checkIns.agree('anna');
  await care.studies.begin();
  await care.rules.save('anna', { loudnessCapLufs: -30 });
  const house = await openCaregivers({ store, key, dataDir, audio: () => Promise.reject(new Error('not asked')) });
  const { code } = await house.caregivers.invite('anna', { role: 'viewer', how: 'typed' });
  const { account } = (await house.caregivers.redeem(code, { name: 'Ben' }))!;
  await house.sessions.begin(account.id, 'code', 'Firefox on Linux');
  await house.greetings.keep(new Uint8Array([1])).catch(() => {});
  await Promise.all([alexa.close(), dialogflow.close(), care.close()]);
  await store.close();
}

describe('what is kept', () => {
  it('is on the page, file by file', async () => {
    await useTheHouse();
    const within = (folder: string) =>
      readdirSync(path.join(dataDir, folder)).map(
        (name) => `${folder}${name}${statSync(path.join(dataDir, folder, name)).isDirectory() ? '/' : ''}`,
      );
    const found = [...within('').filter((name) => name !== 'state/'), ...within('state/')];
    const told = new Set(KEPT.map(({ where }) => where));
    expect(found.filter((name) => !told.has(name) && !/\.(lock|copy)$/.test(name))).toEqual([]);
    expect(found).toEqual(expect.arrayContaining(['state/taste.json', 'state/routines.json', 'state/check-ins.json']));
    for (const where of told) expect(found).toContain(where);
  });

  it('is told field by field, from the schemas', () => {
    const routines = fieldsOf(KEPT.find(({ name }) => name === 'Routines')!.schema!);
    expect(routines).toEqual(expect.arrayContaining(['listener', 'zone', 'wake.at', 'history.outcome']));
    const page = privacyText();
    for (const { name, schema } of KEPT) {
      expect(page).toContain(name);
      if (schema) for (const field of fieldsOf(schema)) expect(page).toContain(`<code>${field}</code>`);
    }
  });

  it('is explained in words, each single field; a new field has none until somebody writes them', () => {
    const unexplained = (kinds: Pick<KeptKind, 'name' | 'schema'>[]) =>
      kinds.flatMap(({ name, schema }) =>
        schema ? fieldsOf(schema).filter((field) => wordsOfField(name, field) === null) : [],
      );
    expect(unexplained([...KEPT])).toEqual([]);
    expect(privacyText()).not.toContain('not explained');
    const grown = Routine.extend({ heartRate: z.number(), wake: z.object({ at: z.string(), dream: z.string() }) });
    expect(unexplained([{ name: 'Routines', schema: grown }])).toEqual(['wake.dream', 'heartRate']);
  });

  it('has an age for every collection, and the page says it', () => {
    expect(ALL_KINDS.map(({ name }) => name).filter((name) => !WITH_AN_AGE.includes(name))).toEqual([]);
    for (const days of Object.values(DAYS)) expect(privacyText()).toContain(`${days} days`);
  });

  it('holds no field for words, speech or readings', () => {
    const fields = KEPT.flatMap(({ schema }) => (schema ? fieldsOf(schema) : []));
    expect(fields.filter((field) => /utterance|transcript|\btext\b|audio|wav|probabilit|said/i.test(field))).toEqual(
      [],
    );
  });
});
