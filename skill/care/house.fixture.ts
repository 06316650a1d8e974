/** A house with a console over memory, a clock that is set by hand, and people of every role. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import express from 'express';
import type { Role } from '../../engine/caregivers/role.js';
import { nothingToRead } from '../../engine/emotion/reading.js';
import { loadKnowledge } from '../../engine/knowledge/graph.js';
import type { HouseRules } from '../../engine/listeners/house-rules.js';
import { createRulesBook } from '../../engine/listeners/rules-book.js';
import { chooseTracks } from '../../engine/plan/choose-tracks.js';
import { planSession } from '../../engine/plan/planner.js';
import { madeUpTracks, searchFake } from '../../engine/plan/search.fake.js';
import { createMemoryRecords, type Records, type RecordsKind } from '../../engine/records.js';
import type { Routine } from '../../engine/routines/routine.js';
import { createRoutines } from '../../engine/routines/routines.js';
import { createMemoryStore, type Store } from '../../engine/stores.js';
import { problemHandler } from '../http/problems.js';
import { CSRF_HEADER, createDoor } from './door.js';
import { openCaregivers } from './open-caregivers.js';
import { careRoutes } from './routes.js';

export const ORIGIN = 'http://bedside.test';
export const PUBLIC = 'https://care.example.org';

const plan = planSession(loadKnowledge(), { reading: nothingToRead(), minutes: 20, seed: 1 });
const programme = await chooseTracks({ plan, search: searchFake() });

export interface Browser {
  caregiver: string;
  cookie: string;
  csrf: string;
}

export type HouseFixture = Awaited<ReturnType<typeof houseFixture>>;

export async function houseFixture({ publicUrl }: { publicUrl?: string } = {}) {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'emoheal-care-'));
  const clock = { nowMs: Date.parse('2026-01-15T12:00Z') };
  const nowMs = () => clock.nowMs;
  const kept = new Map<string, Records<never>>();
  const store: Store = {
    sessions: async () => sessions,
    async records<T>({ name }: RecordsKind<T>) {
      if (!kept.has(name)) kept.set(name, createMemoryRecords<never>());
      return kept.get(name) as unknown as Records<T>;
    },
    nowMs,
    async close() {},
  };
  const sessions = createMemoryStore();
  let ids = 0;
  const book = createMemoryRecords<Routine[]>();
  const routines = createRoutines({ book, nowMs, newId: () => `r${ids++}` });
  const rulesRecords = createMemoryRecords<HouseRules>();
  const rules = createRulesBook(rulesRecords);
  const house = await openCaregivers({
    store,
    key: Buffer.alloc(32, 1),
    dataDir,
    nowMs,
    // A second of a quiet tone, whatever was sent; real recordings are tried in the browser.
    audio: async () => ({
      async *decodeFile() {
        yield Float32Array.from({ length: 96_000 }, (_, i) => 0.1 * Math.sin(i / 20));
      },
      encode: async () => new Uint8Array([0xff, 0xfb]),
    }),
  });
  const prepared: unknown[] = [];
  const router = careRoutes({
    house,
    routines: async () => routines,
    rules: async () => rules,
    store: async () => sessions,
    service: async () => ({
      async prepare(wish) {
        prepared.push(wish);
        return { plan, programme, allocated: null };
      },
    }),
    search: async () => searchFake(),
    library: async () => ({ tracks: () => madeUpTracks() }),
    zone: () => 'Europe/Berlin',
    key: Buffer.alloc(32, 1),
    publicUrl,
    nowMs,
  });
  const app = express();
  app.set('trust proxy', 'loopback');
  app.use(router);
  app.use(problemHandler((error) => console.error(error)));

  /** Somebody who came by a code, and their browser. */
  async function joined(listener: string, name: string, role: Role): Promise<Browser> {
    const { code } = await house.caregivers.invite(listener, { role, how: 'tapped' });
    const { account } = (await house.caregivers.redeem(code, { name }))!;
    return browserOf(account.id);
  }
  async function browserOf(caregiver: string, how: 'passkey' | 'code' = 'code'): Promise<Browser> {
    const token = await house.sessions.begin(caregiver, how, 'Firefox on Linux');
    return { caregiver, cookie: `emoheal-care=${token}`, csrf: csrfOf(token) };
  }
  const { csrfOf } = createDoor({ sessions: house.sessions, key: Buffer.alloc(32, 1), publicUrl });

  return {
    app,
    router,
    clock,
    dataDir,
    store: sessions,
    routines,
    rules,
    prepared,
    book,
    kept,
    ...house,
    joined,
    browserOf,
    plan,
    programme,
    /** What is kept now, and a way back to it. */
    async snapshot(): Promise<() => Promise<void>> {
      const all = [...kept.values(), rulesRecords, book] as Records<unknown>[];
      const before = await Promise.all(all.map(async (records) => structuredClone({ ...(await records.read()) })));
      return async () => {
        for (const [i, records] of all.entries())
          await records.change((now) => {
            for (const key of Object.keys(now)) delete now[key];
            Object.assign(now, structuredClone(before[i]));
          });
      };
    },
    remove: () => rmSync(dataDir, { recursive: true, force: true }),
  };
}

/** What a page of ours sends along. */
export const from = ({ cookie, csrf }: Browser): Record<string, string> => ({
  host: 'bedside.test',
  origin: ORIGIN,
  cookie,
  [CSRF_HEADER]: csrf,
});
