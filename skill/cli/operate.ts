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

  program
    .command('doctor')
    .option('--json', 'print one JSON value')
    .option('--repair', 'run again the set-up steps that failed')
    .description('what is installed, which model and index, and how to mend what is not well')
    .action(async (options: { json?: boolean; repair?: boolean }) => {
      const { diagnose, describe } = await import('../doctor/doctor.js');
      const report = await diagnose({ dataDir: readConfig(process.env).dataDir, repair: options.repair ?? false });
      if (options.json) printJson(report);
      else printLine(describe(report));
      if (!report.ok) process.exitCode = 1;
    });
}
