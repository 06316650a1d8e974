/**
 * One sentence after the other, as the ear hears it, onto the line: a little of what came before, then every frame, a sign
 * at the first short silence (transcription begins there) and one at the end.
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
  isOn(): boolean;
}

/** 12 frames of 32 ms: a soft first sound comes before the network is sure. */
const BEFORE = 12;
/** Quiet for 5 frames (160 ms): perhaps over. */
const PAUSE = 5;
const QUIET = 0.35;
/** 55 s. The server takes a minute. */
const MOST_FRAMES = 1718;

export function createSentence(line: Outgoing): Sentence {
  const before: Float32Array[] = [];
  let on = false;
  let frames = 0;
  let quiet = 0;

  const finish = (type: 'end' | 'drop') => {
    if (on) line.send({ type });
    on = false;
  };

  return {
    frame(pcm, speech) {
      if (!on) {
        before.push(pcm);
        if (before.length > BEFORE) before.shift();
        return;
      }
      line.sound(pcm);
      frames += 1;
      quiet = speech < QUIET ? quiet + 1 : 0;
      if (quiet === PAUSE) line.send({ type: 'pause' });
      if (frames >= MOST_FRAMES) finish('end');
    },
    starts(begin) {
      on = true;
      frames = 0;
      quiet = 0;
      line.send(begin);
      for (const pcm of before.splice(0)) line.sound(pcm);
    },
    ends: () => finish('end'),
    drops: () => finish('drop'),
    isOn: () => on,
  };
}
