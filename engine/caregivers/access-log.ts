/**
 * Who looked at what of a listener, and when; never what was seen. The listener can see it and have it read out.
 * The same look again within ten minutes is counted on its line: a page that is opened over and over pushes nothing out.
 */
import { z } from 'zod';

export const MOST_ENTRIES = 500;
export const ENTRIES_KEPT_MS = 180 * 24 * 3600 * 1000;
const SAME_LOOK_MS = 10 * 60_000;

export const Accessed = z.enum([
  'overview',
  'nights',
  'plan',
  'rules',
  'greeting',
  'people',
  'changed-plan',
  'changed-rules',
  'changed-greeting',
  'changed-people',
]);
export type Accessed = z.infer<typeof Accessed>;

export const AccessEntry = z.object({
  caregiver: z.string(),
  /** As it was then: it can be read out also when the caregiver is gone. */
  name: z.string().max(60),
  what: Accessed,
  atMs: z.number(),
  lastMs: z.number(),
  times: z.number().int().min(1),
});
export type AccessEntry = z.infer<typeof AccessEntry>;

/** The log with one look more, oldest first, within its bounds. */
export function noted(
  log: readonly AccessEntry[],
  look: { caregiver: string; name: string; what: Accessed },
  nowMs: number,
): AccessEntry[] {
  const kept = log.filter(({ lastMs }) => nowMs - lastMs <= ENTRIES_KEPT_MS);
  const same = kept.findLastIndex(({ caregiver, what }) => caregiver === look.caregiver && what === look.what);
  const before = kept[same];
  if (before && nowMs >= before.lastMs && nowMs - before.atMs <= SAME_LOOK_MS)
    return kept.with(same, { ...before, lastMs: nowMs, times: before.times + 1 });
  return [...kept, { ...look, atMs: nowMs, lastMs: nowMs, times: 1 }].slice(-MOST_ENTRIES);
}
