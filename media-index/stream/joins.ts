/**
 * How two neighbours meet: the plan says about when, this says how long and how, from what was measured of both.
 *
 * Rules:
 * 1. A cross-fade lasts 6 to 12 seconds and keeps the middle that the plan gave it. Keys that agree may lie over one
 *    another for long (up to 12), keys that rub only briefly (6); where no key is clear, 9.
 * 2. Where both have a clear pulse of nearly the same tempo, it lasts whole bars of four beats, and the second enters on
 *    the first one's beat (`beat-phase.ts`).
 * 3. Two voices never sing at once: the first is gone when the second comes, with a breath of a short fade each.
 * 4. No join reaches into sound that a track does not have, nor into the join before it.
 * 5. A join depends on what comes before it and on the entering track, never on what comes later: where the rest of a
 *    session is changed, all that was heard stays the same to the sample.
 * Example: C major into A minor, both 60 beats a minute: three bars, 12 s; into F sharp major: 6 s.
 */
import { keyDistance } from '../../engine/key-distance.js';
import type { AudioAnalysis, Programme, ScheduledTrack, Track } from '../../engine/vocabulary.js';

export const SHORTEST_JOIN_SEC = 6;
export const LONGEST_JOIN_SEC = 12;
const UNDECIDED_SEC = 9;
/** From here on the model that listens means a voice rather than an instrument that sounds like one. */
const VOICE_FROM = 0.5;
const CLEAR_PULSE = 0.5;
/** Two tempi within this share drift apart by less than a quarter of a beat in 12 s at 60 beats a minute. */
const SAME_TEMPO = 0.02;
const BREATH_SEC = 4;

export interface Join {
  /** Overlap, seconds; 0 where one follows the other. */
  overlapSec: number;
  /** Seconds of a beat that both share, where the second should enter on the first one's beat. */
  beatSec: number | null;
}

/** The beat that two pieces share, seconds; half or double tempo counts as the same. Null where they share none. */
export function sharedBeatSec(a: AudioAnalysis, b: AudioAnalysis): number | null {
  if (!a.tempoBpm || !b.tempoBpm || a.pulseClarity < CLEAR_PULSE || b.pulseClarity < CLEAR_PULSE) return null;
  for (const times of [1, 2, 0.5]) {
    if (Math.abs(b.tempoBpm / (a.tempoBpm * times) - 1) <= SAME_TEMPO) return 60 / Math.min(a.tempoBpm, b.tempoBpm);
  }
  return null;
}

const sings = ({ vocals }: AudioAnalysis) => (vocals ?? 0) >= VOICE_FROM;

/** Rules 1 to 3: the join that two pieces would have with all the time they need. */
export function joinOf(a: AudioAnalysis, b: AudioAnalysis): Join {
  if (sings(a) && sings(b)) return { overlapSec: 0, beatSec: null };
  const apart = keyDistance(a, b);
  const wished =
    apart === null
      ? UNDECIDED_SEC
      : Math.max(
          SHORTEST_JOIN_SEC,
          LONGEST_JOIN_SEC - Math.max(0, apart - 1) * ((LONGEST_JOIN_SEC - SHORTEST_JOIN_SEC) / 2),
        );
  const beatSec = sharedBeatSec(a, b);
  if (beatSec === null) return { overlapSec: wished, beatSec };
  const bar = beatSec * 4;
  let overlapSec = Math.max(1, Math.round(wished / bar)) * bar;
  if (overlapSec > LONGEST_JOIN_SEC) overlapSec = Math.floor(LONGEST_JOIN_SEC / bar) * bar;
  if (overlapSec < SHORTEST_JOIN_SEC) overlapSec += bar;
  return { overlapSec: Math.min(LONGEST_JOIN_SEC, overlapSec), beatSec };
}

export interface JoinedProgramme {
  programme: Programme;
  /** By place of the entering track: the beat that it shares with the one before. */
  beatSec: ReadonlyMap<number, number>;
}

/** The programme with every join as long as its content allows. Pure: the same programme and tracks, the same joins. */
export function withJoins(programme: Programme, tracks: (id: string) => Track | null): JoinedProgramme {
  const joined: ScheduledTrack[] = programme.tracks.map((track) => ({ ...track }));
  const beatSec = new Map<number, number>();
  for (let i = 1; i < joined.length; i += 1) {
    const [out, into] = [joined[i - 1]!, joined[i]!];
    const planned = programme.tracks[i - 1]!.endSec - programme.tracks[i]!.startSec;
    const [a, b] = [tracks(out.trackId), tracks(into.trackId)];
    // A cut that was planned as a cut, or a track that is gone, stays as the plan has it.
    if (!a || !b || planned < 1) continue;
    const middle = (programme.tracks[i - 1]!.endSec + programme.tracks[i]!.startSec) / 2;
    const join = joinOf(a.analysis, b.analysis);
    if (join.overlapSec === 0) {
      Object.assign(out, { endSec: middle, fadeOutSec: BREATH_SEC });
      Object.assign(into, { startSec: middle, fadeInSec: BREATH_SEC });
      continue;
    }
    const spare = a.durationSec - a.analysis.trailingSilenceSec - out.offsetSec - (out.endSec - out.startSec);
    const most = Math.min(planned + 2 * Math.max(0, spare), 2 * (middle - out.startSec - out.fadeInSec));
    const overlapSec = Math.max(1, Math.min(join.overlapSec, most));
    Object.assign(out, { endSec: middle + overlapSec / 2, fadeOutSec: overlapSec });
    Object.assign(into, { startSec: middle - overlapSec / 2, fadeInSec: overlapSec });
    if (join.beatSec !== null && overlapSec >= SHORTEST_JOIN_SEC) beatSec.set(i, join.beatSec);
  }
  return { programme: { ...programme, tracks: joined }, beatSec };
}
