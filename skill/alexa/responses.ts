/** Replies as Amazon wants them: speech as SSML, at most one Play, the microphone open or closed, nothing else. */
import type { Directive, Response } from 'ask-sdk-model';
import type { Session } from '../../engine/session.js';
import type { PlayItem } from './queue.js';
import { formatToken, type Part } from './stage-token.js';

export interface Speech {
  /** Plain sentences. */
  text: string;
  /** Read more slowly, for who asked for it. */
  slow?: boolean;
}

/** Plain words as SSML. A run of six digits is a code and read digit by digit. */
export function ssml({ text, slow }: Speech): string {
  const escaped = text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/\b\d{6}\b/g, (code) => `<say-as interpret-as="digits">${code}</say-as>`);
  // A night voice: a little slower and softer than the assistant's own.
  return `<speak><prosody rate="${slow ? 'x-slow' : '90%'}" volume="soft">${escaped}</prosody></speak>`;
}

export interface Reply {
  say?: Speech;
  /** The microphone opens afterwards; these words come again if nobody answers. */
  ask?: Speech;
  play?: Directive;
  /** Other directives: Stop, ClearQueue, ElicitSlot. */
  directives?: Directive[];
  /** Shown on a screen and in the app, beside the speech. */
  card?: { title: string; text: string };
}

/** A reply in a conversation. Without `ask` the microphone stays closed. */
export function spoken({ say, ask, play, directives = [], card }: Reply): Response {
  const all = play ? [play, ...directives] : directives;
  return {
    ...(say ? { outputSpeech: { type: 'SSML', ssml: ssml(say) } } : {}),
    ...(ask ? { reprompt: { outputSpeech: { type: 'SSML', ssml: ssml(ask) } } } : {}),
    ...(card ? { card: { type: 'Simple', title: card.title, content: card.text } } : {}),
    ...(all.length > 0 ? { directives: all } : {}),
    shouldEndSession: !ask,
  };
}

/** A reply to a player or a button: directives or nothing. */
export const silent = (...directives: Directive[]): Response => (directives.length > 0 ? { directives } : {});

export const STOP: Directive = { type: 'AudioPlayer.Stop' };
export const CLEAR_ENQUEUED: Directive = { type: 'AudioPlayer.ClearQueue', clearBehavior: 'CLEAR_ENQUEUED' };

export interface PlayWish {
  item: PlayItem;
  session: Session;
  /** Where the device fetches a stage of the session. */
  streamUrl: (session: Session, part: Part) => string;
  artUrl: (name: string) => string;
  /** What a screen shows, in the listener's language. */
  title: string;
  /** With it the item is queued behind that stream; without it, it plays now and the queue is emptied. */
  after?: string;
}

export function playDirective({ item, session, streamUrl, artUrl, title, after }: PlayWish): Directive {
  const { token, offsetSec } = item;
  const sounding = session.programme.tracks.filter(
    (track) => track.endSec > token.startSec + offsetSec && track.startSec < token.endSec,
  );
  // The night looks as its last stage did.
  const look = token.stage === 'night' ? 'target' : token.stage;
  const art = (name: string) => ({ contentDescription: title, sources: [{ url: artUrl(name) }] });
  const stream = {
    token: formatToken(token),
    url: streamUrl(session, token.stage),
    offsetInMilliseconds: Math.round(offsetSec * 1000),
    ...(after === undefined ? {} : { expectedPreviousToken: after }),
    captionData: { content: captions(session, token.startSec, token.endSec), type: 'WEBVTT' as const },
  };
  return {
    type: 'AudioPlayer.Play',
    playBehavior: after === undefined ? 'REPLACE_ALL' : 'ENQUEUE',
    audioItem: {
      stream,
      metadata: {
        title,
        subtitle: sounding[0] ? `${sounding[0].title} · ${sounding[0].attribution}` : '',
        art: art(`${look}-512.png`),
        backgroundImage: art(`${look}-wide.png`),
      },
    },
  };
}

/** WEBVTT for those who do not hear: which piece sounds when, on the clock of the stage's stream. */
export function captions(session: Session, startSec: number, endSec: number): string {
  const cues = session.programme.tracks
    .filter((track) => track.endSec > startSec && track.startSec < endSec)
    .map((track) => {
      const from = Math.max(0, track.startSec - startSec);
      const to = Math.min(endSec, track.endSec) - startSec;
      return `${clock(from)} --> ${clock(to)}\n♪ ${track.title}`;
    });
  return `WEBVTT\n\n${cues.join('\n\n')}\n`;
}

function clock(sec: number): string {
  const ms = Math.round(sec * 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(ms / 3_600_000))}:${two(Math.floor(ms / 60_000) % 60)}:${two(Math.floor(ms / 1000) % 60)}.${String(ms % 1000).padStart(3, '0')}`;
}
