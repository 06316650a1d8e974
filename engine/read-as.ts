/** Data from outside, parsed once at the door; what is wrong becomes one sentence. */
import type { z } from 'zod';
import { EmohealError } from './errors.js';

export interface ReadAsOptions {
  /** What was meant to be read, before the fault: "No smart-home request". */
  what?: string;
  /** What the fault is called when it is with the whole and no field of it. */
  whole?: string;
  /** What to send instead, one sentence. */
  remedy?: string;
}

/** Throws `bad-input` that names the first wrong field and how to mend it. */
export function readAs<T>(schema: z.ZodType<T>, given: unknown, { what, whole, remedy }: ReadAsOptions = {}): T {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const fault = firstFault(parsed.error, whole);
  throw new EmohealError('bad-input', `${what === undefined ? '' : `${what}: `}${fault}.`, remedy ? { remedy } : {});
}

/** "field.inner: what is wrong with it". Never the value itself: it may be what somebody said. */
export function firstFault(error: z.ZodError, whole = 'body'): string {
  const [issue] = error.issues;
  return `${issue?.path.join('.') || whole}: ${issue?.message ?? 'not understood'}`;
}
