/** The honest "why this music?" in two to four plain sentences, in English; surfaces translate by key where they can. */
import type { EmotionReading, Intention, SessionPlan } from '../vocabulary.js';

const TOWARDS: Record<Intention, string> = {
  'calm-down': 'calm',
  'fall-asleep': 'sleep',
  'let-it-out': 'letting it out, and then quiet',
  'lift-up': 'a lighter mood',
  focus: 'a steady mind',
  grieve: 'quiet, without hurry',
  'wake-gently': 'waking gently',
};

export function summaryOf(plan: SessionPlan, reading: EmotionReading): string[] {
  const felt = reading.labels.filter((label) => label !== 'neutral').slice(0, 2);
  const first =
    felt.length === 0
      ? 'I could not tell a particular feeling, so we begin in the middle.'
      : plan.approach === 'iso'
        ? `I heard ${felt.join(' and ')}, so the music begins close to that.`
        : `I heard ${felt.join(' and ')}; as you asked, the music is calm from the start.`;
  const capped =
    plan.from.affect.arousal < reading.arousal - 0.05 ? ['It is kept gentler than the feeling itself.'] : [];
  return [
    first,
    ...capped,
    `Over ${Math.round(plan.minutes)} minutes it leads, step by step, towards ${TOWARDS[plan.intention]}.`,
    'How much this helps differs from person to person; the research is promising and mixed.',
  ];
}
