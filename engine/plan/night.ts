/**
 * The end of a programme and what may follow: where it fades, how "ten more minutes" takes a begun end back, and the
 * night after the music. Pure: each returns a new programme; what was heard already stays as it was.
 */
import { EmohealError } from '../errors.js';
import type { Programme, Track } from '../vocabulary.js';

/** Frames of the stream: whatever is changed is changed at one. */
const FRAME_SEC = 0.024;
export const WAKE_MINUTES = { shortest: 5, longest: 20 };
export const MOST_NIGHT_SEC = 12 * 3600;
const NATURE_LUFS = -38;
const WAKE_LUFS = -24;

const toFrame = (sec: number) => Math.round(Math.round(sec / FRAME_SEC) * FRAME_SEC * 1000) / 1000;

/** Where the end begins to fade, seconds. */
export function fadeBeginsSec(programme: Programme): number {
  return Math.max(0, musicEndSec(programme) - programme.endFadeSec);
}

/** Where the music ends; nature and wake may go on after it. */
export const musicEndSec = (programme: Programme): number => programme.night?.musicEndSec ?? programme.durationSec;

/** `after` with the night that `before` had, where there is still time for it: the hour of dawn stays as it was. */
export function keepNight(before: Programme, after: Programme): Programme {
  const { night } = before;
  if (!night) return after;
  const dawnSec = night.nature?.untilSec ?? night.wake!.startSec + night.wake!.riseSec;
  const wakeSec = night.wake ? night.wake.startSec : dawnSec;
  if (wakeSec < after.durationSec) return after;
  // What wakes may have been composed for it: it is kept with the night.
  const made = before.made?.find(({ id }) => id === night.wake?.trackId);
  const all = made && !after.made?.includes(made) ? { made: [...(after.made ?? []), made] } : {};
  return { ...after, ...all, durationSec: before.durationSec, night: { ...night, musicEndSec: after.durationSec } };
}

/**
 * Where a session goes on that was stopped at `atSec`: there, or where its fade began, so that no music is lost to sleep.
 * In the night after the music there is no fade to be lost in.
 */
export function resumeFromSec(programme: Programme, atSec: number): number {
  if (programme.night && atSec >= programme.night.musicEndSec) return atSec;
  const fadeFromSec = fadeBeginsSec(programme);
  return atSec <= fadeFromSec ? Math.max(0, atSec) : toFrame(fadeFromSec);
}

/**
 * `longer` with the fade that `heard` had begun before `cutSec` kept as it was heard, and taken back from there: the
 * music rises again slowly instead of jumping. `longer` as it is where no fade had begun. Asking twice changes nothing.
 */
export function takeEndBack(heard: Programme, longer: Programme, cutSec: number): Programme {
  const fadeFromSec = fadeBeginsSec(heard);
  const earlier = (heard.takenBack ?? []).filter(({ atSec }) => atSec <= cutSec);
  const end = musicEndSec(heard);
  const begun = cutSec > fadeFromSec && heard.endFadeSec > 0 && fadeBeginsSec(longer) > fadeFromSec;
  const takenBack = [
    ...earlier,
    ...(begun ? [{ fadeFromSec, fadeSec: heard.endFadeSec, atSec: toFrame(Math.min(cutSec, end)) }] : []),
  ];
  return takenBack.length > 0 ? { ...longer, takenBack } : longer;
}

export interface NightWish {
  /** A nature sound that lies over the rest of the night. */
  nature?: Track;
  /** When the night ends, seconds of the session's clock. */
  dawnSec: number;
  /** What wakes, and over how many minutes it rises to its height at dawn. */
  wake?: { track: Track; minutes: number };
}

/** The programme with quiet nature until dawn, a gentle wake, or both. Throws `bad-input` where the times cannot be. */
export function withNight(programme: Programme, { nature, dawnSec, wake }: NightWish): Programme {
  const endSec = musicEndSec(programme);
  const { shortest, longest } = WAKE_MINUTES;
  if (wake && !(wake.minutes >= shortest && wake.minutes <= longest))
    throw new EmohealError(
      'bad-input',
      `A gentle wake rises over ${shortest} to ${longest} minutes, not ${wake.minutes}.`,
    );
  const wakeSec = (wake?.minutes ?? 0) * 60;
  if (!(dawnSec - wakeSec >= endSec) || dawnSec > MOST_NIGHT_SEC)
    throw new EmohealError('bad-input', 'The night must end after the music and the wake, within twelve hours.');
  if (!nature && !wake) return programme;
  return {
    ...programme,
    // The wake stays at its height for five minutes after dawn.
    durationSec: toFrame(wake ? dawnSec + 300 : dawnSec),
    night: {
      musicEndSec: endSec,
      ...(nature ? { nature: { trackId: nature.id, untilSec: dawnSec, loudnessLufs: NATURE_LUFS } } : {}),
      ...(wake
        ? {
            wake: {
              trackId: wake.track.id,
              startSec: dawnSec - wakeSec,
              riseSec: wakeSec,
              loudnessLufs: WAKE_LUFS,
            },
          }
        : {}),
    },
  };
}
