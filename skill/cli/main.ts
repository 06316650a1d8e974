/**
 * The command line. Every command is thin: it parses, calls the same parts as the server, and prints.
 * The promised shapes are in docs/interfaces.md; `emoheal <command> --help` shows examples.
 */
import '../../models/node20.js';
import { Command } from 'commander';
import { packageVersion } from '../../models/paths.js';
import { addCareCommands } from './care.js';
import { addComposeCommand } from './compose.js';
import { addGoogleCommands } from './google.js';
import { addInspectCommands } from './inspect.js';
import { addLibraryCommands } from './library.js';
import { addOperateCommands } from './operate.js';
import { addRoutineCommands } from './routine.js';
import { addRulesCommands } from './rules.js';
import { addSessionCommands } from './session-commands.js';
import { addSimulateCommand } from './simulate.js';
import { addSpeakersCommands } from './speakers.js';
import { addStoreCommands } from './store.js';
import { addStudyCommands } from './study.js';
import { EXIT, reportError } from './terminal.js';
import { addUnderstandCommands } from './understand.js';
import { addVectorIndexCommands } from './vector-index.js';
import { addVoiceCommands } from './voice.js';

export async function main(argv: string[]): Promise<number> {
  const program = new Command('emoheal')
    .description('Say how you feel; music meets you there and leads you, step by step, to rest.')
    .version(packageVersion())
    .exitOverride()
    .configureOutput({ writeOut: (text) => process.stdout.write(text), writeErr: (text) => process.stderr.write(text) })
    .showHelpAfterError('(add --help for usage and examples)')
    .addHelpText(
      'after',
      `
In a clone type "npm run -s emoheal --" for "emoheal". How to do what: docs/README.md, or /docs on a running server.

Examples:
  emoheal feel "I am so tense, I cannot sleep" --minutes 20 --out tonight.mp3
  emoheal plan "I miss her" --json
  emoheal doctor
  emoheal serve`,
    );
  addSessionCommands(program);
  addUnderstandCommands(program);
  addLibraryCommands(program);
  addInspectCommands(program);
  addComposeCommand(program);
  addVectorIndexCommands(program);
  addStoreCommands(program);
  addSpeakersCommands(program);
  addSimulateCommand(program);
  addRoutineCommands(program);
  addCareCommands(program);
  addRulesCommands(program);
  addStudyCommands(program);
  addGoogleCommands(program);
  addVoiceCommands(program);
  addOperateCommands(program);
  for (const command of program.commands) inheritSettings(command);
  try {
    if (argv.length === 0) {
      program.outputHelp();
      return EXIT.done;
    }
    await program.parseAsync(argv, { from: 'user' });
    return typeof process.exitCode === 'number' ? process.exitCode : EXIT.done;
  } catch (error) {
    return reportError(error);
  }
}

/** Commander's sub-commands made with `.command()` inherit exitOverride; nested ones need it too. */
function inheritSettings(command: Command): void {
  command.exitOverride();
  for (const inner of command.commands) inheritSettings(inner);
}
