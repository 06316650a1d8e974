import { describe, expect, it } from 'vitest';
import type { FromPage } from '../../hands-free/messages';
import { createSentence } from './sentence';

const BEGIN: Extract<FromPage, { type: 'begin' }> = { type: 'begin', mode: 'awake', locale: 'en-US' };
const FRAME_SEC = 0.032;

function fixture() {
  const sent: (string | number)[] = [];
  /** How many messages had gone before each wish to look for the name. */
  const looks: number[] = [];
  const heard = { ended: 0 };
  const sentence = createSentence(
    {
      send: (message) => {
        if (message.type === 'pause' && message.name) looks.push(sent.length);
        else sent.push(message.type);
      },
      sound: (pcm) => sent.push(pcm[0]!),
    },
    {
      ended: () => {
        heard.ended += 1;
      },
      goesOn: () => sentence.starts(BEGIN),
    },
  );
  let count = 0;
  return {
    sent,
    looks,
    heard,
    sentence,
    frames(howMany: number, speech: number) {
      for (let i = 0; i < howMany; i += 1) {
        count += 1;
        sentence.frame(Float32Array.of(count), speech);
      }
    },
  };
}

describe('sound on its way to the server', () => {
  it('is none while nobody speaks', () => {
    const { sent, frames } = fixture();
    frames(10_000, 0.1);
    expect(sent).toEqual([]);
  });

  it('begins a little before the speech was sure, so that no soft first sound is lost', () => {
    const { sent, frames, sentence } = fixture();
    frames(100, 0.1);
    sentence.starts(BEGIN);
    frames(1, 0.9);
    expect(sent).toEqual(['begin', ...Array.from({ length: 13 }, (_, i) => 89 + i)]);
  });

  it('tells of the first short silence once, and again after more was said', () => {
    const { sent, frames, sentence } = fixture();
    sentence.starts(BEGIN);
    frames(10, 0.9);
    frames(8, 0.1);
    frames(5, 0.9);
    frames(6, 0.1);
    sentence.ends();
    expect(sent.filter((each) => typeof each === 'string')).toEqual(['begin', 'pause', 'pause', 'end']);
    const at = sent.indexOf('pause');
    expect((at - sent.indexOf('begin') - 1 - 10) * FRAME_SEC).toBeLessThan(0.2);
  });

  it('tells sooner of the silence after what may be the name', () => {
    const until = (mode: 'awake' | 'overheard', speech: number) => {
      const { sent, frames, sentence } = fixture();
      sentence.starts({ ...BEGIN, mode });
      frames(speech, 0.9);
      frames(20, 0.1);
      const told = sent.indexOf('pause');
      return (told - 1 - speech) * FRAME_SEC;
    };
    expect(until('overheard', 40)).toBeLessThan(0.1);
    expect(until('awake', 40)).toBeGreaterThan(0.15);
    expect(until('overheard', 100)).toBeGreaterThan(0.15);
  });

  it('asks for the name at the first frame without speech, once', () => {
    const { looks, frames, sentence } = fixture();
    sentence.starts({ ...BEGIN, mode: 'overheard' });
    frames(40, 0.9);
    expect(looks).toEqual([]);
    frames(1, 0.4);
    expect(looks).toEqual([42]);
    frames(20, 0.9);
    frames(20, 0.1);
    expect(looks).toHaveLength(1);
  });

  it.each([
    ['in the first half second', { mode: 'overheard' }, 12],
    ['after more than a name', { mode: 'overheard' }, 100],
    ['once it was called', { mode: 'awake' }, 40],
    ['while music plays, when commands must not wait for it', { mode: 'overheard', session: 'a' }, 40],
    ['while it asks how somebody is', { mode: 'overheard', asks: { question: 'before' } }, 40],
  ] as const)('asks for no name %s', (_, begin, speech) => {
    const { looks, frames, sentence } = fixture();
    sentence.starts({ ...BEGIN, ...begin } as typeof BEGIN);
    frames(speech, 0.9);
    frames(speech === 12 ? 1 : 20, 0.1);
    expect(looks).toEqual([]);
  });

  it('ends within a minute, whatever goes on in the room', () => {
    const { sent, frames, sentence } = fixture();
    sentence.starts(BEGIN);
    frames(5000, 0.9);
    expect(sent.at(-1)).toBe('end');
    expect((sent.length - 2) * FRAME_SEC).toBeLessThan(60);
    expect(sentence.isOn()).toBe(false);
  });

  it('that was a knock and no speech is dropped', () => {
    const { sent, frames, sentence } = fixture();
    sentence.starts(BEGIN);
    frames(2, 0.9);
    sentence.drops();
    sentence.ends();
    expect(sent.filter((each) => typeof each === 'string')).toEqual(['begin', 'drop']);
  });
  const signs = (sent: readonly (string | number)[]) => sent.filter((each) => typeof each === 'string');

  it('ends before the ear is sure where it was a whole command, after at least a quarter of a second of quiet', () => {
    const { sent, heard, frames, sentence } = fixture();
    sentence.starts(BEGIN);
    frames(20, 0.9);
    frames(5, 0.1);
    sentence.enough();
    frames(3, 0.1);
    expect(sentence.isOn()).toBe(true);
    frames(1, 0.1);
    expect(sentence.isOn()).toBe(false);
    expect(9 * FRAME_SEC).toBeGreaterThan(0.25);
    frames(8, 0.1);
    sentence.ends();
    expect(signs(sent)).toEqual(['begin', 'pause', 'end']);
    expect(heard.ended).toBe(1);
  });

  it('is not cut where more is said after the whole command', () => {
    const { sent, heard, frames, sentence } = fixture();
    sentence.starts(BEGIN);
    frames(20, 0.9);
    frames(6, 0.1);
    sentence.enough();
    frames(10, 0.9);
    frames(12, 0.1);
    expect(sentence.isOn()).toBe(true);
    sentence.ends();
    expect(signs(sent)).toEqual(['begin', 'pause', 'pause', 'end']);
    expect(heard.ended).toBe(0);
  });

  it('loses nothing of what is said on after it was enough: that is a new sentence', () => {
    const { sent, frames, sentence } = fixture();
    sentence.starts(BEGIN);
    frames(20, 0.9);
    frames(5, 0.1);
    sentence.enough();
    frames(5, 0.1);
    const ended = sent.length;
    frames(20, 0.9);
    sentence.ends();
    expect(signs(sent)).toEqual(['begin', 'pause', 'end', 'begin', 'end']);
    expect(sent.length - ended).toBeGreaterThan(20);
  });
});
