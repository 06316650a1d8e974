/** `routine …` and `checkin …`: sessions that begin by the clock, and how a listener felt before and after. */
import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { scheduleName } from '../../audio-prompts/screen/schedule-name.js';
import type { CheckIn } from '../../engine/checkins/checkin.js';
import { toCsv, toFhirBundle } from '../../engine/checkins/export.js';
import { EmohealError } from '../../engine/errors.js';
import { BEDSIDE } from '../../engine/listeners/bedside.js';
import type { RoutineWish } from '../../engine/routines/routine.js';
import { ownZone } from '../../engine/routines/schedule.js';
import { openSecretBox } from '../../engine/secrets/key-file.js';
import { Intention } from '../../engine/vocabulary.js';
import { readConfig } from '../config.js';
import { pseudonym } from '../http/checkins.js';
import { routineAnswer } from '../http/routines.js';
import { type Care, openCare } from '../routines/care.js';
import { signingKey } from '../secrets/signing-key.js';
import { openStore } from '../store/open-store.js';
import { openApp } from './app.js';
import { notice, number, printJson, printLine } from './terminal.js';

/** The parts that a command needs, closed at its end. */
export async function withCare<T>(work: (care: Care) => Promise<T>): Promise<T> {
  await using app = await openApp();
  const store = await openStore({ ...readConfig(process.env), onWarning: notice });
  try {
    return await work(await openCare({ ...app, store, nowMs: store.nowMs, secrets: openSecretBox(app.config) }));
  } finally {
    await store.close();
  }
}

interface RoutineOptions {
  listener: string;
  json?: boolean;
  minutes?: number;
  intention?: string;
  zone?: string;
  name?: string;
  locale?: string;
  wake?: string;
  late?: number;
}

const ALIASES: Record<string, Intention> = { sleep: 'fall-asleep', calm: 'calm-down', wake: 'wake-gently' };

function wishOf(options: RoutineOptions): Omit<RoutineWish, 'when'> {
  const { minutes, name, locale, wake, late } = options;
  const said = options.intention;
  const intention = said === undefined ? undefined : Intention.safeParse(ALIASES[said] ?? said);
  if (intention && !intention.success)
    throw new EmohealError('bad-input', 'There is no such intention.', {
      remedy: `Say one of: ${[...Object.keys(ALIASES), ...Intention.options].join(', ')}.`,
    });
  if (minutes !== undefined && !(minutes >= 2 && minutes <= 180))
    throw new EmohealError('bad-input', 'A session has 2 to 180 minutes.');
  if (late !== undefined && !(late >= 0 && late <= 180))
    throw new EmohealError('bad-input', 'A routine may be 0 to 180 minutes late.');
  return {
    zone: options.zone ?? ownZone(),
    minutes,
    name,
    locale,
    intention: intention?.data,
    wake: wake ? { at: wake } : undefined,
    lateMinutes: late,
  };
}

export function addRoutineCommands(program: Command): void {
  const routine = program
    .command('routine')
    .description('sessions that begin by the clock; they sound while the server runs')
    .addHelpText(
      'after',
      `
Examples:
  emoheal routine add "weekdays 21:30" --minutes 40 --intention sleep
  emoheal routine add "daily 22:00" --zone Europe/Berlin --wake 07:00
  emoheal routine add "2026-12-24 20:00" --intention calm-down
  emoheal routine add "30 21 * * 1-5" --late 30
  emoheal routine nap 25 --minutes 20
  emoheal routine start 3f2a9c0b11d4
  emoheal routine skip 3f2a9c0b11d4
  emoheal routine snooze 3f2a9c0b11d4 20`,
    );
  const common = (command: Command) =>
    command.option('--listener <name>', 'whose routine', BEDSIDE).option('--json', 'print one JSON value');
  const wishes = (command: Command) =>
    common(command)
      .option('--minutes <n>', 'length of the music, 2 to 180', number('minutes'))
      .option('--intention <what>', 'sleep, calm, wake, or any intention of the planner')
      .option('--zone <zone>', 'time zone such as Europe/Berlin; this machine’s where not given')
      .option('--name <name>', 'what to call it')
      .option('--locale <tag>', 'language of the listener, such as de-DE')
      .option('--wake <time>', 'nature through the night, and a gentle wake at this time of day')
      .option('--late <minutes>', 'how late it may still begin after a power loss (15)', number('late'));

  wishes(routine.command('add'))
    .argument('<when>', '"weekdays 21:30", "mon,wed 9:30pm", "2026-12-24 20:00", or a cron pattern of five parts')
    .description('make a routine')
    .action((when: string, options: RoutineOptions) =>
      withCare(async ({ routines }) =>
        show(await routines.add(options.listener, { ...wishOf(options), when }), options),
      ),
    );
  wishes(routine.command('nap'))
    .argument('<minutes>', 'in how many minutes it begins', number('minutes'))
    .description('one session, some minutes from now')
    .action((inMinutes: number, options: RoutineOptions) =>
      withCare(async ({ routines }) => show(await routines.nap(options.listener, inMinutes, wishOf(options)), options)),
    );
  common(routine.command('list'))
    .description('every routine with its next time')
    .action((options: RoutineOptions) =>
      withCare(async ({ routines }) => {
        const list = (await routines.list(options.listener)).map(routineAnswer);
        if (options.json) return printJson(list);
        if (list.length === 0) notice('There is no routine. Make one: emoheal routine add "weekdays 21:30".');
        for (const each of list) printLine(row(each));
      }),
    );
  common(routine.command('start'))
    .argument('<id>')
    .description('begins within seconds, where the server runs')
    .action((id: string, options: RoutineOptions) =>
      withCare(async ({ routines }) => show(await routines.start(options.listener, id), options)),
    );
  common(routine.command('skip'))
    .argument('<id>')
    .description('the next time does not sound, the ones after it do')
    .action((id: string, options: RoutineOptions) =>
      withCare(async ({ routines }) => show(await routines.skip(options.listener, id), options)),
    );
  common(routine.command('snooze'))
    .argument('<id>')
    .argument('<minutes>', 'how much later', number('minutes'))
    .description('the next time comes later, once')
    .action((id: string, minutes: number, options: RoutineOptions) =>
      withCare(async ({ routines }) => show(await routines.snooze(options.listener, id, minutes), options)),
    );
  for (const [word, enabled] of [
    ['on', true],
    ['off', false],
  ] as const)
    common(routine.command(word))
      .argument('<id>')
      .description(`switch a routine ${word}`)
      .action((id: string, options: RoutineOptions) =>
        withCare(async ({ routines }) => show(await routines.change(options.listener, id, { enabled }), options)),
      );
  common(routine.command('remove'))
    .argument('<id>')
    .description('remove a routine; no error where it is gone')
    .action((id: string, options: RoutineOptions) => withCare(({ routines }) => routines.remove(options.listener, id)));
  addCheckInCommands(program);
}

function addCheckInCommands(program: Command): void {
  const checkIn = program.command('checkin').description('how a listener felt before and after, where they agreed');
  checkIn
    .command('export')
    .description('everything that was answered, for other programs')
    .requiredOption('--format <format>', 'csv or fhir (R4 Bundle of Observations)')
    .option('--listener <name>', 'whose answers', BEDSIDE)
    .option('--out <file>', 'write to a file instead of standard output')
    .addHelpText(
      'after',
      '\nExamples:\n  emoheal checkin export --format csv --out check-ins.csv\n  emoheal checkin export --format fhir > bundle.json',
    )
    .action((options: { format: string; listener: string; out?: string }) =>
      withCare(async ({ checkIns }) => {
        const book = await checkIns.book(options.listener);
        if (!book)
          throw new EmohealError('not-found', 'This listener has not agreed to check-ins; nothing is kept.', {
            remedy: 'Agree on the bedside page, or by PUT /api/v1/check-ins/consent.',
          });
        const text = exported(options, book.checkIns);
        if (options.out) await writeFile(options.out, text, { mode: 0o600 });
        else process.stdout.write(text);
      }),
    );
}

function exported({ format, listener }: { format: string; listener: string }, checkIns: readonly CheckIn[]): string {
  if (format === 'csv') return toCsv(checkIns);
  if (format !== 'fhir')
    throw new EmohealError('bad-input', 'That is no format of an export.', { remedy: 'Say --format csv or fhir.' });
  const config = readConfig(process.env);
  const subject = pseudonym(signingKey(config.dataDir, openSecretBox(config)), listener);
  return `${JSON.stringify(toFhirBundle(checkIns, { subject, nowMs: Date.now() }), null, 2)}\n`;
}

function show(routine: Parameters<typeof routineAnswer>[0], { json }: { json?: boolean }): void {
  const answer = routineAnswer(routine);
  if (json) printJson(answer);
  else printLine(row(answer));
}

const row = ({ id, name, when, next, zone, minutes, enabled, skipped }: ReturnType<typeof routineAnswer>) =>
  [
    id,
    name ?? scheduleName({ when, zone }, 'en-GB'),
    `${minutes} min`,
    !enabled ? 'off' : next ? `next ${whenIn(zone, next)} (${zone})${skipped ? ', skipped' : ''}` : 'over',
  ].join('  ');

/** A moment as the clock on the wall shows it there: "Mon 30 Nov, 21:30". */
const whenIn = (zone: string, moment: string): string =>
  new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  }).format(new Date(moment));
