/** `rules …`: how loud, which music and when nothing begins by itself, for one listener. */
import type { Command } from 'commander';
import { EmohealError } from '../../engine/errors.js';
import { BEDSIDE } from '../../engine/listeners/bedside.js';
import type { HouseRules } from '../../engine/listeners/house-rules.js';
import { ownZone } from '../../engine/routines/schedule.js';
import { settle } from '../http/house-rules.js';
import { withCare } from './routine.js';
import { notice, number, printJson, printLine } from './terminal.js';

interface SetOptions {
  listener: string;
  json?: boolean;
  cap?: number;
  quiet?: string;
  zone?: string;
  banTrack?: string[];
  banStyle?: string[];
  allowTrack?: string[];
  allowStyle?: string[];
}

const many = (value: string, before: string[] = []) => [...before, value];

export function addRulesCommands(program: Command): void {
  const rules = program
    .command('rules')
    .description('house rules of a listener: how loud, which music, when nothing begins by itself')
    .addHelpText(
      'after',
      `
Examples:
  emoheal rules show
  emoheal rules set --cap -30 --quiet 22:30-06:00 --zone Europe/Berlin
  emoheal rules set --ban-style heroic-brass --ban-track rain-on-leaves
  emoheal rules set --allow-style lullaby --allow-style piano-nocturne --listener anna
  emoheal rules clear
Styles and ids of tracks are in "emoheal library list".`,
    );
  const common = (command: Command) =>
    command.option('--listener <name>', 'whose rules', BEDSIDE).option('--json', 'print one JSON value');

  common(rules.command('show'))
    .description('what is settled')
    .action((options: SetOptions) =>
      withCare(async ({ rules: book }) => show((await book.load(options.listener)) ?? {}, options)),
    );
  common(rules.command('set'))
    .description('settle one thing or several; what is not named stays as it was')
    .option('--cap <lufs>', 'nothing is louder than this, -45 to -14 LUFS', number('cap'))
    .option('--quiet <from-until>', 'nothing begins by the clock then, such as 22:30-06:00')
    .option('--zone <zone>', 'time zone of the quiet hours; this machine’s where not given')
    .option('--ban-track <id>', 'never heard; may be given several times', many)
    .option('--ban-style <style>', 'never heard; may be given several times', many)
    .option('--allow-track <id>', 'only what is allowed is heard; may be given several times', many)
    .option('--allow-style <style>', 'only what is allowed is heard; may be given several times', many)
    .addHelpText(
      'after',
      '\nExamples:\n  emoheal rules set --cap -30\n  emoheal rules set --quiet 22:30-06:00 --zone Europe/Berlin\n  emoheal rules set --ban-style heroic-brass',
    )
    .action((options: SetOptions) =>
      withCare(async ({ rules: book }) => {
        const before = (await book.load(options.listener)) ?? {};
        show((await settle(book, options.listener, withChanges(before, options))) ?? {}, options);
      }),
    );
  common(rules.command('clear'))
    .description('no rules any more; a recorded greeting stays, it is removed in the console')
    .addHelpText('after', '\nExample:\n  emoheal rules clear --listener anna')
    .action((options: SetOptions) =>
      withCare(async ({ rules: book }) => {
        show((await settle(book, options.listener, {})) ?? {}, options);
      }),
    );
}

function withChanges(before: HouseRules, options: SetOptions): HouseRules {
  const { cap, quiet, zone, banTrack, banStyle, allowTrack, allowStyle } = options;
  const hours = quiet === undefined ? null : /^(\d{2}:\d{2})\s*[-–]\s*(\d{2}:\d{2})$/.exec(quiet.trim());
  if (quiet !== undefined && !hours)
    throw new EmohealError('bad-input', 'Quiet hours have a beginning and an end.', {
      remedy: 'Say --quiet 22:30-06:00.',
    });
  if (zone && !hours)
    throw new EmohealError('bad-input', '--zone needs --quiet.', { remedy: 'Add --quiet 22:30-06:00.' });
  const lists = (list: HouseRules['banned'], tracks: string[] | undefined, styles: string[] | undefined) =>
    tracks || styles
      ? {
          trackIds: [...new Set([...(list?.trackIds ?? []), ...(tracks ?? [])])],
          styles: [...new Set([...(list?.styles ?? []), ...(styles ?? [])])],
        }
      : list;
  const banned = lists(before.banned, banTrack, banStyle);
  const allowed = lists(before.allowed, allowTrack, allowStyle);
  return {
    ...before,
    ...(cap === undefined ? {} : { loudnessCapLufs: cap }),
    ...(hours ? { quietHours: { from: hours[1]!, until: hours[2]!, zone: zone ?? ownZone() } } : {}),
    ...(banned ? { banned } : {}),
    ...(allowed ? { allowed } : {}),
  };
}

function show(rules: HouseRules, { json }: { json?: boolean }): void {
  if (json) {
    printJson(rules);
    return;
  }
  const { loudnessCapLufs, banned, allowed, quietHours, greeting } = rules;
  const listed = (list: NonNullable<HouseRules['banned']>) =>
    [...list.styles, ...list.trackIds].join(', ') || 'nothing';
  if (Object.keys(rules).length === 0) notice('No rules are settled. Settle one: emoheal rules set --cap -30.');
  if (loudnessCapLufs !== undefined) printLine(`no louder than  ${loudnessCapLufs} LUFS`);
  if (quietHours) printLine(`quiet hours     ${quietHours.from}–${quietHours.until} (${quietHours.zone})`);
  if (banned) printLine(`never           ${listed(banned)}`);
  if (allowed) printLine(`only            ${listed(allowed)}`);
  if (greeting) printLine(`greeting        ${greeting.durationSec} s`);
}
