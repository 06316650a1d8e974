/** The Wyoming door: a TCP port on which Home Assistant and others find our ears, our understanding and our voice. */
import { type AddressInfo, createServer, type Socket } from 'node:net';
import pLimit from 'p-limit';
import { EmohealError } from '../../engine/errors.js';
import type { Synthesiser, Transcriber } from '../../engine/ports.js';
import { type SpeechModel, usualSpeechModel } from '../../engine/transcription/speech-model.js';
import { type After, realAfter } from '../house/after.js';
import type { HouseConversation } from '../house/conversation.js';
import { FIND_VANISHED } from '../http/limits.js';
import { serveConnection } from './connection.js';
import { createSoundBudget } from './heard-sound.js';
import { wyomingInfo } from './info.js';

export interface WyomingDeps {
  host: string;
  /** 0 takes a free one. */
  port: number;
  version: string;
  transcriber: () => Promise<Transcriber>;
  /** What the transcriber hears with, as assistants are told; the model of set-up where left out. */
  speechModel?: Pick<SpeechModel, 'name' | 'multilingual'>;
  synthesiser: () => Promise<Synthesiser>;
  conversation: Pick<HouseConversation, 'answer'>;
  onFault: (error: unknown) => void;
  after?: After;
  limits?: Partial<typeof LIMITS>;
}

export interface WyomingServer {
  port: number;
  clients(): number;
  /** Sound that is held for utterances on their way. */
  heldBytes(): number;
  close(): Promise<void>;
}

const LIMITS = {
  clients: 256,
  /** The recogniser hears one at a time; the rest of its own short queue is left to the other surfaces. */
  atOnce: 2,
  waiting: 128,
  soundBytes: 256 * 1024 * 1024,
  idleMs: 10 * 60_000,
  frameMs: 30_000,
};

/** Throws what the system says where the port cannot be had. */
export async function openWyoming(deps: WyomingDeps): Promise<WyomingServer> {
  const limits = { ...LIMITS, ...deps.limits };
  const turns = pLimit(limits.atOnce);
  const budget = createSoundBudget(limits.soundBytes);
  const sockets = new Set<Socket>();

  const transcribe: Transcriber['transcribe'] = (pcm16k, options) => {
    if (turns.pendingCount >= limits.waiting)
      throw new EmohealError('busy', 'Too many people are speaking at once.', {
        retryable: true,
        remedy: 'Say it again in a moment.',
      });
    return turns(async () => (await deps.transcriber()).transcribe(pcm16k, options));
  };
  const info = async () => {
    const [ears, voice] = await Promise.all([deps.transcriber(), deps.synthesiser()]);
    return wyomingInfo({
      version: deps.version,
      speech: ears.state(),
      speechModel: deps.speechModel ?? usualSpeechModel(''),
      voice: voice.state(),
      voices: voice.voices(),
    });
  };

  const server = createServer({ allowHalfOpen: true, ...FIND_VANISHED }, (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    const { conversation, synthesiser, onFault } = deps;
    const { idleMs, frameMs } = limits;
    const after = deps.after ?? realAfter;
    void serveConnection(socket, {
      info,
      transcribe,
      conversation,
      synthesiser,
      budget,
      idleMs,
      frameMs,
      after,
      onFault,
    }).catch((error) => {
      onFault(error);
      socket.destroy();
    });
  });
  server.maxConnections = limits.clients;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(deps.port, deps.host, () => resolve());
  });
  server.on('error', deps.onFault);
  return {
    port: (server.address() as AddressInfo).port,
    clients: () => sockets.size,
    heldBytes: () => budget.takenBytes(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
