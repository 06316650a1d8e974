/**
 * faiss-node for Node, built from its own source against Debian's libfaiss: its own install step downloads a binary
 * or clones a repository, and fails where neither is possible. A copy stays in the data folder, so that a fresh
 * node_modules needs no compiler.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { run, which } from '../command.mjs';
import { writeWhole } from '../files.mjs';
import { moduleFolder } from '../places.mjs';
import { Unavailable } from '../runner.mjs';

const LIBRARIES = ['libfaiss-dev', 'libopenblas-dev'];
// Debian's FAISS 1.7.3 names the index type inside the class; faiss-node was written for 1.7.4.
const SHIM = '#include <faiss/Index.h>\nnamespace faiss { using idx_t = Index::idx_t; }\n';
const PROBE =
  'const f=require("faiss-node");const i=new f.IndexFlatIP(2);i.add([1,0]);if(i.search([1,0],1).labels[0]!==0)process.exit(1)';

const place = (root) => moduleFolder(root, 'faiss-node');
const binary = (root) => path.join(place(root), 'build', 'Release', 'faiss-node.node');

export const faissStep = {
  id: 'faiss-node',
  title: 'FAISS index',
  needs: ['modules'],
  without: 'Search runs exactly in TypeScript instead: same results, slower with many thousand pieces.',
  isDone: ({ root }) => existsSync(binary(root)),
  async run({ root, dataDir, env, say }) {
    const version = JSON.parse(readFileSync(path.join(place(root), 'package.json'), 'utf8')).version;
    const kept = path.join(dataDir, 'native', 'faiss-node', `${version}-${process.platform}-${process.arch}-napi.node`);
    if (existsSync(kept) && (await loads(root, readFileSync(kept)))) return;
    if (!which('g++', env))
      throw new Unavailable(
        'There is no C++ compiler.',
        'Install it with "apt-get install g++ make" and run "emoheal doctor --repair".',
      );
    await needLibraries(env, say);
    const built = await compile(root, dataDir);
    if (!(await loads(root, built))) throw new Error('The built faiss-node does not load.');
    writeWhole(kept, built);
  },
};

async function needLibraries(env, say) {
  if (existsSync('/usr/include/faiss/Index.h')) return;
  const remedy = `Run "apt-get install ${LIBRARIES.join(' ')}" as root, then "emoheal doctor --repair".`;
  if (!which('apt-get', env))
    throw new Unavailable(
      'libfaiss is not installed and there is no apt-get.',
      'Install FAISS for C++ with your package manager.',
    );
  if (process.getuid?.() !== 0)
    throw new Unavailable('libfaiss is not installed, and installing it needs root.', remedy);
  const aptEnv = { ...env, DEBIAN_FRONTEND: 'noninteractive' };
  const install = () =>
    run('apt-get', ['install', '-y', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=120', ...LIBRARIES], {
      env: aptEnv,
    });
  try {
    say('installing libfaiss-dev and libopenblas-dev');
    await install().catch(async () => {
      await run('apt-get', ['update'], { env: aptEnv });
      await install();
    });
  } catch (error) {
    throw new Unavailable(`libfaiss could not be installed: ${error.message}`, remedy);
  }
}

async function compile(root, dataDir) {
  const require = createRequire(path.join(place(root), 'package.json'));
  // Its own `include_dir` is relative to wherever the process runs.
  const napi = path.dirname(require.resolve('node-addon-api/package.json'));
  const headers = [path.join(path.dirname(process.execPath), '../include/node'), '/usr/include/node'].find((folder) =>
    existsSync(path.join(folder, 'node_api.h')),
  );
  if (!headers)
    throw new Unavailable(
      "Node's own C headers are not installed.",
      'Install them (Debian: libnode-dev) and run "emoheal doctor --repair".',
    );
  const native = path.join(dataDir, 'native');
  mkdirSync(native, { recursive: true });
  const folder = mkdtempSync(path.join(native, 'faiss-build-'));
  try {
    const shim = path.join(folder, 'shim.h');
    const out = path.join(folder, 'faiss-node.node');
    writeFileSync(shim, SHIM);
    const defines = ['-DNAPI_CPP_EXCEPTIONS', '-DNODE_GYP_MODULE_NAME=faiss-node', '-DBUILDING_NODE_EXTENSION'];
    await run('g++', [
      ...['-O3', '-std=c++17', '-fPIC', '-shared', '-fopenmp'],
      ...defines,
      `-I${headers}`,
      `-I${napi}`,
      ...['-include', shim, path.join(place(root), 'src', 'faiss.cc'), '-o', out, '-lfaiss', '-lopenblas'],
    ]);
    return readFileSync(out);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Puts the binary where faiss-node looks for it, and takes it away again where it does not work on this machine. */
async function loads(root, bytes) {
  writeWhole(binary(root), bytes);
  try {
    await run(process.execPath, ['-e', PROBE], { cwd: root, timeoutMs: 30_000 });
    return true;
  } catch {
    rmSync(binary(root), { force: true });
    return false;
  }
}
