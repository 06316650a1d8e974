/** `care …`: who may see a listener's nights, by the listener's own word at the machine in the house. */
import type { Command } from 'commander';
import { ACCESS_WORDS } from '../../engine/caregivers/access-words.js';
import type { Caregivers } from '../../engine/caregivers/caregivers.js';
import type { CareLink } from '../../engine/caregivers/link.js';
import { Role } from '../../engine/caregivers/role.js';
import { EmohealError } from '../../engine/errors.js';
import { BEDSIDE } from '../../engine/listeners/bedside.js';
import { openSecretBox } from '../../engine/secrets/key-file.js';
import { openCaregivers } from '../care/open-caregivers.js';
import { personOf } from '../care/overview.js';
import { readConfig } from '../config.js';
import { signingKey } from '../secrets/signing-key.js';
import { openStore } from '../store/open-store.js';
import { notice, printJson, printLine } from './terminal.js';

interface Options {
  listener: string;
  json?: boolean;
}

async function withCaregivers<T>(work: (caregivers: Caregivers) => Promise<T>): Promise<T> {
  const config = readConfig(process.env);
  const store = await openStore({ ...config, onWarning: notice });
  try {
    const key = signingKey(config.dataDir, openSecretBox(config));
    const audio = () => Promise.reject(new EmohealError('internal', 'No sound is needed here.'));
    return await work((await openCaregivers({ store, key, dataDir: config.dataDir, audio })).caregivers);
  } finally {
    await store.close();
  }
}

export function addCareCommands(program: Command): void {
  const care = program
    .command('care')
    .description("who may see a listener's nights: whether they ran, never what was said")
    .addHelpText(
      'after',
      `
Examples:
  emoheal care invite                        # six digits to read out; who types them in at /care is let in
  emoheal care invite --role viewer --tell-crisis
  emoheal care invite --for Anna             # a new code for somebody who is let in already
  emoheal care list
  emoheal care agree Ben                     # whom another caregiver invited
  emoheal care tell-crisis Anna on           # Anna is told when a help line was given, and no word more
  emoheal care revoke Anna                   # at once; "revoke --all" for everybody
  emoheal care log`,
    );
  const common = (command: Command) =>
    command.option('--listener <name>', 'whose nights', BEDSIDE).option('--json', 'print one JSON value');

  common(care.command('invite'))
    .option('--role <role>', 'viewer, planner or owner', 'planner')
    .option('--tell-crisis', 'they are told when a help line was given')
    .option('--for <name>', 'a new way in for somebody who is let in already')
    .description('make a code to be read out; it holds for ten minutes and for one person')
    .action((options: Options & { role: string; tellCrisis?: boolean; for?: string }) =>
      withCaregivers(async (caregivers) => {
        const role = Role.safeParse(options.role);
        if (!role.success)
          throw new EmohealError('bad-input', 'There is no such role.', {
            remedy: `Say one of: ${Role.options.join(', ')}.`,
          });
        const caregiver = options.for && (await named(caregivers, options.listener, options.for)).caregiver;
        const { code, untilMs } = await caregivers.invite(options.listener, {
          role: role.data,
          how: 'typed',
          ...(options.tellCrisis ? { tellCrisis: true } : {}),
          ...(caregiver ? { caregiver } : {}),
        });
        if (options.json) return printJson({ code, until: new Date(untilMs).toISOString() });
        printLine(code);
        notice('They open /care on this server and type it in. It holds for ten minutes and for one person.');
      }),
    );
  common(care.command('list'))
    .description('who may see, since when and by whose word')
    .action(({ listener, json }: Options) =>
      withCaregivers(async (caregivers) => {
        const links = await caregivers.whoMaySee(listener);
        if (json)
          return printJson(links.map((link) => ({ ...personOf(link), tellCrisis: link.tellCrisisSinceMs !== null })));
        if (links.length === 0) notice('Nobody. Make a code: emoheal care invite.');
        for (const link of links) printLine(row(link));
      }),
    );
  common(care.command('agree'))
    .argument('<name>')
    .description('let in whom another caregiver invited, or give them the larger role that is asked for')
    .action((name: string, { listener }: Options) =>
      withCaregivers(async (caregivers) => {
        const { caregiver } = await named(caregivers, listener, name);
        printLine(row(await caregivers.agree(listener, caregiver, 'typed')));
      }),
    );
  common(care.command('tell-crisis'))
    .argument('<name>')
    .argument('<on|off>')
    .description('whether they are told that a help line was given')
    .action((name: string, word: string, { listener }: Options) =>
      withCaregivers(async (caregivers) => {
        if (word !== 'on' && word !== 'off') throw new EmohealError('bad-input', 'Say on or off.');
        const { caregiver } = await named(caregivers, listener, name);
        printLine(row(await caregivers.tellCrisis(listener, caregiver, word === 'on')));
      }),
    );
  common(care.command('revoke'))
    .argument('[name]')
    .option('--all', 'everybody')
    .description('they see nothing any more, at once')
    .action((name: string | undefined, { listener, all }: Options & { all?: boolean }) =>
      withCaregivers(async (caregivers) => {
        if (!name && !all) throw new EmohealError('bad-input', 'Say whom, or --all.');
        const caregiver = name ? (await named(caregivers, listener, name)).caregiver : undefined;
        const gone = await caregivers.stopSharing(listener, caregiver);
        printLine(gone.length === 0 ? 'Nobody saw anything.' : `${gone.map((link) => link.name).join(', ')}: no more.`);
      }),
    );
  common(care.command('log'))
    .description('who looked at what, newest first')
    .action(({ listener, json }: Options) =>
      withCaregivers(async (caregivers) => {
        const log = await caregivers.readLog(listener);
        if (json) return printJson(log);
        if (log.length === 0) notice('Nobody has looked.');
        for (const { name, what, lastMs, times } of log)
          printLine(
            `${new Date(lastMs).toISOString()}  ${name} ${ACCESS_WORDS[what]}${times > 1 ? `, ${times} times` : ''}`,
          );
      }),
    );
}

async function named(caregivers: Caregivers, listener: string, name: string): Promise<CareLink> {
  const found = (await caregivers.whoMaySee(listener)).find(
    (link) => link.name.toLowerCase() === name.toLowerCase() || link.caregiver === name,
  );
  if (found) return found;
  throw new EmohealError('not-found', 'There is no caregiver of that name.', { remedy: 'Look at: emoheal care list.' });
}

const row = (link: CareLink): string =>
  [
    link.name,
    link.role,
    link.consent
      ? `since ${new Date(link.since).toISOString().slice(0, 10)} (${link.consent.how})`
      : 'waits for your word',
    ...(link.asked ? [`would be ${link.asked}: waits for your word`] : []),
    ...(link.tellCrisisSinceMs === null ? [] : ['is told when a help line was given']),
  ].join('  ');
