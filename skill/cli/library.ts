/** `library …`: the music on the shelf and the listener's own. */
import path from 'node:path';
import type { Command } from 'commander';
import type { Track } from '../../engine/vocabulary.js';
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

function row(track: Track): string {
  const { valence, arousal } = track.analysis;
  return `${track.id.padEnd(28)} ${clock(track.durationSec).padStart(6)}  v ${valence.toFixed(2).padStart(5)}  a ${arousal.toFixed(2).padStart(5)}  ${track.style.padEnd(22)} ${track.licence.id.padEnd(10)} ${track.title}`;
}
