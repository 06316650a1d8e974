/**
 * The microphone and the small network (Silero) that knows whether somebody speaks. Runs in the page; sound leaves it only
 * while somebody does.
 */
import { MicVAD } from '@ricky0123/vad-web';

export interface EarEvents {
  /** 32 ms of sound at 16 kHz, all of them, whether somebody speaks or not. */
  frame(pcm: Float32Array, speech: number): void;
  speechStarts(): void;
  /** It was long enough to be speech and no knock. */
  speechIsReal(): void;
  speechEnds(): void;
  /** It was too short to be speech. */
  misfire(): void;
  /** The microphone is gone: pulled out, or taken away in the browser. */
  lost(): void;
}

export interface Ear {
  close(): Promise<void>;
}

/** Quiet for so long: the sentence is over. With the frame that shows it, under 700 ms after the last sound. */
const SENTENCE_ENDS_MS = 540;
const SHORTEST_MS = 160;
const HERE = '/bedside/hands-free/';

export type EarFault = 'denied' | 'none' | 'insecure' | 'away';

/** Throws an EarTrouble. Must be called in answer to a touch, or with the microphone allowed before. */
export async function openEar(events: EarEvents): Promise<Ear> {
  const stream = await openMicrophone();
  const context = new AudioContext();
  let closed = false;
  const stop = () => {
    for (const track of stream.getTracks()) track.stop();
  };
  for (const track of stream.getTracks())
    track.addEventListener('ended', () => {
      if (!closed) events.lost();
    });
  try {
    const vad = await MicVAD.new({
      model: 'v5',
      baseAssetPath: HERE,
      onnxWASMBasePath: HERE,
      audioContext: context,
      getStream: async () => stream,
      pauseStream: async () => stop(),
      ortConfig: (ort) => {
        ort.env.logLevel = 'error';
        // Threads would need a page that is isolated from all others; one is enough (1 ms for 32 ms of sound).
        ort.env.wasm.numThreads = 1;
      },
      positiveSpeechThreshold: 0.5,
      negativeSpeechThreshold: 0.35,
      redemptionMs: SENTENCE_ENDS_MS,
      minSpeechMs: SHORTEST_MS,
      // The page keeps what came before by itself.
      preSpeechPadMs: 64,
      onFrameProcessed: ({ isSpeech }, frame) => events.frame(frame, isSpeech),
      onSpeechStart: () => events.speechStarts(),
      onSpeechRealStart: () => events.speechIsReal(),
      onSpeechEnd: () => events.speechEnds(),
      onVADMisfire: () => events.misfire(),
    });
    await context.resume();
    return {
      async close() {
        closed = true;
        await vad.destroy();
        stop();
        await context.close();
      },
    };
  } catch (cause) {
    closed = true;
    stop();
    await context.close().catch(() => {});
    throw new EarTrouble('away', cause);
  }
}

export class EarTrouble extends Error {
  readonly fault: EarFault;
  constructor(fault: EarFault, cause?: unknown) {
    super(`no ear: ${fault}`, { cause });
    this.fault = fault;
  }
}

async function openMicrophone(): Promise<MediaStream> {
  if (!navigator.mediaDevices?.getUserMedia) throw new EarTrouble('insecure');
  try {
    // Echo cancellation takes the page's own music out of what it hears.
    return await navigator.mediaDevices.getUserMedia({
      audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true },
    });
  } catch (cause) {
    const { name } = cause as DOMException;
    throw new EarTrouble(name === 'NotAllowedError' || name === 'SecurityError' ? 'denied' : 'none', cause);
  }
}
