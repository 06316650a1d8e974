/** The skill with the real planner and rules and a made-up shelf, in memory, on a clock of the test's own. */
import { randomBytes } from 'node:crypto';
import type { ResponseEnvelope } from 'ask-sdk-model';
import { explainedIn } from '../../audio-prompts/explanations.js';
import { sayPrompt } from '../../audio-prompts/prompts.js';
import type { CareRecord } from '../../engine/caregivers/care-record.js';
import { createCaregivers } from '../../engine/caregivers/caregivers.js';
import type { CheckInBook } from '../../engine/checkins/checkin.js';
import { createCheckIns } from '../../engine/checkins/checkins.js';
import { createSessionService } from '../../engine/create-session-service.js';
import { createCrisisGate } from '../../engine/crisis/gate.js';
import { nothingToRead } from '../../engine/emotion/reading.js';
import { loadKnowledge } from '../../engine/knowledge/graph.js';
import { createMemoryRules } from '../../engine/listeners/rules-book.js';
import { createMemoryTastes } from '../../engine/listeners/taste.js';
import { searchFake } from '../../engine/plan/search.fake.js';
import type { EmotionClassifier, SessionStream, Transcriber } from '../../engine/ports.js';
import { createMemoryRecords } from '../../engine/records.js';
import type { Routine } from '../../engine/routines/routine.js';
import { createRoutines } from '../../engine/routines/routines.js';
import { createMemoryStore } from '../../engine/stores.js';
import type { Approach, EmotionReading } from '../../engine/vocabulary.js';
import { openAlexa } from './alexa.js';
import { brokenRules } from './reply-rules.js';
import { parseEnvelope } from './route.js';
import { createDevice, type DeviceKind } from './simulator/device-model.js';
import type { Caller } from './simulator/envelopes.js';
import { parseToken } from './stage-token.js';

export const SKILL_ID = 'amzn1.ask.skill.00000000-0000-0000-0000-000000000000';

const SAD: EmotionReading = {
  ...nothingToRead(),
  labels: ['sadness'],
  probabilities: { ...nothingToRead().probabilities, sadness: 0.9, neutral: 0.05 },
  valence: -0.6,
  arousal: -0.2,
  intensity: 0.8,
};

export interface FixtureOptions {
  /** How long the classifier takes, real milliseconds. */
  slowMs?: number;
  budgetMs?: number;
  failing?: boolean;
  minutes?: number;
  /** A study that gives everybody this way. */
  study?: Approach;
}

export async function skillFixture(options: FixtureOptions = {}) {
  const clock = { nowMs: Date.parse('2026-11-23T22:00:00Z') };
  let ids = 0;
  const newId = () => `id-${++ids}`;
  const classifier: EmotionClassifier = {
    async classify(texts) {
      if (options.failing) throw new Error('the classifier is broken');
      if (options.slowMs) await new Promise((resolve) => setTimeout(resolve, options.slowMs));
      return texts.map(() => ({ ...SAD, language: 'en' }));
    },
    info: () => ({ model: 'fixture', sha256: '' }),
    close: async () => {},
  };
  const knowledge = loadKnowledge();
  const search = searchFake();
  const store = createMemoryStore();
  const gate = createCrisisGate(async () => classifier);
  const nowMs = () => clock.nowMs;
  const rules = createMemoryRules();
  const book = createMemoryRecords<Routine[]>();
  const routines = createRoutines({ book, nowMs, newId: () => `r${++ids}` });
  const caregivers = createCaregivers({
    records: createMemoryRecords<CareRecord>(),
    nowMs,
    newId: () => `c${++ids}`,
    randomBelow: () => ++ids,
    hashCode: (code) => `hash of ${code}`,
  });
  const checkIns = createCheckIns({
    records: createMemoryRecords<CheckInBook>(),
    nowMs,
    newId: () => `answer-${++ids}`,
    valenceOf: async () => null,
    heardIn: async () => null,
  });
  const erased: string[] = [];
  const service = createSessionService({
    gate,
    classifier: async () => classifier,
    transcriber: async () => ({}) as Transcriber,
    search: async () => search,
    knowledge: () => knowledge,
    store: async () => store,
    tastes: async () => createMemoryTastes(),
    rules: rules.load,
    askedForHelp: caregivers.askedForHelp,
    allocated: async () => options.study ?? null,
    detectLanguage: () => 'en',
    explain: explainedIn,
    say: (key, locale, fields) => sayPrompt(key, locale, fields),
    nowMs: () => clock.nowMs,
    nowHour: () => 22,
    newId,
    newSeed: () => 7,
  });
  const faults: unknown[] = [];
  const progressive: string[] = [];
  const { skill, state } = await openAlexa({
    service: async () => service,
    streams: async () => ({ open: () => ({}) as SessionStream }),
    signingKey: randomBytes(32),
    publicUrl: () => 'https://bedside.example',
    nowMs: () => clock.nowMs,
    caregivers,
    routines,
    rules,
    checkIns,
    erase: async (listener) => void erased.push(listener),
    zone: () => 'Europe/Berlin',
    progressive: async (_envelope, ssml) => void progressive.push(ssml),
    onFault: (error) => faults.push(error),
    ...(options.budgetMs ? { budgetMs: options.budgetMs } : {}),
  });

  /** Every reply is held against Amazon's rules. */
  async function ask(envelope: Record<string, unknown>): Promise<ResponseEnvelope> {
    const reply = await skill.answer(parseEnvelope(JSON.stringify(envelope)));
    const { type } = envelope.request as { type: string };
    const broken = brokenRules(type, JSON.parse(JSON.stringify(reply)));
    if (broken.length > 0) throw new Error(`a reply to ${type} breaks rules: ${JSON.stringify(broken)}`);
    return reply;
  }

  function callerOn(kind: DeviceKind, changes: Partial<Caller> = {}): Caller {
    const device = createDevice({
      kind,
      startMs: clock.nowMs,
      durationMs: ({ token }) => {
        const parsed = parseToken(token);
        return parsed ? Math.round((parsed.endSec - parsed.startSec) * 1000) : 0;
      },
    });
    return {
      skillId: SKILL_ID,
      userId: 'user-1',
      deviceId: `device-${kind}`,
      locale: 'en-US',
      device,
      newId,
      ...changes,
    };
  }

  return {
    clock,
    ask,
    callerOn,
    service,
    gate,
    state,
    faults,
    progressive,
    store,
    caregivers,
    routines,
    rules,
    checkIns,
    book,
    erased,
  };
}

export type SkillFixture = Awaited<ReturnType<typeof skillFixture>>;
