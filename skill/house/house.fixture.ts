/** The session service with the real planner, gate and rules and a made-up shelf, in memory, on a clock of the test's own. */
import { explainedIn } from '../../audio-prompts/explanations.js';
import { sayPrompt } from '../../audio-prompts/prompts.js';
import { createSessionService } from '../../engine/create-session-service.js';
import { type CrisisGate, createCrisisGate } from '../../engine/crisis/gate.js';
import { detectLanguage } from '../../engine/emotion/language.js';
import { nothingToRead } from '../../engine/emotion/reading.js';
import { loadKnowledge } from '../../engine/knowledge/graph.js';
import { createMemoryTastes } from '../../engine/listeners/taste.js';
import { searchFake } from '../../engine/plan/search.fake.js';
import type { EmotionClassifier, SessionStream, SessionStreams, Transcriber } from '../../engine/ports.js';
import { positionAt } from '../../engine/session.js';
import { createMemoryStore } from '../../engine/stores.js';
import type { CrisisReading } from '../../engine/vocabulary.js';
import { createHouseConversation } from './conversation.js';
import { createForgetMe } from './forget-me.js';
import { createRunningSession } from './running-session.js';

/** Words in which the made-up classifier reads sadness; all others are neutral to it. */
const FELT = /sad|tense|lonely|sleep|traurig|müde|racing/;

const knowledge = loadKnowledge();

export function houseFixture() {
  const clock = { nowMs: Date.parse('2026-11-23T22:00:00Z') };
  let ids = 0;
  const newId = () => `id-${++ids}`;
  let broken = false;
  let judged: CrisisReading | undefined;
  const classifier: EmotionClassifier = {
    async classify(texts, signal) {
      signal?.throwIfAborted();
      if (broken) throw new Error('the classifier is broken');
      return texts.map((text) => {
        const felt = FELT.test(text);
        const neutral = nothingToRead();
        return {
          ...neutral,
          language: 'en',
          labels: felt ? ['sadness'] : ['neutral'],
          probabilities: { ...neutral.probabilities, sadness: felt ? 0.9 : 0, neutral: felt ? 0.05 : 1 },
          ...(felt ? { valence: -0.6, arousal: -0.2, intensity: 0.8 } : {}),
        };
      });
    },
    info: () => ({ model: 'fixture', sha256: '' }),
    close: async () => {},
  };
  const patterns = createCrisisGate(async () => classifier);
  const gate: CrisisGate = async (texts, signal) => (judged ? texts.map(() => judged!) : patterns(texts, signal));
  const search = searchFake();
  const store = createMemoryStore();
  const running = createRunningSession((session) => positionAt(session, clock.nowMs));
  const service = running.around(
    createSessionService({
      gate,
      classifier: async () => classifier,
      transcriber: async () => ({}) as Transcriber,
      search: async () => search,
      knowledge: () => knowledge,
      store: async () => store,
      tastes: async () => createMemoryTastes(),
      detectLanguage,
      explain: explainedIn,
      say: (key, locale, fields) => sayPrompt(key, locale, fields),
      nowMs: () => clock.nowMs,
      nowHour: () => 22,
      newId,
      newSeed: () => 7,
    }),
  );
  const opened: string[] = [];
  const streams: SessionStreams = {
    open(programme) {
      opened.push(programme.tracks[0]?.trackId ?? '');
      return {} as SessionStream;
    },
  };
  const faults: unknown[] = [];
  const erased: string[] = [];
  const conversation = createHouseConversation({
    service: async () => service,
    streams: async () => streams,
    classifier: async () => classifier,
    gate,
    running,
    detectLanguage,
    say: (key, locale, fields) => sayPrompt(key, locale, fields),
    newId,
    forgetMe: createForgetMe({ erase: async (listener) => void erased.push(listener), nowMs: () => clock.nowMs }),
    onFault: (error) => faults.push(error),
  });
  return {
    clock,
    service,
    running,
    conversation,
    gate,
    opened,
    erased,
    faults,
    /** What the gate says from now on, whatever is said. */
    judge: (reading: CrisisReading) => {
      judged = reading;
    },
    breakClassifier: () => {
      broken = true;
    },
  };
}
