/**
 * The mixing thread: programmes to encoded units, away from the thread that answers requests. It has synthesiser and audio
 * threads of its own and gives way to the server's thread, which only passes bytes on.
 */
import '../../models/node20.js';
import { parentPort, workerData } from 'node:worker_threads';
import { EmohealError } from '../../engine/errors.js';
import type { Track } from '../../engine/vocabulary.js';
import { giveWay } from '../../models/thread-priority.js';
import { createAudioPool } from '../audio/audio-pool.js';
import { createSynthPool } from '../synth/pool.js';
import { loadScore } from '../synth/score-file.js';
import { createTrackSource } from '../synth/track-source.js';
import { encodeProgramme } from './encoded-programme.js';
import { openGreetings } from './greeting.js';
import type { FromMixer, MixerData, ToMixer } from './mixer-messages.js';

giveWay(3);
const port = parentPort!;
const { dataDir, secretKey, threads } = workerData as MixerData;
const send = (message: FromMixer, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer);
const warn = (message: string) => send({ kind: 'warning', message });

const synth = createSynthPool({ workers: threads });
const audio = createAudioPool({ workers: threads });
const source = createTrackSource({
  dataDir,
  secretKey,
  pool: synth,
  decodeFile: audio.decodeFile,
  loadScore,
  onWarning: warn,
});

const greeting = openGreetings({ dataDir, decodeFile: audio.decodeFile });

interface Job {
  stretches: AsyncGenerator<Uint8Array>;
  stop: AbortController;
}
const jobs = new Map<number, Job>();

function fail(id: number, error: unknown): void {
  jobs.delete(id);
  const known = error instanceof EmohealError ? error : null;
  send({
    kind: 'failed',
    id,
    code: known?.code ?? 'internal',
    message: known?.message ?? 'The session could not be mixed.',
    retryable: known?.retryable ?? true,
  });
}

async function pull(id: number): Promise<void> {
  const job = jobs.get(id);
  if (!job) return;
  try {
    const next = await job.stretches.next();
    if (next.done) {
      jobs.delete(id);
      send({ kind: 'end', id });
      return;
    }
    // A copy of its own buffer: what is sent is moved, not shared.
    const bytes = next.value.slice();
    send({ kind: 'stretch', id, bytes }, [bytes.buffer]);
  } catch (error) {
    fail(id, error);
  }
}

/** Starts the audio threads and encodes a moment of silence, so that the first sound does not wait for FFmpeg. */
function warmEncoders(): Promise<unknown> {
  const silence = () => new Float32Array(40 * 1152 * 2);
  return Promise.all(
    (['mp3', 'aac', 'opus'] as const).map((format) => audio.encode(silence(), 4, 20, { format, frame: 0, unit: 0 })),
  );
}

const closeThreads = () => Promise.allSettled([synth.close(), audio.close()]);

// A fault that nobody caught. The threads below may be inside native code: torn away there they would take the whole
// process along, so they end first, while another mixing thread is at work already.
process.on('uncaughtException', (error) => {
  send({ kind: 'broken', name: error?.name ?? 'Error' });
  void closeThreads().then(() => process.exit(1));
});

port.on('message', (message: ToMixer) => {
  switch (message.kind) {
    case 'prepare':
      void Promise.allSettled([synth.prepare(), warmEncoders()]).then(() => send({ kind: 'prepared' }));
      break;
    case 'begin': {
      const byId = new Map<string, Track>(message.tracks.map((track) => [track.id, track]));
      const stop = new AbortController();
      const deps = {
        tracks: (id: string) => byId.get(id) ?? null,
        source,
        audio,
        greeting,
        onTrouble: warn,
        together: () => jobs.size,
      };
      jobs.set(message.id, { stop, stretches: encodeProgramme(message.programme, deps, stop.signal, message.format) });
      break;
    }
    case 'pull':
      void pull(message.id);
      break;
    case 'stop': {
      const job = jobs.get(message.id);
      jobs.delete(message.id);
      job?.stop.abort(new EmohealError('cancelled', 'Nobody listens any more.'));
      void job?.stretches.return(undefined).catch(() => {});
      break;
    }
    case 'close':
      for (const job of jobs.values()) job.stop.abort(new EmohealError('cancelled', 'The mixer is being shut down.'));
      void closeThreads().then(() => {
        send({ kind: 'closed' });
        port.close();
      });
      break;
  }
});
