/**
 * The events that this server understands, by family, each parsed once. An event of another type is ignored, as the
 * protocol asks: a newer client must not stumble over an older server.
 */
import { z } from 'zod';
import { readAs } from '../../engine/read-as.js';
import { MOST_CHARACTERS } from '../../engine/session-service.js';
import type { WyomingEvent } from './frame.js';

const MOST_TEXT = 100_000;

const Language = z
  .string()
  .max(40)
  .nullish()
  .transform((tag) => (tag && /^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$/.test(tag) ? tag : undefined));
const Text = z.string().max(MOST_TEXT);
/** What somebody said: as much as is read of a feeling anywhere. */
const Said = z.string().max(MOST_CHARACTERS);
const Voice = z.looseObject({ name: z.string().max(200).nullish(), language: Language }).nullish();

/** Raw PCM as it lies in the payload: Hz, bytes a sample, channels. 8 bits are unsigned, wider ones signed. */
export const AudioFormat = z.looseObject({
  rate: z.number().int().min(4000).max(192_000),
  width: z.number().int().min(1).max(4),
  channels: z.number().int().min(1).max(32),
});
export type AudioFormat = z.infer<typeof AudioFormat>;

const Nothing = z.looseObject({});

/** What may come in, with the data that is read of it. */
const INCOMING = {
  describe: Nothing,
  ping: z.looseObject({ text: z.string().max(10_000).nullish() }),
  transcribe: z.looseObject({ language: Language }),
  'audio-start': AudioFormat,
  'audio-chunk': AudioFormat,
  'audio-stop': Nothing,
  /** To whoever handles intents a transcript is a request: what somebody said to the assistant. */
  transcript: z.looseObject({ text: Said, language: Language }),
  recognize: z.looseObject({ text: Said, language: Language }),
  synthesize: z.looseObject({ text: Text, voice: Voice }),
  'synthesize-start': z.looseObject({ voice: Voice }),
  'synthesize-chunk': z.looseObject({ text: Text }),
  'synthesize-stop': Nothing,
} as const;

export type MessageType = keyof typeof INCOMING;
export type Message = {
  [T in MessageType]: { type: T; data: z.infer<(typeof INCOMING)[T]>; payload: Uint8Array };
}[MessageType];

const NO_BYTES = new Uint8Array(0);

/** Null for an event of a type that is not understood here. Throws `bad-input` for one of ours with wrong data. */
export function readMessage({ type, data, payload }: WyomingEvent): Message | null {
  if (!Object.hasOwn(INCOMING, type)) return null;
  const read = readAs<unknown>(INCOMING[type as MessageType], data, {
    what: `The event "${type}"`,
    whole: 'its data',
    remedy: 'The fields of every event are in the README of the Wyoming protocol.',
  });
  return { type, data: read, payload: payload ?? NO_BYTES } as Message;
}
