/**
 * The command line. Every command is thin: it parses, calls the same parts as the server, and prints.
 * The promised shapes are in docs/interfaces.md; `emoheal <command> --help` shows examples.
 */
import '../../models/node20.js';
import { Command } from 'commander';
import { packageVersion } from '../../models/paths.js';
import { EXIT, reportError } from './terminal.js';

type Add = (program: Command) => void;

/** Which file holds which commands, in the order of the help text. Only the file of the command that is asked for is loaded. */
export const COMMANDS: readonly { names: readonly string[]; load(): Promise<Add> }[] = [
  { names: ['feel', 'quiet', 'plan'], load: async () => (await import('./session-commands.js')).addSessionCommands },
  {
    names: ['transcribe', 'classify', 'gate'],
    load: async () => (await import('./understand.js')).addUnderstandCommands,
  },
  { names: ['library'], load: async () => (await import('./library.js')).addLibraryCommands },
  {
    names: ['analyse', 'embed', 'search', 'graph'],
    load: async () => (await import('./inspect.js')).addInspectCommands,
  },
  { names: ['compose'], load: async () => (await import('./compose.js')).addComposeCommand },
  { names: ['index'], load: async () => (await import('./vector-index.js')).addVectorIndexCommands },
  { names: ['store'], load: async () => (await import('./store.js')).addStoreCommands },
  { names: ['speakers'], load: async () => (await import('./speakers.js')).addSpeakersCommands },
  { names: ['simulate'], load: async () => (await import('./simulate.js')).addSimulateCommand },
  { names: ['routine', 'checkin'], load: async () => (await import('./routine.js')).addRoutineCommands },
  { names: ['care'], load: async () => (await import('./care.js')).addCareCommands },
  { names: ['rules'], load: async () => (await import('./rules.js')).addRulesCommands },
  { names: ['study'], load: async () => (await import('./study.js')).addStudyCommands },
  { names: ['google'], load: async () => (await import('./google.js')).addGoogleCommands },
  { names: ['voice'], load: async () => (await import('./voice.js')).addVoiceCommands },
  { names: ['serve', 'key', 'doctor'], load: async () => (await import('./operate.js')).addOperateCommands },
];

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
  // Help, and a word that is no command, need them all.
  const asked = COMMANDS.filter(({ names }) => names.includes(argv[0] ?? ''));
  for (const { load } of asked.length > 0 ? asked : COMMANDS) (await load())(program);
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
