/** `voice set-up`, `voice say`: a voice for the assistants of the house, where one is wanted. */
import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { EmohealError } from '../../engine/errors.js';
import { writeWav } from '../../engine/transcription/wav.js';
import { KOKORO_VOICES } from '../../engine/voice/voice-parts.js';
import { packageRoot } from '../../models/paths.js';
import { BEDSIDE_KEYS, FIXED_KEYS } from '../bedside/hands-free/prompt-files.js';
import { renderPrompts } from '../bedside/hands-free/render-prompts.js';
import { openApp } from './app.js';
import { EXIT, printJson, printLine } from './terminal.js';

export function addVoiceCommands(program: Command): void {
  const voice = program
    .command('voice')
    .description('a calm voice for the bedside page and Home Assistant (Kokoro; about 90 MB)')
    .addHelpText(
      'after',
      `
Examples:
  emoheal voice set-up
  emoheal voice say "Good night." --out night.wav
  emoheal voice prompts`,
    );

  voice
    .command('set-up')
    .description('fetch the model and the voices, checked by their sums; needs the program espeak-ng')
    .action(async () => {
      const setup = path.join(packageRoot(), 'deploy', 'setup', 'setup.mjs');
      const code = await new Promise<number>((resolve) => {
        const child = spawn(process.execPath, [setup, '--native', '--only', 'voice'], { stdio: 'inherit' });
        child.on('error', () => resolve(EXIT.ourFailure));
        child.on('exit', (left) => resolve(left ?? EXIT.ourFailure));
      });
      await using app = await openApp();
      const state = (await app.synthesiser()).state();
      if (code !== EXIT.done || state.status !== 'ready')
        throw new EmohealError('speech-unavailable', state.detail, { remedy: state.remedy });
      printLine(
        'The voice is ready. A server that runs already offers it at once; set Home Assistant up again to see it.',
      );
    });

  voice
    .command('say <text>')
    .requiredOption('--out <file>', 'WAV file to write')
    .option('--voice <name>', 'one of those that "voice list" names')
    .option('--locale <tag>', 'language of the text', 'en-US')
    .option('--json', 'print one JSON value')
    .description('say a sentence into a file')
    .action(async (text: string, options: { out: string; voice?: string; locale: string; json?: boolean }) => {
      await using app = await openApp();
      const startMs = performance.now();
      const parts: Float32Array[] = [];
      let rateHz = 24_000;
      const wish = { language: options.locale, ...(options.voice ? { voice: options.voice } : {}) };
      for await (const sound of (await app.synthesiser()).speak(text, wish)) {
        parts.push(sound.pcm);
        rateHz = sound.rateHz;
      }
      const pcm = Float32Array.from(parts.flatMap((part) => [...part]));
      await writeFile(options.out, writeWav(pcm, rateHz));
      const tookMs = Math.round(performance.now() - startMs);
      const durationSec = pcm.length / rateHz;
      if (options.json) printJson({ file: options.out, durationSec, timingsMs: { speak: tookMs } });
      else printLine(`${options.out}: ${durationSec.toFixed(1)} s`);
    });

  voice
    .command('prompts')
    .option('--out <folder>', 'folder to write; without it the data folder, where the server looks')
    .option('--voice <name>', 'only this voice; without it one of each language')
    .option('--bedside', 'only what is said at the bedside, as it is in the package')
    .option('--json', 'print one JSON value')
    .description('render the sentences of the speaker to small MP3 files; only those that changed')
    .action(async (options: { out?: string; voice?: string; bedside?: boolean; json?: boolean }) => {
      const voices = KOKORO_VOICES.filter(({ name }) => !options.voice || name === options.voice);
      if (voices.length === 0)
        throw new EmohealError('bad-input', `There is no voice "${options.voice}".`, {
          remedy: 'Ask "emoheal voice list" for their names.',
        });
      await using app = await openApp();
      const out = path.resolve(options.out ?? path.join(app.config.dataDir, 'voice', 'prompts'));
      const keys = options.bedside ? BEDSIDE_KEYS : FIXED_KEYS;
      const done = [];
      for (const each of voices) {
        const told = await renderPrompts(await app.synthesiser(), each, keys, out, (at, of) =>
          process.stderr.write(`\r${each.name}: ${at} of ${of} sentences `),
        );
        process.stderr.write('\n');
        done.push(told);
      }
      if (options.json) printJson(done);
      else
        for (const { voice: name, made, kept, removed, durationSec } of done)
          printLine(`${name.padEnd(10)} ${made} made, ${kept} kept, ${removed} removed, ${Math.round(durationSec)} s`);
    });

  voice
    .command('list')
    .option('--json', 'print one JSON value')
    .description('the voices and their languages')
    .action(async (options: { json?: boolean }) => {
      await using app = await openApp();
      const voices = (await app.synthesiser()).voices();
      if (options.json) printJson(voices.map(({ name, languages, description }) => ({ name, languages, description })));
      else for (const { name, description } of voices) printLine(`${name.padEnd(10)} ${description}`);
    });
}
