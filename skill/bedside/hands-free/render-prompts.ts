/** Renders sentences of the speaker to small MP3 files; only those that are missing, and takes away what nobody says any more. */
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { PromptKey } from '../../../audio-prompts/prompts.js';
import type { Synthesiser } from '../../../engine/ports.js';
import type { KokoroVoice } from '../../../engine/voice/voice-parts.js';
import { speechMp3 } from '../../../media-index/audio/speech-mp3.js';
import { nightVoice } from './night-voice.js';
import { type PromptIndex, readIndex, wantedPrompts } from './prompt-files.js';

export interface RenderDone {
  voice: string;
  made: number;
  kept: number;
  removed: number;
  durationSec: number;
}

/** Files first, then the index: what the index names is there. Can be ended at any point and goes on where it was. */
export async function renderPrompts(
  synthesiser: Pick<Synthesiser, 'speak'>,
  voice: KokoroVoice,
  keys: readonly PromptKey[],
  out: string,
  onSentence: (done: number, of: number) => void = () => {},
): Promise<RenderDone> {
  const folder = path.join(out, voice.name);
  mkdirSync(folder, { recursive: true });
  const wanted = wantedPrompts(voice, keys);
  const before = readIndex(folder);
  const index: PromptIndex = {};
  const done: RenderDone = { voice: voice.name, made: 0, kept: 0, removed: 0, durationSec: 0 };
  for (const [name, { key, text }] of wanted) {
    const file = path.join(folder, `${name}.mp3`);
    const known = before[name];
    if (known && existsSync(file)) {
      index[name] = { ...known, key };
      done.kept += 1;
    } else {
      const pcm = await spoken(synthesiser, voice, text);
      await writeFileAtomic(file, Buffer.from(speechMp3(pcm)));
      index[name] = { key, text, durationSec: Math.round((pcm.length / 24_000) * 100) / 100 };
      await writeIndex(folder, { ...before, ...index });
      done.made += 1;
    }
    done.durationSec += index[name]!.durationSec;
    onSentence(done.made + done.kept, wanted.size);
  }
  await writeIndex(folder, index);
  for (const file of readdirSync(folder)) {
    if (!file.endsWith('.mp3') || wanted.has(path.basename(file, '.mp3'))) continue;
    rmSync(path.join(folder, file));
    done.removed += 1;
  }
  return done;
}

async function spoken(
  synthesiser: Pick<Synthesiser, 'speak'>,
  voice: KokoroVoice,
  text: string,
): Promise<Float32Array> {
  const parts: Float32Array[] = [];
  for await (const { pcm } of synthesiser.speak(text, { voice: voice.name, language: voice.languages[0]! }))
    parts.push(pcm);
  const whole = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return nightVoice(whole);
}

const writeIndex = (folder: string, index: PromptIndex): Promise<void> =>
  writeFileAtomic(
    path.join(folder, 'index.json'),
    `${JSON.stringify(Object.fromEntries(Object.entries(index).sort(([a], [b]) => (a < b ? -1 : 1))), null, 1)}\n`,
  );
