/** Answers that an older EmoHeal kept with the settings of this skill, brought to where those of every surface are. */
import { type CheckIn, moodOfPoints } from '../../engine/checkins/checkin.js';
import type { CheckIns } from '../../engine/checkins/checkins.js';
import type { AlexaState, EarlierCheckIn } from './alexa-state.js';

/** Stopped in between, it goes on at the next start, and nothing is there twice: ids follow from the time alone. */
export async function bringEarlierCheckIns(state: AlexaState, checkIns: Pick<CheckIns, 'bring'>): Promise<void> {
  for (const key of state.listenerKeys()) {
    const { checkIns: earlier, ...listener } = state.listener(key)!;
    if (!earlier) continue;
    if (earlier.length > 0) await checkIns.bring(key, earlier.flatMap(asCheckIns));
    await state.putListener(key, listener);
  }
}

/** Of the answer afterwards no time was kept: it counts a millisecond after the one before. */
function asCheckIns({ atMs, sessionId, before, after }: EarlierCheckIn): CheckIn[] {
  const answer = (moment: 'before' | 'after', points: number, laterMs: number): CheckIn => ({
    id: `earlier-${atMs}-${moment}`,
    atMs: atMs + laterMs,
    moment,
    sessionId,
    mood: moodOfPoints(points),
    points,
  });
  return [answer('before', before, 0), ...(after === null ? [] : [answer('after', after, 1)])];
}
