/// <reference lib="dom" />
/**
 * A browser whose microphone is a file: what somebody says was made by a speech synthesiser (Kokoro, voices bf_emma and
 * af_heart, by
 * `emoheal voice say`), and is heard by the page through the browser's own capture. The file is read from its beginning
 * whenever the microphone is opened.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { writeWav } from '../engine/transcription/wav.js';
import { packageRoot } from '../models/paths.js';
import { openBrowser } from './browser.fixture.js';

const run = promisify(execFile);
const RATE_HZ = 48_000;

/** A sentence of `test/said/` at a moment of the recording. */
export interface SaidAt {
  atSec: number;
  said: string;
}

export interface ListeningBrowser {
  page: Page;
  /** Another window of the same browser, with the same microphone. */
  another(): Promise<Page>;
  /** What the microphone will hear from the next time it is opened: speech, over music where a file is given. */
  hears(durationSec: number, said: readonly SaidAt[], music?: { file: string; gain: number }): Promise<void>;
  close(): Promise<void>;
}

export async function openListeningBrowser(
  options: { allowed?: boolean; timezoneId?: string } = {},
): Promise<ListeningBrowser> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'emoheal-microphone-'));
  const microphone = path.join(folder, 'microphone.wav');
  await writeFile(microphone, writeWav(new Float32Array(RATE_HZ), RATE_HZ));
  const browser = await openBrowser(
    '--use-fake-device-for-media-stream',
    options.allowed === false ? '--deny-permission-prompts' : '--use-fake-ui-for-media-stream',
    `--use-file-for-fake-audio-capture=${microphone}%noloop`,
  );
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    locale: 'en-US',
    ...(options.timezoneId ? { timezoneId: options.timezoneId } : {}),
  });
  const page = await context.newPage();
  return {
    page,
    another: () => context.newPage(),
    async hears(durationSec, said, music) {
      const sound = new Float32Array(durationSec * RATE_HZ);
      if (music) sound.set((await samplesOf(music.file)).subarray(0, sound.length).map((value) => value * music.gain));
      for (const { atSec, said: name } of said) {
        const spoken = await samplesOf(path.join(packageRoot(), 'test', 'said', `${name}.mp3`));
        const from = Math.round(atSec * RATE_HZ);
        for (let s = 0; s < spoken.length && from + s < sound.length; s += 1) sound[from + s]! += 0.8 * spoken[s]!;
      }
      await writeFile(microphone, writeWav(sound, RATE_HZ));
    },
    async close() {
      await browser.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Any file as mono samples at 48 kHz. */
async function samplesOf(file: string): Promise<Float32Array> {
  const { stdout } = await run(
    'ffmpeg',
    ['-v', 'error', '-i', file, '-ac', '1', '-ar', String(RATE_HZ), '-f', 'f32le', '-'],
    { encoding: 'buffer', maxBuffer: 256 * 1024 * 1024 },
  );
  return new Float32Array(stdout.buffer.slice(stdout.byteOffset, stdout.byteOffset + (stdout.length & ~3)));
}
