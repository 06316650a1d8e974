/** Where `emoheal voice set-up` leaves the voice, which voices there are, and what is missing. */
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { PartState, SynthesiserVoice } from '../ports.js';

export interface KokoroVoice extends SynthesiserVoice {
  /** The language as espeak-ng names it. */
  espeak: string;
}

/** One of each language that Kokoro was trained on and espeak-ng has the sounds of. The first is the one for all others. */
export const KOKORO_VOICES: readonly KokoroVoice[] = [
  { name: 'af_heart', languages: ['en-US', 'en'], espeak: 'en-us', description: 'Heart (American English)' },
  { name: 'bf_emma', languages: ['en-GB', 'en'], espeak: 'en-gb', description: 'Emma (British English)' },
  { name: 'ef_dora', languages: ['es-ES', 'es'], espeak: 'es', description: 'Dora (Spanish)' },
  { name: 'ff_siwis', languages: ['fr-FR', 'fr'], espeak: 'fr-fr', description: 'Siwis (French)' },
  { name: 'hf_alpha', languages: ['hi-IN', 'hi'], espeak: 'hi', description: 'Alpha (Hindi)' },
  { name: 'if_sara', languages: ['it-IT', 'it'], espeak: 'it', description: 'Sara (Italian)' },
  { name: 'pf_dora', languages: ['pt-BR', 'pt'], espeak: 'pt-br', description: 'Dora (Brazilian Portuguese)' },
];

export interface VoicePlaces {
  model: string;
  vocabulary: string;
  voice(name: string): string;
  /** Written last: the rest is whole. */
  mark: string;
}

export function voicePlaces(dataDir: string): VoicePlaces {
  const folder = path.join(dataDir, 'models', 'kokoro');
  return {
    model: path.join(folder, 'kokoro.int8.onnx'),
    vocabulary: path.join(folder, 'vocab.json'),
    voice: (name) => path.join(folder, 'voices', `${name}.bin`),
    mark: path.join(folder, 'verified.json'),
  };
}

const REMEDY = 'Run "emoheal voice set-up".';

export function voicePartsState(dataDir: string, env: NodeJS.ProcessEnv = process.env): PartState {
  const { mark, model } = voicePlaces(dataDir);
  if (!existsSync(mark) || !existsSync(model))
    return { status: 'unavailable', detail: 'No voice has been set up; nothing is spoken here.', remedy: REMEDY };
  if (!isInstalled('espeak-ng', env))
    return {
      status: 'unavailable',
      detail: 'The program espeak-ng, which knows how words sound, is not installed.',
      remedy: 'Install it ("apt-get install espeak-ng").',
    };
  return { status: 'ready', detail: 'Kokoro-82M' };
}

function isInstalled(program: string, env: NodeJS.ProcessEnv): boolean {
  return (env.PATH ?? '').split(path.delimiter).some((folder) => {
    try {
      accessSync(path.join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** The voice of that name, else the first of that language, else the first of all. */
export function voiceFor(wish: { voice?: string; language?: string }): KokoroVoice {
  const tag = wish.language?.replace('_', '-').toLowerCase();
  const language = tag?.split('-')[0];
  const speaks = (wanted: string | undefined) =>
    wanted && KOKORO_VOICES.find(({ languages }) => languages.some((each) => each.toLowerCase() === wanted));
  return KOKORO_VOICES.find(({ name }) => name === wish.voice) || speaks(tag) || speaks(language) || KOKORO_VOICES[0]!;
}

/** Letter of the IPA → number, as the model was trained. */
export function readVocabulary(file: string): ReadonlyMap<string, number> {
  const { vocab } = JSON.parse(readFileSync(file, 'utf8')) as { vocab: Record<string, number> };
  return new Map(Object.entries(vocab));
}
