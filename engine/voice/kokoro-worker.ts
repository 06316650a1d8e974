/** The voice's thread: the ONNX session lives here, so that the server's own thread never waits for it. */
import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { InferenceSession, Tensor } from 'onnxruntime-node';

export interface KokoroSettings {
  model: string;
  threads: number;
}
/** `tokens` without the padding; `styles` is the file of a voice: a row of 256 for every length. */
export type ToKokoro = { id: number; tokens: number[]; styles: string; speed: number };
export type FromKokoro = { id: number; pcm: Float32Array } | { id: number; failed: string };

const STYLE = 256;
const settings = workerData as KokoroSettings;
const loading = InferenceSession.create(settings.model, {
  intraOpNumThreads: settings.threads,
  graphOptimizationLevel: 'all',
  // Threads that wait by spinning take the cores from the music that plays meanwhile.
  extra: { session: { intra_op: { allow_spinning: '0' } } },
});
// Whoever asks hears of a failure; it must not end the thread before.
loading.catch(() => {});
const styles = new Map<string, Float32Array>();

function rowsOf(file: string): Float32Array {
  let rows = styles.get(file);
  if (!rows) {
    const bytes = readFileSync(file);
    rows = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
    styles.set(file, rows);
  }
  return rows;
}

async function speak({ tokens, styles: file, speed }: ToKokoro): Promise<Float32Array> {
  const session = await loading;
  const rows = rowsOf(file);
  const row = Math.min(tokens.length, rows.length / STYLE - 1) * STYLE;
  const padded = BigInt64Array.from([0, ...tokens, 0], BigInt);
  const result = await session.run({
    tokens: new Tensor('int64', padded, [1, padded.length]),
    style: new Tensor('float32', rows.slice(row, row + STYLE), [1, STYLE]),
    speed: new Tensor('float32', [speed], [1]),
  });
  return Float32Array.from(result.audio!.data as Float32Array);
}

parentPort?.on('message', (ask: ToKokoro) => {
  speak(ask).then(
    (pcm) => parentPort?.postMessage({ id: ask.id, pcm } satisfies FromKokoro, [pcm.buffer as ArrayBuffer]),
    (error: Error) =>
      parentPort?.postMessage({ id: ask.id, failed: error.message.split('\n')[0] ?? '' } satisfies FromKokoro),
  );
});
