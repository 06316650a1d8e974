/** Brings the bedside page to life: joins the evening to hands, keys, voice, clock and house. */

import { minutes, readyOneTap } from './asking/one-tap';
import { readyPad } from './asking/pad';
import { askInTheMorning } from './check-ins';
import { joinHandsFree } from './hands-free/join';
import { createNight } from './night';
import { keepPlace, keptPlace } from './playing/keep';
import { listenToMediaKeys } from './playing/media-keys';
import { watchRoutines } from './routines';
import { readyEasier } from './screen/easier';
import { lightLamp } from './screen/lamp';
import { drawRing } from './screen/ring';
import { hint } from './screen/screen';
import { type Action, find, type StageName } from './shapes';
import { readySharing } from './sharing';
import { followSpeaker } from './speaker';
import { startTalking } from './talk';
import { words } from './words';

const field = find<HTMLTextAreaElement>('words');
const sound = find<HTMLAudioElement>('sound');
const night = createNight();

drawRing();
lightLamp({ stage: () => (document.body.dataset.stage as StageName) ?? 'match', loudness: night.loudness });
readyEasier();
readySharing();

find('feeling').addEventListener('submit', (event) => {
  event.preventDefault();
  void night.feel(field.value);
});
field.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  find<HTMLFormElement>('feeling').requestSubmit();
});
readyPad((point) => void night.feelPoint(point));
startTalking(find('talk'), {
  state: night.microphone,
  heard: (recording) => void night.feelSpoken(recording),
  trouble: hint,
});
for (const button of document.querySelectorAll<HTMLButtonElement>('[data-action]'))
  button.addEventListener('click', () => void night.command(button.dataset.action as Action));
find('pause').addEventListener('click', () => void night.command(sound.paused ? 'resume' : 'pause'));
find('why').addEventListener('click', () => void night.command('why'));
find('more').addEventListener('click', () => {
  const place = find('more-place');
  place.hidden = !place.hidden;
  find('more').setAttribute('aria-expanded', String(!place.hidden));
});
find('help-back').addEventListener('click', () => night.stopHere());
find('help-quiet').addEventListener('click', () => void night.quietly());
find('play-here').addEventListener('click', () => void night.takeOver());
void askInTheMorning(find('check'));

listenToMediaKeys({
  pause: () => void night.command('pause'),
  resume: () => void night.command('resume'),
  stop: () => void night.command('stop'),
  deeper: () => void night.command('deeper'),
});
followSpeaker({
  current: night.current,
  take: (id) => void night.take(id),
  pause: night.pauseHere,
  resume: night.resumeHere,
  stop: night.stopHere,
  volume: night.volume,
});
joinHandsFree({
  button: find<HTMLButtonElement>('hands-free'),
  sound,
  minutes,
  session: () => night.current()?.id,
  microphone(state, said) {
    night.microphone(state, said);
    if (night.state() !== 'playing') hint(said);
  },
  caption: night.caption,
  take: (id, told) => void night.take(id, told),
  pause: night.pauseHere,
  resume: night.resumeHere,
  stop: night.stopHere,
  turn: (way) => void night.command(way),
  duck: night.duck,
  help: night.help,
  woken: night.wake,
});
const routines = watchRoutines({
  sound,
  line: find('routine'),
  idle: night.idle,
  begin: (found, atSec) => night.play(found, words.itIsTime, atSec),
});
readyOneTap({
  rest: () => void night.feelPoint(null),
  look: routines.look,
});
void offerToGoOn();
if ('serviceWorker' in navigator) navigator.serviceWorker.register('/service-worker.js').catch(() => {});

/** A page that was closed or killed while music played: one touch goes on at that second. */
async function offerToGoOn(): Promise<void> {
  const place = keptPlace();
  if (!place) return;
  const session = await night.look(place.session).catch(() => undefined);
  if (session === undefined) return;
  if (!session || session.status === 'ended' || place.atSec >= session.durationSec) return keepPlace(null);
  const button = find('resume-last');
  button.hidden = false;
  night.onState((state) => {
    if (state === 'playing') button.hidden = true;
  });
  button.addEventListener(
    'click',
    () => {
      night.play(session, words.saidBegun, place.atSec);
      if (session.status === 'paused') void night.command('resume');
    },
    { once: true },
  );
}
