/** `serve` and `doctor`: run it, check it. */
import type { Command } from 'commander';
import { readConfig } from '../config.js';
import { printJson, printLine } from './terminal.js';

export function addOperateCommands(program: Command): void {
  program
    .command('serve')
    .description('start the server: bedside page, HTTP interface, streams (the same as npm start)')
    .addHelpText('after', '\nSettings are environment variables EMOHEAL_*; see the table in the README.')
    .action(async () => {
      const { serve } = await import('../main.js');
      await serve(readConfig(process.env));
    });

  const key = program
    .command('key')
    .description('the key that signs the addresses of streams')
    .addHelpText('after', '\nExample:\n  emoheal key rotate');
  key
    .command('rotate')
    .option('--lost', 'the keys before may be in other hands: what they signed stops opening at once')
    .option('--json', 'print one JSON value')
    .description('make a new key; addresses that were given out still open until they expire, within two days')
    .addHelpText('after', '\nA running server takes the new key up by itself within a second.')
    .action(async (options: { lost?: boolean; json?: boolean }) => {
      const { rotateKeys } = await import('../http/address-keys.js');
      const { dataDir } = readConfig(process.env);
      const { before, untilMs } = await rotateKeys(dataDir, { nowMs: Date.now(), lost: options.lost ?? false });
      const until = untilMs === null ? null : new Date(untilMs).toISOString();
      if (options.json) return printJson({ before, until });
      printLine(
        until === null
          ? 'A new key signs. No address from before opens any more: pages and speakers ask for new ones.'
          : `A new key signs. Addresses from before open until they expire, ${until} at the latest.`,
      );
    });

  program
    .command('doctor')
    .option('--json', 'print one JSON value')
    .option('--repair', 'run again the set-up steps that failed')
    .option('--bundle <file>', 'write a zip file for whoever helps you; it holds nothing private')
    .description('what is installed, which model and index, and how to mend what is not well')
    .addHelpText('after', '\nExample:\n  emoheal doctor --bundle emoheal-doctor.zip')
    .action(async (options: { json?: boolean; repair?: boolean; bundle?: string }) => {
      if (options.bundle) {
        const { writeBundle } = await import('../doctor/bundle.js');
        const names = await writeBundle({ ...readConfig(process.env), env: process.env, file: options.bundle });
        if (options.json) return printJson({ file: options.bundle, holds: names });
        printLine(`${options.bundle}: ${names.join(', ')}. Nothing private is in it; look into it before you send it.`);
        return;
      }
      const { diagnose, describe } = await import('../doctor/doctor.js');
      const report = await diagnose({ ...readConfig(process.env), repair: options.repair ?? false });
      if (options.json) printJson(report);
      else printLine(describe(report));
      if (!report.ok) process.exitCode = 1;
    });
}
