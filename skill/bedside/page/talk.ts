/** Hold to talk: records while the button (or the space bar on it) is held, and hands the recording over. */

import { words } from './words';

export interface Listener {
  state(state: 'off' | 'listening' | 'thinking'): void;
  heard(recording: Blob): void;
  trouble(why: string): void;
}

const LONGEST_MS = 55_000;
const SHORTEST_MS = 400;

export function startTalking(button: HTMLElement, listener: Listener): void {
  let recorder: MediaRecorder | null = null;
  let stream: MediaStream | null = null;
  let held = false;
  let startedMs = 0;
  let limit = 0;

  async function begin(): Promise<void> {
    if (held) return;
    held = true;
    if (!navigator.mediaDevices?.getUserMedia) {
      held = false;
      listener.trouble(words.microphoneMissing);
      return;
    }
    try {
      stream = await navigator.mediaDevices.getUserMedia({
        audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true },
      });
    } catch {
      held = false;
      listener.trouble(words.microphoneRefused);
      return;
    }
    if (!held) return release();
    const chunks: Blob[] = [];
    recorder = new MediaRecorder(stream);
    recorder.addEventListener('dataavailable', (event) => chunks.push(event.data));
    recorder.addEventListener('stop', () => {
      const long = Date.now() - startedMs >= SHORTEST_MS;
      const type = recorder?.mimeType.split(';')[0] ?? 'audio/webm';
      release();
      if (long) {
        listener.state('thinking');
        listener.heard(new Blob(chunks, { type }));
      } else {
        listener.state('off');
        listener.trouble(words.holdLonger);
      }
    });
    recorder.start();
    startedMs = Date.now();
    limit = window.setTimeout(end, LONGEST_MS);
    listener.state('listening');
  }

  function end(): void {
    held = false;
    clearTimeout(limit);
    if (recorder?.state === 'recording') recorder.stop();
  }

  function release(): void {
    for (const track of stream?.getTracks() ?? []) track.stop();
    stream = null;
    recorder = null;
  }

  button.addEventListener('pointerdown', (event) => {
    event.preventDefault();
    void begin();
  });
  for (const kind of ['pointerup', 'pointercancel', 'pointerleave'] as const) button.addEventListener(kind, end);
  button.addEventListener('keydown', (event) => {
    if ((event.key === ' ' || event.key === 'Enter') && !event.repeat) {
      event.preventDefault();
      void begin();
    }
  });
  button.addEventListener('keyup', (event) => {
    if (event.key === ' ' || event.key === 'Enter') end();
  });
  button.addEventListener('contextmenu', (event) => event.preventDefault());
}
