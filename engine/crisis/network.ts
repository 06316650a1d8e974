/** Runs the crisis gate's network over the word rows of the emotion model. */
import { closeSync, openSync, readSync } from 'node:fs';
import path from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { ONNX_SETTINGS } from '../../models/onnx-settings.js';
import type { CrisisNetwork } from './network-folder.js';

export interface DangerNetwork {
  /** Token ids with their frame, to probabilities: danger at all, crisis, then one for each category. */
  read(ids: readonly number[]): Promise<number[]>;
  close(): void;
}

export async function openDangerNetwork(network: CrisisNetwork, threads: number): Promise<DangerNetwork> {
  const { width, rowsAt, scalesAt, graph } = network.emotionModel;
  const session = await InferenceSession.create(path.join(network.folder, network.graph), {
    intraOpNumThreads: threads,
    graphOptimizationLevel: 'all',
    extra: ONNX_SETTINGS,
  });
  const file = openSync(path.join(network.emotionFolder, graph), 'r');
  const row = Buffer.alloc(width);
  const scale = Buffer.alloc(4);
  return {
    async read(ids) {
      const words = new Float32Array(ids.length * width);
      ids.forEach((id, i) => {
        readSync(file, row, 0, width, rowsAt + id * width);
        readSync(file, scale, 0, 4, scalesAt + id * 4);
        const by = scale.readFloatLE();
        for (let j = 0; j < width; j++) words[i * width + j] = row.readInt8(j) * by;
      });
      const outputs = await session.run({
        words: new Tensor('float32', words, [1, ids.length, width]),
        mask: new Tensor('float32', new Float32Array(ids.length).fill(1), [1, ids.length]),
      });
      return Array.from((outputs.p?.data as Float32Array | undefined) ?? []);
    },
    close: () => closeSync(file),
  };
}
