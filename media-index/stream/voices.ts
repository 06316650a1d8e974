/**
 * Scheduled tracks laid over one another: each opened when its time comes, brought to its loudness, faded with equal
 * power, and replaced where it cannot be read.
 */
import type { ScheduledTrack, Track } from '../../engine/vocabulary.js';
import { SAMPLE_RATE, type TrackSource } from '../track-source.js';
import { skipToBeatSec } from './beat-phase.js';
import { createReader, type FrameReader } from './frame-reader.js';

/** No lift brings a track's true peak above this; the limiter takes the rest. */
const MOST_TRUE_PEAK_DBTP = 3;
/** Tracks whose beginning is near are prepared ahead of time. */
const WARM_AHEAD = 3;
/** What takes the place of a broken track comes in as slowly as a join. */
const REPLACEMENT_FADE_SEC = 6;
const MOST_REPLACEMENTS = 6;
/**
 * A louder track comes in at the level of the one before it and rises this fast. While the place of a broken one is taken the
 * rise waits: out of a hole it would come back louder than what was heard before it.
 */
const LIFT_DB_A_SEC = 0.25;
/** Seconds listened to for the beat, on either side of a join. */
const BEAT_SEC = 8;

export interface VoiceDeps {
  source: TrackSource;
  tracks: (id: string) => Track | null;
  /** Told once for each track that had to be replaced; the text names the track, nothing else. */
  onTrouble?: (message: string) => void;
}

interface Voice {
  scheduled: ScheduledTrack;
  reader: FrameReader;
  gain: number;
  /** Decibels by which it comes in softer than its own level. */
  liftDb: number;
  /** Frame of the session at which a replacement came in; null for the track that was planned. */
  replacedAt: number | null;
  /** Seconds that earlier replacements took to come in: a lift waits for them. */
  waitedSec: number;
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
  /** Whether what takes a broken track's place is still coming in at a frame. */
  isMending(frame: number): boolean;
  close(): Promise<void>;
}

export function createVoices(deps: VoiceDeps, { schedule, beatSec, loudestLufs, signal }: VoicesWish): Voices {
  const voices = new Map<number, Voice>();
  let warmed = 0;

  /** Also for the track that plays: one that is left early is still made whole, for the next time. */
  function warm(index: number): void {
    const track = deps.tracks(schedule[index]!.trackId);
    if (track) void deps.source.warm(track);
  }

  function voiceOf(
    scheduled: ScheduledTrack,
    track: Track | null,
    offsetSec: number,
    replacedAt: number | null,
  ): Voice {
    return {
      scheduled,
      gain: track ? gainFor(track, Math.min(loudestLufs, scheduled.loudnessLufs)) : 0,
      reader: createReader(track ? deps.source.open(track, offsetSec, signal) : nothing()),
      liftDb: liftOf(scheduled),
      replacedAt,
      waitedSec: 0,
      heard: null,
    };
  }

  /** How much louder a track is to be than the one before it; the very first comes as it is. */
  function liftOf(scheduled: ScheduledTrack): number {
    const before = schedule[schedule.indexOf(scheduled) - 1];
    const level = (each: ScheduledTrack) => Math.min(loudestLufs, each.loudnessLufs);
    return before ? Math.max(0, level(scheduled) - level(before)) : 0;
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

  /** The next track of the programme that can be had, else one before, else nothing; from its beginning. */
  function replacement(index: number, tries: number, atFrame: number): Voice {
    const scheduled = schedule[index]!;
    const after = schedule.slice(index + 1);
    const before = schedule.slice(0, index).reverse();
    const ids = new Set([...after, ...before].map(({ trackId }) => trackId));
    ids.delete(scheduled.trackId);
    const others = [...ids].map(deps.tracks).filter((track): track is Track => track !== null);
    const other = others[tries % Math.max(1, others.length)] ?? null;
    // In place from the beginning it comes as the planned one would have.
    const late = atFrame > Math.round(scheduled.startSec * SAMPLE_RATE);
    return voiceOf(scheduled, other, other?.analysis.leadingSilenceSec ?? 0, late ? atFrame : null);
  }

  async function addVoice(block: Float32Array, start: number, voice: Voice): Promise<void> {
    const { scheduled } = voice;
    const end = start + (block.length >> 1);
    const last = Math.min(end, Math.round(scheduled.endSec * SAMPLE_RATE));
    let at = Math.max(start, Math.round(scheduled.startSec * SAMPLE_RATE));
    for (let tries = 0; at < last; tries += 1) {
      const got = await voice.reader.read(last - at).catch((error: unknown) => {
        if (signal?.aborted) throw error;
        deps.onTrouble?.(`The track ${scheduled.trackId} could not be read; another takes its place.`);
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
      const waitedSec = waited(voice, at / SAMPLE_RATE);
      const { reader, gain, replacedAt } = replacement(schedule.indexOf(scheduled), tries, at);
      Object.assign(voice, { reader, gain, replacedAt, waitedSec });
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
        }
        await addVoice(block, start, voice);
      }
    },
    isMending: (frame) => [...voices.values()].some((voice) => isComing(voice, frame / SAMPLE_RATE)),
    async close() {
      await Promise.all([...voices.values()].map(({ reader }) => reader.close().catch(() => {})));
    },
  };
}

async function* nothing(): AsyncGenerator<Float32Array> {}

function gainFor({ analysis }: Track, loudnessLufs: number): number {
  const wished = loudnessLufs - Math.max(-60, analysis.integratedLufs);
  return 10 ** (Math.min(wished, MOST_TRUE_PEAK_DBTP - analysis.truePeakDbtp) / 20);
}

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
    const level = voice.gain * fade(voice, (frameInSession + i) / SAMPLE_RATE);
    into[2 * i] = into[2 * i]! + pcm[2 * i]! * level;
    into[2 * i + 1] = into[2 * i + 1]! + pcm[2 * i + 1]! * level;
  }
}

const isComing = ({ replacedAt }: Voice, sec: number): boolean =>
  replacedAt !== null && sec >= replacedAt / SAMPLE_RATE && sec < replacedAt / SAMPLE_RATE + REPLACEMENT_FADE_SEC;

/** Seconds up to now in which replacements were coming in. */
function waited({ replacedAt, waitedSec }: Voice, sec: number): number {
  if (replacedAt === null) return waitedSec;
  return waitedSec + Math.min(REPLACEMENT_FADE_SEC, Math.max(0, sec - replacedAt / SAMPLE_RATE));
}

/** True where no fade touches a stretch: most of every track. */
function isSteady(voice: Voice, fromSec: number, toSec: number): boolean {
  const { scheduled, replacedAt, liftDb } = voice;
  const { startSec, endSec, fadeInSec, fadeOutSec } = scheduled;
  if (replacedAt !== null && fromSec < replacedAt / SAMPLE_RATE + REPLACEMENT_FADE_SEC) return false;
  if (fromSec - waited(voice, fromSec) < startSec + liftDb / LIFT_DB_A_SEC) return false;
  return fromSec >= startSec + fadeInSec && toSec <= endSec - fadeOutSec;
}

const share = (part: number, whole: number) => (whole > 0 ? Math.min(1, Math.max(0, part / whole)) : 1);

function fade(voice: Voice, sec: number): number {
  const { scheduled, replacedAt, liftDb } = voice;
  const rising = share(sec - scheduled.startSec, scheduled.fadeInSec);
  const falling = share(scheduled.endSec - sec, scheduled.fadeOutSec);
  const coming = replacedAt === null ? 1 : share(sec - replacedAt / SAMPLE_RATE, REPLACEMENT_FADE_SEC);
  const quarter = Math.PI / 2;
  const risen = LIFT_DB_A_SEC * (sec - scheduled.startSec - waited(voice, sec));
  const lift = 10 ** (Math.min(0, risen - liftDb) / 20);
  return lift * Math.sin(quarter * rising) * Math.sin(quarter * falling) * Math.sin(quarter * coming);
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
