/**
 * Scheduled tracks laid over one another: each opened when its time comes, brought to its loudness, faded with equal
 * power, and replaced where it cannot be read.
 */
import type { ScheduledTrack, Track } from '../../engine/vocabulary.js';
import { SAMPLE_RATE, type TrackSource } from '../track-source.js';
import { skipToBeatSec } from './beat-phase.js';
import { type Envelope, fadeAt, gainFor, isSteady, levelAt, plannedLufs, riseGain, WHOLE_POWER } from './envelope.js';
import { createReader, type FrameReader } from './frame-reader.js';

/** Tracks whose beginning is near are prepared ahead of time. */
const WARM_AHEAD = 3;
const MOST_REPLACEMENTS = 6;
/** Seconds listened to for the beat, on either side of a join. */
const BEAT_SEC = 8;
/** A beat, a block of what makes the sound, and what a reader holds back for its fade: less than this. */
const READ_AHEAD_SEC = 4;

export interface VoiceDeps {
  source: TrackSource;
  tracks: (id: string) => Track | null;
  /** Told once for each track that had to be replaced; the text names the track, nothing else. */
  onTrouble?: (message: string) => void;
}

interface Voice extends Envelope {
  reader: FrameReader;
  /** Whether its trouble was told already. */
  isTold: boolean;
  /** What sounded last, for the beat of the next join. */
  heard: { parts: Float32Array[]; samples: number; endFrame: number } | null;
}

export interface VoicesWish {
  schedule: readonly ScheduledTrack[];
  /** By place of the entering track: the beat that it shares with the one before (`joins.ts`). */
  beatSec?: ReadonlyMap<number, number>;
  /** No loudness goal is followed above this, LUFS. */
  loudestLufs: number;
  signal?: AbortSignal | undefined;
}

export interface Voices {
  /** Adds what sounds in the frames from `start` on. Blocks must be asked for in order, without a gap. */
  addTo(block: Float32Array, start: number): Promise<void>;
  /** Whether there is a hole at a frame: less sounds than a whole track, for a breath or where a broken one's place is taken. */
  isHollow(frame: number): boolean;
  /** While a track rises to its level, what the plan allows at a frame, LUFS; null where none rises. */
  risenLufs(frame: number): number | null;
  close(): Promise<void>;
}

export function createVoices(deps: VoiceDeps, { schedule, beatSec, loudestLufs, signal }: VoicesWish): Voices {
  const voices = new Map<number, Voice>();
  let warmed = 0;
  /** Opened last: what is opened next comes in at the level that this one has come to by then. */
  let latest: Voice | null = null;

  /**
   * Also the track that plays: what was begun for a listener who leaves is there as far as it would have been heard, for the
   * next time.
   */
  function warm(index: number): void {
    const scheduled = schedule[index]!;
    const track = deps.tracks(scheduled.trackId);
    if (track) void deps.source.warm(track, neededSec(scheduled, scheduled.offsetSec));
  }

  function voiceOf(
    scheduled: ScheduledTrack,
    track: Track | null,
    offsetSec: number,
    replacedSec: number | null,
  ): Voice {
    const wishedLufs = Math.min(loudestLufs, scheduled.loudnessLufs);
    const { gain, ownLufs } = track ? gainFor(track, wishedLufs) : { gain: 0, ownLufs: wishedLufs };
    return {
      scheduled,
      gain,
      ownLufs,
      reader: createReader(
        track ? deps.source.open(track, offsetSec, signal, neededSec(scheduled, offsetSec)) : nothing(),
      ),
      rise: { fromLufs: latest ? levelAt(latest, scheduled.startSec) : ownLufs, fromSec: scheduled.startSec },
      replacedSec,
      isTold: false,
      heard: null,
    };
  }

  async function openVoice(index: number, start: number): Promise<Voice> {
    const scheduled = schedule[index]!;
    const track = deps.tracks(scheduled.trackId);
    if (!track) {
      deps.onTrouble?.(`The track ${scheduled.trackId} is gone; another takes its place.`);
      return replacement(index, 0, start);
    }
    const voice = voiceOf(scheduled, track, scheduled.offsetSec, null);
    const beat = beatSec?.get(index);
    const before = voices.get(index - 1)?.heard;
    if (beat && before) await enterOnBeat(voice, before, beat);
    return voice;
  }

  /** Skips less than a beat of the entering track. A track that cannot be read is found out later, when it is laid. */
  async function enterOnBeat(voice: Voice, before: NonNullable<Voice['heard']>, beat: number): Promise<void> {
    const pcm = await voice.reader.peek(BEAT_SEC * SAMPLE_RATE).catch(() => null);
    if (!pcm) return;
    const last = endOf(before, BEAT_SEC * SAMPLE_RATE * 2);
    const fromSec = (before.endFrame - last.length / 2) / SAMPLE_RATE;
    const skipSec = skipToBeatSec({ pcm: last, fromSec }, { pcm, atSec: voice.scheduled.startSec }, beat);
    const frames = Math.round(skipSec * SAMPLE_RATE);
    for (let skipped = 0; skipped < frames; ) {
      const got = await voice.reader.read(frames - skipped);
      if (got.length === 0) return;
      skipped += got.length >> 1;
    }
  }

  /** The next track of the programme that can be had, else one before, else this one again; from its beginning. */
  function replacement(index: number, tries: number, atFrame: number): Voice {
    const scheduled = schedule[index]!;
    const after = schedule.slice(index + 1);
    const before = schedule.slice(0, index).reverse();
    const ids = new Set([...after, ...before].map(({ trackId }) => trackId));
    // What there is of a truncated one is better than silence, where there is nothing else.
    ids.delete(scheduled.trackId);
    ids.add(scheduled.trackId);
    const others = [...ids].map(deps.tracks).filter((track): track is Track => track !== null);
    const other = others[tries % Math.max(1, others.length)] ?? null;
    // In place from the beginning it comes as the planned one would have.
    const late = atFrame > Math.round(scheduled.startSec * SAMPLE_RATE);
    return voiceOf(scheduled, other, other?.analysis.leadingSilenceSec ?? 0, late ? atFrame / SAMPLE_RATE : null);
  }

  async function addVoice(block: Float32Array, start: number, voice: Voice): Promise<void> {
    const { scheduled } = voice;
    const end = start + (block.length >> 1);
    const last = Math.min(end, Math.round(scheduled.endSec * SAMPLE_RATE));
    let at = Math.max(start, Math.round(scheduled.startSec * SAMPLE_RATE));
    for (let tries = 0; at < last; tries += 1) {
      const got = await voice.reader.read(last - at).catch((error: unknown) => {
        if (signal?.aborted) throw error;
        if (!voice.isTold)
          deps.onTrouble?.(`The track ${scheduled.trackId} could not be read; another takes its place.`);
        voice.isTold = true;
        return null;
      });
      if (got && got.length > 0) {
        lay(block, got, at - start, at, voice);
        at += got.length >> 1;
        remember(voice, got, at);
        tries = -1;
        continue;
      }
      if (tries > MOST_REPLACEMENTS) return;
      await voice.reader.close();
      const sec = at / SAMPLE_RATE;
      const { reader, gain, ownLufs, replacedSec } = replacement(schedule.indexOf(scheduled), tries, at);
      const rise = { fromLufs: levelAt(voice, sec), fromSec: sec };
      Object.assign(voice, { reader, gain, ownLufs, replacedSec, rise });
      if (gain === 0) return;
    }
  }

  /** Keeps the last seconds of a track whose follower may want its beat; in the pieces in which they came. */
  function remember(voice: Voice, got: Float32Array, endFrame: number): void {
    if (!beatSec?.has(schedule.indexOf(voice.scheduled) + 1)) return;
    const most = BEAT_SEC * SAMPLE_RATE * 2;
    const heard = voice.heard ?? { parts: [], samples: 0, endFrame };
    // What a reader gave is good only until the next call.
    heard.parts.push(got.slice());
    heard.samples += got.length;
    heard.endFrame = endFrame;
    while (heard.samples - heard.parts[0]!.length >= most) heard.samples -= heard.parts.shift()!.length;
    voice.heard = heard;
  }

  function isHollow(frame: number): boolean {
    const sec = frame / SAMPLE_RATE;
    const sounding = [...voices.values()].filter(({ gain }) => gain > 0);
    return sounding.reduce((sum, voice) => sum + fadeAt(voice, sec) ** 2, 0) < WHOLE_POWER;
  }

  function risenLufs(frame: number): number | null {
    const sec = frame / SAMPLE_RATE;
    const all = [...voices.values()];
    if (all.every((voice) => levelAt(voice, sec) >= voice.ownLufs)) return null;
    const power = all.reduce(
      (sum, voice) => sum + fadeAt(voice, sec) ** 2 * 10 ** (plannedLufs(voice, sec, loudestLufs) / 10),
      0,
    );
    return 10 * Math.log10(power);
  }

  /** Out of a hole nothing comes back louder than what was heard before it: every rise waits, for as long as it lasts. */
  function holdRises(sec: number, untilSec: number): void {
    for (const voice of voices.values()) voice.rise = { fromLufs: levelAt(voice, sec), fromSec: untilSec };
  }

  return {
    async addTo(block, start) {
      const step = block.length >> 1;
      for (let i = 0; i < schedule.length; i += 1) {
        const scheduled = schedule[i]!;
        if (scheduled.endSec * SAMPLE_RATE <= start) {
          await voices.get(i)?.reader.close();
          voices.delete(i);
          continue;
        }
        if (scheduled.startSec * SAMPLE_RATE >= start + step) break;
        for (; warmed < Math.min(schedule.length, i + 1 + WARM_AHEAD); warmed += 1) warm(warmed);
        let voice = voices.get(i);
        if (!voice) {
          voice = await openVoice(i, Math.max(start, Math.round(scheduled.startSec * SAMPLE_RATE)));
          voices.set(i, voice);
          latest = voice;
        }
        await addVoice(block, start, voice);
      }
      const end = start + step;
      if (isHollow(end)) holdRises(end / SAMPLE_RATE, (end + step) / SAMPLE_RATE);
    },
    isHollow,
    risenLufs,
    async close() {
      await Promise.all([...voices.values()].map(({ reader }) => reader.close().catch(() => {})));
    },
  };
}

/** How far into a track its place in the schedule reaches, with what is read ahead of it and skipped for a shared beat. */
const neededSec = ({ startSec, endSec }: ScheduledTrack, offsetSec: number) =>
  offsetSec + (endSec - startSec) + READ_AHEAD_SEC;

async function* nothing(): AsyncGenerator<Float32Array> {}

function lay(block: Float32Array, pcm: Float32Array, place: number, frameInSession: number, voice: Voice): void {
  const frames = pcm.length >> 1;
  const fromSec = frameInSession / SAMPLE_RATE;
  const into = block.subarray(2 * place, 2 * (place + frames));
  if (isSteady(voice, fromSec, fromSec + frames / SAMPLE_RATE)) {
    const { gain } = voice;
    for (let i = 0; i < into.length; i += 1) into[i] = into[i]! + pcm[i]! * gain;
    return;
  }
  for (let i = 0; i < frames; i += 1) {
    const sec = (frameInSession + i) / SAMPLE_RATE;
    const level = voice.gain * riseGain(voice, sec) * fadeAt(voice, sec);
    into[2 * i] = into[2 * i]! + pcm[2 * i]! * level;
    into[2 * i + 1] = into[2 * i + 1]! + pcm[2 * i + 1]! * level;
  }
}

/** The last samples of what came in parts, as one. */
function endOf({ parts, samples }: NonNullable<Voice['heard']>, most: number): Float32Array {
  const whole = new Float32Array(samples);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole.subarray(Math.max(0, samples - most));
}
