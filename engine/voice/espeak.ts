/**
 * How words sound, in the letters of the IPA, from the program espeak-ng. It is a program of its own under the GPL: it is
 * installed by whoever wants a voice, run, and no part of this package. Words go in by its standard input, so that they
 * stand in no list of processes.
 */
import { spawn } from 'node:child_process';
import { EmohealError } from '../errors.js';

const LIMIT_MS = 10_000;
const MOST_OUTPUT = 64 * 1024;

/** One clause without marks → its sounds. `voice` is espeak-ng's name of a language ("en-us"). Throws `inference-failed`. */
export function soundsOf(words: string, voice: string, signal?: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn('espeak-ng', ['-q', '--ipa', '-b', '1', '-v', voice, '--stdin'], {
      stdio: ['pipe', 'pipe', 'ignore'],
      timeout: LIMIT_MS,
      ...(signal ? { signal } : {}),
    });
    let out = '';
    const failed = (why: string) =>
      new EmohealError('inference-failed', `The sounds of the words could not be had: ${why}.`, { retryable: true });
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
      if (out.length > MOST_OUTPUT) child.kill('SIGKILL');
    });
    child.on('error', (error) => reject(signal?.aborted ? cancelled() : failed(error.message)));
    child.on('close', (code) =>
      code === 0 ? resolve(tidy(out)) : reject(signal?.aborted ? cancelled() : failed(`espeak-ng ended with ${code}`)),
    );
    child.stdin.on('error', () => {});
    child.stdin.end(`${words}\n`);
  });
}

const cancelled = () => new EmohealError('cancelled', 'The speech was cancelled.');

/** Without the names of languages that espeak-ng notes where a word is foreign, and on one line. */
const tidy = (ipa: string) =>
  ipa
    .replace(/\([a-z-]+\)/g, '')
    .replace(/\s+/g, ' ')
    .trim();
