/** The server as a separate process, as users run it: started, waited for, weighed, stopped. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { packageRoot } from '../models/paths.js';
import { NOBODY_WAITED } from '../skill/operations/faults.js';

export interface ServerProcess {
  url: string;
  pid: number;
  /** From starting the process to its line that it is ready. */
  readyMs: number;
  /** Resident memory of the server and its children, MB. */
  residentMb(): Promise<number>;
  /** Everything that it wrote to its two streams so far. */
  log(): string;
  signal(name: NodeJS.Signals): void;
  /** Resolves when the process has ended. */
  ended: Promise<void>;
  /** Throws where the server had ended by itself, or had a fault that nothing waited for: no test passes with one. */
  stop(): Promise<void>;
}

export interface StartOptions {
  /** Where its log goes, as an open file; kept for `log()` where not given. */
  stderr?: number;
  /** Told its process before it is ready. */
  begun?: (pid: number) => void;
}

export async function startServer(
  dataDir: string,
  settings: Record<string, string> = {},
  { stderr, begun }: StartOptions = {},
): Promise<ServerProcess> {
  const startMs = performance.now();
  const child = spawn('node', [path.join(packageRoot(), 'bin/emoheal.mjs'), 'serve'], {
    env: { ...process.env, EMOHEAL_DATA_DIR: dataDir, EMOHEAL_PORT: '0', EMOHEAL_WYOMING_PORT: '0', ...settings },
    stdio: ['ignore', 'pipe', stderr ?? 'pipe'],
  });
  begun?.(child.pid as number);
  const written: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => written.push(String(chunk)));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let signalled = false;
  const url = await readyLine(child);
  return {
    url,
    pid: child.pid as number,
    log: () => written.join(''),
    readyMs: performance.now() - startMs,
    residentMb: () => residentMb(child.pid as number),
    signal(name) {
      signalled = true;
      child.kill(name);
    },
    ended,
    async stop() {
      const early = child.exitCode;
      const asked = signalled;
      signalled = true;
      child.kill('SIGTERM');
      await ended;
      const unwaited = written
        .join('')
        .split('\n')
        .filter((line) => line.includes(NOBODY_WAITED));
      if (unwaited.length > 0)
        throw new Error(`the server had faults that nothing waited for: ${unwaited.join(' | ')}`);
      if (early !== null && !asked)
        throw new Error(`the server ended by itself with ${early}: ${written.slice(-5).join('')}`);
    },
  };
}

/** The server prints where it can be reached, on one of its two streams. */
function readyLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const said: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue;
      createInterface({ input: stream }).on('line', (line) => {
        said.push(line);
        const url = /https?:\/\/(?:localhost|127\.0\.0\.1):\d+/.exec(line);
        if (url) resolve(url[0]);
      });
    }
    child.once('exit', (code) => reject(new Error(`the server left with ${code}: ${said.slice(-5).join(' | ')}`)));
  });
}

/** Resident memory of a process and its children, MB. */
export async function residentMb(pid: number): Promise<number> {
  const { stdout } = await promisify(execFile)('ps', ['-eo', 'pid=,ppid=,rss=']);
  const rows = stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  const family = new Set([pid]);
  for (let grown = true; grown; ) {
    grown = false;
    for (const [child, parent] of rows) {
      if (child !== undefined && parent !== undefined && family.has(parent) && !family.has(child)) {
        family.add(child);
        grown = true;
      }
    }
  }
  const kilobytes = rows
    .filter(([each]) => each !== undefined && family.has(each))
    .reduce((sum, [, , rss]) => sum + (rss ?? 0), 0);
  return Math.round(kilobytes / 1024);
}
