/**
 * Looks at the clock, claims what is due before it begins it, and begins it once. A claim is kept before the session
 * begins, and the session's id follows from the claim: a machine killed between the two begins the same session again,
 * and the session service finds that it is there.
 */

import type { HouseRules } from '../listeners/house-rules.js';
import { inQuietHours } from '../listeners/obeyed.js';
import type { Records } from '../records.js';
import { asksNow, nextDueMs, settle, withOutcome } from './due.js';
import type { Occurrence, Routine } from './routine.js';

export type RoutineBook = Records<Routine[]>;

/** A clock may jump, and another process may add a routine: nobody sleeps longer than this. */
const LONGEST_SLEEP_MS = 15_000;
/** Thinking a session out takes a moment; a thousand of them take a good many. */
const AHEAD_MS = 5 * 60_000;
/** Beginning waits for the disk more than it computes. */
const AT_ONCE = 16;
/** Outcomes are kept together, this many at a time. */
const KEPT_TOGETHER = 100;

export interface RunnerDeps {
  book: RoutineBook;
  /** Begins the session under `occurrence.sessionId`; where that is there already it must do nothing. */
  start: (routine: Routine, occurrence: Occurrence) => Promise<void>;
  /** Thinks out what comes soon, so that it begins at once; may be asked more than once for the same. */
  prepare?: (routine: Routine, plannedMs: number) => Promise<void>;
  /** The house rules of every listener, read once a look: in quiet hours nothing is begun. */
  rules?: () => Promise<Readonly<Record<string, HouseRules>>>;
  nowMs: () => number;
  /** Told of everything that came out, in the order it did. Holds no words of anybody. */
  onOutcome?: (routine: Routine, outcome: Occurrence['outcome']) => void;
  onWarning?: (message: string) => void;
  /** How many are begun side by side. */
  atOnce?: number;
}

export interface RoutineRunner {
  /** Settles everything that is due now; resolves when it is begun. */
  tick(): Promise<void>;
  /** Thinks out what is due within the next minutes, one after the other; stops where something is due now. */
  prepareAhead(): Promise<void>;
  /** Looks again whenever something may be due, until `close`. */
  run(): void;
  close(): Promise<void>;
}

interface Claim {
  routine: Routine;
  occurrence: Occurrence;
}

export function createRoutineRunner(deps: RunnerDeps): RoutineRunner {
  const { book, nowMs } = deps;
  const inFlight = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let ticking: Promise<void> | null = null;
  let closed = false;

  async function look(): Promise<void> {
    const now = nowMs();
    const kept = await book.read();
    const begun = (id: string) => inFlight.has(id);
    const anyAsks = Object.values(kept).some((routines) => routines.some((routine) => asksNow(routine, now, begun)));
    if (!anyAsks) return;
    const rules = (await deps.rules?.()) ?? {};
    const quiet = (listener: string) => Object.hasOwn(rules, listener) && inQuietHours(rules[listener], now);
    const told: [Routine, Occurrence['outcome']][] = [];
    const claims = await book.change((all) => {
      const found: Claim[] = [];
      for (const [listener, routines] of Object.entries(all)) {
        const isQuiet = quiet(listener);
        all[listener] = routines.map((routine) => {
          const settled = settle(routine, now, begun, isQuiet);
          if (!settled) return routine;
          if (settled.start) found.push({ routine: settled.routine, occurrence: settled.start });
          for (const [plannedMs, outcome] of news(routine, settled.routine))
            if (plannedMs !== settled.start?.plannedMs) told.push([settled.routine, outcome]);
          return settled.routine;
        });
      }
      return found;
    });
    for (const [routine, outcome] of told) deps.onOutcome?.(routine, outcome);
    for (const { occurrence } of claims) inFlight.add(occurrence.sessionId!);
    await begin(claims);
  }

  async function begin(claims: readonly Claim[]): Promise<void> {
    const waiting = [...claims];
    let done: { claim: Claim; outcome: 'started' | 'failed' }[] = [];
    const keep = async () => {
      const batch = done;
      done = [];
      if (batch.length > 0) await keepOutcomes(batch);
    };
    const hand = async (): Promise<void> => {
      for (let claim = waiting.shift(); claim; claim = waiting.shift()) {
        const outcome = await deps.start(claim.routine, claim.occurrence).then(
          () => 'started' as const,
          (error: { code?: string }) => {
            deps.onWarning?.(`A routine could not begin (${error?.code ?? 'internal'}).`);
            return 'failed' as const;
          },
        );
        done.push({ claim, outcome });
        deps.onOutcome?.(claim.routine, outcome);
        if (done.length >= KEPT_TOGETHER) await keep();
      }
    };
    try {
      await Promise.all(Array.from({ length: Math.max(1, deps.atOnce ?? AT_ONCE) }, hand));
      await keep();
    } finally {
      for (const { occurrence } of claims) inFlight.delete(occurrence.sessionId!);
    }
  }

  const keepOutcomes = (batch: readonly { claim: Claim; outcome: 'started' | 'failed' }[]) =>
    book.change((all) => {
      for (const { claim, outcome } of batch) {
        const { listener, id } = claim.routine;
        const at = all[listener]?.findIndex((routine) => routine.id === id) ?? -1;
        // Removed meanwhile, by the listener's own hand.
        if (at >= 0)
          all[listener]![at] = withOutcome(all[listener]![at]!, claim.occurrence.plannedMs, outcome, nowMs());
      }
    });

  const tick = (): Promise<void> => {
    ticking ??= look().finally(() => {
      ticking = null;
    });
    return ticking;
  };

  async function round(): Promise<void> {
    await tick().catch((error: { code?: string }) =>
      deps.onWarning?.(`Routines could not be looked at (${error?.code ?? 'internal'}); tried again shortly.`),
    );
    await prepareAhead().catch(() =>
      deps.onWarning?.('A routine could not be thought out ahead; it is when it begins.'),
    );
    if (closed) return;
    timer = setTimeout(() => void round(), await sleepMs());
  }

  async function prepareAhead(): Promise<void> {
    if (!deps.prepare) return;
    const now = nowMs();
    const soon = Object.values(await book.read())
      .flat()
      .map((routine) => ({ routine, dueMs: nextDueMs(routine) ?? Number.POSITIVE_INFINITY }))
      .filter(({ dueMs }) => dueMs > now && dueMs <= now + AHEAD_MS)
      .sort((a, b) => a.dueMs - b.dueMs);
    for (const { routine, dueMs } of soon) {
      if (closed || nowMs() >= soon[0]!.dueMs) return;
      const { snoozed, nextMs } = routine;
      await deps.prepare(routine, snoozed?.untilMs === dueMs ? snoozed.plannedMs : nextMs!);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  async function sleepMs(): Promise<number> {
    const kept = await book.read().catch(() => ({}) as Record<string, Routine[]>);
    const due = Object.values(kept).flatMap((routines) => routines.map(nextDueMs).filter((time) => time !== null));
    const next = due.reduce((least, time) => Math.min(least, time), Number.POSITIVE_INFINITY);
    // A whole second at the least where something stays due, so that a fault does not become a busy loop.
    const left = next - nowMs();
    return left > 0 ? Math.min(left, LONGEST_SLEEP_MS) : 1000;
  }

  return {
    tick,
    prepareAhead,
    run() {
      void round();
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      await ticking?.catch(() => {});
    },
  };
}

/** What came out differently than before. */
function news(before: Routine, after: Routine): [number, Occurrence['outcome']][] {
  const known = new Map(before.history.map(({ plannedMs, outcome }) => [plannedMs, outcome]));
  return after.history
    .filter(({ plannedMs, outcome }) => known.get(plannedMs) !== outcome)
    .map(({ plannedMs, outcome }) => [plannedMs, outcome]);
}
