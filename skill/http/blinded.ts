/** What a plan says of itself while it is part of a study: nothing that tells which way it takes. */
import type { SessionPlan } from '../../engine/vocabulary.js';

export const BLINDED = 'This session is part of a study; why it is as it is will be told when the study is over.';

export function blinded({ approach: _approach, from: _from, way: _way, ...plan }: SessionPlan) {
  return {
    ...plan,
    stages: plan.stages.map(({ stage, startSec, endSec }) => ({ stage, startSec, endSec })),
    summary: [BLINDED],
    summaryFacts: [],
  };
}
