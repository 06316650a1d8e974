/** The command line of `npm run alexa:package`. */
import path from 'node:path';
import { Command } from 'commander';
import { reportError } from '../../skill/cli/terminal.js';
import { packageSkill } from './package.js';

export async function main(argv: string[]): Promise<number> {
  const command = new Command('npm run alexa:package --')
    .description('builds the upload for the Alexa developer console and the Lambda function')
    .requiredOption('--public-url <https>', 'address at which Alexa reaches your server')
    .option('--lambda <arn>', 'ARN of your Lambda function; without it Alexa calls your server itself')
    .option('--out <folder>', 'where to write', 'alexa-package')
    .addHelpText(
      'after',
      '\nExamples:\n  npm run alexa:package -- --public-url https://music.example.org\n  npm run alexa:package -- --public-url https://music.example.org --lambda arn:aws:lambda:eu-west-1:123456789012:function:emoheal',
    )
    .exitOverride();
  try {
    command.parse(argv, { from: 'user' });
    const { publicUrl, lambda, out } = command.opts<{ publicUrl: string; lambda?: string; out: string }>();
    const written = await packageSkill({ publicUrl, lambdaArn: lambda, out: path.resolve(out) });
    for (const { file, bytes, sha256 } of written) process.stdout.write(`${file}  ${bytes} bytes  sha256 ${sha256}\n`);
    process.stdout.write('Next: deploy/alexa/README.md, "Upload".\n');
    return 0;
  } catch (error) {
    return reportError(error);
  }
}
