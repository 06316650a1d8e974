/**
 * The speaker's sentences as sound: `audio-prompts/rendered/<voice>/` holds an MP3 for each and `index.json` with the
 * text beside it. A file's name is a sum over everything that its sound depends on, so that a changed sentence is a new
 * file and an unchanged one is never made again.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { PROMPT_KEYS, PROMPTS_AND_FIELDS, type PromptKey, sentencesOf } from '../../../audio-prompts/prompts.js';
import { KOKORO_VOICES, type KokoroVoice } from '../../../engine/voice/voice-parts.js';
import { packageRoot } from '../../../models/paths.js';

/** Raised where the way of rendering changes (model, pace, loudness, encoder). */
const RENDERING = 1;

export const PromptIndex = z.record(
  z.string(),
  z.object({ key: z.string(), text: z.string(), durationSec: z.number() }),
);
export type PromptIndex = z.infer<typeof PromptIndex>;

/** What is said at a bedside without an assistant: the sentences that are in the package as sound. */
export const BEDSIDE_KEYS: readonly PromptKey[] = [
  'welcome',
  'didNotCatch',
  'nothingToRead',
  'withYou',
  'withYouStraight',
  'withYouSleep',
  'stopped',
  'paused',
  'staying',
  'deeper',
  'straightToCalm',
  'startingOver',
  'help',
  'nothingPlaying',
  'somethingWrong',
  'withYouQuiet',
  'routineHere',
  'withYouInStudy',
  'whyInStudy',
  'forgetMeSure',
  'forgotten',
  'notForgotten',
];

/** Every sentence without a gap in it, that is not for a screen alone. */
export const FIXED_KEYS: readonly PromptKey[] = PROMPT_KEYS.filter(
  (key) => PROMPTS_AND_FIELDS[key].length === 0 && key !== 'screenTitle',
);

/** The name of the sound of a sentence in a voice. */
export const promptName = (voice: string, text: string): string =>
  createHash('sha256')
    .update(JSON.stringify([RENDERING, voice, text]))
    .digest('hex')
    .slice(0, 16);

/** The voice that speaks a locale's own language; undefined where there is none (German, Japanese). */
export function voiceOfLocale(locale: string): KokoroVoice | undefined {
  const tag = locale.replace('_', '-').toLowerCase();
  const speaks = (wanted: string) =>
    KOKORO_VOICES.find(({ languages }) => languages.some((each) => each.toLowerCase() === wanted));
  return speaks(tag) ?? speaks(tag.split('-')[0]!);
}

/** A voice's sentences, by name. */
export function wantedPrompts(
  voice: KokoroVoice,
  keys: readonly PromptKey[],
): Map<string, { key: PromptKey; text: string }> {
  const locale = voice.languages[0]!;
  return new Map(
    keys.flatMap((key) =>
      sentencesOf(locale, key).map((text) => [promptName(voice.name, text), { key, text }] as const),
    ),
  );
}

/** In the package, and where `emoheal voice prompts` leaves what it renders here. */
export const promptFolders = (dataDir: string): string[] => [
  path.join(packageRoot(), 'audio-prompts', 'rendered'),
  path.join(dataDir, 'voice', 'prompts'),
];

/**
 * The file with the sound of a sentence: in the locale's own voice, else in another of its language; null where neither is
 * rendered.
 */
export function promptFile(folders: readonly string[], locale: string, text: string): string | null {
  const own = voiceOfLocale(locale);
  if (!own) return null;
  const language = own.languages.at(-1)!;
  const others = KOKORO_VOICES.filter((voice) => voice !== own && voice.languages.includes(language));
  return (
    [own, ...others]
      .flatMap(({ name }) => folders.map((folder) => path.join(folder, name, `${promptName(name, text)}.mp3`)))
      .find(existsSync) ?? null
  );
}

/** Empty where there is none, or none that can be read: then everything is rendered anew. */
export function readIndex(folder: string): PromptIndex {
  try {
    return PromptIndex.parse(JSON.parse(readFileSync(path.join(folder, 'index.json'), 'utf8')));
  } catch {
    return {};
  }
}
