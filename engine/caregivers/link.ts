/** That a caregiver may see something of a listener, and by whose word. */
import { z } from 'zod';
import { CaregiverName } from './account.js';
import { type CareAct, isMore, Role, roleMay } from './role.js';

export const MOST_CAREGIVERS = 10;

/** By voice, by a touch on the bedside page, or at the command line of the house. */
export const ConsentHow = z.enum(['spoken', 'tapped', 'typed']);
export type ConsentHow = z.infer<typeof ConsentHow>;

export const Consent = z.object({ atMs: z.number(), how: ConsentHow });
export type Consent = z.infer<typeof Consent>;

export const CareLink = z.object({
  caregiver: z.string(),
  name: CaregiverName,
  /** How the caregiver calls the listener, where they gave a name. */
  called: CaregiverName.optional(),
  role: Role,
  /** More than the listener agreed to, which another caregiver asks for; it holds as soon as the listener agrees. */
  asked: Role.optional(),
  since: z.number(),
  /** The listener's own word. Null: another caregiver invited this one, and the listener has not agreed yet. */
  consent: Consent.nullable(),
  /** Since when this caregiver is told that the listener asked for help; null where the listener did not agree to that. */
  tellCrisisSinceMs: z.number().nullable(),
});
export type CareLink = z.infer<typeof CareLink>;

/** Nothing without the listener's consent, whatever the role. */
export const linkMay = (link: CareLink | undefined, act: CareAct): link is CareLink =>
  link !== undefined && link.consent !== null && roleMay(link.role, act);

/**
 * The link with another role. By the listener's word it holds at once. By a caregiver's (`word` null) only what is no more
 * than the listener agreed to; anything more waits in `asked`, and until then nothing is lost.
 */
export function withRole(link: CareLink, role: Role, word: Consent | null): CareLink {
  const { asked: _asked, ...before } = link;
  const more = link.consent === null || isMore(role, link.role);
  if (word) return { ...before, role, consent: more ? word : link.consent };
  return link.consent !== null && more ? { ...before, asked: role } : { ...before, role };
}
