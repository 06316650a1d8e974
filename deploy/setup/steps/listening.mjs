/** The model that listens to music: the authors' weights out of their PyPI package, beside our graph that points into them. */
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { readJson, writeWhole } from '../files.mjs';
import { fetchWheel, verify } from '../wheel.mjs';

const manifestOf = (root) => JSON.parse(readFileSync(path.join(root, 'models/musicnn/manifest.json'), 'utf8'));
const folderOf = (dataDir) => path.join(dataDir, 'models', 'musicnn');
const MARK = 'verified.json';

export const listeningStep = {
  id: 'listening',
  title: 'Model that listens to music (MusicNN)',
  without: 'Imported music is judged by its measured features alone.',
  isDone({ root, dataDir }) {
    const folder = folderOf(dataDir);
    const { files } = manifestOf(root);
    const whole = Object.entries(files).every(([name, { bytes }]) => {
      const file = path.join(folder, name);
      return existsSync(file) && statSync(file).size === bytes;
    });
    return whole && readJson(path.join(folder, MARK))?.version === manifestOf(root).version;
  },
  async run({ root, dataDir, env, say }) {
    const { files, fetch, version } = manifestOf(root);
    const folder = folderOf(dataDir);
    const work = path.join(folder, 'fetching');
    mkdirSync(work, { recursive: true });
    const fetched = await fetchWheel(fetch[0], { work, env, say, what: 'the model that listens to music' });
    for (const [name, expected] of Object.entries(files)) {
      const model = path.dirname(name);
      await verify(path.join(fetched, model), expected);
      mkdirSync(path.join(folder, model), { recursive: true });
      copyFileSync(path.join(root, 'models/musicnn/graph.onnx'), path.join(folder, model, 'graph.onnx'));
      renameSync(path.join(fetched, model), path.join(folder, name));
    }
    writeWhole(path.join(folder, MARK), JSON.stringify({ version }));
    rmSync(work, { recursive: true, force: true });
  },
};
