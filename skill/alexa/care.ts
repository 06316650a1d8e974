/** Settings of a listener: pace of speech, check-ins, pairing, and being forgotten. */
import type { Response } from 'ask-sdk-model';
import { pageWords } from '../../audio-prompts/screen/words.js';
import { askAgain, question, tell } from './answers.js';
import { startPlaying } from './begin.js';
import { heardAndNotAnswered, keepAnswer } from './check-ins.js';
import { slotText } from './requests.js';
import type { Speech } from './responses.js';
import { whoSees } from './sharing.js';
import { lookUp, type Turn } from './turn.js';

const CODE_HOLDS_MS = 10 * 60_000;

export async function speechRate(turn: Turn, slow: boolean): Promise<Response> {
  await turn.saveListener({ slowSpeech: slow });
  return tell(turn, turn.say(slow ? 'slowerSpeech' : 'normalSpeech'));
}

export async function checkIns(turn: Turn, on: boolean): Promise<Response> {
  if (on) await turn.deps.checkIns.agree(turn.listenerKey);
  await turn.saveListener({ checkInsOn: on });
  return tell(turn, turn.say(on ? 'checkInOn' : 'checkInOff'));
}

/** At once: whoever could see anything sees nothing when this is answered, and no code that was read out is good any more. */
export async function unpair(turn: Turn): Promise<Response> {
  const gone = (await turn.deps.caregivers?.stopSharing(turn.listenerKey)) ?? [];
  const had = gone.length > 0 || turn.listener.caregivers.length > 0 || turn.listener.pairing !== null;
  if (had) await turn.saveListener({ caregivers: [], pairing: null });
  return tell(turn, turn.say(had ? 'unpaired' : 'notPaired'));
}

/** One to five: the answer to a check-in before the music, or after it. */
export async function rating(turn: Turn): Promise<Response> {
  const value = Number(slotText(turn.envelope, 'rating'));
  const { asked, waiting, met } = turn.memory;
  if (!Number.isInteger(value) || value < 1 || value > 5) {
    if (asked === 'check-in-before' || asked === 'check-in-after')
      return question(turn, turn.say(asked === 'check-in-before' ? 'checkInBefore' : 'checkInAfter'));
    return asked === 'understood' ? question(turn, howWellMet(turn)) : askAgain(turn);
  }
  const heard = asked === 'check-in-after' ? await heardAndNotAnswered(turn) : null;
  if (heard) {
    await keepAnswer(turn, { moment: 'after', sessionId: heard.sessionId, points: value });
    const isInStudy = (await lookUp(turn, heard.sessionId!))?.session.blinded;
    if (!isInStudy) return thanks(turn);
    turn.memory.asked = 'understood';
    turn.memory.met = heard.sessionId!;
    return question(turn, howWellMet(turn));
  }
  if (asked === 'understood' && met) {
    await keepAnswer(turn, { moment: 'after', sessionId: met, understood: value });
    return thanks(turn);
  }
  if (!waiting) return askAgain(turn);
  await keepAnswer(turn, { moment: 'before', sessionId: waiting, points: value });
  return playWaiting(turn, waiting);
}

function thanks(turn: Turn): Response {
  delete turn.memory.asked;
  delete turn.memory.met;
  const [said, ask] = [turn.say('checkInThanks'), turn.say('howDoYouFeel')];
  return question(turn, { ...said, text: `${said.text} ${ask.text}` }, ask);
}

/** What a study asks besides: whether being understood goes with feeling better. */
function howWellMet(turn: Turn): Speech {
  const { askUnderstood, pointsUnderstood } = pageWords(turn.locale);
  return { text: `${askUnderstood} ${pointsUnderstood}`, slow: turn.listener.slowSpeech };
}

/** The session that waited for a check-in begins. */
export async function playWaiting(turn: Turn, sessionId: string): Promise<Response> {
  delete turn.memory.waiting;
  delete turn.memory.asked;
  const found = await lookUp(turn, sessionId);
  if (!found) return question(turn, turn.say('freshStart'), turn.say('howDoYouFeel'));
  const service = await turn.deps.service();
  const requestId = `${turn.envelope.request.requestId} begin`;
  const { session } = await service.place(sessionId, { requestId, atSec: 0, status: 'playing' });
  return startPlaying(turn, session);
}

/** A code that the speaker reads out; whoever types it in within ten minutes becomes a caregiver of this listener. */
export async function pair(turn: Turn): Promise<Response> {
  const { deps } = turn;
  if (deps.caregivers) {
    // Asking for a code is the listener's own word that whoever uses it may see whether evenings ran, and plan them.
    const offered = await deps.caregivers
      .invite(turn.listenerKey, { role: 'planner', how: 'spoken' })
      .catch((error: { code?: string }) => {
        if (error.code === 'conflict') return null;
        throw error;
      });
    return offered ? tell(turn, turn.say('pairCode', { code: offered.code })) : whoSees(turn);
  }
  const code = String(100_000 + deps.randomBelow(900_000));
  await turn.saveListener({
    pairing: { codeHash: deps.state.codeHash(code), untilMs: deps.nowMs() + CODE_HOLDS_MS },
  });
  return tell(turn, turn.say('pairCode', { code }));
}

/** Everything that is kept of this listener goes: settings, check-ins, pairings, sessions. */
export async function forgetListener(turn: Turn): Promise<void> {
  const service = await turn.deps.service();
  await turn.deps.erase(turn.listenerKey);
  for (const id of await turn.deps.state.forget({ listener: turn.listenerKey })) await service.forget(id);
}
