/** `google`: the code that links a Google account to the speaker, read out at home; and the end of the link. */
import type { Command } from 'commander';
import { BEDSIDE } from '../../engine/listeners/bedside.js';
import { openSecretBox } from '../../engine/secrets/key-file.js';
import { readConfig } from '../config.js';
import { createGoogleLinks, GOOGLE_LINKS, type GoogleLinks } from '../google/smarthome/links.js';
import { signingKey } from '../secrets/signing-key.js';
import { openStore } from '../store/open-store.js';
import { notice, printJson, printLine } from './terminal.js';

interface GoogleOptions {
  listener: string;
  json?: boolean;
}

export function addGoogleCommands(program: Command): void {
  const google = program
    .command('google')
    .description('the bedside speaker in Google Home: link an account, end the link')
    .addHelpText('after', '\nExamples:\n  emoheal google code\n  emoheal google unlink');
  google
    .command('code')
    .option('--listener <name>', 'whose speaker', BEDSIDE)
    .option('--json', 'print one JSON value')
    .description('six digits for the page that the Google Home app opens; they hold for ten minutes, once')
    .action(({ listener, json }: GoogleOptions) =>
      withLinks(async (links) => {
        const code = await links.sayCode(listener);
        if (json) return printJson({ code, listener });
        printLine([...code].join(' '));
        notice('Type it into the page that the Google Home app opens. It holds for ten minutes, once.');
      }),
    );
  google
    .command('unlink')
    .option('--listener <name>', 'whose speaker', BEDSIDE)
    .description('no Google account may steer this speaker any more')
    .action(({ listener }: GoogleOptions) =>
      withLinks(async (links) => {
        await links.unlink(listener);
        printLine('No Google account is linked any more.');
      }),
    );
}

async function withLinks(work: (links: GoogleLinks) => Promise<void>): Promise<void> {
  const config = readConfig(process.env);
  const store = await openStore({ ...config, onWarning: notice });
  try {
    const records = await store.records(GOOGLE_LINKS);
    await work(createGoogleLinks({ records, key: signingKey(config.dataDir, openSecretBox(config)), nowMs: Date.now }));
    await records.close();
  } finally {
    await store.close();
  }
}
