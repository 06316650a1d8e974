/** What a caregiver may do for a listener. A larger role holds everything of the smaller one. */
import { z } from 'zod';

export const Role = z.enum(['viewer', 'planner', 'owner']);
export type Role = z.infer<typeof Role>;

/**
 * `see`: whether an evening ran, and what is planned. `plan`: routines. `rule`: loudness, music, quiet hours, the greeting.
 * `people`: invite, remove and change other caregivers. What a listener says or feels is nobody's to see.
 */
export type CareAct = 'see' | 'plan' | 'rule' | 'people';

const MAY: Record<Role, readonly CareAct[]> = {
  viewer: ['see'],
  planner: ['see', 'plan', 'rule'],
  owner: ['see', 'plan', 'rule', 'people'],
};

/** Whether `role` holds anything that `than` does not. */
export const isMore = (role: Role, than: Role): boolean => MAY[role].some((act) => !MAY[than].includes(act));

export const roleMay = (role: Role, act: CareAct): boolean => MAY[role].includes(act);
