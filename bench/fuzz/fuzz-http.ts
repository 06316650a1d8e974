/**
 * `npm run fuzz:http [-- --cases N] [--seed N]`: schemathesis against a server of ours that runs for it, by its own
 * /openapi.json: no request may be answered by a fault, nor by what the description does not promise. First as a caregiver who
 * is signed in and owns the listener's care, then at home with ids of what is there, then as nobody on every route. At the end
 * the server's own counters tell which routes never did what they are for: what is only ever refused was not tried. Needs
 * Python 3; schemathesis is installed once into the data folder.
 */
import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { CSRF_HEADER } from '../../skill/care/door.js';
import { readConfig } from '../../skill/config.js';
import { SECRET_HEADER } from '../../skill/google/dialogflow/auth.js';
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
/** What needs an id that is there, but for what would end it or never ends. */
const AT_HOME =
  '^(/api/v1/(sessions/.*(why|sound|actions|\\})|routines/.*|check-ins|quiet|utterances|sessions)|/stream/.*|/(dialogflow|metrics|readyz|healthz|openapi.json))$';
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

/** A session and a routine that are there, and the signed address of the sound: what a page at home would have. */
async function atHome(url: string): Promise<{ session: string; routine: string; stream: URLSearchParams }> {
  const post = async (route: string, body: object) =>
    (
      await fetch(`${url}/api/v1/${route}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    ).json() as Promise<{ id: string; streams: { session: string } }>;
  const session = await post('utterances', { text: 'I feel so restless tonight', minutes: 10 });
  const routine = await post('routines', { when: 'daily 21:30' });
  await fetch(`${url}/api/v1/check-ins/consent`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ consent: true }),
  });
  return { session: session.id, routine: routine.id, stream: new URL(session.streams.session, url).searchParams };
}

const homeConfig = ({ session, routine, stream }: Awaited<ReturnType<typeof atHome>>): string => `${CONFIG}
[[operations]]
include-path-regex = "^/api/v1/sessions/"
[operations.parameters]
"path.id" = "${session}"

[[operations]]
include-path-regex = "^/api/v1/routines/"
[operations.parameters]
"path.id" = "${routine}"

[[operations]]
include-path-regex = "^/stream/"
[operations.parameters]
"path.id" = "${session}"
"query.rev" = "${stream.get('rev')}"
"query.exp" = "${stream.get('exp')}"
"query.sig" = "${stream.get('sig')}"
`;

/** Routes of the description that gave no good answer in all the runs: "delete /api/v1/taste". */
async function neverGood(url: string): Promise<string[]> {
  const { paths } = (await (await fetch(`${url}/openapi.json`)).json()) as { paths: Record<string, object> };
  const metrics = await (await fetch(`${url}/metrics`)).text();
  const good = new Set(
    [...metrics.matchAll(/^emoheal_http_seconds_count\{([^}]*)\}/gm)].flatMap(([, labels]) => {
      const of = (name: string) => new RegExp(`${name}="([^"]*)"`).exec(labels ?? '')?.[1] ?? '';
      return /^[23]/.test(of('status')) ? [`${of('method').toLowerCase()} ${of('route')}`] : [];
    }),
  );
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods)
      .map((method) => `${method} ${path.replace(/\{(\w+)\}/g, ':$1')}`)
      .filter((route) => !good.has(route)),
  );
}

export async function main(words: string[]): Promise<number> {
  const { values } = readOptions(words, {
    cases: { least: 1, most: 1_000_000, usual: 50 },
    seed: { least: 0, most: 2 ** 31, usual: 1 },
  });
  const program = process.env.SCHEMATHESIS ?? (await schemathesis());
  const data = makeDataFolder();
  const secret = randomBytes(32).toString('hex');
  const server = await startServer(data.folder, {
    EMOHEAL_LOG_LEVEL: 'error',
    EMOHEAL_ALEXA_VERIFY: 'never',
    // Every door is open that can be: a closed one says 503.
    EMOHEAL_DIALOGFLOW_SECRET: secret,
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
    const home = path.join(data.folder, 'home.toml');
    await writeFile(home, homeConfig(await atHome(server.url)));
    const code =
      (await tried('--config-file', config, 'run', document, ...own, ...signedIn)) +
      (await tried(
        '--config-file',
        home,
        'run',
        document,
        '--include-path-regex',
        AT_HOME,
        '--header',
        `${SECRET_HEADER}: ${secret}`,
      )) +
      (await tried('run', document, '--exclude-path-regex', ENDLESS));
    const never = await neverGood(server.url);
    if (never.length > 0)
      process.stdout.write(`Never answered with what they are for (${never.length}):\n  ${never.join('\n  ')}\n`);
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
