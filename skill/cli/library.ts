/** `library …`: the music on the shelf and the listener's own. */
import path from 'node:path';
import type { Command } from 'commander';
import { EmohealError } from '../../engine/errors.js';
import type { Track } from '../../engine/vocabulary.js';
import { useClamp3, useClamp3NoMore } from '../../media-index/encoders/clamp3/choice.js';
import { readConfig } from '../config.js';
import { openApp } from './app.js';
import { clock, notice, printJson, printLine, progressLine } from './terminal.js';

export function addLibraryCommands(program: Command): void {
  const library = program.command('library').description('the music on the shelf and your own');

  library
    .command('list')
    .description('every track with its licence and what was measured')
    .option('--json', 'print one JSON value')
    .option('--jsonl', 'print one JSON value a line')
    .action(async (options: { json?: boolean; jsonl?: boolean }) => {
      await using app = await openApp();
      const tracks = (await app.library()).tracks();
      if (options.json) return printJson(tracks);
      for (const track of tracks) printLine(options.jsonl ? JSON.stringify(track) : row(track));
    });

  library
    .command('show')
    .argument('<id>', 'a track id from "library list"')
    .description('one track with everything known of it')
    .option('--json', 'print one JSON value')
    .action(async (id: string) => {
      await using app = await openApp();
      printJson((await app.library()).show(id));
    });

  library
    .command('import')
    .argument('<dir>', 'a folder with MP3, AAC, FLAC, Ogg, Opus or WAV files')
    .description('analyse the music of a folder and put it on the shelf; may be stopped and run again')
    .option('--json', 'print one JSON value')
    .action(async (dir: string, options: { json?: boolean }) => {
      await using app = await openApp();
      const report = await (await app.library()).importFolder(path.resolve(dir), {
        onProgress: progressLine('Importing'),
      });
      if (options.json) return printJson(report);
      printLine(
        `${report.imported.length} imported, ${report.alreadyThere.length} already there, ${report.unreadable.length} unreadable`,
      );
      for (const { file, reason } of report.unreadable) notice(`  ${file}: ${reason}`);
    });

  library
    .command('use-clamp3')
    .argument('[folder]', 'what models/train/export_clamp3.py made')
    .option('--i-accept-non-commercial', 'MERT, through which CLaMP3 hears, is CC BY-NC 4.0: nothing commercial')
    .option('--off', 'back to the model that ships')
    .description('find music with CLaMP3 from its published weights (docs/clamp3.md)')
    .action(async (folder: string | undefined, options: { iAcceptNonCommercial?: boolean; off?: boolean }) => {
      const { dataDir } = readConfig(process.env);
      if (options.off) {
        await useClamp3NoMore(dataDir);
        return notice('Music is found with the model that ships. The folder and what was heard stay.');
      }
      if (!folder) throw new EmohealError('bad-input', 'Which folder?', { remedy: 'Give the folder, or --off.' });
      const acceptNonCommercial = options.iAcceptNonCommercial === true;
      notice(`Using ${await useClamp3(dataDir, { folder, acceptNonCommercial, nowMs: Date.now() })}.`);
      await hearShelf();
    });

  library
    .command('hear')
    .description('let CLaMP3 hear the tracks that it has not heard yet; may be stopped and run again')
    .action(hearShelf);

  library
    .command('verify')
    .description('check that every track can still be played')
    .option('--json', 'print one JSON value')
    .action(async (options: { json?: boolean }) => {
      await using app = await openApp();
      const report = await (await app.library()).verify();
      if (options.json) printJson(report);
      else
        printLine(
          report.problems.length === 0
            ? `All ${report.checked} tracks are in order.`
            : report.problems.map((p) => `${p.trackId}: ${p.problem}`).join('\n'),
        );
      if (report.problems.length > 0) process.exitCode = 1;
    });

  library
    .command('remove')
    .argument('<id>', 'a track id from "library list"')
    .description('take one of your own tracks off the shelf (the file itself stays)')
    .action(async (id: string) => {
      await using app = await openApp();
      await (await app.library()).remove(id);
      notice(`Removed ${id}. The file itself was not touched.`);
    });
}

async function hearShelf(): Promise<void> {
  await using app = await openApp();
  const report = await app.hearShelf({ onProgress: progressLine('Hearing') });
  if (!report) return notice('CLaMP3 is not in use: see library use-clamp3.');
  printLine(`${report.heard} heard, ${report.alreadyHeard} before, ${report.unreadable.length} unreadable`);
  for (const { trackId, reason } of report.unreadable) notice(`  ${trackId}: ${reason}`);
}

function row(track: Track): string {
  const { valence, arousal } = track.analysis;
  return `${track.id.padEnd(28)} ${clock(track.durationSec).padStart(6)}  v ${valence.toFixed(2).padStart(5)}  a ${arousal.toFixed(2).padStart(5)}  ${track.style.padEnd(22)} ${track.licence.id.padEnd(10)} ${track.title}`;
}
