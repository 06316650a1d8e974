/**
 * Set-up: `front` is what everything needs (modules, build), `native` is what speech and the FAISS index need.
 * As a command: `node deploy/setup/setup.mjs [--dev] [--front|--native] [--only id,id] [--whole]`; with --whole a part that
 * could not be made ready is a failure, which is right where nobody can mend it later (an image).
 */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { dataDirOf, root, settingsOf } from './places.mjs';
import { runSteps } from './runner.mjs';
import { buildStep } from './steps/build.mjs';
import { faissStep } from './steps/faiss.mjs';
import { listeningStep } from './steps/listening.mjs';
import { modulesStep } from './steps/modules.mjs';
import { voiceStep } from './steps/voice.mjs';
import { whisperModelStep } from './steps/whisper-model.mjs';
import { whisperNativeStep } from './steps/whisper-native.mjs';

export const nativeSteps = [faissStep, whisperModelStep, whisperNativeStep, listeningStep];
/** Only where they are asked for by name. */
export const optionalSteps = [voiceStep];
/** Not made ready where there is too little memory for it (EMOHEAL_PROFILE=small). */
const LARGE = [whisperModelStep, whisperNativeStep, listeningStep];
export const SPEECH = [whisperModelStep.id, whisperNativeStep.id];

const contextOf = (env) => ({ root, env, dataDir: dataDirOf(settingsOf(env)) });

/** The native steps, all that this house has a use for or those named; with a speech model of its own it needs no other. */
export function stepsOf(env, only) {
  const settings = settingsOf(env);
  const isSmall = settings.EMOHEAL_PROFILE === 'small';
  const steps = only
    ? [...nativeSteps, ...optionalSteps].filter((step) => only.includes(step.id))
    : nativeSteps.filter((step) => !(isSmall && LARGE.includes(step)));
  return settings.EMOHEAL_WHISPER_MODEL ? steps.filter((step) => step !== whisperModelStep) : steps;
}

/** Modules and build; silent and quick where they are done. Throws one clear Error where they cannot be. */
export async function ensureFront({ env = process.env, withDev = false } = {}) {
  const context = contextOf(env);
  const steps = [modulesStep(withDev), buildStep];
  if (steps.every((step) => step.isDone(context))) return;
  const results = await runSteps(steps, { ...context, lockFile: path.join(root, '.emoheal', 'setup.lock') });
  const bad = results.find((result) => result.status !== 'done');
  if (bad) throw new Error(`${bad.detail} ${bad.remedy ?? ''}`.trim());
}

/** The given native steps (all by default), one after the other. Returns their results; a failed one throws nothing. */
export async function ensureNative({ env = process.env, only } = {}) {
  const context = contextOf(env);
  const steps = stepsOf(env, only);
  if (steps.every((step) => step.isDone(context)))
    return steps.map(({ id, title }) => ({ id, status: 'done', detail: title }));
  return runSteps(steps, context);
}

/** Starts the native steps in a process of their own where any is not done; the server goes on meanwhile. */
export function startNativeInBackground(env = process.env) {
  const context = contextOf(env);
  if (stepsOf(env).every((step) => step.isDone(context))) return null;
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), '--native'], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  child.on('error', () => {});
  child.unref();
  return child;
}

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const words = process.argv.slice(2);
  const only = words.includes('--only') ? words[words.indexOf('--only') + 1]?.split(',') : undefined;
  try {
    if (!words.includes('--native')) await ensureFront({ withDev: words.includes('--dev') });
    if (!words.includes('--front')) {
      const results = await ensureNative({ only });
      for (const { id, status, detail } of results)
        process.stderr.write(`${id}: ${status}${status === 'done' ? '' : `. ${detail}`}\n`);
      if (words.includes('--whole') && results.some(({ status }) => status !== 'done')) process.exitCode = 1;
    }
  } catch (error) {
    process.stderr.write(`emoheal: ${error.message}\n`);
    process.exitCode = 1;
  }
}
