/**
 * How the night goes on from the music: the fade to nothing, an end that is taken back, quiet nature until dawn, and a
 * gentle wake. All of it is gain over time, rendered into the sound, so that no device has to do anything.
 */
import { musicEndSec } from '../../engine/plan/night.js';
import type { Programme, ScheduledTrack, Track } from '../../engine/vocabulary.js';

/** The end fade goes down this far, evenly, before it is silence. */
export const FADE_FLOOR_DB = 36;
/** A fifth of the fade is the knee: it begins so slowly that no beginning is heard. */
const KNEE = 0.2;
/** The last twentieth goes the rest of the way to nothing. */
const LAST = 0.05;
/** An end that is taken back comes up this fast: below the one decibel a second that nothing may exceed. */
const LIFT_DB_A_SEC = 0.6;
/** From here the wake rises: at the level of a quiet bedroom it is not there yet. */
const WAKE_FROM_DB = 40;
const NATURE_OUT_SEC = 60;
const LOOP_JOIN_SEC = 10;
/** Nature under sleep and the wake at its height, LUFS at most. */
export const LOUDEST_NATURE_LUFS = -34;
export const LOUDEST_WAKE_LUFS = -22;

/** Decibels at a share (0..1) of the fade: squared in the knee, then a straight line to -36 dB. */
export function endFadeDb(position: number): number {
  if (position <= 0) return 0;
  const straight = position < KNEE ? (position * position) / (2 * KNEE) : position - KNEE / 2;
  return (-FADE_FLOOR_DB * straight) / (1 - KNEE / 2);
}

/** Gain at a share of the fade; nothing at its end. */
export function endFadeGain(position: number): number {
  if (position <= 0) return 1;
  if (position >= 1) return 0;
  return 10 ** (endFadeDb(position) / 20) * Math.min(1, (1 - position) / LAST);
}

/** Gain of the music at a second, from its end fade and from ends that were taken back. */
export function musicGain(programme: Programme, sec: number): number {
  const { endFadeSec } = programme;
  const end = musicEndSec(programme);
  let gain = endFadeSec > 0 ? endFadeGain((sec - end + endFadeSec) / endFadeSec) : sec < end ? 1 : 0;
  for (const { fadeFromSec, fadeSec, atSec } of programme.takenBack ?? []) {
    if (sec <= fadeFromSec) continue;
    if (sec < atSec) gain *= endFadeGain((sec - fadeFromSec) / fadeSec);
    else {
      const floorDb = endFadeDb(Math.min(1, (atSec - fadeFromSec) / fadeSec));
      gain *= 10 ** (Math.min(0, floorDb + LIFT_DB_A_SEC * (sec - atSec)) / 20);
    }
  }
  return gain;
}

/** Gain of what follows the music. Nature comes as the music goes; the wake rises evenly in decibels. */
export function layerGain(programme: Programme, part: 'nature' | 'wake', sec: number): number {
  const { night } = programme;
  if (part === 'nature' && night?.nature) {
    const from = night.musicEndSec - programme.endFadeSec;
    const rising = Math.min(1, Math.max(0, (sec - from) / Math.max(1, programme.endFadeSec)));
    const falling = Math.min(1, Math.max(0, (night.nature.untilSec - sec) / NATURE_OUT_SEC));
    return Math.sin((Math.PI / 2) * rising) * Math.sin((Math.PI / 2) * falling);
  }
  if (part === 'wake' && night?.wake) {
    const { startSec, riseSec } = night.wake;
    const position = (sec - startSec) / riseSec;
    if (position <= 0) return 0;
    const soft = Math.min(1, (sec - startSec) / 10);
    const out = Math.min(1, Math.max(0, (programme.durationSec - sec) / 10));
    return soft * out * 10 ** ((-WAKE_FROM_DB * (1 - Math.min(1, position))) / 20);
  }
  return 0;
}

/** The rounds of one track that fill a stretch of the night, each laid over the end of the one before. */
export function rounds(track: Track, fromSec: number, toSec: number, loudnessLufs: number): ScheduledTrack[] {
  const { leadingSilenceSec, trailingSilenceSec } = track.analysis;
  const usable = Math.max(3 * LOOP_JOIN_SEC, track.durationSec - leadingSilenceSec - trailingSilenceSec);
  const all: ScheduledTrack[] = [];
  for (let at = fromSec; at < toSec; at += usable - LOOP_JOIN_SEC) {
    const endSec = Math.min(toSec, at + usable);
    all.push({
      trackId: track.id,
      title: track.title,
      stage: 'target',
      startSec: at,
      endSec,
      fadeInSec: at === fromSec ? 0 : LOOP_JOIN_SEC,
      fadeOutSec: endSec === toSec ? 0 : LOOP_JOIN_SEC,
      offsetSec: leadingSilenceSec,
      loudnessLufs,
      licence: track.licence,
      attribution: track.attribution,
      score: 1,
      parts: {},
    });
    if (endSec === toSec) break;
  }
  return all;
}
