/**
 * The model that hears: the one that set-up fetched, or the house's own in the format of whisper.cpp (`EMOHEAL_WHISPER_MODEL`).
 */
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { NoWhisperFile, readGgmlFile } from './ggml-file.js';

/** Why an own model cannot be used, and how to mend that. */
export interface ModelFault {
  detail: string;
  remedy: string;
}

export interface SpeechModel {
  file: string;
  name: string;
  /** The house's own: set-up neither fetches nor mends it. */
  isOwn: boolean;
  /** False for a model that only ever hears English. */
  multilingual: boolean;
  /** Resident memory at which the recogniser is started anew, MB. */
  memoryLimitMb: number;
  /** What was wrong with an own one when it was looked at; null where nothing was, or where it is set-up's. */
  fault: ModelFault | null;
}

/** Of the model of set-up, which is smaller than others. */
const USUAL_LIMIT_MB = 1000;

/** A folder's usual model, whether it is there yet or not. */
export const usualSpeechModel = (dataDir: string): SpeechModel => ({
  file: path.join(dataDir, 'models', 'whisper', 'ggml-base-q8_0.bin'),
  name: 'whisper-base-q8_0',
  isOwn: false,
  multilingual: true,
  memoryLimitMb: USUAL_LIMIT_MB,
  fault: null,
});

/** Looks how an own model is built, not at its weights: one number that changed on a bad disk stays unknown. Never throws. */
export function ownSpeechModel(file: string): SpeechModel {
  const name = path.basename(file).replace(/\.bin$/, '');
  const model = { file: path.resolve(file), name, isOwn: true, multilingual: true, memoryLimitMb: USUAL_LIMIT_MB };
  try {
    const { bytes, multilingual } = readGgmlFile(file);
    // Weights, as much again while they are read, and what hearing itself needs.
    const memoryLimitMb = Math.max(USUAL_LIMIT_MB, Math.round(600 + (2 * bytes) / 1e6));
    return { ...model, multilingual, memoryLimitMb, fault: null };
  } catch (error) {
    if (!(error instanceof NoWhisperFile)) return { ...model, fault: unreadable(model.file, error) };
    const give = error.isDamaged ? 'Fetch or copy it again, whole' : 'Give the path of a Whisper model of whisper.cpp';
    return { ...model, fault: faultOf(model.file, error.message, give) };
  }
}

/** What is wrong with a model now: what was found when it was looked at, or that an own one has gone since. */
export function faultNow(model: SpeechModel): ModelFault | null {
  if (model.fault || !model.isOwn) return model.fault;
  try {
    accessSync(model.file, constants.R_OK);
    return null;
  } catch (error) {
    return unreadable(model.file, error);
  }
}

const unreadable = (file: string, error: unknown) =>
  faultOf(file, `cannot be read (${(error as NodeJS.ErrnoException).code})`, 'Put it there');

const faultOf = (file: string, what: string, mend: string): ModelFault => ({
  detail: `EMOHEAL_WHISPER_MODEL: ${path.basename(file)} ${what}.`,
  remedy: `${mend}, or leave the setting out, and start again; until then, type how you feel.`,
});
