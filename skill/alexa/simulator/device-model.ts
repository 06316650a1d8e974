/**
 * An Alexa device as its rules describe it: one stream that plays, a queue behind it, and events about both.
 *
 *   Play REPLACE_ALL       the current stream stops, the queue is emptied, the new one starts
 *   Play ENQUEUE           dropped unless expectedPreviousToken is the last of the queue (or, with an empty queue, the
 *                          current or last stream); a device that has finished starts it at once, a stopped one does not
 *   Play REPLACE_ENQUEUED  the queue is emptied, then as ENQUEUE
 *   Stop                   the current stream stops, the queue stays; ClearQueue empties it (and stops with CLEAR_ALL)
 *
 * Kinds differ in when they say that they are ready for the next stream: a Dot an eighth of a second before the end, a
 * Show right after the start, a first-generation Echo before it has even said that it started, and then once more.
 * Sources: AudioPlayer interface reference; the behaviours that people measured are in docs/alexa.md.
 */
import type { Directive, interfaces } from 'ask-sdk-model';

export type DeviceKind = 'dot' | 'show' | 'v1';

export interface Stream {
  token: string;
  url: string;
  offsetMs: number;
}

export interface PlayerEvent {
  type: `AudioPlayer.Playback${'Started' | 'NearlyFinished' | 'Finished' | 'Stopped' | 'Failed'}`;
  token: string;
  offsetMs: number;
  atMs: number;
}

export type Activity = 'IDLE' | 'PLAYING' | 'STOPPED' | 'FINISHED' | 'BUFFER_UNDERRUN';

/** A stretch of sound or of silence, in the order in which a listener would hear it. */
export interface Heard {
  token: string | null;
  fromMs: number;
  ms: number;
}

export interface DeviceModel {
  readonly kind: DeviceKind;
  activity(): Activity;
  current(): Stream | null;
  queue(): readonly Stream[];
  /** Offset within the current stream. */
  offsetMs(): number;
  receive(directives: readonly Directive[] | undefined): PlayerEvent[];
  /** Lets time pass, up to the next event: whoever drives the model decides when that one arrives. */
  advance(ms: number): PlayerEvent[];
  /** The current stream breaks off, as with a lost network. */
  fail(): PlayerEvent[];
  heard(): readonly Heard[];
  nowMs(): number;
}

const DOT_LEAD_MS = 120;

export function createDevice(options: {
  kind: DeviceKind;
  startMs: number;
  /** Length of the whole stream, milliseconds. */
  durationMs: (stream: Stream) => number;
}): DeviceModel {
  const { kind, durationMs } = options;
  let now = options.startMs;
  let activity: Activity = 'IDLE';
  let current: Stream | null = null;
  let at = 0;
  let asked = false;
  let queue: Stream[] = [];
  let events: PlayerEvent[] = [];
  const heard: Heard[] = [];

  const tell = (type: PlayerEvent['type'], stream: Stream, offsetMs: number) =>
    events.push({ type, token: stream.token, offsetMs: Math.round(offsetMs), atMs: now });
  const taken = () => {
    const some = events;
    events = [];
    return some;
  };
  const log = (token: string | null, ms: number) => {
    const last = heard[heard.length - 1];
    if (last && last.token === token) last.ms += ms;
    else heard.push({ token, fromMs: now, ms });
  };

  function start(stream: Stream): void {
    current = stream;
    at = stream.offsetMs;
    activity = 'PLAYING';
    asked = kind !== 'dot';
    if (kind === 'v1') tell('AudioPlayer.PlaybackNearlyFinished', stream, at);
    tell('AudioPlayer.PlaybackStarted', stream, at);
    if (kind !== 'dot') tell('AudioPlayer.PlaybackNearlyFinished', stream, at);
  }
  function stop(): void {
    if (activity !== 'PLAYING' || !current) return;
    activity = 'STOPPED';
    tell('AudioPlayer.PlaybackStopped', current, at);
  }

  function receive(directive: Directive): void {
    if (directive.type === 'AudioPlayer.Stop') stop();
    else if (directive.type === 'AudioPlayer.ClearQueue') {
      queue = [];
      if (directive.clearBehavior === 'CLEAR_ALL') stop();
    } else if (directive.type === 'AudioPlayer.Play') receivePlay(directive);
  }

  function receivePlay(directive: interfaces.audioplayer.PlayDirective): void {
    const stream = directive.audioItem?.stream;
    if (!stream) return;
    const next: Stream = { token: stream.token, url: stream.url, offsetMs: stream.offsetInMilliseconds };
    if (directive.playBehavior === 'REPLACE_ALL') {
      stop();
      queue = [];
      start(next);
      return;
    }
    if (directive.playBehavior === 'REPLACE_ENQUEUED') queue = [];
    const tail = queue[queue.length - 1]?.token ?? current?.token;
    if (stream.expectedPreviousToken !== undefined && stream.expectedPreviousToken !== tail) return;
    if (activity === 'FINISHED' || activity === 'IDLE') start(next);
    else queue.push(next);
  }

  return {
    kind,
    activity: () => activity,
    current: () => current,
    queue: () => queue,
    offsetMs: () => at,
    nowMs: () => now,
    heard: () => heard,
    receive(directives = []) {
      for (const directive of directives) receive(directive);
      return taken();
    },
    advance(ms) {
      let left = ms;
      while (left > 0 && events.length === 0) {
        if (activity !== 'PLAYING' || !current) {
          log(null, left);
          now += left;
          break;
        }
        const whole = durationMs(current);
        const toLead = asked ? Number.POSITIVE_INFINITY : Math.max(0, whole - DOT_LEAD_MS - at);
        const step = Math.min(left, Math.max(0, whole - at), toLead);
        log(current.token, step);
        at += step;
        now += step;
        left -= step;
        if (!asked && at >= whole - DOT_LEAD_MS) {
          asked = true;
          tell('AudioPlayer.PlaybackNearlyFinished', current, at);
        } else if (at >= whole) {
          tell('AudioPlayer.PlaybackFinished', current, at);
          const next = queue.shift();
          if (next) start(next);
          else activity = 'FINISHED';
        }
      }
      return taken();
    },
    fail() {
      if (activity === 'PLAYING' && current) {
        activity = 'STOPPED';
        tell('AudioPlayer.PlaybackFailed', current, at);
      }
      return taken();
    },
  };
}
