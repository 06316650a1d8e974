/**
 * Plans for forty spoken situations, as text that a therapist can read line by line. A change of rules or data shows here
 * as a change of sentences; whoever makes it reads them again, and then writes them anew with `vitest run -u`.
 */
import { expect, it } from 'vitest';
import { loadKnowledge } from '../../knowledge/graph.js';
import type { MusicalProfile, SessionPlan } from '../../vocabulary.js';
import { feeling } from '../plan.fixture.js';
import { planSession } from '../planner.js';
import { profileAt } from '../way.js';
import { SITUATIONS, type Situation } from './situations.fixture.js';

const knowledge = loadKnowledge();

const signed = (value: number) => (value < 0 ? '-' : '+') + Math.abs(value).toFixed(2);
const profileLine = (name: string, profile: MusicalProfile): string =>
  `  ${name.padEnd(7)} mood ${signed(profile.affect.valence)}/${signed(profile.affect.arousal)}  ${profile.onsetRatePerSec.toFixed(1)} events/s  ${Math.round(profile.tempoBpm)} BPM  mode ${signed(profile.mode)}  brightness ${profile.brightness.toFixed(2)}  ${profile.loudnessLufs.toFixed(1)} LUFS  ${profile.instrumentation.join(', ')}`;

function describePlan(situation: Situation, plan: SessionPlan): string {
  const [match, guide, target] = plan.stages;
  const end = profileAt(plan, target!.endSec);
  return [
    `"${situation.said}" (${situation.nowHour} h)`,
    `  ${plan.minutes} minutes, ${plan.form}, ${plan.approach}, towards ${plan.intention}; stages ${[match, guide, target].map((s) => `${Math.round((s!.endSec - s!.startSec) / 6) / 10}`).join(' / ')} min`,
    profileLine('begins', profileAt(plan, 0)),
    profileLine('guide', guide!.profile),
    profileLine('ends', end),
    ...plan.summary.map((sentence) => `  - ${sentence}`),
    ...match!.because.map(({ text }) => `  * ${text}`),
  ].join('\n');
}

it('forty spoken situations', async () => {
  const texts = SITUATIONS.map(({ felt, body, said, ...wish }) => {
    const reading = { ...feeling(felt), ...(body ? { bodyState: body } : {}) };
    return describePlan({ felt, said, ...wish }, planSession(knowledge, { ...wish, reading, seed: 1 }));
  });
  await expect(`${texts.join('\n\n')}\n`).toMatchFileSnapshot('plans.txt');
});
