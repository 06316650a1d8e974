/** What is at hand of sessions while the place that keeps them is away or full. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EmohealError } from '../../engine/errors.js';
import type { Session } from '../../engine/session.js';
import { sessionOf } from './session.fixture.js';
import { rememberSessions, type SessionPlace } from './session-memory.js';

const away = new EmohealError('store-away', 'The database answers with an error.', { retryable: true });
const full = new EmohealError('disk-full', 'The state cannot be written (ENOSPC).');

/** A place whose answers can be made to fail or to never come. */
function place() {
  const rows = new Map<string, Session>();
  const now = { read: 'answers' as 'answers' | 'away' | 'hangs', write: null as EmohealError | null };
  const place: SessionPlace = {
    async read(id) {
      if (now.read === 'away') throw away;
      if (now.read === 'hangs') return new Promise<never>(() => {});
      return rows.get(id) ?? null;
    },
    async write(session) {
      if (now.write) throw now.write;
      rows.set(session.id, session);
    },
    async remove(id) {
      rows.delete(id);
    },
    ids: async () => [...rows.keys()],
    async tidy() {},
    async close() {},
  };
  return { place, rows, now };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('one of several servers, while the place is away', () => {
  it.each(['away', 'hangs'] as const)(
    'shows what it saw last to who only looks (%s), and nothing else',
    async (how) => {
      const { place: kept, now } = place();
      const store = await rememberSessions(kept, { shared: true });
      const session = sessionOf('s1');
      await store.save(session);
      now.read = how;
      const looked = store.look!('s1');
      await vi.advanceTimersByTimeAsync(5000);
      expect(await looked).toEqual(session);
      if (how === 'away') {
        await expect(store.look!('never-seen')).rejects.toBe(away);
        await expect(store.load('s1')).rejects.toBe(away);
      }
    },
  );

  it('looks anew where the place answers, and sees what others erased', async () => {
    const { place: kept, rows } = place();
    const store = await rememberSessions(kept, { shared: true });
    await store.save(sessionOf('s1'));
    rows.set('s1', { ...sessionOf('s1'), revision: 7 });
    expect((await store.look!('s1'))?.revision).toBe(7);
    rows.delete('s1');
    expect(await store.look!('s1')).toBeNull();
  });
});

describe('on a full disk', () => {
  it('a session begins and changes in memory, is told once, and is written when there is room', async () => {
    const { place: kept, rows, now } = place();
    const warnings: string[] = [];
    const store = await rememberSessions(kept, { onWarning: (message) => warnings.push(message) });
    now.write = full;
    await store.save(sessionOf('s1'));
    await store.save({ ...sessionOf('s1'), revision: 1 });
    await vi.advanceTimersByTimeAsync(20_000);
    expect((await store.load('s1'))?.revision).toBe(1);
    expect(rows.size).toBe(0);
    expect(warnings.filter((each) => /disk takes nothing/.test(each)).length).toBe(1);
    now.write = null;
    await vi.advanceTimersByTimeAsync(5000);
    expect(rows.get('s1')?.revision).toBe(1);
    await store.close();
  });

  it('a process that ends does not go on trying', async () => {
    const { place: kept, now } = place();
    const store = await rememberSessions(kept);
    now.write = full;
    await store.save(sessionOf('s1'));
    await store.close();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('any other fault of writing is no secret', async () => {
    const { place: kept, now } = place();
    const store = await rememberSessions(kept);
    now.write = new EmohealError('internal', 'The state cannot be written (EACCES).');
    await expect(store.save(sessionOf('s1'))).rejects.toThrow('EACCES');
  });
});
