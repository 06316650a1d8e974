/**
 * What a caregiver or the listener settled for one listener's nights: how loud, which music, when nothing may begin by
 * itself, and a greeting. Pure; who may set them is the business of `engine/caregivers/`.
 *
 * Rules
 * 1. A rule only ever narrows: quieter, fewer tracks, fewer moments. None makes anything louder.
 * 2. Music that is banned is never heard, also where nothing else fits: then a piece is composed (`plan/made.ts`).
 * 3. In quiet hours nothing begins by the clock. What the listener asks for with their own voice does, at night level.
 * Example: cap -30 LUFS, rain banned, quiet 22:30–06:00 → a routine at 23:00 is told as "quiet hours", "play something"
 * at 23:00 plays at -30 LUFS or softer and without rain.
 */
import { z } from 'zod';

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is a time of day such as 22:30');
const trackIds = z.array(z.string().min(1).max(200)).max(500);
const styles = z.array(z.string().min(1).max(60)).max(60);

export const HouseRules = z
  .object({
    /** No stage is louder than this, LUFS. */
    loudnessCapLufs: z.number().min(-45).max(-14).optional(),
    /** Empty lists ban nothing. */
    banned: z.object({ trackIds: trackIds.default([]), styles: styles.default([]) }).optional(),
    /** Where given, only these: a track fits that is in either list. */
    allowed: z.object({ trackIds: trackIds.default([]), styles: styles.default([]) }).optional(),
    /** From the first to the second time of day, over midnight where the second is earlier; in this time zone. */
    quietHours: z.object({ from: time, until: time, zone: z.string().min(1).max(64) }).optional(),
    /** A recorded greeting, played before the first music of a routine's session. */
    greeting: z
      .object({ id: z.string().regex(/^[a-z0-9]{1,40}$/), durationSec: z.number().positive().max(60) })
      .optional(),
  })
  .strict();
export type HouseRules = z.infer<typeof HouseRules>;
