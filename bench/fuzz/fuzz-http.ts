/**
 * `npm run fuzz:http [-- --cases N] [--seed N]`: schemathesis against a server of ours that runs for it, by its own
 * /openapi.json: no request may be answered by a fault, nor by what the description does not promise. Needs Python 3;
 * schemathesis is installed once into the data folder.
 */
import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { readConfig } from '../../skill/config.js';
import { makeDataFolder } from '../../test/data-folder.js';
import { startServer } from '../../test/server-process.js';

const VERSION = '4.32.5';
const CHECKS = [
  'not_a_server_error',
  'content_type_conformance',
  'status_code_conformance',
  'response_schema_conformance',
];
/** Followers of events never end by themselves. */
const ENDLESS = '/events';

async function schemathesis(): Promise<string> {
  const home = path.join(readConfig(process.env).dataDir, 'tools', `schemathesis-${VERSION}`);
  const program = path.join(home, 'bin', 'st');
  if (existsSync(program)) return program;
  process.stderr.write(`installing schemathesis ${VERSION}\n`);
  await promisify(execFile)('python3', ['-m', 'venv', home]);
  await promisify(execFile)(path.join(home, 'bin', 'pip'), ['-q', 'install', `schemathesis==${VERSION}`]);
  return program;
}

export async function main(words: string[]): Promise<number> {
  const { values } = parseArgs({ args: words, options: { cases: { type: 'string' }, seed: { type: 'string' } } });
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
  try {
    const child = spawn(
      program,
      [
        'run',
        `${server.url}/openapi.json`,
        '--checks',
        CHECKS.join(','),
        '--exclude-path-regex',
        ENDLESS,
        '--max-examples',
        values.cases ?? '50',
        '--seed',
        values.seed ?? '1',
        '--request-timeout',
        '60',
        '--no-color',
      ],
      { stdio: ['ignore', 'inherit', 'inherit'] },
    );
    const code = await new Promise<number>((resolve) => child.once('exit', (status) => resolve(status ?? 1)));
    const faults = server
      .log()
      .split('\n')
      .filter((line) => line.includes('"level":50'));
    if (faults.length > 0)
      process.stdout.write(`The server's log of faults:\n${[...new Set(faults)].slice(0, 20).join('\n')}\n`);
    return code;
  } finally {
    await server.stop();
    data.remove();
  }
}
