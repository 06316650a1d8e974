/** Check-ins of a listener who agreed to them: kept, shown, exported, and forgotten with the consent. */
import { EmohealError } from '../errors.js';
import { noTaste, type Opinion, type Taste } from '../listeners/taste.js';
import {
  type CheckIn,
  type CheckInBook,
  type CheckInRecords,
  type CheckInWish,
  changesOf,
  MOST_KEPT,
  makeCheckIn,
} from './checkin.js';
import { learnedFromChange } from './helped.js';

export interface CheckInsDeps {
  records: CheckInRecords;
  nowMs: () => number;
  newId: () => string;
  /** Valence −1..1 of words; null where no feeling can be read. */
  valenceOf: (words: string, locale?: string) => Promise<number | null>;
  /** What sounded longest in a session, and what was wanted of it; null where it is gone. */
  heardIn: (sessionId: string) => Promise<Omit<Opinion, 'kind'> | null>;
  /** Whether this listener is in a study that did not give this session its way; nobody is in one where not given. */
  outsideStudy?: (listener: string, sessionId: string) => Promise<boolean>;
}

export type CheckIns = ReturnType<typeof createCheckIns>;

export function createCheckIns({ records, nowMs, newId, valenceOf, heardIn, outsideStudy }: CheckInsDeps) {
  const book = async (listener: string): Promise<CheckInBook | null> => (await records.read())[listener] ?? null;
  return {
    /** Null for who has not agreed. */
    book,
    agree: (listener: string): Promise<CheckInBook> =>
      records.change((all) => {
        all[listener] ??= { agreedAtMs: nowMs(), checkIns: [], helped: noTaste() };
        return all[listener];
      }),
    /**
     * Answers from elsewhere, with the consent to them, are kept among the others; one of an id that is here is left as it is.
     */
    bring: (listener: string, brought: readonly CheckIn[]): Promise<void> =>
      records.change((all) => {
        const kept = all[listener] ?? { agreedAtMs: brought[0]?.atMs ?? nowMs(), checkIns: [], helped: noTaste() };
        const here = new Set(kept.checkIns.map(({ id }) => id));
        const checkIns = [...kept.checkIns, ...brought.filter(({ id }) => !here.has(id))];
        checkIns.sort((a, b) => a.atMs - b.atMs);
        all[listener] = { ...kept, checkIns: checkIns.slice(-MOST_KEPT) };
      }),
    /** Takes the consent back: everything is gone at once. */
    forget: (listener: string): Promise<void> =>
      records.change((all) => {
        delete all[listener];
      }),
    /** Throws `forbidden` where this listener has not agreed; nothing is then read or kept. */
    async add(listener: string, wish: CheckInWish): Promise<CheckIn> {
      if (!(await book(listener))) throw notAgreed();
      const made = await makeCheckIn(wish, { id: newId(), nowMs: nowMs(), valenceOf });
      const isOutside = wish.sessionId !== undefined && (await outsideStudy?.(listener, wish.sessionId));
      const checkIn: CheckIn = isOutside ? { ...made, outsideStudy: true } : made;
      const heard = checkIn.moment === 'after' && wish.sessionId ? await heardIn(wish.sessionId) : null;
      return records.change((all) => {
        const kept = all[listener];
        // Taken back while the words were read.
        if (!kept) throw notAgreed();
        const checkIns = [...kept.checkIns, checkIn].slice(-MOST_KEPT);
        const before = changesOf(kept.checkIns);
        const now = changesOf(checkIns).find(({ sessionId }) => sessionId === checkIn.sessionId);
        // A second answer to the same session corrects the number and teaches nothing new.
        const first = !before.some(({ sessionId }) => sessionId === checkIn.sessionId);
        const helped =
          heard && now && first
            ? learnedFromChange(
                kept.helped,
                now.change,
                before.map(({ change }) => change),
                heard,
              )
            : kept.helped;
        all[listener] = { ...kept, checkIns, helped };
        return checkIn;
      });
    },
    helped: async (listener: string): Promise<Taste | null> => (await book(listener))?.helped ?? null,
  };
}

const notAgreed = () =>
  new EmohealError('forbidden', 'This listener has not agreed to be asked how they feel.', {
    remedy: 'Agree first: PUT /api/v1/check-ins/consent {"consent": true}.',
  });
