/**
 * The emotion model's thread: tokeniser and ONNX session live here, so that the server's own thread never waits for them. It
 * also cuts texts into windows of tokens for the crisis gate's network, whose thread has no tokeniser of its own (75 MB).
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { workerData } from 'node:worker_threads';
import { Tokenizer } from '@huggingface/tokenizers';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { ONNX_SETTINGS } from '../../models/onnx-settings.js';
import { giveWay } from '../give-way.js';
import { answerFromHere } from '../thread-side.js';
import type { ModelFolder } from './model-folder.js';
import { type ModelRead, poolReads, windowsOf } from './prepare.js';

export interface WorkerSettings extends ModelFolder {
  /** Cores that one reading may use. */
  threads: number;
}

const settings = workerData as WorkerSettings;
const WORDS_KEPT_MS = 1000;

await answerFromHere(async () => {
  const tokenizer = new Tokenizer(JSON.parse(readFileSync(path.join(settings.folder, 'tokenizer.json'), 'utf8')), {});
  let last: { text: string; ids: number[] } | null = null;
  /** Gate and feeling are asked of the same words, one right after the other. Nobody's words are kept beyond that. */
  const idsOf = (text: string): number[] => {
    if (last?.text === text) return last.ids;
    const cut = { text, ids: tokenizer.encode(text, { add_special_tokens: false }).ids };
    last = cut;
    setTimeout(() => {
      if (last === cut) last = null;
    }, WORDS_KEPT_MS).unref();
    return cut.ids;
  };
  const [begin, end] = framingOf(tokenizer);
  const prefix = settings.prefix.trim() === '' ? [] : idsOf(settings.prefix.trim());
  const framed = (text: string, maxTokens: number, before: readonly number[] = []) =>
    windowsOf(idsOf(text), maxTokens - before.length - begin.length - end.length).map((window) => [
      ...begin,
      ...before,
      ...window,
      ...end,
    ]);
  const run = await openModel();
  return {
    async feeling(text: string, stopped) {
      const found: ModelRead[] = [];
      for (const window of framed(text, settings.maxTokens, prefix)) {
        if (found.length > 0) await giveWay();
        if (stopped()) return poolReads([]);
        found.push(await run(window));
      }
      return poolReads(found);
    },
    windows: ({ text, maxTokens }: { text: string; maxTokens: number }) => framed(text, maxTokens),
  };
});

async function openModel(): Promise<(window: number[]) => Promise<ModelRead>> {
  const session = await InferenceSession.create(path.join(settings.folder, settings.graph), {
    intraOpNumThreads: settings.threads,
    graphOptimizationLevel: 'all',
    extra: ONNX_SETTINGS,
  });
  const { inputs, outputs: names } = settings;

  /** One window a run: the activations are quantised over all that runs together, so company would change a reading. */
  return async (window) => {
    const shape = [1, window.length];
    const ones = new BigInt64Array(window.length).fill(1n);
    const feeds: Record<string, Tensor> = {
      [inputs.ids]: new Tensor('int64', BigInt64Array.from(window, BigInt), shape),
      [inputs.mask]:
        inputs.maskType === 'int64'
          ? new Tensor('int64', ones, shape)
          : new Tensor('float32', new Float32Array(window.length).fill(1), shape),
    };
    if (inputs.types && session.inputNames.includes(inputs.types))
      feeds[inputs.types] = new Tensor('int64', new BigInt64Array(window.length), shape);
    const outputs = await session.run(feeds);
    const output = (name: string | null | undefined): Float32Array | null =>
      name ? ((outputs[name]?.data as Float32Array | undefined) ?? null) : null;
    const affect = output(names.affect);
    const basic = output(names.basic);
    return {
      labels: probabilitiesFrom(output(session.outputNames[0]) ?? new Float32Array()),
      affect: affect && [affect[0] ?? 0, affect[1] ?? 0],
      basic: basic && Array.from(basic),
      trunk: output(names.trunk)?.slice() ?? null,
    };
  };
}

/** What the tokeniser puts around a text: the ids before and after those of the bare text. */
function framingOf(tokenizer: Tokenizer): [begin: number[], end: number[]] {
  const bare: number[] = tokenizer.encode('a', { add_special_tokens: false }).ids;
  const framed: number[] = tokenizer.encode('a').ids;
  const at = framed.findIndex((_, i) => bare.every((id, j) => framed[i + j] === id));
  return [framed.slice(0, at), framed.slice(at + bare.length)];
}

/** Our 28 labels in their order, out of whatever the graph gives; a label that the model lacks is never heard. */
function probabilitiesFrom(output: Float32Array): number[] {
  const all = Array.from(output);
  const columns = settings.columns;
  if (settings.gives === 'probabilities') return columns.map((column) => (column === null ? 0 : (all[column] ?? 0)));
  if (settings.gives === 'logits-multi')
    return columns.map((column) => (column === null ? 0 : 1 / (1 + Math.exp(-(all[column] ?? 0)))));
  const most = Math.max(...all);
  const sum = all.reduce((total, logit) => total + Math.exp(logit - most), 0);
  return columns.map((column) => (column === null ? 0 : Math.exp((all[column] ?? 0) - most) / sum));
}
