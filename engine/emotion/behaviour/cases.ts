/**
 * The behaviour suite: sentences as they are said at night, with what a sensible listener would sign about each
 * (after CheckList, Ribeiro et al. 2020, doi 10.18653/v1/2020.acl-main.442). Written by hand, from no data set, and not
 * fitted to what any model answers: a failing case is a finding about the model, never a reason to change the case.
 */
import { LANGUAGES } from './cases/languages.js';
import { MEANING } from './cases/meaning.js';
import { NIGHT } from './cases/night.js';
import { ROBUSTNESS } from './cases/robustness.js';
import { SECOND } from './cases/second.js';
import type { BehaviourCase } from './expectation.js';

export const BEHAVIOUR_CASES: readonly BehaviourCase[] = [...MEANING, ...NIGHT, ...ROBUSTNESS, ...LANGUAGES];
/** Cases that no rule was made by: what a rule helps here, it helps beyond the sentences that it was made for. */
export const SECOND_SET: readonly BehaviourCase[] = SECOND;
