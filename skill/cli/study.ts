/** `study …`: does matching a feeling first do more than going straight to calm? For a therapist with consenting listeners. */
import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { type StudyReport, type Summary, studyReport } from '../../engine/checkins/statistics.js';
import { blindedCsv, studyRows } from '../../engine/checkins/study.js';
import { EmohealError } from '../../engine/errors.js';
import { withCare } from './routine.js';
import { printJson, printLine } from './terminal.js';

export function addStudyCommands(program: Command): void {
  const study = program
    .command('study')
    .description('matching a feeling first, or straight to calm, by chance and with consent')
    .addHelpText(
      'after',
      `
Examples:
  emoheal study begin
  emoheal study join anna
  emoheal study export --out blinded.csv
  emoheal study report`,
    );
  study
    .command('begin')
    .description('make the list of places; one study at a time')
    .action(() => withCare(({ studies }) => studies.begin()));
  study
    .command('join')
    .argument('<listener>', 'who has read what the study is and agrees')
    .description('take a listener in; which way they get is told to nobody')
    .action((listener: string) =>
      withCare(async ({ studies, checkIns }) => {
        if (!(await checkIns.book(listener)))
          throw new EmohealError('forbidden', 'This listener has not agreed to check-ins, which the study counts.', {
            remedy: 'They agree first: PUT /api/v1/check-ins/consent.',
          });
        printLine(`participant ${await studies.join(listener)}`);
      }),
    );
  study
    .command('leave')
    .argument('<listener>')
    .description('from now on nothing of this listener counts')
    .action((listener: string) => withCare(({ studies }) => studies.leave(listener)));
  study
    .command('export')
    .description('the file for analysis: arms A and B, participants by number')
    .option('--out <file>', 'write to a file instead of standard output')
    .action((options: { out?: string }) =>
      withCare(async (care) => {
        const text = blindedCsv(await rowsOf(care));
        if (options.out) await writeFile(options.out, text, { mode: 0o600 });
        else process.stdout.write(text);
      }),
    );
  study
    .command('report')
    .description('n, mean change with its 95 % interval, Welch’s t, Mann–Whitney, and whether being understood helps')
    .option('--json', 'print one JSON value')
    .action((options: { json?: boolean }) =>
      withCare(async (care) => {
        const report = studyReport(await rowsOf(care));
        if (options.json) printJson(report);
        else for (const line of reportLines(report)) printLine(line);
      }),
    );
  study
    .command('end')
    .requiredOption('--yes', 'really: who took part, and in which way, is then forgotten')
    .description('end the study and forget it; export first what is to be kept')
    .action(() => withCare(({ studies }) => studies.end()));
  study
    .command('unblind')
    .description('tell which way A and B are; kept with its time, and nobody is taken in after it')
    .action(() =>
      withCare(async ({ studies }) => {
        const { A, B } = await studies.unblind();
        printLine(`A = ${A}, B = ${B}`);
      }),
    );
}

async function rowsOf({ studies, books }: Parameters<Parameters<typeof withCare>[0]>[0]) {
  const running = await studies.running();
  if (!running)
    throw new EmohealError('not-found', 'There is no study.', { remedy: 'Begin one: emoheal study begin.' });
  return studyRows(running, await books());
}

const n2 = (value: number) => value.toFixed(2);
const range = (interval: [number, number] | null) =>
  interval ? `, 95 % interval ${n2(interval[0])} to ${n2(interval[1])}` : '';
const summary = (name: string, { n, mean, interval }: Summary) =>
  `${name}: n = ${n}${n > 0 ? `, mean change ${n2(mean)}${range(interval)}` : ''}`;

/** The report for people; moods are from −1 to 1, so a change is from −2 to 2. */
export function reportLines({ all, arms, welch, mannWhitney, understood }: StudyReport): string[] {
  const p = (value: number) => (value < 0.001 ? 'p < .001' : `p = ${value.toFixed(3)}`);
  return [
    summary('everybody', all),
    summary('A', arms.A),
    summary('B', arms.B),
    welch
      ? `A − B: ${n2(welch.difference)}${range(welch.interval)}; Welch's t = ${n2(welch.t)}, df = ${welch.df.toFixed(1)}, ${p(welch.p)}`
      : 'A − B: too few participants for a comparison',
    mannWhitney ? `Mann–Whitney U = ${mannWhitney.u}, ${p(mannWhitney.p)}` : 'Mann–Whitney: too few participants',
    understood
      ? `felt understood and change: r = ${n2(understood.r)}${range(understood.interval)}, n = ${understood.n}`
      : 'felt understood and change: too few answers',
  ];
}
