/** Whether clocks in the zone of the rules show quiet hours at a moment. The last minute is not one of them. */
import type { HouseRules } from './house-rules.js';

export function inQuietHours(rules: Pick<HouseRules, 'quietHours'> | null, atMs: number): boolean {
  if (!rules?.quietHours) return false;
  const { from, until, zone } = rules.quietHours;
  const shown = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone } as const;
  const now = new Intl.DateTimeFormat('en-GB', shown).format(atMs);
  if (from === until) return true;
  return from < until ? from <= now && now < until : from <= now || now < until;
}
