/** A thread for everything that keeps FFmpeg or the analysis busy, so that the server's own thread never waits for it. */
import '../../models/node20.js';
import { parentPort, workerData } from 'node:worker_threads';
import { EmohealError, type ErrorCode } from '../../engine/errors.js';
import type { AudioAnalysis } from '../../engine/vocabulary.js';
import { createTimelineMeter, type Timeline } from '../analysis/timeline.js';
import { earsAreHere } from '../listening/ears.js';
import { analyseHeard, type Listener, openListener } from '../listening/listener.js';
import { containerDurationSec, decode } from './decode.js';
import { type EncodePlace, encodeAs } from './encode-as.js';
import { type FileFormat, transcode } from './transcode.js';

export interface AudioWorkerData {
  /** Folder of the model that listens; without it the analysis goes by its own measures. */
  ears?: string;
}

export type AudioJob =
  | { kind: 'encode'; pcm: Float32Array; primeFrames: number; frames: number; place: EncodePlace }
  | { kind: 'speech'; bytes: Uint8Array; mostSec: number }
  | { kind: 'analyse'; file: string; mostSec: number }
  | { kind: 'timeline'; input: string | Uint8Array; mostSec: number }
  | { kind: 'transcode'; wav: string; out: string; format: FileFormat }
  | { kind: 'decode'; file: string; startSec: number };
export type ToAudioWorker = { id: number; job: AudioJob } | { id: number; more: true } | { id: number; stop: true };
export type FromAudioWorker =
  | { id: number; bytes: Uint8Array }
  | { id: number; pcm: Float32Array }
  | { id: number; block: Float32Array }
  | { id: number; analysis: AudioAnalysis }
  | { id: number; timeline: Timeline }
  | { id: number; done: true }
  | { id: number; failed: { code: ErrorCode; message: string; remedy?: string } };

const send = (message: FromAudioWorker, transfer: ArrayBuffer[] = []) => parentPort?.postMessage(message, transfer);
const decoding = new Map<number, Generator<Float32Array>>();

function gather(blocks: Iterable<Float32Array>, most: number, tooLong: string): Float32Array {
  const kept: Float32Array[] = [];
  let length = 0;
  for (const block of blocks) {
    kept.push(block);
    length += block.length;
    if (length > most) throw new EmohealError('too-large', tooLong);
  }
  const all = new Float32Array(length);
  let at = 0;
  for (const block of kept) {
    all.set(block, at);
    at += block.length;
  }
  return all;
}

function* atMost(blocks: Iterable<Float32Array>, most: number): Generator<Float32Array> {
  let length = 0;
  for (const block of blocks) {
    yield block;
    length += block.length;
    if (length >= most) return;
  }
}

/** Looked for anew until they are there: set-up may bring them while this thread lives. */
let opening: Promise<Listener | null> | undefined;
async function ears(): Promise<Listener | null> {
  const folder = (workerData as AudioWorkerData | null)?.ears;
  if (!folder || !earsAreHere(folder)) return null;
  // Ears that cannot be opened are as good as none; doctor tells.
  opening ??= openListener(folder).catch(() => null);
  return opening;
}

async function run(id: number, job: AudioJob): Promise<void> {
  if (job.kind === 'encode') {
    const bytes = encodeAs(job.place, job.pcm, job.primeFrames, job.frames);
    send({ id, bytes }, [bytes.buffer as ArrayBuffer]);
  } else if (job.kind === 'speech') {
    const pcm = gather(
      decode({ input: Buffer.from(job.bytes), as: 'speech' }),
      job.mostSec * 16_000,
      `The recording is longer than ${job.mostSec} seconds.`,
    );
    send({ id, pcm }, [pcm.buffer as ArrayBuffer]);
  } else if (job.kind === 'analyse') {
    const most = job.mostSec * 96_000;
    const heard = gather(atMost(decode({ input: job.file, as: 'music' }), most), most + 10_000_000, 'too long');
    const analysis = await analyseHeard(heard, await ears());
    // What was heard may be only the beginning; how long it is, the container knows.
    const whole = heard.length >= most ? containerDurationSec(job.file) : null;
    send({ id, analysis: whole ? { ...analysis, durationSec: whole, trailingSilenceSec: 0 } : analysis });
  } else if (job.kind === 'timeline') {
    const input = typeof job.input === 'string' ? job.input : Buffer.from(job.input);
    const meter = createTimelineMeter();
    for (const block of atMost(decode({ input, as: 'music' }), job.mostSec * 96_000)) meter.hear(block);
    send({ id, timeline: meter.timeline() });
  } else if (job.kind === 'transcode') {
    transcode(job.wav, job.out, job.format);
    send({ id, done: true });
  } else {
    decoding.set(id, decode({ input: job.file, startSec: job.startSec, as: 'music' }));
    next(id);
  }
}

/** About half a second of a file that is being read; the reader asks for more when it has used it. */
function next(id: number): void {
  const blocks = decoding.get(id);
  if (!blocks) return;
  const kept: Float32Array[] = [];
  let length = 0;
  while (length < 48_000) {
    const { value, done } = blocks.next();
    if (done) break;
    kept.push(value);
    length += value.length;
  }
  if (length === 0) {
    decoding.delete(id);
    send({ id, done: true });
    return;
  }
  const block = gather(kept, Number.POSITIVE_INFINITY, '');
  send({ id, block }, [block.buffer as ArrayBuffer]);
}

parentPort?.on('message', (message: ToAudioWorker) => {
  const { id } = message;
  const fail = (error: unknown) => {
    decoding.delete(id);
    const known =
      error instanceof EmohealError
        ? error
        : new EmohealError('track-unreadable', 'The sound could not be read or written.', { cause: error });
    send({ id, failed: { code: known.code, message: known.message, remedy: known.remedy } });
  };
  try {
    if ('job' in message) run(id, message.job).catch(fail);
    else if ('more' in message) next(id);
    else {
      decoding.get(id)?.return(undefined);
      decoding.delete(id);
    }
  } catch (error) {
    fail(error);
  }
});
