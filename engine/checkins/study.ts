/**
 * A study of whether matching a feeling first does more than going straight to calm. A listener who agrees gets one way
 * or the other by chance; nobody is told which while the study runs.
 *
 * Rules
 * 1. Chance by permuted blocks of 4 and 6, whose size is by chance too: the arms stay of equal size within 3, and the
 *    next place cannot be worked out from the ones before.
 * 2. The list of places is made before anyone joins and follows from a secret alone; a place is taken only by agreeing.
 * 3. The file for analysis names the arms A and B and the participants by number; which letter is which way is by the
 *    same secret, and told only by unblinding, which is kept with its time.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { EmohealError } from '../errors.js';
import type { Records } from '../records.js';
import type { Approach } from '../vocabulary.js';
import { type CheckInBook, changesOf } from './checkin.js';

const BLOCKS = [4, 6] as const;
export const MOST_PARTICIPANTS = 2000;

export const Study = z.object({
  /** Hex, 32 bytes by chance, or that sealed: whoever has it can unblind. */
  secret: z.string().regex(/^([0-9a-f]{64}|sealed[\w.-]{1,200})$/),
  begunAtMs: z.number(),
  participants: z.array(
    z.object({
      listener: z.string().max(64),
      number: z.number().int().min(1),
      agreedAtMs: z.number(),
      leftAtMs: z.number().optional(),
    }),
  ),
  unblindedAtMs: z.number().optional(),
});
export type Study = z.infer<typeof Study>;
/** One study a house, under this key. */
export const STUDY = 'study';
export type StudyRecords = Records<Study>;

/** A number 0..1 that follows from the secret and a name alone. */
function chance(secret: string, name: string): number {
  return createHash('sha256').update(`${secret} ${name}`).digest().readUInt32BE(0) / 2 ** 32;
}

/** The arm of each place, from the first (rules 1 and 2). */
export function places(secret: string, count: number): ('A' | 'B')[] {
  const list: ('A' | 'B')[] = [];
  for (let block = 0; list.length < count; block += 1) {
    const size = BLOCKS[Math.floor(chance(secret, `size ${block}`) * BLOCKS.length)]!;
    const arms = Array.from({ length: size }, (_, i): 'A' | 'B' => (i % 2 ? 'B' : 'A'));
    for (let i = size - 1; i > 0; i -= 1) {
      const j = Math.floor(chance(secret, `block ${block} ${i}`) * (i + 1));
      [arms[i], arms[j]] = [arms[j]!, arms[i]!];
    }
    list.push(...arms);
  }
  return list.slice(0, count);
}

/** Which way the letter stands for (rule 3). */
export const wayOf = (secret: string, arm: 'A' | 'B'): Approach =>
  chance(secret, 'letters') < 0.5 === (arm === 'A') ? 'iso' : 'straight';

export interface StudyRow {
  participant: number;
  arm: 'A' | 'B';
  sessions: number;
  /** Means over the participant's sessions. */
  before: number;
  after: number;
  change: number;
  understood: number | null;
}

/**
 * One row a participant who has a session with answers before and after, from the day of agreeing; left ones to the day they
 * left.
 */
export function studyRows(study: Study, books: Readonly<Record<string, CheckInBook>>): StudyRow[] {
  const arms = places(study.secret, study.participants.length);
  return study.participants.flatMap(({ listener, number, agreedAtMs, leftAtMs }): StudyRow[] => {
    const changes = changesOf(books[listener]?.checkIns ?? []).filter(
      ({ atMs, outsideStudy }) => !outsideStudy && atMs >= agreedAtMs && atMs < (leftAtMs ?? Number.POSITIVE_INFINITY),
    );
    if (changes.length === 0) return [];
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const understood = changes.flatMap((each) => (each.understood === undefined ? [] : [each.understood]));
    return [
      {
        participant: number,
        arm: arms[number - 1]!,
        sessions: changes.length,
        before: mean(changes.map((each) => each.before)),
        after: mean(changes.map((each) => each.after)),
        change: mean(changes.map((each) => each.change)),
        understood: understood.length > 0 ? mean(understood) : null,
      },
    ];
  });
}

/** The blinded file for analysis; no name, no time of day, no way. */
export function blindedCsv(rows: readonly StudyRow[]): string {
  const columns = ['participant', 'arm', 'sessions', 'before', 'after', 'change', 'understood'] as const;
  const shown = (value: string | number | null) =>
    typeof value === 'number' ? String(Math.round(value * 1e9) / 1e9) : (value ?? '');
  return [columns.join(','), ...rows.map((row) => columns.map((name) => shown(row[name])).join(','))]
    .map((line) => `${line}\r\n`)
    .join('');
}

export function createStudies({
  records,
  nowMs,
  newSecret,
}: {
  records: StudyRecords;
  nowMs: () => number;
  newSecret: () => string;
}) {
  const running = async () => (await records.read())[STUDY] ?? null;
  const needed = (study: Study | null | undefined): Study => {
    if (!study)
      throw new EmohealError('not-found', 'There is no study.', { remedy: 'Begin one: emoheal study begin.' });
    return study;
  };
  return {
    running,
    /** Throws `conflict` where there is one. */
    begin: () =>
      records.change((all) => {
        if (all[STUDY]) throw new EmohealError('conflict', 'A study is there already.', { remedy: 'End it first.' });
        all[STUDY] = { secret: newSecret(), begunAtMs: nowMs(), participants: [] };
      }),
    /** Agreeing to take part. Joining again after leaving takes the same place: nobody draws twice. */
    join: (listener: string): Promise<number> =>
      records.change((all) => {
        const study = needed(all[STUDY]);
        if (study.unblindedAtMs) throw new EmohealError('conflict', 'This study is unblinded and takes nobody in.');
        const known = study.participants.find((each) => each.listener === listener);
        if (known) {
          delete known.leftAtMs;
          return known.number;
        }
        if (study.participants.length >= MOST_PARTICIPANTS)
          throw new EmohealError('conflict', `A study has ${MOST_PARTICIPANTS} participants at most.`);
        const number = study.participants.length + 1;
        study.participants.push({ listener, number, agreedAtMs: nowMs() });
        return number;
      }),
    /** Which place a listener has in the study and since when; null for none. Not which way. */
    async participation(listener: string) {
      const found = (await running())?.participants.find((each) => each.listener === listener);
      return found ?? null;
    },
    /** Takes a listener's name out for good; the place stays, so that everybody else keeps theirs. */
    forget: (listener: string) =>
      records.change((all) => {
        const study = all[STUDY];
        if (!study) return;
        const participants = study.participants.map((each) =>
          each.listener === listener
            ? { ...each, listener: `erased-${each.number}`, leftAtMs: each.leftAtMs ?? nowMs() }
            : each,
        );
        all[STUDY] = { ...study, participants };
      }),
    /** From now on nothing of this listener counts; the answers before stay unless they are forgotten as well. */
    leave: (listener: string) =>
      records.change((all) => {
        const known = all[STUDY]?.participants.find((each) => each.listener === listener);
        if (known) known.leftAtMs ??= nowMs();
      }),
    /** The way of who takes part; null for everyone else and where no study runs. */
    async allocated(listener: string): Promise<Approach | null> {
      const study = await running();
      const known = study?.participants.find((each) => each.listener === listener);
      if (!study || !known || known.leftAtMs !== undefined || study.unblindedAtMs) return null;
      return wayOf(study.secret, places(study.secret, known.number).at(-1)!);
    },
    /** Tells the ways, and keeps that they were told; from then on nobody is allocated. */
    unblind: (): Promise<Record<'A' | 'B', Approach>> =>
      records.change((all) => {
        const study = needed(all[STUDY]);
        study.unblindedAtMs ??= nowMs();
        return { A: wayOf(study.secret, 'A'), B: wayOf(study.secret, 'B') };
      }),
    end: () =>
      records.change((all) => {
        delete all[STUDY];
      }),
  };
}
export type Studies = ReturnType<typeof createStudies>;
