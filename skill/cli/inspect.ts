/** `analyse`, `embed`, `search` and `graph`: look into single parts. */
import { access } from 'node:fs/promises';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { EmohealError } from '../../engine/errors.js';
import { EMOTION_LABELS, type EmotionLabel } from '../../engine/vocabulary.js';
import { openApp } from './app.js';
import { printJson, printLine } from './terminal.js';

interface SearchOptions {
  k: number;
  instrumental?: boolean;
  maxMinutes?: number;
  licence?: string[];
  json?: boolean;
}

export function addInspectCommands(program: Command): void {
  program
    .command('analyse')
    .argument('<file>', 'an audio file')
    .option('--json', 'print one JSON value')
    .description('what can be measured in one audio file')
    .addHelpText('after', '\nExample:\n  emoheal analyse song.flac --json')
    .action(async (file: string, options: { json?: boolean }) => {
      await access(file);
      await using app = await openApp();
      const analysis = await (await app.analyser()).analyseFile(file);
      if (options.json) return printJson(analysis);
      for (const [name, value] of Object.entries(analysis)) {
        // Sixty-four numbers say nothing to a reader; --json has them.
        if (name === 'heardVector') continue;
        printLine(`${name.padEnd(20)} ${typeof value === 'object' && value !== null ? JSON.stringify(value) : value}`);
      }
    });

  program
    .command('embed')
    .option('--text <text>', 'a text')
    .option('--audio <file>', 'an audio file')
    .option('--json', 'print one JSON value (the default)')
    .description('the joint music–text vector, unit length')
    .addHelpText('after', '\nExamples:\n  emoheal embed --text "soft piano, rain"\n  emoheal embed --audio song.flac')
    .action(async (options: { text?: string; audio?: string }) => {
      if ((options.text === undefined) === (options.audio === undefined)) {
        throw new EmohealError('bad-input', 'Give either --text "<text>" or --audio FILE.');
      }
      if (options.audio !== undefined) await access(options.audio);
      await using app = await openApp();
      const encoder = await app.encoder();
      const vector =
        options.text === undefined
          ? await encoder.embedAudio(await (await app.analyser()).analyseFile(options.audio as string))
          : await encoder.embedText(options.text);
      printJson({ model: encoder.model.id, dim: vector.length, vector: Array.from(vector) });
    });

  program
    .command('search')
    .argument('<text>', 'what the music should be like')
    .option('--k <n>', 'how many', count, 10)
    .option('--instrumental', 'nothing with singing')
    .option('--max-minutes <n>', 'nothing longer', count)
    .option('--licence <id...>', 'only under these licences, for instance CC0-1.0')
    .option('--json', 'print one JSON value')
    .description('find music by free text')
    .addHelpText(
      'after',
      '\nExamples:\n  emoheal search "slow strings, deep night" --k 5\n  emoheal search "旅の終わりの静かな音楽" --instrumental --max-minutes 6',
    )
    .action(async (text: string, options: SearchOptions) => {
      await using app = await openApp();
      const found = await (await app.search()).search({
        text,
        k: options.k,
        ...(options.instrumental ? { instrumental: true } : {}),
        ...(options.maxMinutes ? { maxDurationSec: options.maxMinutes * 60 } : {}),
        ...(options.licence ? { licences: options.licence } : {}),
      });
      const rows = found.map(({ track, score }) => ({ trackId: track.id, title: track.title, score }));
      if (options.json) return printJson(rows);
      for (const each of rows) printLine(`${each.score.toFixed(3)}  ${each.trackId.padEnd(28)} ${each.title}`);
    });

  addGraphCommand(program);
}

function addGraphCommand(program: Command): void {
  const graph = program
    .command('graph')
    .option('--from <label>', 'what follows from one emotion, with its evidence', label)
    .addOption(
      new Option('--format <format>', 'print the whole graph in a standard format').choices([
        'turtle',
        'jsonld',
        'graphml',
      ]),
    )
    .option('--json', 'print one JSON value')
    .description('the knowledge graph: feelings, what music does to people, and the sources')
    .addHelpText(
      'after',
      `
Examples:
  emoheal graph --from sadness
  emoheal graph --format turtle > graph.ttl
  emoheal graph lint my-graph        a therapist's own copy; every mistake with its line
  emoheal graph distances            how far apart the music of any two feelings lies`,
    )
    .action(async (options: { from?: EmotionLabel; format?: string; json?: boolean }) => {
      const { printGraph } = await import('./graph.js');
      printGraph(options);
    });
  const json = () => graph.opts<{ json?: boolean }>().json ?? false;
  graph
    .command('lint')
    .argument('[folder]', 'folder with the files (default: the graph in use)')
    .description('every mistake in the files of a graph, with file, line and column')
    .action(async (folder: string | undefined) => {
      const { lintGraph } = await import('./graph.js');
      lintGraph(folder, { json: json() });
    });
  graph
    .command('distances')
    .description('how far apart the music of any two feelings, or of any two intentions, lies')
    .action(async () => {
      const { printDistances } = await import('./graph.js');
      printDistances({ json: json() });
    });
  graph
    .command('schema')
    .argument('[folder]', 'folder with the files (default: the graph in use)')
    .description('write JSON schemas beside the files, for editors that check while one types')
    .action(async (folder: string | undefined) => {
      const { writeSchemas } = await import('./graph.js');
      writeSchemas(folder);
    });
}

function count(value: string): number {
  const parsed = Number(value);
  if (!Number.isInteger(parsed) || parsed < 1 || parsed > 1000)
    throw new InvalidArgumentError('k must be a whole number from 1 to 1000.');
  return parsed;
}

function label(value: string): EmotionLabel {
  if ((EMOTION_LABELS as readonly string[]).includes(value)) return value as EmotionLabel;
  throw new InvalidArgumentError(`must be one of: ${EMOTION_LABELS.join(', ')}.`);
}
