/** Where set-up leaves the speech parts, and what its journal says of them. */
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import type { PartState } from '../ports.js';
import { faultNow, type SpeechModel, usualSpeechModel } from './speech-model.js';
import { readWav, SPEECH_RATE, writeWav } from './wav.js';

export const THREADS = 2;

export function speechPlaces(dataDir: string): { binary: string; bare: string; model: string } {
  const native = path.join(dataDir, 'native', 'whisper');
  return {
    binary: path.join(native, 'emoheal-whisper'),
    bare: path.join(native, 'main'),
    model: usualSpeechModel(dataDir).file,
  };
}

/** whisper.cpp's own command on the same model and sound, as the benchmark's yardstick; null where it is not built. */
export function bareWhisperCommand(dataDir: string, wav: string): { command: string; args: string[] } | null {
  const { bare, model } = speechPlaces(dataDir);
  if (!existsSync(bare) || !existsSync(model)) return null;
  // It reads 16 kHz only.
  const file = path.join(mkdtempSync(path.join(os.tmpdir(), 'emoheal-bare-')), 'said.wav');
  writeFileSync(file, writeWav(readWav(readFileSync(wav)), SPEECH_RATE));
  return { command: bare, args: ['-m', model, '-t', String(THREADS), '-l', 'auto', '-f', file] };
}

const SetupState = z.object({
  pid: z.number().optional(),
  steps: z.record(z.string(), z.object({ status: z.string(), detail: z.string(), remedy: z.string().optional() })),
});

const MEND = 'Run "emoheal doctor --repair"; until then, type how you feel.';

/** `ready` where recogniser and model are there; else what is wrong with an own model, or what set-up is doing about the rest. */
export function speechPartsState(dataDir: string, model: SpeechModel = usualSpeechModel(dataDir)): PartState {
  const fault = faultNow(model);
  if (fault) return { status: 'unavailable', ...fault };
  if (existsSync(speechPlaces(dataDir).binary) && existsSync(model.file))
    return { status: 'ready', detail: model.multilingual ? model.name : `${model.name}, which hears English only` };
  return setupSays(dataDir, model.isOwn ? ['whisper-binary'] : ['whisper-model', 'whisper-binary']);
}

/** What set-up did, or is doing, about parts that are not there. */
export function setupSays(dataDir: string, parts: readonly ('whisper-model' | 'whisper-binary')[]): PartState {
  const setup = readSetup(dataDir);
  const steps = parts.map((id) => setup?.steps[id]).filter((step) => step !== undefined);
  const failed = steps.find((step) => step.status === 'failed' || step.status === 'unavailable');
  if (failed) return { status: 'unavailable', detail: failed.detail, remedy: failed.remedy || MEND };
  if (steps.some((step) => step.status === 'running' || step.status === 'pending') && isAlive(setup?.pid)) {
    return {
      status: 'starting',
      detail: 'Speech is being prepared; this takes a few minutes once.',
      remedy: 'Type how you feel meanwhile.',
    };
  }
  return { status: 'unavailable', detail: 'Speech has not been set up.', remedy: MEND };
}

function readSetup(dataDir: string): z.infer<typeof SetupState> | null {
  try {
    return SetupState.parse(JSON.parse(readFileSync(path.join(dataDir, 'setup', 'state.json'), 'utf8')));
  } catch {
    return null;
  }
}

function isAlive(pid: number | undefined): boolean {
  if (pid === undefined) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
