/**
 * A score played: SpessaSynth's voices → a room → no rumble, low-pass, lift → ceiling → 48 kHz.
 *
 * Made for speed: voices run at 32 kHz (nothing above 16 kHz, the top fading before it), the library's own
 * effects are off, one room serves all parts. Equal scores give equal samples: a new synthesiser for every piece,
 * no chance anywhere.
 */
import { BasicSoundBank, InterpolationTypes, SpessaSynthProcessor } from 'spessasynth_core';
import { EmohealError } from '../../engine/errors.js';
import type { Score } from '../composer/score.js';
import { CHANNELS, SAMPLE_RATE } from '../track-source.js';
import { createGlidingLowPass, createLowPass, createPresence, createRumbleFilter, softLimit } from './finish.js';
import { createUpsampler, DELAY_FRAMES } from './resample.js';
import { createReverb } from './reverb.js';
import { channelOf, type ScoreEvent, scoreEvents } from './score-events.js';
import { loadSoundFont, type SoundFont, type SoundFontName } from './sound-font.js';

/** Changes whenever equal scores would sound different; part of every cache key. */
export const SYNTH_VERSION = 'spessasynth-4.3.22-r3';

/** Frames of 48 kHz in a block: half a second. */
export const BLOCK_FRAMES = 24_000;

const INNER_RATE = 32_000;
/** Voices' envelopes and filters are stepped once in so many inner frames (4 ms); events fall on quarters of it. */
const STEP = 128;
const GRID = 32;
/** Inner frames that make one block. */
const INNER_BLOCK = (BLOCK_FRAMES * 2) / 3;
const VOICE_CAP = 96;
/** Set by trial: mixes of 1–8 parts peaked at .18 to .61, below the ceiling's knee. */
const GAIN = 3;
const END_FADE_FRAMES = SAMPLE_RATE / 20;
const REVERB_CONTROLLER = 91;
/** A score longer than this is refused: 20-minute sessions never need it, and a bad file must not fill the disk. */
const MAX_DURATION_SEC = 3600;

export interface RenderOptions {
  soundFont?: SoundFontName;
  signal?: AbortSignal;
}

/** Frames at 48 kHz of a rendered score. Throws EmohealError `too-large`. */
export function scoreFrames(score: Score): number {
  if (!(score.durationSec > 0 && score.durationSec <= MAX_DURATION_SEC)) {
    throw new EmohealError(
      'too-large',
      `The score ${score.id} lasts ${score.durationSec} s; 0 to ${MAX_DURATION_SEC} s can be played.`,
    );
  }
  return Math.round(score.durationSec * SAMPLE_RATE);
}

/**
 * The sound of a score, interleaved stereo float at 48 kHz in blocks of half a second (the last may be shorter),
 * exactly round(durationSec · 48000) frames, faded over the last 50 ms.
 * Runs on this thread; the pool runs it in workers. Errors: EmohealError `model-missing`, `too-large`, `cancelled`.
 */
export async function* renderScore(score: Score, options: RenderOptions = {}): AsyncGenerator<Float32Array> {
  const font = await prepareSynth(options.soundFont);
  for (const block of playScore(score, font)) {
    if (options.signal?.aborted) throw new EmohealError('cancelled', `The rendering of ${score.id} was cancelled.`);
    yield block;
  }
}

/** The whole sound of a score at once: 384 kB of memory a second. */
export async function renderToPcm(score: Score, options: RenderOptions = {}): Promise<Float32Array> {
  const pcm = new Float32Array(scoreFrames(score) * CHANNELS);
  let at = 0;
  for await (const block of renderScore(score, options)) {
    pcm.set(block, at);
    at += block.length;
  }
  return pcm;
}

/** Loads the SoundFont and its Vorbis decoder, once per thread. */
export async function prepareSynth(name?: SoundFontName): Promise<SoundFont> {
  const font = await loadSoundFont(name);
  await BasicSoundBank.isSF3DecoderReady;
  return font;
}

function seatParts(score: Score, font: SoundFont): SpessaSynthProcessor {
  const synth = new SpessaSynthProcessor(INNER_RATE, {
    effectsEnabled: false,
    eventsEnabled: false,
    maxBufferSize: STEP,
  });
  synth.soundBankManager.addSoundBank(font.bank, 'main');
  synth.setSystemParameter('interpolationType', InterpolationTypes.linear);
  synth.setSystemParameter('voiceCap', VOICE_CAP);
  score.parts.forEach((part, index) => {
    const channel = channelOf(index);
    synth.programChange(channel, part.program);
    synth.controllerChange(channel, 7, Math.round(part.volume * 127));
    synth.controllerChange(channel, 10, Math.max(0, Math.min(127, Math.round(64 + part.pan * 63))));
  });
  return synth;
}

/** Of one channel; a filter keeps its own past. */
function touches({ lowPassHz, lowPassGlide, presenceDb }: Score) {
  const lowPass = lowPassGlide?.length
    ? createGlidingLowPass(lowPassGlide, INNER_RATE)
    : createLowPass(lowPassHz, INNER_RATE);
  return [createRumbleFilter(INNER_RATE), lowPass, createPresence(presenceDb ?? 0, INNER_RATE)];
}

/** The synchronous heart: yields finished blocks. The font's samples are trimmed when the piece ends or is left. */
export function* playScore(score: Score, font: SoundFont): Generator<Float32Array> {
  const total = scoreFrames(score);
  const synth = seatParts(score, font);
  const events = scoreEvents(score, INNER_RATE, GRID);
  const room = createReverb(INNER_RATE);
  const upsampler = createUpsampler(INNER_BLOCK);
  const [filtersL, filtersR] = [touches(score), touches(score)];
  const buses = score.parts.map(() => [new Float32Array(STEP), new Float32Array(STEP)] as [Float32Array, Float32Array]);
  const outputs = Array.from({ length: 16 }, () => buses[0]!);
  for (let part = 0; part < buses.length; part++) outputs[channelOf(part)] = buses[part]!;
  const sends = score.parts.map((part) => part.reverb);
  const partOfChannel = new Map(score.parts.map((_, part) => [channelOf(part), part]));
  const dryL = new Float32Array(INNER_BLOCK);
  const dryR = new Float32Array(INNER_BLOCK);
  const sendL = new Float32Array(INNER_BLOCK);
  const sendR = new Float32Array(INNER_BLOCK);
  const unused = new Float32Array(STEP);
  const gain = GAIN * 10 ** ((score.gainDb ?? 0) / 20);

  const tell = (event: ScoreEvent) => {
    if (event.kind === 'on') synth.noteOn(event.channel, event.pitch, event.velocity);
    else if (event.kind === 'off') synth.noteOff(event.channel, event.pitch);
    else if (event.controller === REVERB_CONTROLLER) sends[partOfChannel.get(event.channel)!] = event.value / 127;
    else synth.controllerChange(event.channel, event.controller as 7, event.value);
  };

  let next = 0;
  let innerAt = 0;
  /** Fills the dry and send buffers with one block of all parts. */
  const playBlock = () => {
    dryL.fill(0);
    dryR.fill(0);
    sendL.fill(0);
    sendR.fill(0);
    let at = 0;
    while (at < INNER_BLOCK) {
      while (next < events.length && events[next]!.at <= innerAt + at) tell(events[next++]!);
      const untilEvent = next < events.length ? events[next]!.at - innerAt - at : STEP;
      const count = Math.min(STEP, untilEvent, INNER_BLOCK - at);
      for (const [left, right] of buses) {
        left.fill(0);
        right.fill(0);
      }
      synth.processSplit(outputs, unused, unused, 0, count);
      buses.forEach(([left, right], part) => {
        const send = sends[part]!;
        for (let i = 0; i < count; i++) {
          const l = left[i]! * gain;
          const r = right[i]! * gain;
          dryL[at + i]! += l;
          dryR[at + i]! += r;
          sendL[at + i]! += l * send;
          sendR[at + i]! += r * send;
        }
      });
      at += count;
    }
    innerAt += INNER_BLOCK;
    room.process(sendL, sendR, dryL, dryR, INNER_BLOCK);
    for (const filter of filtersL) filter(dryL, INNER_BLOCK);
    for (const filter of filtersR) filter(dryR, INNER_BLOCK);
    return upsampler.push(dryL, dryR, INNER_BLOCK);
  };

  try {
    let done = 0;
    // The resampler's lag is cut from the front, so that a note sounds at its written second.
    let carry = new Float32Array(0);
    let skip = DELAY_FRAMES * CHANNELS;
    while (done < total) {
      const raw = playBlock();
      const fresh = raw.subarray(skip);
      skip = 0;
      const joined = new Float32Array(carry.length + fresh.length);
      joined.set(carry);
      joined.set(fresh, carry.length);
      const wanted = Math.min(BLOCK_FRAMES, total - done) * CHANNELS;
      if (joined.length < wanted) {
        carry = joined;
        continue;
      }
      const block = joined.slice(0, wanted);
      carry = joined.slice(wanted);
      softLimit(block, block.length);
      fadeEnd(block, done, total);
      done += wanted / CHANNELS;
      yield block;
    }
  } finally {
    font.trim();
  }
}

/** Raised-cosine fade over the last 50 ms of the piece, in place. */
function fadeEnd(block: Float32Array, firstFrame: number, totalFrames: number): void {
  const frames = block.length / CHANNELS;
  const fade = Math.min(END_FADE_FRAMES, totalFrames);
  for (let i = Math.max(0, totalFrames - fade - firstFrame); i < frames; i++) {
    const left = (totalFrames - 1 - firstFrame - i) / fade;
    const gain = 0.5 - 0.5 * Math.cos(Math.PI * Math.max(0, left));
    block[i * CHANNELS]! *= gain;
    block[i * CHANNELS + 1]! *= gain;
  }
}
