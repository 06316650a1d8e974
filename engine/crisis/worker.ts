/** The thread of the crisis gate's network: token windows in, probabilities out. The emotion model's thread has the tokeniser. */
import { workerData } from 'node:worker_threads';
import { giveWay } from '../give-way.js';
import { answerFromHere } from '../thread-side.js';
import { openDangerNetwork } from './network.js';
import type { CrisisNetwork } from './network-folder.js';

export interface CrisisWorkerSettings {
  crisis: CrisisNetwork;
  /** Cores that one reading may use. */
  threads: number;
}

const { crisis, threads } = workerData as CrisisWorkerSettings;

await answerFromHere(async () => {
  const network = await openDangerNetwork(crisis, threads);
  return {
    /** Danger in any part of a long text is danger: the highest over its windows. Null where all was called off. */
    async danger(windows: readonly number[][], stopped) {
      let highest: number[] | null = null;
      for (const [i, window] of windows.entries()) {
        if (i > 0) await giveWay();
        if (stopped()) break;
        const found = await network.read(window);
        const before: number[] | null = highest;
        highest = before ? found.map((value, at) => Math.max(value, before[at] ?? 0)) : found;
      }
      return highest;
    },
  };
});
