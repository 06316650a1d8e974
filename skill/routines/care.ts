/** Routines, house rules, check-ins and the study of one house, over its store; the server and the command line share this. */
import { randomBytes, randomUUID } from 'node:crypto';
import { createCheckIns } from '../../engine/checkins/checkins.js';
import { createStudies } from '../../engine/checkins/study.js';
import { createRulesBook } from '../../engine/listeners/rules-book.js';
import type { Opinion } from '../../engine/listeners/taste.js';
import { profileAt } from '../../engine/plan/way.js';
import type { EmotionClassifier, MusicSearch } from '../../engine/ports.js';
import { createRoutines } from '../../engine/routines/routines.js';
import { createRoutineRunner, type RoutineRunner } from '../../engine/routines/runner.js';
import type { SecretBox } from '../../engine/secrets/secret-box.js';
import type { SessionService } from '../../engine/session-service.js';
import type { Store } from '../../engine/stores.js';
import { sealedStudies } from '../secrets/sealed-study.js';
import { CHECK_INS, ROUTINES, RULES, STUDY } from '../store/kinds.js';
import { moodOfWords } from './mood-of-words.js';
import { routineStarts } from './start.js';

export interface CareOptions {
  store: Store;
  nowMs?: () => number;
  classifier: () => Promise<EmotionClassifier>;
  service: () => Promise<SessionService>;
  search: () => Promise<MusicSearch>;
  /** Seals what of this must not be read by who has a copy of the state; without it (tests) nothing is sealed. */
  secrets?: SecretBox;
  onWarning?: (message: string) => void;
}

export type Care = Awaited<ReturnType<typeof openCare>>;

export async function openCare({
  store,
  nowMs = Date.now,
  classifier,
  service,
  search,
  secrets,
  onWarning,
}: CareOptions) {
  const [book, ruleRecords, checkInRecords, studyRecords] = await Promise.all([
    store.records(ROUTINES),
    store.records(RULES),
    store.records(CHECK_INS),
    store.records(STUDY).then((kept) => (secrets ? sealedStudies(kept, secrets) : kept)),
  ]);
  const checkIns = createCheckIns({
    records: checkInRecords,
    nowMs,
    newId: randomUUID,
    valenceOf: async (words, locale) => moodOfWords(words, locale, await classifier()),
    /** By lot only what the study gave its way: not a session without a name, quiet sound, or one after leaving. */
    async outsideStudy(listener, sessionId) {
      if (!(await studies.participation(listener))) return false;
      const found = await (await service()).look(sessionId).catch(() => null);
      return found?.session.blinded !== true;
    },
    /** The longest piece of the session, and what was wanted at its middle. */
    async heardIn(sessionId): Promise<Omit<Opinion, 'kind'> | null> {
      const found = await (await service()).look(sessionId).catch(() => null);
      const longest = found?.session.programme.tracks.toSorted(
        (a, b) => b.endSec - b.startSec - (a.endSec - a.startSec),
      )[0];
      const track = longest && (await search()).track(longest.trackId);
      if (!found || !longest || !track) return null;
      const wanted = profileAt(found.session.plan, (longest.startSec + longest.endSec) / 2);
      return { wanted, heard: track.analysis, style: track.style };
    },
  });
  const studies = createStudies({
    records: studyRecords,
    nowMs,
    newSecret: () => randomBytes(32).toString('hex'),
  });
  const rules = createRulesBook(ruleRecords);
  let runner: RoutineRunner | undefined;
  const made = (): RoutineRunner => {
    runner ??= createRoutineRunner({
      book,
      ...routineStarts({ service, nowMs }),
      rules: rules.all,
      nowMs,
      ...(onWarning ? { onWarning } : {}),
    });
    return runner;
  };
  return {
    routines: createRoutines({ book, nowMs, newId: () => randomBytes(6).toString('hex') }),
    rules,
    checkIns,
    studies,
    /** All check-ins of the house, for the report of a study. */
    books: () => checkInRecords.read(),
    /** Begins what is due, from now until `close`. */
    run(): void {
      made().run();
    },
    /** Until `run` is called again; what is under way is ended well. */
    async pause(): Promise<void> {
      const paused = runner;
      runner = undefined;
      await paused?.close();
    },
    /** Begins now what is due now. */
    tick: (): Promise<void> => made().tick(),
    /** Ends what runs; the store is closed by whoever opened it. */
    async close(): Promise<void> {
      await runner?.close();
    },
  };
}
