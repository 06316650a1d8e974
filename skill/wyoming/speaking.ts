/** Text as sound in Wyoming's events: audio-start, chunks of 16-bit PCM, audio-stop; the first sentence goes out first. */
import { EmohealError } from '../../engine/errors.js';
import type { Synthesiser } from '../../engine/ports.js';
import type { WyomingEvent } from './frame.js';

const CHUNK_SAMPLES = 2048;
const MOST_CHARACTERS = 10_000;
/** Announced where a text has no words, so that the answer is still a whole one. */
const QUIET_RATE = 24_000;

/** Throws `speech-unavailable` where no voice is set up, `too-large` over 10,000 characters. */
export async function speakText(
  synthesiser: Synthesiser,
  text: string,
  wish: { voice?: string; language?: string; signal: AbortSignal },
  send: (event: WyomingEvent) => Promise<void>,
): Promise<void> {
  const state = synthesiser.state();
  if (state.status === 'unavailable')
    throw new EmohealError('speech-unavailable', state.detail, { remedy: state.remedy });
  if (text.length > MOST_CHARACTERS)
    throw new EmohealError('too-large', `A text to be spoken may have ${MOST_CHARACTERS} characters.`, {
      remedy: 'Send it in parts.',
    });
  let format: { rate: number; width: number; channels: number } | undefined;
  for await (const { pcm, rateHz } of synthesiser.speak(text, wish)) {
    if (!format) {
      format = { rate: rateHz, width: 2, channels: 1 };
      await send({ type: 'audio-start', data: format });
    }
    for (let at = 0; at < pcm.length; at += CHUNK_SAMPLES)
      await send({ type: 'audio-chunk', data: format, payload: pcm16(pcm.subarray(at, at + CHUNK_SAMPLES)) });
  }
  if (!format) await send({ type: 'audio-start', data: { rate: QUIET_RATE, width: 2, channels: 1 } });
  await send({ type: 'audio-stop', data: {} });
}

function pcm16(pcm: Float32Array): Uint8Array {
  const bytes = new Uint8Array(pcm.length * 2);
  const view = new DataView(bytes.buffer);
  pcm.forEach((value, i) => {
    view.setInt16(i * 2, Math.round(Math.max(-1, Math.min(1, value)) * 32_767), true);
  });
  return bytes;
}
