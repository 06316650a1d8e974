/** TypeScript to dist/, skipped when dist/ is newer than every source. */
import path from 'node:path';
import { newestSourceMs } from '../build.mjs';
import { run } from '../command.mjs';
import { readJson, writeWhole } from '../files.mjs';

const stamp = (root) => path.join(root, 'dist', '.built.json');

export const buildStep = {
  id: 'build',
  title: 'Build',
  needs: ['modules'],
  without: 'Nothing works without it.',
  isDone: ({ root }) => readJson(stamp(root))?.newestSourceMs === newestSourceMs(),
  async run({ root }) {
    const newest = newestSourceMs();
    // An own process: esbuild came with the modules only now, and its service must not outlive the build.
    await run(process.execPath, [path.join(root, 'deploy/setup/build.mjs')], { cwd: root });
    writeWhole(stamp(root), JSON.stringify({ newestSourceMs: newest }));
  },
};
