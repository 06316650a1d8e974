/** The page and the speakers of the house: one of them sounds, never both. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { followSpeaker } from './speaker.js';

/** Only a browser has one: here it is the test that tells. */
let tell: (state: unknown) => void;
const real = Object.getOwnPropertyDescriptor(globalThis, 'EventSource');
beforeEach(() => {
  Object.defineProperty(globalThis, 'EventSource', {
    configurable: true,
    value: class {
      addEventListener(_name: string, hear: (event: { data: string }) => void) {
        tell = (state) => hear({ data: JSON.stringify(state) });
      }
    },
  });
});
afterEach(() => {
  if (real) Object.defineProperty(globalThis, 'EventSource', real);
  else Reflect.deleteProperty(globalThis, 'EventSource');
});

const playing = (more: object) => ({
  wanted: null,
  volume: 80,
  muted: false,
  playing: { id: 's1', status: 'playing', revision: 0, elsewhere: false, ...more },
});

function page() {
  const did: string[] = [];
  followSpeaker({
    current: () => ({ id: 's1', revision: 0 }),
    take: (id) => did.push(`take ${id}`),
    pause: () => did.push('pause'),
    resume: () => did.push('resume'),
    stop: () => did.push('stop'),
    volume: () => did.push('volume'),
  });
  tell(playing({}));
  return did;
}

describe('the bedside page', () => {
  it('falls silent when its session sounds on a speaker, whatever is done to it there', () => {
    const did = page();
    tell(playing({ elsewhere: true }));
    tell(playing({ elsewhere: true, status: 'paused' }));
    tell(playing({ elsewhere: true, revision: 1 }));
    expect(new Set(did)).toEqual(new Set(['pause']));
  });

  it('takes it up again, as it is by then, when the speaker lets go', () => {
    const did = page();
    tell(playing({ elsewhere: true, revision: 1 }));
    tell(playing({ elsewhere: false, revision: 1 }));
    expect(did).toEqual(['pause', 'take s1']);
  });

  it('stays silent when the speaker was lost and the session waits', () => {
    const did = page();
    tell(playing({ elsewhere: true }));
    tell(playing({ elsewhere: false, status: 'paused' }));
    expect(did).toEqual(['pause']);
  });
});
