import { describe, expect, it } from 'vitest';
import { createMemoryRules } from '../listeners/rules-book.js';
import { createMemoryRecords } from '../records.js';
import { makeRoutine, type Routine } from './routine.js';
import { createRoutines } from './routines.js';
import { createRoutineRunner } from './runner.js';

const NOON = Date.parse('2026-01-15T12:00Z');
const DUE = Date.parse('2026-01-15T21:30Z');

async function thousand() {
  const book = createMemoryRecords<Routine[]>();
  await book.change((all) => {
    for (let i = 0; i < 1000; i += 1) {
      const listener = `listener ${i % 250}`;
      const routine = makeRoutine({ when: 'daily 21:30', zone: 'UTC' }, { id: `r${i}`, listener, nowMs: NOON });
      all[listener] = [...(all[listener] ?? []), routine];
    }
  });
  return book;
}
const history = async (book: Awaited<ReturnType<typeof thousand>>) =>
  Object.values(await book.read()).flatMap((routines) => routines.flatMap((routine) => routine.history));

describe('the runner', () => {
  it('begins a thousand routines of one minute, each exactly once', async () => {
    const book = await thousand();
    const begun: string[] = [];
    const runner = createRoutineRunner({
      book,
      nowMs: () => DUE,
      start: async (_, { sessionId }) => void begun.push(sessionId!),
    });
    await Promise.all([runner.tick(), runner.tick()]);
    await runner.tick();
    expect(begun).toHaveLength(1000);
    expect(new Set(begun).size).toBe(1000);
    expect((await history(book)).every(({ outcome }) => outcome === 'started')).toBe(true);
  });

  it('killed in the middle, the next one begins what is left and repeats nothing but under the same ids', async () => {
    const book = await thousand();
    const sessions = new Map<string, number>();
    const begin = async (id: string) => void sessions.set(id, (sessions.get(id) ?? 0) + 1);
    const killed = createRoutineRunner({
      book,
      nowMs: () => DUE,
      // Never answers after the 437th: as a process that is gone.
      start: (_, { sessionId }) => (sessions.size < 437 ? begin(sessionId!) : new Promise(() => {})),
      atOnce: 1,
    });
    void killed.tick();
    while (sessions.size < 437) await new Promise((resolve) => setImmediate(resolve));
    const store = new Set(sessions.keys());
    const next = createRoutineRunner({
      book,
      nowMs: () => DUE + 60_000,
      start: async (_, { sessionId }) => {
        if (store.has(sessionId!)) return;
        await begin(sessionId!);
      },
    });
    // What was claimed by the dead process is found again, one a routine a tick.
    await next.tick();
    expect(sessions.size).toBe(1000);
    expect([...sessions.values()].every((times) => times === 1)).toBe(true);
    expect((await history(book)).every(({ outcome }) => outcome === 'started')).toBe(true);
  });

  it('one that cannot begin is told, and holds nobody else back', async () => {
    const book = await thousand();
    const told: string[] = [];
    const warned: string[] = [];
    const runner = createRoutineRunner({
      book,
      nowMs: () => DUE,
      start: async ({ id }) => {
        if (id === 'r7') throw new Error('somebody said something private');
      },
      onOutcome: ({ id }, outcome) => outcome === 'failed' && told.push(id),
      onWarning: (message) => warned.push(message),
    });
    await runner.tick();
    expect(told).toEqual(['r7']);
    expect(warned.join()).not.toContain('private');
    expect((await history(book)).filter(({ outcome }) => outcome === 'started')).toHaveLength(999);
  });

  it('begins nothing in quiet hours of the house, tells it, and begins again the evening after they are lifted', async () => {
    const book = createMemoryRecords<Routine[]>();
    const clock = { nowMs: NOON };
    const routines = createRoutines({ book, nowMs: () => clock.nowMs, newId: () => 'r1' });
    await routines.add('anna', { when: 'daily 21:30', zone: 'UTC' });
    await routines.add('ben', { when: 'daily 21:30', zone: 'UTC' });
    const rules = createMemoryRules();
    await rules.save('anna', { quietHours: { from: '21:00', until: '06:00', zone: 'UTC' } });
    const begun: string[] = [];
    const runner = createRoutineRunner({
      book,
      rules: rules.all,
      nowMs: () => clock.nowMs,
      start: async ({ listener }) => void begun.push(listener),
    });
    clock.nowMs = DUE;
    await runner.tick();
    await runner.tick();
    expect(begun).toEqual(['ben']);
    const [first] = (await routines.list('anna'))[0]!.history;
    expect(first).toEqual({ plannedMs: DUE, outcome: 'quiet-hours', atMs: DUE });
    expect(await routines.newest('anna')).toBeNull();
    await rules.remove('anna');
    clock.nowMs = DUE + 24 * 3600_000;
    await runner.tick();
    expect(begun.slice(1).sort()).toEqual(['anna', 'ben']);
  });

  it('what was claimed before a power loss is not begun again in quiet hours', async () => {
    const book = createMemoryRecords<Routine[]>();
    const routines = createRoutines({ book, nowMs: () => NOON, newId: () => 'r1' });
    await routines.add('anna', { when: 'daily 21:30', zone: 'UTC' });
    const killed = createRoutineRunner({ book, nowMs: () => DUE, start: () => new Promise(() => {}) });
    void killed.tick();
    while ((await routines.list('anna'))[0]!.history.length === 0)
      await new Promise((resolve) => setImmediate(resolve));
    const begun: string[] = [];
    const next = createRoutineRunner({
      book,
      rules: async () => ({ anna: { quietHours: { from: '21:31', until: '06:00', zone: 'UTC' } } }),
      nowMs: () => DUE + 60_000,
      start: async ({ id }) => void begun.push(id),
    });
    await next.tick();
    expect(begun).toEqual([]);
    expect((await routines.list('anna'))[0]!.history).toMatchObject([{ outcome: 'quiet-hours' }]);
  });

  it('removed while it begins, a routine stays removed', async () => {
    const book = createMemoryRecords<Routine[]>();
    const routines = createRoutines({ book, nowMs: () => NOON, newId: () => 'r1' });
    await routines.add('anna', { when: 'daily 21:30', zone: 'UTC' });
    const runner = createRoutineRunner({ book, nowMs: () => DUE, start: () => routines.remove('anna', 'r1') });
    await runner.tick();
    expect(await routines.list('anna')).toEqual([]);
  });
});

describe('the list of routines', () => {
  const made = () => {
    let ids = 0;
    const book = createMemoryRecords<Routine[]>();
    return createRoutines({ book, nowMs: () => NOON, newId: () => `r${ids++}` });
  };

  it("another listener's routine is not there, for any verb", async () => {
    const routines = made();
    const { id } = await routines.add('anna', { when: 'daily 21:30', zone: 'UTC' });
    expect(await routines.list('ben')).toEqual([]);
    await expect(routines.change('ben', id, { minutes: 5 })).rejects.toThrow('no such routine');
    await expect(routines.skip('ben', id)).rejects.toThrow('no such routine');
    await expect(routines.snooze('ben', id, 5)).rejects.toThrow('no such routine');
    await routines.remove('ben', id);
    expect(await routines.list('anna')).toHaveLength(1);
  });

  it('has an end, and what is over makes room', async () => {
    const routines = made();
    for (let i = 0; i < 50; i += 1) await routines.add('anna', { when: 'daily 21:30', zone: 'UTC' });
    await expect(routines.add('anna', { when: 'daily 21:30', zone: 'UTC' })).rejects.toThrow('50 routines');
    expect(await routines.list('anna')).toHaveLength(50);
  });
});
