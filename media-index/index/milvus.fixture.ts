/**
 * A real Milvus server for tests, from the PyPI package of its makers, installed once into the user's cache folder. Where
 * python or the package cannot be had, the reason is given and the tests are skipped with it.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { EncoderModel } from '../encoders/encoder.js';
import { type MilvusIndex, openMilvus } from './milvus.js';
import { readAddress } from './milvus-client.js';
import { layWire } from './wire.fixture.js';

const VERSION = '2.3.5';
const INSTALL_LIMIT_MS = 180_000;
const START_LIMIT_MS = 90_000;
const run = promisify(execFile);
/** Each part of the server listens on a port of its own; all are free ones, and another Milvus may run beside it. */
const PORTS = [
  'etcd',
  'root-coord',
  'proxy',
  'proxy-internal',
  'query-coord',
  'query-node',
  'index-coord',
  'index-node',
  'data-coord',
  'data-node',
];

export interface MilvusServer {
  url: string;
  /** As a machine that has stopped answering: its connections stay open, new ones are taken, and nothing comes. */
  freeze(): void;
  thaw(): void;
  stop(): Promise<void>;
}

async function installed(): Promise<string> {
  const cache = path.join(process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'emoheal');
  const home = path.join(cache, `milvus-${VERSION}`);
  if (!existsSync(path.join(home, 'done'))) {
    await mkdir(cache, { recursive: true });
    await rm(home, { recursive: true, force: true });
    await run('python3', ['-m', 'venv', home], { timeout: INSTALL_LIMIT_MS });
    // It imports pkg_resources, which newer Pythons and newer setuptools no longer bring.
    await run(path.join(home, 'bin', 'pip'), ['-q', 'install', `milvus==${VERSION}`, 'setuptools<80'], {
      timeout: INSTALL_LIMIT_MS,
    });
    await mkdir(path.join(home, 'done.part'));
    await rename(path.join(home, 'done.part'), path.join(home, 'done'));
  }
  return path.join(home, 'bin', 'milvus-server');
}

/** Held open together, so that they differ. */
async function freePorts(count: number): Promise<number[]> {
  const probes = await Promise.all(
    Array.from({ length: count }, async () => {
      const probe = net.createServer().listen(0, '127.0.0.1');
      await once(probe, 'listening');
      return probe;
    }),
  );
  const ports = probes.map((probe) => (probe.address() as net.AddressInfo).port);
  await Promise.all(probes.map((probe) => new Promise((resolve) => probe.close(resolve))));
  return ports;
}

/** A text where there can be none: why. */
export async function startMilvus(model: EncoderModel): Promise<MilvusServer | string> {
  let program: string;
  try {
    program = await installed();
  } catch (error) {
    return `milvus ${VERSION} cannot be installed: ${(error as Error).message.split('\n')[0]}`;
  }
  const [peerPort, ...ports] = (await freePorts(PORTS.length + 1)) as [number, ...number[]];
  const port = ports[PORTS.indexOf('proxy')];
  const given = PORTS.flatMap((part, i) => [`--${part}-port`, String(ports[i])]);
  const data = mkdtempSync(path.join(os.tmpdir(), 'emoheal-milvus-'));
  // The etcd within it has its own two ports from here alone.
  const [client, peer] = [ports[PORTS.indexOf('etcd')], peerPort].map((each) => `http://127.0.0.1:${each}`);
  const etcd = path.join(data, 'etcd-ports.yaml');
  writeFileSync(
    etcd,
    [
      'name: default',
      `listen-client-urls: ${client}`,
      `advertise-client-urls: ${client}`,
      `listen-peer-urls: ${peer}`,
      `initial-advertise-peer-urls: ${peer}`,
      `initial-cluster: default=${peer}`,
    ].join('\n'),
  );
  // A group of its own: the server is a child of the script, and both are stopped together.
  const script = spawn(program, ['--data', data, ...given], {
    detached: true,
    stdio: 'ignore',
    env: { ...process.env, ETCD_CONFIG_PATH: etcd },
  });
  const signal = (name: NodeJS.Signals) => signalGroup(script, name);
  // What freezes is the wire and not the process: a Milvus that stands still for twenty seconds loses the leases of its parts
  // and answers nothing until it is started again.
  const wire = await layWire(port!);
  const { url } = wire;
  async function stop(): Promise<void> {
    await wire.cut();
    const gone = new Promise((resolve) => script.once('exit', resolve));
    signal('SIGKILL');
    if (script.exitCode === null && script.signalCode === null) await gone;
    await rm(data, { recursive: true, force: true, maxRetries: 5 });
  }
  const startedMs = Date.now();
  for (;;) {
    try {
      const index: MilvusIndex = await openMilvus(model, readAddress(url), 3000);
      await index.close();
      return { url, freeze: wire.hold, thaw: wire.release, stop };
    } catch (error) {
      if (Date.now() - startedMs > START_LIMIT_MS || script.exitCode !== null) {
        await stop();
        return `milvus ${VERSION} does not start here: ${(error as Error).message}`;
      }
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}

function signalGroup(script: ChildProcess, name: NodeJS.Signals): void {
  try {
    if (script.pid) process.kill(-script.pid, name);
  } catch {
    // Gone already.
  }
}
