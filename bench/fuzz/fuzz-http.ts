/**
 * `npm run fuzz:http [-- --cases N] [--seed N]`: schemathesis against a server of ours that runs for it, by its own
 * /openapi.json: no request may be answered by a fault, nor by what the description does not promise. First as a caregiver who
 * is signed in and owns the listener's care, then as nobody on every route. Needs Python 3; schemathesis is installed once
 * into the data folder.
 */
import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { CSRF_HEADER } from '../../skill/care/door.js';
import { readConfig } from '../../skill/config.js';
import { makeDataFolder } from '../../test/data-folder.js';
import { startServer } from '../../test/server-process.js';
import { readOptions } from '../options.js';

const VERSION = '4.32.5';
const CHECKS = [
  'not_a_server_error',
  'content_type_conformance',
  'status_code_conformance',
  'response_schema_conformance',
];
/** Followers of events never end by themselves. */
const ENDLESS = '/events$';
/** The console, but for what would end the session that it is tried with, and what ends the one it is about. */
const CONSOLE = '^/api/v1/care/(?!own|codes|sign-)';
const ENDS_IT = '^/api/v1/care/(me|sessions/.*|listeners/[^/]*/me|listeners/[^/]*/caregivers/.*)$';
const LISTENER = 'bedside';
/** The listener that the caregiver came to; and that a voice which is not set up is told by a promised 503. */
const CONFIG = `[parameters]
"path.listener" = "${LISTENER}"

[[operations]]
include-path = "/api/v1/sessions/{id}/why/spoken"
[operations.checks]
not_a_server_error.expected-statuses = ["2xx", "3xx", "4xx", "503"]
`;

async function schemathesis(): Promise<string> {
  const home = path.join(readConfig(process.env).dataDir, 'tools', `schemathesis-${VERSION}`);
  const program = path.join(home, 'bin', 'st');
  if (existsSync(program)) return program;
  process.stderr.write(`installing schemathesis ${VERSION}\n`);
  await promisify(execFile)('python3', ['-m', 'venv', home]);
  await promisify(execFile)(path.join(home, 'bin', 'pip'), ['-q', 'install', `schemathesis==${VERSION}`]);
  return program;
}

/** Headers of somebody who came by a code of the listener's and may do everything there. */
async function caregiver(url: string): Promise<string[]> {
  const post = (route: string, body: object) =>
    fetch(`${url}/api/v1/care/${route}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: url },
      body: JSON.stringify(body),
    });
  const { code } = (await (await post('own/invitations', { listener: LISTENER, role: 'owner' })).json()) as {
    code: string;
  };
  const answer = await post('codes', { code, name: 'Fuzz' });
  const { csrf } = (await answer.json()) as { csrf: string };
  const cookie = answer.headers.getSetCookie().map((each) => each.split(';')[0]);
  return [`Cookie: ${cookie.join('; ')}`, `Origin: ${url}`, `${CSRF_HEADER}: ${csrf}`];
}

export async function main(words: string[]): Promise<number> {
  const { values } = readOptions(words, {
    cases: { least: 1, most: 1_000_000, usual: 50 },
    seed: { least: 0, most: 2 ** 31, usual: 1 },
  });
  const program = process.env.SCHEMATHESIS ?? (await schemathesis());
  const data = makeDataFolder();
  const server = await startServer(data.folder, {
    EMOHEAL_LOG_LEVEL: 'error',
    EMOHEAL_ALEXA_VERIFY: 'never',
    // Every door is open that can be: a closed one says 503.
    EMOHEAL_DIALOGFLOW_SECRET: randomBytes(32).toString('hex'),
    EMOHEAL_GOOGLE_CLIENT_ID: 'fuzz-client',
    EMOHEAL_GOOGLE_CLIENT_SECRET: randomBytes(32).toString('hex'),
    EMOHEAL_GOOGLE_PROJECT_ID: 'fuzz-project',
  });
  const tried = (...more: string[]) =>
    new Promise<number>((resolve) => {
      const words = [
        '--checks',
        CHECKS.join(','),
        '--max-examples',
        String(values.cases),
        '--seed',
        String(values.seed),
      ];
      const child = spawn(
        program,
        [...more, '--request-timeout', '60', '--no-color', ...words],
        // What it remembers of failures stays out of the repository.
        { cwd: data.folder, stdio: ['ignore', 'inherit', 'inherit'] },
      );
      child.once('exit', (status) => resolve(status ?? 1));
    });
  try {
    const config = path.join(data.folder, 'schemathesis.toml');
    await writeFile(config, CONFIG);
    const document = `${server.url}/openapi.json`;
    const signedIn = (await caregiver(server.url)).flatMap((header) => ['--header', header]);
    const own = ['--include-path-regex', CONSOLE, '--exclude-path-regex', ENDS_IT];
    const code =
      (await tried('--config-file', config, 'run', document, ...own, ...signedIn)) +
      (await tried('run', document, '--exclude-path-regex', ENDLESS));
    const faults = server
      .log()
      .split('\n')
      .filter((line) => line.includes('"level":50'));
    if (faults.length > 0)
      process.stdout.write(`The server's log of faults:\n${[...new Set(faults)].slice(0, 20).join('\n')}\n`);
    return Math.min(code, 1);
  } finally {
    await server.stop();
    data.remove();
  }
}
