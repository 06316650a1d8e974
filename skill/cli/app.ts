/**
 * The parts as the command line uses them: loaded and made when needed, closed at the end of the command, speech waited for.
 * Whoever asks for help or mistypes a word waits for none of them.
 */
import { EmohealError } from '../../engine/errors.js';
import type { App, ComposeOptions } from '../compose.js';
import { readConfig } from '../config.js';
import { notice } from './terminal.js';

export type CliApp = App & {
  /** Throws `speech-unavailable` with its remedy where speech is not set up. */
  speechReady(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
};

export async function openApp(options: ComposeOptions = {}): Promise<CliApp> {
  const { composeApp } = await import('../compose.js');
  const app = composeApp(readConfig(process.env), { onWarning: notice, ...options });
  return Object.assign(app, {
    async speechReady() {
      const { status, detail, remedy } = (await app.transcriber()).state();
      if (status !== 'ready')
        throw new EmohealError('speech-unavailable', detail, { remedy, retryable: status === 'starting' });
    },
    [Symbol.asyncDispose]: () => app.close(),
  });
}
