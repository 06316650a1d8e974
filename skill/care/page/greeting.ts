/** A greeting: press to record, press to end; heard again at once, deleted at a press. */
import { ask, type ListenerView, listenerPath } from './api';
import { find, say, tried, twice } from './dom';
import { filled, words } from './words';

const LONGEST_MS = 20_000;
/** WebM on most, MP4 on Apple's, Ogg on old Firefoxes: the server reads them all. */
const KINDS = ['audio/webm', 'audio/mp4', 'audio/ogg'];

let listener = '';
let changed: () => Promise<unknown> = async () => {};
let recorder: MediaRecorder | null = null;
let limit = 0;

export function readyGreeting(then: () => Promise<unknown>): void {
  changed = then;
  find('greeting-record').addEventListener('click', () => {
    if (recorder) recorder.stop();
    else void tried(record);
  });
  twice(find<HTMLButtonElement>('greeting-delete'), () =>
    tried(async () => {
      await ask('DELETE', `${listenerPath(listener)}/greeting`);
      await changed();
    }, words.greetingDeleted),
  );
}

export function showGreeting(view: ListenerView): void {
  listener = view.listener;
  const { greeting } = view.rules;
  const may = view.role !== 'viewer';
  find('greeting').hidden = !may && !greeting;
  find('greeting-record').hidden = !may;
  find('greeting-delete').hidden = !may || !greeting;
  find('greeting-now').textContent = greeting
    ? filled(words.greetingIs, { n: Math.round(greeting.durationSec) })
    : words.greetingIsNone;
  const sound = find<HTMLAudioElement>('greeting-sound');
  sound.hidden = !greeting;
  if (greeting) sound.src = `/api/v1/care${listenerPath(listener)}/greeting?of=${greeting.id}`;
  else sound.removeAttribute('src');
}

async function record(): Promise<void> {
  if (!navigator.mediaDevices?.getUserMedia || typeof MediaRecorder === 'undefined')
    throw new Error(words.noMicrophone);
  const stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1 } }).catch(() => {
    throw new Error(words.microphoneRefused);
  });
  const kind = KINDS.find((each) => MediaRecorder.isTypeSupported(each));
  const chunks: Blob[] = [];
  recorder = new MediaRecorder(stream, kind ? { mimeType: kind } : {});
  const type = (recorder.mimeType || kind || 'audio/webm').split(';')[0]!;
  recorder.addEventListener('dataavailable', ({ data }) => chunks.push(data));
  recorder.addEventListener('stop', () => {
    clearTimeout(limit);
    for (const track of stream.getTracks()) track.stop();
    recorder = null;
    pressed(false);
    void tried(async () => {
      say(words.oneMoment);
      await ask('POST', `${listenerPath(listener)}/greeting`, new Blob(chunks, { type }));
      await changed();
    }, words.greetingKept);
  });
  recorder.start();
  limit = window.setTimeout(() => recorder?.stop(), LONGEST_MS);
  pressed(true);
  say(words.recording);
}

function pressed(on: boolean): void {
  const record = find('greeting-record');
  record.setAttribute('aria-pressed', String(on));
  record.textContent = on ? words.endRecording : words.record;
}
