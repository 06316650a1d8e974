/**
 * What the engine needs from outside, one small interface per capability. An adapter proves its fit with `satisfies`.
 * "Nothing found" is a value (empty array, null); a fault is an EmohealError.
 */
import type {
  AudioAnalysis,
  CrisisReading,
  EmotionLabel,
  EmotionReading,
  MusicalProfile,
  Programme,
  Stage,
  Track,
} from './vocabulary.js';

export interface Transcript {
  text: string;
  /** ISO 639-1. */
  language: string;
  durationSec: number;
  model: string;
}

/** Speech to text. Input is mono float PCM at 16 kHz in -1..1. Empty text = nothing was said. */
export interface Transcriber {
  /**
   * `brief`: the sound is a word or two, and soon matters more than sure. A transcriber without a quicker way leaves it.
   */
  transcribe(
    pcm16k: Float32Array,
    options?: { language?: string; brief?: boolean; signal?: AbortSignal },
  ): Promise<Transcript>;
  /** Ready, still being prepared, or why not and how to mend it. */
  state(): PartState;
  close(): Promise<void>;
}

/** A stretch of speech: mono float PCM in -1..1. */
export interface SpokenSound {
  pcm: Float32Array;
  rateHz: number;
}

export interface SynthesiserVoice {
  name: string;
  /** Language tags that it speaks, the closest first. */
  languages: readonly string[];
  description: string;
}

/** Text to speech, sentence by sentence as each is ready. Nothing comes of a text without words. */
export interface Synthesiser {
  speak(
    text: string,
    options?: { voice?: string; language?: string; signal?: AbortSignal },
  ): AsyncIterable<SpokenSound>;
  voices(): readonly SynthesiserVoice[];
  /** Ready, or why not and how to mend it. */
  state(): PartState;
  close(): Promise<void>;
}

export interface PartState {
  /** `degraded`: it answers, but from a copy or slower than it should. */
  status: 'ready' | 'degraded' | 'starting' | 'unavailable';
  detail: string;
  remedy?: string;
}

export interface EmotionClassifier {
  /** Same order as the texts. Never throws for odd text; an unreadable one gets a neutral reading with no labels. */
  classify(texts: string[], signal?: AbortSignal): Promise<(EmotionReading & { language: string })[]>;
  /** The trunk's vector of each text, for further heads on it; null for a model without one, or where nothing can be read. */
  vectors?(texts: string[], signal?: AbortSignal): Promise<(Float32Array | null)[] | null>;
  /** What the crisis gate's own network reads in each text; null without one that fits, or where nothing can be read. */
  dangers?(texts: string[], signal?: AbortSignal): Promise<(DangerRead | null)[] | null>;
  /** The probability from which a label is heard. */
  threshold?(label: EmotionLabel): number;
  info(): { model: string; sha256: string };
  close(): Promise<void>;
}

/** Before any rule of the gate has looked. */
export interface DangerRead {
  level: CrisisReading['level'];
  category: NonNullable<CrisisReading['category']>;
  /**
   * How many levels less a pattern's word counts: 1 where it is unlikely that anything is meant, 2 where that is as good as sure.
   */
  lessBy: 0 | 1 | 2;
}

export interface TrackQuery {
  /** Free text ("soft piano, rain") and/or a profile; at least one. */
  text?: string;
  profile?: MusicalProfile;
  k: number;
  excludeTrackIds?: readonly string[];
  kinds?: readonly Track['origin']['kind'][];
  /** Only tracks for which this is true: house rules. */
  permits?: (track: Track) => boolean;
}

export interface ScoredTrack {
  track: Track;
  /** Higher is better; sum of the named parts. */
  score: number;
  parts: Record<string, number>;
}

/** Music that fits, best first, ties by id. Empty when nothing fits. */
export interface MusicSearch {
  search(query: TrackQuery, signal?: AbortSignal): Promise<ScoredTrack[]>;
  track(id: string): Track | null;
  /**
   * The same music for many queries along one way, of which these are points: what lies near is fetched once, and each query
   * orders all of it anew. For one session; the shelf may change after it.
   */
  along?(points: readonly MusicalProfile[], signal?: AbortSignal): Promise<MusicSearch>;
}

/**
 * Bytes of a session's sound in units of constant size: MP3 of 128 kbit/s (384 bytes every 24 ms), Opus of 96 kbit/s
 * (240 bytes every 20 ms), or AAC in slots of six seconds; all 48 kHz stereo.
 */
export interface SessionStreams {
  /** Starts (or joins) the rendering of a programme; equal programmes share one rendering and its cache. */
  open(programme: Programme, format?: 'mp3' | 'aac' | 'opus'): SessionStream;
}

export interface SessionStream {
  /** Content address of the programme: strong ETag. */
  readonly key: string;
  readonly totalBytes: number;
  /** Byte range [start, end) of one stage within the whole, always on frame boundaries. */
  stageBytes(stage: Stage): { start: number; end: number };
  /** Bytes [start, end) as they become available; ends early only by throwing. */
  read(start: number, end: number, signal?: AbortSignal): AsyncIterable<Uint8Array>;
  /** 0..1 of the whole rendered so far. */
  progress(): number;
}

export interface RenderedFile {
  file: string;
  durationSec: number;
  integratedLufs: number;
  stages: { stage: Stage; startSec: number; endSec: number }[];
}

/** A whole session to one file; the ending chooses the format: mp3, m4a, wav, flac. */
export interface SessionRenderer {
  renderToFile(
    programme: Programme,
    file: string,
    options?: { onProgress?: (done: number) => void; onFirstAudio?: () => void; signal?: AbortSignal },
  ): Promise<RenderedFile>;
}

export interface AudioAnalyser {
  analyseFile(file: string, signal?: AbortSignal): Promise<AudioAnalysis>;
}
