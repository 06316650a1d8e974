/** What can be said, intent by intent. Each reads its slots, makes one call, and answers in a sentence or with music. */
import type { Response } from 'ask-sdk-model';
import { helpLineFor } from '../../engine/crisis/help-lines.js';
import { EmohealError } from '../../engine/errors.js';
import { BEDSIDE } from '../../engine/listeners/bedside.js';
import { FEWEST_MINUTES, MOST_MINUTES } from '../../engine/plan/planner.js';
import type { SessionAction } from '../../engine/session-service.js';
import { Intention } from '../../engine/vocabulary.js';
import { minutesOf } from '../../voice-intents/durations.js';
import { askAgain, question, tell } from './answers.js';
import { beginHere, startPlaying, stayQuietly } from './begin.js';
import { checkIns, forgetListener, pair, playWaiting, rating, speechRate, unpair } from './care.js';
import { heardAndNotAnswered } from './check-ins.js';
import { nap, skipTonight, snoozeTonight, waitingHere, wakeAt } from './clock.js';
import { pausePlaying, resumePlaying, skip } from './player-events.js';
import { itemAt } from './queue.js';
import { slotId, slotText } from './requests.js';
import { spoken } from './responses.js';
import { askTellCrisis, tellNobody, tellThem, whoLooked, whoSees } from './sharing.js';
import { parseToken } from './stage-token.js';
import { type Handle, lookUp, type Playing, placed, play, rememberPlaying, sessionHere, type Turn } from './turn.js';
import { whyHere } from './why.js';

/** A check-in afterwards makes sense once some music was heard, and while one still knows. */
const AFTER_FROM_MS = 3 * 60_000;
const AFTER_UNTIL_MS = 20 * 3600_000;

export const conversation: Record<string, Handle> = {
  FeelingIntent: (turn) => feeling(turn, slotText(turn.envelope, 'feeling')),
  EmotionIntent: (turn) => feeling(turn, emotionText(turn)),
  SleeplessIntent: (turn) => beginHere(turn, { text: "I can't sleep", intention: 'fall-asleep' }),
  IntentionIntent: (turn) => {
    const intention = Intention.safeParse(slotId(turn.envelope, 'intention'));
    if (intention.success) return beginHere(turn, { text: '', intention: intention.data });
    // Not one of ours: it may be anything that a person wants, also what the crisis gate must hear.
    return feeling(turn, slotText(turn.envelope, 'intention'));
  },
  ApproachIntent: approach,
  LengthIntent: length,
  WhyIntent: async (turn) => {
    const here = await sessionHere(turn);
    return here ? tell(turn, whyHere(turn, here.session)) : nothingPlaying(turn);
  },
  StayIntent: (turn) => bend(turn, 'stay', 'staying'),
  DeeperIntent: (turn) => bend(turn, 'deeper', 'deeper'),
  StraightToCalmIntent: (turn) => bend(turn, 'straight-to-calm', 'straightToCalm'),
  MoreTimeIntent: (turn) => bend(turn, 'extend', 'extended', minutesOf(slotText(turn.envelope, 'length')) ?? 10),
  StopInIntent: async (turn) => {
    const minutes = minutesOf(slotText(turn.envelope, 'length'));
    return minutes === null ? askAgain(turn) : bend(turn, 'end-in', 'stopsIn', minutes);
  },
  FollowMeIntent: followMe,
  SlowerSpeechIntent: (turn) => speechRate(turn, true),
  NormalSpeechIntent: (turn) => speechRate(turn, false),
  RatingIntent: rating,
  CheckInOnIntent: (turn) => checkIns(turn, true),
  CheckInOffIntent: (turn) => checkIns(turn, false),
  WhoSeesIntent: whoSees,
  WhoLookedIntent: whoLooked,
  TellCaregiverIntent: askTellCrisis,
  KeepToMyselfIntent: tellNobody,
  SkipTonightIntent: skipTonight,
  SnoozeIntent: snoozeTonight,
  NapIntent: nap,
  WakeIntent: wakeAt,
  PairIntent: pair,
  UnpairIntent: unpair,
  ForgetMeIntent: async (turn) => {
    turn.memory.asked = 'forget';
    return question(turn, turn.say('forgetMeSure'));
  },
  'AMAZON.YesIntent': yes,
  'AMAZON.NoIntent': no,
  'AMAZON.HelpIntent': async (turn) => question(turn, turn.say('help'), turn.say('howDoYouFeel')),
  'AMAZON.FallbackIntent': askAgain,
  'AMAZON.RepeatIntent': async (turn) => {
    const { said } = turn.memory;
    if (said) return question(turn, { text: said, slow: turn.listener.slowSpeech });
    return (await sessionHere(turn))
      ? tell(turn, turn.say('nothingToRepeat'))
      : question(turn, turn.say('howDoYouFeel'));
  },
  'AMAZON.StartOverIntent': (turn) => bend(turn, 'restart', 'startingOver'),
  'AMAZON.ResumeIntent': resume,
  'AMAZON.PauseIntent': stop,
  'AMAZON.StopIntent': stop,
  'AMAZON.CancelIntent': stop,
  'AMAZON.NavigateHomeIntent': stop,
  'AMAZON.NextIntent': (turn) => skipped(turn, 'next'),
  'AMAZON.PreviousIntent': (turn) => skipped(turn, 'previous'),
  'AMAZON.LoopOnIntent': orderMatters,
  'AMAZON.LoopOffIntent': orderMatters,
  'AMAZON.ShuffleOnIntent': orderMatters,
  'AMAZON.ShuffleOffIntent': orderMatters,
};

/** "Alexa, open Bedside". */
export async function launch(turn: Turn): Promise<Response> {
  const { listener, deps } = turn;
  const nowMs = deps.nowMs();
  const waiting = await waitingHere(turn);
  if (waiting) return startPlaying(turn, waiting, turn.say('routineHere').text);
  if (listener.welcomedAtMs === null) {
    await turn.saveListener({ welcomedAtMs: nowMs });
    return question(turn, turn.say('welcomeFirst'), turn.say('howDoYouFeel'));
  }
  const last = listener.checkInsOn ? await heardAndNotAnswered(turn) : null;
  if (last) {
    const agoMs = nowMs - last.atMs;
    if (agoMs > AFTER_FROM_MS && agoMs < AFTER_UNTIL_MS) {
      turn.memory.asked = 'check-in-after';
      return question(turn, turn.say('checkInAfter'));
    }
  }
  return question(turn, turn.say('welcome'), turn.say('howDoYouFeel'));
}

/** What was said, for the crisis gate and the model, and the English name of the feeling, which every model reads. */
function emotionText(turn: Turn): string {
  const said = slotText(turn.envelope, 'emotion');
  const id = slotId(turn.envelope, 'emotion')?.replaceAll('-', ' ');
  return id && id !== said ? `${said}. I feel ${id}.` : said;
}

async function feeling(turn: Turn, text: string): Promise<Response> {
  return text === '' ? askAgain(turn) : beginHere(turn, { text });
}

/** Nothing plays: the question follows, so that one word is enough to go on. */
async function nothingPlaying(turn: Turn): Promise<Response> {
  const gone = turn.device.sessionId ?? parseToken(turn.envelope.context?.AudioPlayer?.token)?.sessionId;
  const say = turn.say(gone && !(await lookUp(turn, gone)) ? 'freshStart' : 'nothingPlaying');
  return question(turn, say, turn.say('howDoYouFeel'));
}

/** The session changes from where the device is; the music goes on from that second. */
async function bend(
  turn: Turn,
  action: SessionAction,
  key: 'staying' | 'deeper' | 'straightToCalm' | 'extended' | 'stopsIn' | 'startingOver',
  minutes?: number,
): Promise<Response> {
  const found = await sessionHere(turn);
  if (!found) return nothingPlaying(turn);
  if (minutes !== undefined && (minutes < 1 || minutes > MOST_MINUTES)) return outOfRange(turn);
  const here = found.session.status === 'ended' ? found : await placed(turn, found);
  const service = await turn.deps.service();
  const requestId = turn.envelope.request.requestId;
  const changed = await service.act(here.session.id, action, { requestId, minutes }).catch((error) => {
    if (error instanceof EmohealError && ['bad-input', 'illegal-transition'].includes(error.code)) return null;
    throw error;
  });
  if (!changed) return outOfRange(turn);
  const { session, position } = changed;
  const item = itemAt(session, position.atSec);
  if (!item) return nothingPlaying(turn);
  const playing =
    position.status === 'playing'
      ? session
      : (await service.place(session.id, { requestId: `${requestId} on`, atSec: position.atSec, status: 'playing' }))
          .session;
  rememberPlaying(turn, playing, item);
  return spoken({
    say: turn.say(key, { minutes: minutes ? String(Math.round(minutes)) : '' }),
    play: play(turn, playing, item),
  });
}

const outOfRange = (turn: Turn): Promise<Response> =>
  tell(turn, turn.say('lengthOutOfRange', { least: String(FEWEST_MINUTES), most: String(MOST_MINUTES) }));

/** Before the music it is a wish for it; while it plays, it is when the music ends. */
async function length(turn: Turn): Promise<Response> {
  const minutes = minutesOf(slotText(turn.envelope, 'length'));
  if (minutes === null) return askAgain(turn);
  if (minutes < FEWEST_MINUTES || minutes > MOST_MINUTES) return outOfRange(turn);
  const here = await sessionHere(turn);
  if (here && here.position.status === 'playing') return bend(turn, 'end-in', 'stopsIn', minutes);
  turn.memory.minutes = minutes;
  return question(turn, turn.say('lengthSet', { minutes: String(Math.round(minutes)) }), turn.say('howDoYouFeel'));
}

async function approach(turn: Turn): Promise<Response> {
  const id = slotId(turn.envelope, 'approach');
  if (id !== 'iso' && id !== 'straight') return askAgain(turn);
  const here = await sessionHere(turn);
  if (here && here.position.status === 'playing' && id === 'straight')
    return bend(turn, 'straight-to-calm', 'straightToCalm');
  turn.memory.approach = id;
  return question(turn, turn.say(id === 'iso' ? 'approachIso' : 'approachStraight'), turn.say('howDoYouFeel'));
}

/** Takes the session of the same listener to this device, with its stage and second; the other gets nothing more. */
async function followMe(turn: Turn): Promise<Response> {
  const { state } = turn.deps;
  const other = state.deviceOf(turn.listenerKey, turn.deviceKey);
  const there = other?.device.sessionId ? await lookUp(turn, other.device.sessionId) : null;
  const fromDevice = other && there && there.position.status !== 'ended' ? there : null;
  const found = fromDevice ?? (await fromTheHouse(turn));
  if (!found) return tell(turn, turn.say('nothingToFollow'));
  if (other && fromDevice) state.putDevice(other.key, { ...other.device, sessionId: null, standsIn: null });
  const item = itemAt(found.session, found.position.atSec);
  if (!item) return tell(turn, turn.say('nothingToFollow'));
  const service = await turn.deps.service();
  const { session } = await service.place(found.session.id, {
    requestId: `${turn.envelope.request.requestId} follow`,
    atSec: found.position.atSec,
    status: 'playing',
  });
  rememberPlaying(turn, session, item);
  return spoken({ say: turn.say('followedHere'), play: play(turn, session, item) });
}

/** The session on the bedside page, a speaker or another assistant: nobody else's, and silent there from now on. */
async function fromTheHouse(turn: Turn): Promise<Playing | null> {
  const { elsewhere } = turn.deps;
  const latest = elsewhere?.latest();
  if (!elsewhere || !latest || latest.position.status === 'ended') return null;
  const { id, listener } = latest.session;
  if (listener !== undefined && listener !== BEDSIDE && listener !== turn.listenerKey) return null;
  await elsewhere.handOver(id);
  return lookUp(turn, id);
}

async function yes(turn: Turn): Promise<Response> {
  const { asked, waiting } = turn.memory;
  delete turn.memory.asked;
  if (asked === 'forget') {
    await forgetListener(turn);
    return spoken({ say: turn.say('forgotten') });
  }
  if (asked === 'tell-crisis') return tellThem(turn);
  if (asked === 'quiet') return stayQuietly(turn);
  return waiting ? playWaiting(turn, waiting) : askAgain(turn);
}

async function no(turn: Turn): Promise<Response> {
  const { asked, waiting } = turn.memory;
  delete turn.memory.asked;
  if (asked === 'forget') return tell(turn, turn.say('notForgotten'));
  if (asked === 'tell-crisis') return tellNobody(turn);
  if (asked === 'quiet') {
    const { service, number } = helpLineFor(turn.locale);
    return tell(turn, turn.say('quietDeclined', { service, number }));
  }
  return waiting ? playWaiting(turn, waiting) : stop(turn);
}

async function resume(turn: Turn): Promise<Response> {
  const here = await sessionHere(turn);
  if (!here) return nothingPlaying(turn);
  return closed(await resumePlaying(turn));
}

/** Quiet at once, no words over it; without music it is a good night. */
async function stop(turn: Turn): Promise<Response> {
  const here = await sessionHere(turn);
  const activity = turn.envelope.context?.AudioPlayer?.playerActivity;
  const sounding = here?.position.status === 'playing' || activity === 'PLAYING' || activity === 'BUFFER_UNDERRUN';
  const reply = await pausePlaying(turn);
  return sounding ? closed(reply) : { ...spoken({ say: turn.say('stopped') }), ...reply };
}

async function skipped(turn: Turn, way: 'next' | 'previous'): Promise<Response> {
  if (!(await sessionHere(turn))) return nothingPlaying(turn);
  return closed(await skip(turn, way));
}

function orderMatters(turn: Turn): Promise<Response> {
  return tell(turn, turn.say('orderMatters'));
}

/** A reply of the player's kind, in a conversation. */
const closed = (reply: Response): Response => ({ ...reply, shouldEndSession: true });
