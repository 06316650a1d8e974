/** The model that hears: the one that set-up fetched, or the house's own in the format of whisper.cpp (`EMOHEAL_WHISPER_MODEL`). */
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import path from 'node:path';

export interface SpeechModel {
  file: string;
  name: string;
  /** False for a model that only ever hears English. */
  multilingual: boolean;
  /** Resident memory at which the recogniser is started anew, MB. */
  memoryLimitMb: number;
  /** Why it cannot be used, for an own one; null where it can, or where it is set-up's. */
  fault: string | null;
}

/** Of the model of set-up, which is smaller than others. */
const USUAL_LIMIT_MB = 1000;
/** "ggml" as whisper.cpp writes it, then the size of the vocabulary. */
const MAGIC = 0x67676d6c;
const ENGLISH_WORDS = 51_864;
const MULTILINGUAL_WORDS = [51_865, 51_866];

/** A folder's usual model, whether it is there yet or not. */
export const usualSpeechModel = (dataDir: string): SpeechModel => ({
  file: path.join(dataDir, 'models', 'whisper', 'ggml-base-q8_0.bin'),
  name: 'whisper-base-q8_0',
  multilingual: true,
  memoryLimitMb: USUAL_LIMIT_MB,
  fault: null,
});

/** Looks at the head of an own model only: a damaged one is found out when it is loaded. Never throws. */
export function ownSpeechModel(file: string): SpeechModel {
  const name = path.basename(file).replace(/\.bin$/, '');
  const model = { file: path.resolve(file), name, multilingual: true, memoryLimitMb: USUAL_LIMIT_MB };
  try {
    const { size } = statSync(file);
    const words = vocabularyOf(file);
    if (words === null || (words !== ENGLISH_WORDS && !MULTILINGUAL_WORDS.includes(words)))
      return { ...model, fault: `${path.basename(file)} is no Whisper model of whisper.cpp (ggml-….bin)` };
    // Weights, as much again while they are read, and what hearing itself needs.
    const memoryLimitMb = Math.max(USUAL_LIMIT_MB, Math.round(600 + (2 * size) / 1e6));
    return { ...model, multilingual: words !== ENGLISH_WORDS, memoryLimitMb, fault: null };
  } catch (error) {
    return { ...model, fault: `${path.basename(file)} cannot be read (${(error as NodeJS.ErrnoException).code})` };
  }
}

/** Null where the file is of another kind. */
function vocabularyOf(file: string): number | null {
  const head = Buffer.alloc(8);
  const handle = openSync(file, 'r');
  try {
    return readSync(handle, head) === 8 && head.readUInt32LE(0) === MAGIC ? head.readInt32LE(4) : null;
  } finally {
    closeSync(handle);
  }
}
