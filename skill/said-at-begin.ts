/** What is said as a session begins, on every surface that speaks. */
import type { PromptKey } from '../audio-prompts/prompts.js';
import type { Session } from '../engine/session.js';

/** In a study nothing that tells the way: whoever knows it hears, and answers, otherwise. */
export function saidAtBegin({ plan, blinded }: Pick<Session, 'plan' | 'blinded'>): PromptKey {
  if (plan.style === 'quiet sound') return 'withYouQuiet';
  if (blinded) return 'withYouInStudy';
  if (plan.approach === 'straight') return 'withYouStraight';
  return plan.intention === 'fall-asleep' ? 'withYouSleep' : 'withYou';
}
