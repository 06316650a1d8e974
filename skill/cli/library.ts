/** `library …`: the music on the shelf and the listener's own. */
import path from 'node:path';
import type { Command } from 'commander';
import { EmohealError } from '../../engine/errors.js';
import type { Track } from '../../engine/vocabulary.js';
import { useClamp3, useClamp3NoMore } from '../../media-index/encoders/clamp3/choice.js';
import type { ImportReport } from '../../media-index/library/import-folder.js';
import { fetchPack, knownPacks } from '../../media-index/library/packs.js';
import {
  connections,
  keepConnection,
  type NewConnection,
  newConnection,
  serverOf,
} from '../../media-index/library/remote/connections.js';
import { watchFolder } from '../../media-index/library/watch.js';
import { readConfig } from '../config.js';
import { openApp } from './app.js';
import { clock, notice, printJson, printLine, progressLine, secretFrom } from './terminal.js';

export function addLibraryCommands(program: Command): void {
  const library = program
    .command('library')
    .description('the music on the shelf and your own')
    .addHelpText(
      'after',
      `
Examples:
  emoheal library list
  emoheal library import ~/Music/quiet
  emoheal library connect jellyfin http://nas:8096
  emoheal library add-pack flare-game
  emoheal library show half-a-promise`,
    );

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
    .option('--watch', 'stay, and import what is put into the folder; Ctrl+C ends it')
    .option('--json', 'print one JSON value')
    .addHelpText(
      'after',
      '\nExamples:\n  emoheal library import ~/Music/quiet\n  emoheal library import ~/Music/quiet --watch',
    )
    .action(async (dir: string, options: { json?: boolean; watch?: boolean }) => {
      await using app = await openApp();
      const shelf = await app.library();
      const folder = path.resolve(dir);
      if (!options.watch) {
        return printReport(await shelf.importFolder(folder, { onProgress: progressLine('Importing') }), options.json);
      }
      const stop = new AbortController();
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
      notice(`Watching ${folder}; Ctrl+C ends it.`);
      await watchFolder(folder, {
        signal: stop.signal,
        importNow: () => shelf.importFolder(folder, { signal: stop.signal }),
        onReport: (report) => {
          if (report.imported.length + report.unreadable.length > 0) printReport(report, options.json);
        },
        onTrouble: (error) => notice(error.message),
      });
    });

  library
    .command('packs')
    .description('freely licensed music that can be added by name')
    .option('--json', 'print one JSON value')
    .action((options: { json?: boolean }) => {
      if (options.json) return printJson(knownPacks());
      for (const pack of knownPacks())
        printLine(`${pack.name.padEnd(26)} ${pack.licence.name.padEnd(14)} ${pack.says}`);
    });

  library
    .command('add-pack')
    .argument('<name>', 'a name from "library packs"')
    .description(
      'fetch freely licensed music from Debian and put it on the shelf; licence and makers stay with every track',
    )
    .option('--json', 'print one JSON value')
    .addHelpText('after', '\nExample:\n  emoheal library add-pack flare-game')
    .action(async (name: string, options: { json?: boolean }) => {
      await using app = await openApp();
      const { pack, folder, sha256 } = await fetchPack(app.config.dataDir, name);
      notice(`${pack.name} (${pack.licence.name}, ${pack.by}), sha256 ${sha256.slice(0, 16)}`);
      const report = await (await app.library()).importFolder(folder, {
        onProgress: progressLine('Importing'),
        about: { licence: pack.licence, attribution: (title) => `${title}, ${pack.by} (${pack.licence.name})` },
      });
      printReport(report, options.json);
    });

  const connecting = library.command('connect').description('a music server of yours: its music on this shelf');
  connecting
    .command('subsonic')
    .argument('<url>', 'its address, http://HOST:PORT')
    .requiredOption('--user <name>', 'your name there')
    .description('Navidrome, Gonic, Airsonic, Subsonic; the password is asked for, or read from standard input')
    .addHelpText('after', '\nExample:\n  emoheal library connect subsonic http://nas:4533 --user ann < password.txt')
    .action(async (url: string, { user }: { user: string }) => {
      const password = await secretFrom(`Password of ${user}: `);
      await addServer({ kind: 'subsonic', url, user, password });
    });
  connecting
    .command('jellyfin')
    .argument('<url>', 'its address, http://HOST:PORT')
    .description('the API key (Dashboard, API Keys) is asked for, or read from standard input')
    .addHelpText('after', '\nExample:\n  emoheal library connect jellyfin http://nas:8096 < key.txt')
    .action(async (url: string) => addServer({ kind: 'jellyfin', url, key: await secretFrom('API key: ') }));

  library
    .command('sync')
    .description('bring what is new on the connected music servers; may be stopped and run again')
    .option('--json', 'print one JSON value')
    .action(async (options: { json?: boolean }) => {
      await using app = await openApp();
      const servers = await connections(app.config);
      if (servers.length === 0) {
        throw new EmohealError('not-found', 'No music server is connected.', {
          remedy: 'See "library connect --help".',
        });
      }
      for (const server of servers) {
        const onProgress = progressLine(new URL(server.url).host);
        printReport(await (await app.library()).syncServer(server, { onProgress }), options.json);
      }
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

/** Keeps the connection only when the server lets us in, then brings its music. */
async function addServer(wished: NewConnection): Promise<void> {
  await using app = await openApp();
  const connection = newConnection(wished);
  // One track is enough to know.
  for await (const _ of serverOf(connection).list()) break;
  await keepConnection(app.config, connection);
  notice(`Connected with ${new URL(connection.url).host}.`);
  printReport(await (await app.library()).syncServer(connection, { onProgress: progressLine('Listening') }));
}

function printReport(report: ImportReport, json?: boolean): void {
  if (json) {
    printJson(report);
    return;
  }
  printLine(
    `${report.imported.length} imported, ${report.alreadyThere.length} already there, ${report.unreadable.length} unreadable`,
  );
  for (const { file, reason } of report.unreadable) notice(`  ${file}: ${reason}`);
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
