/** The command line of `npm run dialogflow:package`. */
import path from 'node:path';
import { Command } from 'commander';
import { reportError } from '../../skill/cli/terminal.js';
import { readConfig } from '../../skill/config.js';
import { packageAgents } from './package.js';

export async function main(argv: string[]): Promise<number> {
  const command = new Command('npm run dialogflow:package --')
    .description('builds the agents for Dialogflow ES and CX, in all languages')
    .requiredOption('--public-url <https>', 'address at which Google reaches your server')
    .option('--out <folder>', 'where to write', 'dialogflow-package')
    .addHelpText(
      'after',
      '\nThe secret of the webhook is taken from EMOHEAL_DIALOGFLOW_SECRET.\n\nExample:\n  npm run dialogflow:package -- --public-url https://music.example.org',
    )
    .exitOverride();
  try {
    command.parse(argv, { from: 'user' });
    const { publicUrl, out } = command.opts<{ publicUrl: string; out: string }>();
    const { dialogflowSecret: secret } = readConfig(process.env);
    const written = packageAgents({ publicUrl, ...(secret ? { secret } : {}), out: path.resolve(out) });
    for (const { file, bytes, sha256 } of written) process.stdout.write(`${file}  ${bytes} bytes  sha256 ${sha256}\n`);
    if (!secret)
      process.stdout.write('No EMOHEAL_DIALOGFLOW_SECRET is set: the agents send no secret. See docs/google.md.\n');
    process.stdout.write('Next: docs/google.md, "Put the agent into Dialogflow".\n');
    return 0;
  } catch (error) {
    return reportError(error);
  }
}
