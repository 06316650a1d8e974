/**
 * One sentence after the other, as the ear hears it, onto the line: a little of what came before, then every frame, a sign
 * at the first short silence (transcription begins there) and one at the end. The end comes with the ear's own wait, or
 * earlier where the server says that what was said is a whole command; what is said after that is a new sentence.
 */
import type { FromPage } from '../../hands-free/messages';

type Begin = Extract<FromPage, { type: 'begin' }>;

export interface Outgoing {
  send(message: FromPage): void;
  sound(pcm: Float32Array): void;
}

export interface Sentence {
  frame(pcm: Float32Array, speech: number): void;
  starts(begin: Begin): void;
  ends(): void;
  drops(): void;
  /** What was said up to the last short silence needs no more waiting. */
  enough(): void;
  isOn(): boolean;
}

export interface SentenceHands {
  /** It was enough, and has ended. */
  ended(): void;
  /** After it was enough somebody speaks on, which the ear takes for the same sentence. */
  goesOn(): void;
}

/** 12 frames of 32 ms: a soft first sound comes before the network is sure. */
const BEFORE = 12;
/** Quiet for 5 frames (160 ms): perhaps over. */
const PAUSE = 5;
/** After 3 where it may have been a command or the name alone: not called yet, and no longer than 2.5 s. */
const PAUSE_AFTER_NAME = 3;
const NAME_FRAMES = 78;
/**
 * While nothing plays, the name is looked for at the very first frame without speech: who calls waits for the light. Not in
 * the first half second, where that frame is a closed mouth in the middle of a word; and once in a sentence.
 */
const LEAST_NAME_FRAMES = 15;
const QUIET = 0.35;
/** A whole command has ended with 9 frames (290 ms) of quiet. */
const ENOUGH = 9;
/** Speech again: 3 frames of it in a row. */
const SPEECH = 0.5;
const AGAIN = 3;
/** 55 s. The server takes a minute. */
const MOST_FRAMES = 1718;

export function createSentence(line: Outgoing, hands: SentenceHands): Sentence {
  const before: Float32Array[] = [];
  let on = false;
  let frames = 0;
  let quiet = 0;
  let calls = false;
  let looksForName = false;
  /** Of the silence that is on. */
  let patience = PAUSE;
  let isEnough = false;
  /** Ended before the ear took it for over: the ear will not say that somebody begins to speak. */
  let early = false;
  let loud = 0;

  const finish = (type: 'end' | 'drop') => {
    if (on) line.send({ type });
    on = false;
  };

  return {
    frame(pcm, speech) {
      if (!on) {
        before.push(pcm);
        if (before.length > BEFORE) before.shift();
        loud = early && speech >= SPEECH ? loud + 1 : 0;
        if (loud >= AGAIN) hands.goesOn();
        return;
      }
      line.sound(pcm);
      frames += 1;
      if (looksForName && speech < SPEECH && frames > LEAST_NAME_FRAMES) {
        looksForName = false;
        if (frames < NAME_FRAMES) line.send({ type: 'pause', name: true });
      }
      quiet = speech < QUIET ? quiet + 1 : 0;
      if (quiet === 1) patience = calls && frames < NAME_FRAMES ? PAUSE_AFTER_NAME : PAUSE;
      if (quiet === patience) line.send({ type: 'pause' });
      if (quiet === 0) isEnough = false;
      if (isEnough && quiet >= ENOUGH) {
        finish('end');
        early = true;
        hands.ended();
      }
      if (frames >= MOST_FRAMES) finish('end');
    },
    starts(begin) {
      on = true;
      frames = 0;
      quiet = 0;
      loud = 0;
      calls = begin.mode === 'overheard';
      looksForName = calls && !begin.session && !begin.asks;
      isEnough = false;
      early = false;
      line.send(begin);
      for (const pcm of before.splice(0)) line.sound(pcm);
    },
    ends() {
      early = false;
      finish('end');
    },
    drops() {
      early = false;
      finish('drop');
    },
    enough() {
      isEnough = on && quiet > 0;
    },
    isOn: () => on,
  };
}
