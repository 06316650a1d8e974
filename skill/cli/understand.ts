/** `transcribe`, `classify` and `gate`: each step of understanding on its own, for scripts and for checking. */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { type Command, Option } from 'commander';
import { openApp } from './app.js';
import { readSpeechFile } from './speech-file.js';
import { printJson, printLine } from './terminal.js';

/** Lines read together, so that the model works in batches and an endless input stays bounded in memory. */
const LINES_A_BATCH = 64;

export function addUnderstandCommands(program: Command): void {
  program
    .command('transcribe')
    .argument('<file>', 'a WAV file (any rate; 60 seconds at most)')
    .option('--language <code>', 'two-letter language of the speech; detected when absent')
    .option('--json', 'print one JSON value')
    .description('speech to text, on this machine')
    .addHelpText('after', '\nExample:\n  emoheal transcribe said.wav --json')
    .action(async (file: string, options: { language?: string; json?: boolean }) => {
      const pcm16k = await readSpeechFile(file);
      await using app = await openApp();
      await app.speechReady();
      const startedMs = performance.now();
      const transcript = await (await app.transcriber()).transcribe(pcm16k, { language: options.language });
      const timingsMs = { transcribe: Math.round((performance.now() - startedMs) * 10) / 10 };
      if (options.json) printJson({ ...transcript, timingsMs });
      else printLine(transcript.text || '(nothing was said)');
    });

  lineCommand(program, 'classify', 'emotion reading of each line of a file, in order', async (texts, app) => {
    const readings = await (await app.classifier()).classify(texts);
    return readings.map((reading, i) => ({
      text: texts[i],
      language: reading.language,
      probabilities: reading.probabilities,
      labels: reading.labels,
      valence: reading.valence,
      arousal: reading.arousal,
      intensity: reading.intensity,
      ...(reading.bodyState ? { bodyState: reading.bodyState } : {}),
    }));
  });

  lineCommand(program, 'gate', 'the crisis gate alone: none, concern or crisis for each line', async (texts, app) =>
    (await app.gate(texts)).map((reading, i) => ({ text: texts[i], ...reading })),
  );
}

type App = Awaited<ReturnType<typeof openApp>>;

function lineCommand(
  program: Command,
  name: string,
  description: string,
  answer: (texts: string[], app: App) => Promise<unknown[]>,
): void {
  program
    .command(name)
    .requiredOption('--in <file>', 'a text file with one text a line; "-" reads standard input')
    .addOption(new Option('--jsonl', 'print one JSON value a line (the default)').default(true))
    .description(description)
    .addHelpText(
      'after',
      `\nExamples:\n  emoheal ${name} --in said.txt --jsonl\n  echo "I cannot sleep" | emoheal ${name} --in - --jsonl`,
    )
    .action(async (options: { in: string }) => {
      await using app = await openApp();
      for await (const texts of linesOf(options.in)) {
        for (const row of await answer(texts, app)) process.stdout.write(`${JSON.stringify(row)}\n`);
      }
    });
}

/** Lines of a file or of standard input, in batches, in order; a last empty line is none. */
async function* linesOf(file: string): AsyncGenerator<string[]> {
  const input = file === '-' ? process.stdin : createReadStream(file);
  const failed = new Promise<never>((_, reject) => input.once('error', reject));
  failed.catch(() => {});
  let batch: string[] = [];
  const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })[Symbol.asyncIterator]();
  for (;;) {
    const next = await Promise.race([lines.next(), failed]);
    if (next.done) break;
    batch.push(next.value);
    if (batch.length === LINES_A_BATCH) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}
