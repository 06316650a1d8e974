/**
 * Port of the joint music–text space: words, wished-for profiles and tracks as unit vectors in one space, so that the
 * cosine of two of them says how well they fit. Vectors of different models must never meet: `model` names each.
 */
import type { AudioAnalysis, EmotionReading, MusicalProfile } from '../../engine/vocabulary.js';

export interface EncoderModel {
  /** Name of the model, e.g. "emoheal-attributes-1". */
  readonly id: string;
  /** Length of every vector. */
  readonly dim: number;
  /** Of the weights (or tables) that decide the vectors: a change makes old vectors void. */
  readonly sha256: string;
}

export interface TextContext {
  /** What the classifier read in the text, where the caller has it already. */
  reading?: EmotionReading;
  /** What the knowledge graph asks for, where the caller has it already. */
  profile?: MusicalProfile;
}

export interface JointEncoder {
  readonly model: EncoderModel;
  /** True where a trained model reads the words, so that none need be in the lexicon. */
  readonly readsAnyWords?: boolean;
  /** Free text in any of the lexicon's languages; never throws for odd text. Unit length. */
  embedText(text: string, context?: TextContext): Promise<Float32Array>;
  /** A measured track, or an audio file (absolute path; needs an analyser). Unit length. Throws `track-unreadable`. */
  embedAudio(source: AudioAnalysis | string, signal?: AbortSignal): Promise<Float32Array>;
  /** A wished-for profile. Unit length. */
  embedProfile(profile: MusicalProfile): Promise<Float32Array>;
}
