/** What a plan says of itself while it is part of a study: nothing that tells which way it takes. */
import { sayPrompt } from '../../audio-prompts/prompts.js';
import type { SessionPlan } from '../../engine/vocabulary.js';

/** In the listener's language. */
export const whyInStudy = (locale: string): string => sayPrompt('whyInStudy', locale);

export function blinded({ approach: _approach, from: _from, way: _way, ...plan }: SessionPlan, locale: string) {
  return {
    ...plan,
    stages: plan.stages.map(({ stage, startSec, endSec }) => ({ stage, startSec, endSec })),
    summary: [whyInStudy(locale)],
    summaryFacts: [],
  };
}
