/** Something to keep: a planned session, and the simplest records. */
import { z } from 'zod';
import { nothingToRead } from '../../engine/emotion/reading.js';
import { loadKnowledge } from '../../engine/knowledge/graph.js';
import { chooseTracks } from '../../engine/plan/choose-tracks.js';
import { planSession } from '../../engine/plan/planner.js';
import { searchFake } from '../../engine/plan/search.fake.js';
import type { RecordsKind } from '../../engine/records.js';
import { type Session, startSession } from '../../engine/session.js';

export const COUNTS: RecordsKind<number> = {
  name: 'counts',
  schema: z.number(),
  version: 1,
  afterMovingAway: 'counts begin anew.',
};

const plan = planSession(loadKnowledge(), { reading: nothingToRead(), minutes: 2, seed: 1 });
const programme = await chooseTracks({ plan, search: searchFake() });
export const sessionOf = (id: string, listener?: string, nowMs = Date.now()): Session =>
  startSession({ id, locale: 'en-US', plan, programme, nowMs, ...(listener ? { listener } : {}) });
