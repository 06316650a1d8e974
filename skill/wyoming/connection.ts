/**
 * One client from its first byte to its last. Events are taken one after the other: while one is answered, the client's
 * next bytes wait in the socket. What is wrong with an event is told in an `error` event; where the place in the bytes is
 * lost, or a transcription failed, the connection ends, so that nobody waits for an answer that will not come.
 */
import type { Socket } from 'node:net';
import { EmohealError } from '../../engine/errors.js';
import { BEDSIDE } from '../../engine/listeners/bedside.js';
import type { Synthesiser, Transcriber } from '../../engine/ports.js';
import type { After } from '../house/after.js';
import type { HouseConversation } from '../house/conversation.js';
import { createFrameReader, encodeEvent, type WyomingEvent } from './frame.js';
import { createHeardSound, type SoundBudget } from './heard-sound.js';
import { type Message, readMessage } from './messages.js';
import { speakText } from './speaking.js';

export interface ConnectionDeps {
  info: () => Promise<Record<string, unknown>>;
  /** Waits for its turn; throws `busy` where too many wait. */
  transcribe: Transcriber['transcribe'];
  conversation: Pick<HouseConversation, 'answer'>;
  synthesiser: () => Promise<Synthesiser>;
  budget: SoundBudget;
  /** How long a client may send nothing, and how long an event may take from its first byte to its last, either way. */
  idleMs: number;
  frameMs: number;
  after: After;
  /** Hears of faults of ours; never of what was said. */
  onFault: (error: unknown) => void;
}

const OUR_FAULT = new EmohealError('internal', 'Something went wrong on the server.');

/** Resolves when the client is gone, whatever it did. */
export async function serveConnection(socket: Socket, deps: ConnectionDeps): Promise<void> {
  const gone = new AbortController();
  const leave = () => gone.abort();
  socket.on('close', leave);
  // A client that vanishes is no fault of anybody.
  socket.on('error', leave);
  socket.setNoDelay(true);
  const reader = createFrameReader();
  const sound = createHeardSound(deps.budget);
  const talk = { language: undefined as string | undefined, streamed: null as string[] | null, voice: {} as Voice };
  const cutOff = () => void socket.destroy();
  let cancelIdle = deps.after(deps.idleMs, cutOff);
  let cancelFrame: (() => void) | undefined;

  const send = async (event: WyomingEvent): Promise<void> => {
    if (gone.signal.aborted) return;
    if (socket.write(encodeEvent(event))) return;
    // Whoever does not read gets no more until they do, and keeps no place for ever.
    const cancel = deps.after(deps.frameMs, cutOff);
    await new Promise<void>((resolve) => {
      const done = () => {
        cancel();
        socket.off('drain', done);
        gone.signal.removeEventListener('abort', done);
        resolve();
      };
      socket.on('drain', done);
      gone.signal.addEventListener('abort', done);
    });
  };

  const refuse = (error: unknown): Promise<void> => {
    const told = error instanceof EmohealError ? error : OUR_FAULT;
    if (told === OUR_FAULT) deps.onFault(error);
    const text = told.remedy ? `${told.message} ${told.remedy}` : told.message;
    return send({ type: 'error', data: { text, code: told.code } });
  };

  async function transcript(): Promise<void> {
    const language = talk.language;
    talk.language = undefined;
    const heard = await deps.transcribe(sound.finish(), { ...(language ? { language } : {}), signal: gone.signal });
    const data = { language: heard.language };
    await send({ type: 'transcript-start', data });
    if (heard.text !== '') await send({ type: 'transcript-chunk', data: { text: heard.text } });
    await send({ type: 'transcript', data: { text: heard.text, ...data } });
    await send({ type: 'transcript-stop', data: {} });
  }

  async function handle(text: string, language: string | undefined): Promise<void> {
    const answer = await deps.conversation.answer(text, {
      listener: BEDSIDE,
      ...(language ? { language } : {}),
      signal: gone.signal,
    });
    const context = answer.sessionId ? { context: { session_id: answer.sessionId } } : {};
    await send({ type: answer.handled ? 'handled' : 'not-handled', data: { text: answer.say, ...context } });
  }

  async function say(text: string, voice: Voice): Promise<void> {
    await speakText(await deps.synthesiser(), text, { ...voice, signal: gone.signal }, send);
  }

  async function respond(message: Message): Promise<void> {
    switch (message.type) {
      case 'describe':
        return send({ type: 'info', data: await deps.info() });
      case 'ping':
        return send({ type: 'pong', data: message.data.text == null ? {} : { text: message.data.text } });
      case 'transcribe':
        sound.drop();
        talk.language = message.data.language;
        return;
      case 'audio-start':
        sound.drop();
        return;
      case 'audio-chunk':
        return sound.add(message.data, message.payload);
      case 'audio-stop':
        return transcript();
      case 'transcript':
      case 'recognize':
        return handle(message.data.text, message.data.language);
      case 'synthesize':
        // The whole text once more, for servers that cannot take it in pieces.
        if (talk.streamed) return;
        return say(message.data.text, voiceOf(message.data.voice));
      case 'synthesize-start':
        talk.streamed = [];
        talk.voice = voiceOf(message.data.voice);
        return;
      case 'synthesize-chunk':
        if (talk.streamed) addPiece(talk.streamed, message.data.text);
        return;
      case 'synthesize-stop': {
        const text = talk.streamed?.join('') ?? '';
        talk.streamed = null;
        await say(text, talk.voice);
        return send({ type: 'synthesize-stopped', data: {} });
      }
    }
  }

  /** False where the connection must end. */
  async function take(event: WyomingEvent): Promise<boolean> {
    try {
      const message = readMessage(event);
      if (message) await respond(message);
      return true;
    } catch (error) {
      if (gone.signal.aborted) return false;
      await refuse(error);
      sound.drop();
      return !event.type.startsWith('audio-') && !event.type.startsWith('synthesize');
    }
  }

  /** The events that are whole with these bytes; null where the place in them is lost. */
  async function read(bytes: Buffer): Promise<WyomingEvent[] | null> {
    try {
      return reader.push(bytes);
    } catch (error) {
      await refuse(error);
      return null;
    }
  }

  try {
    reading: for await (const bytes of socket.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      // The time that an answer takes is ours, not the client's.
      cancelIdle();
      const events = await read(bytes);
      if (!events) break;
      if (events.length > 0) {
        cancelFrame?.();
        cancelFrame = undefined;
      }
      for (const event of events) if (!(await take(event))) break reading;
      if (reader.isInside()) cancelFrame ??= deps.after(deps.frameMs, cutOff);
      cancelIdle = deps.after(deps.idleMs, cutOff);
    }
  } catch (error) {
    // A socket that breaks while it is read.
    if (!gone.signal.aborted) deps.onFault(error);
  } finally {
    cancelIdle();
    cancelFrame?.();
    sound.drop();
    leaveOpenFor(socket, deps.after);
  }
}

const LINGER_MS = 1000;

/**
 * Ends our side. Bytes that still come are thrown away for a moment: a socket that is closed with bytes unread takes the
 * last words to the client with it.
 */
function leaveOpenFor(socket: Socket, after: After): void {
  socket.end();
  if (socket.readableEnded || socket.destroyed) {
    socket.destroySoon();
    return;
  }
  const cancel = after(LINGER_MS, () => void socket.destroy());
  socket.once('end', () => socket.destroySoon());
  socket.once('close', cancel);
  socket.resume();
}

interface Voice {
  voice?: string;
  language?: string;
}

const voiceOf = (asked: { name?: string | null; language?: string } | null | undefined): Voice => ({
  ...(asked?.name ? { voice: asked.name } : {}),
  ...(asked?.language ? { language: asked.language } : {}),
});

const MOST_SPOKEN = 10_000;

function addPiece(pieces: string[], text: string): void {
  pieces.push(text);
  if (pieces.reduce((sum, piece) => sum + piece.length, 0) > MOST_SPOKEN || pieces.length > MOST_SPOKEN)
    throw new EmohealError('too-large', `A text to be spoken may have ${MOST_SPOKEN} characters.`, {
      remedy: 'Send it in parts.',
    });
}
