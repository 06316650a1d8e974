/** What every place that keeps records shares: old versions are brought up to today's, and each record is checked. */
import { z } from 'zod';
import { EmohealError } from '../../engine/errors.js';
import type { RecordsKind } from '../../engine/records.js';
import { newerThanWe } from './files/whole-file.js';

const Whole = z.object({ schemaVersion: z.number().int(), records: z.looseObject({}) });

/** The whole collection as it was written → its records. Throws `store-newer`, or what `damaged` makes. */
export function recordsIn<T>(kind: RecordsKind<T>, written: unknown, where: string): Record<string, T> {
  const damaged = (what: string) => damage(kind, where, what);
  let whole = written as { schemaVersion?: number } | null;
  for (let version = whole?.schemaVersion ?? 0; version !== kind.version; version += 1) {
    if (version > kind.version) throw newerThanWe(where, version);
    const upgrade = kind.upgrades?.[version];
    if (!upgrade) throw damaged('it is of no version that we know');
    whole = { ...(upgrade(whole) as object), schemaVersion: version + 1 };
  }
  const checked = Whole.safeParse(whole);
  if (!checked.success) throw damaged(checked.error.issues[0]?.path.join('.') || 'it holds something else');
  // A listener may be called "__proto__": no object with a prototype may hold the names.
  const all: Record<string, T> = Object.create(null);
  for (const [key, value] of Object.entries((whole as { records: object }).records)) {
    const record = kind.schema.safeParse(value);
    if (!record.success) throw damaged(record.error.issues[0]?.path.join('.') || 'a record holds something else');
    all[key] = record.data;
  }
  return all;
}

/** Names the place and the field; never a key or a value, which may be a name. */
export const damage = (
  kind: RecordsKind<never> | RecordsKind<unknown>,
  where: string,
  what: string,
  cause?: unknown,
): EmohealError =>
  new EmohealError('internal', `${where} is damaged: ${what}.`, {
    remedy: `Move it away, and its copy; ${kind.afterMovingAway}`,
    cause,
  });

export const copyOf = <T>(all: Readonly<Record<string, T>>): Record<string, T> =>
  Object.assign(Object.create(null), structuredClone({ ...all }));
