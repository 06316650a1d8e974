/**
 * Hands-free at the bedside: loaded when somebody switches it on. Joins the page by one door and nothing else.
 *
 *   off → asleep (waits for its name, a touch, or a command for the music) → listening → thinking → asleep
 */
import { HANDS_FREE_WORDS, type HandsFreeWords } from '../../../../audio-prompts/hands-free-words';
import type { FromPage, ToPage } from '../../hands-free/messages';
import { type Ear, EarTrouble, openEar } from './ear';
import { earTurn } from './ear-turn';
import { type Line, openLine } from './line';
import { createSentence } from './sentence';
import { createVoice } from './voice';

export type MicrophoneState = 'off' | 'loading' | 'asleep' | 'listening' | 'thinking' | 'trouble';
export type Answer = Extract<ToPage, { type: 'answer' }>;
export type Question = Extract<FromPage, { type: 'ask' }>['question'];

/** What the page is asked for and told. */
export interface HandsFreeDoor {
  locale: string;
  /** The speaker's name in this locale. */
  name: string;
  minutes(): number;
  /** The id of the session that plays here; undefined for none. */
  session(): string | undefined;
  /** How somebody is, asked on the page at this moment; and about which session. */
  asks(): { question: Question; session?: string } | null;
  microphone(state: MicrophoneState, words: string): void;
  /** Shows a sentence for a while. */
  caption(text: string): void;
  /** Turns the music down while somebody speaks, and up again. */
  duck(down: boolean): void;
  answer(answer: Answer): void;
  /** Somebody called: light on. */
  woken(): void;
}

export interface HandsFree {
  /** A touch or the space bar instead of the name. */
  wake(): void;
  /** Says a question of the page, after what is being said, and listens for the answer. */
  ask(question: Question): void;
  /** Says a sentence of the page's own. */
  say(text: string, sound?: string): Promise<void>;
  close(): Promise<void>;
}

/** Without a word for so long it waits for its name again. */
const AWAKE_MS = 8000;
/** No answer for so long: the line is taken for dead. */
const ANSWER_MS = 60_000;

/** Resolves when it listens, or knows why it cannot (the page is told). */
export async function startHandsFree(door: HandsFreeDoor): Promise<HandsFree> {
  const words = wordsFor(door);
  let ear: Ear | undefined;
  let state: MicrophoneState = 'loading';
  let awakeUntilMs = 0;
  let ended = false;
  /** Another window of this browser listens. */
  let isElsewhere = false;
  let timer = 0;
  /** The sentence that is on, or was last, is the name so far. */
  let isCalled = false;
  const ducks = new Set<string>();
  const duck = (why: string, down: boolean) => {
    if (down) ducks.add(why);
    else ducks.delete(why);
    door.duck(ducks.size > 0);
  };
  const voice = createVoice((down) => duck('voice', down));
  /** What is being said; a question waits for its end. */
  let saying: Promise<unknown> = Promise.resolve();
  const line: Line = openLine(hear, (isOpen) => {
    if (ended || isElsewhere) return;
    if (!isOpen) show('trouble', words.away);
    else if (ear) rest();
  });
  const sentence = createSentence(line, { ended: () => over(isCalled), goesOn: speechStarts });

  function show(next: MicrophoneState, said: string): void {
    state = next;
    door.microphone(next, said);
  }
  function rest(): void {
    // An answer that comes after the microphone went does not bring it back.
    if (!ear) return;
    clearTimeout(timer);
    const leftMs = awakeUntilMs - performance.now();
    if (leftMs <= 0) {
      show('asleep', words.asleep);
      return;
    }
    show('listening', words.listening);
    timer = window.setTimeout(() => {
      if (state === 'listening' && !sentence.isOn()) rest();
    }, leftMs + 50);
  }
  function wake(): void {
    if (!ear || ended) return;
    voice.hush();
    awakeUntilMs = performance.now() + AWAKE_MS;
    door.woken();
    rest();
  }

  function speechStarts(): void {
    // Its own voice is not for it, and while it thinks it listens to nobody.
    if (voice.isSpeaking() || state === 'thinking') return;
    isCalled = false;
    const session = door.session();
    const asked = door.asks();
    sentence.starts({
      type: 'begin',
      mode: state === 'listening' ? 'awake' : 'overheard',
      locale: door.locale,
      minutes: door.minutes(),
      ...(session ? { session } : {}),
      ...(asked ? { asks: { question: asked.question, ...(asked.session ? { session: asked.session } : {}) } } : {}),
    });
  }

  /** The sentence is over: an answer is waited for. After the name alone it listens already. */
  function over(isName = false): void {
    if (state === 'listening' && !isName) show('thinking', words.thinking);
    timer = window.setTimeout(() => hear({ type: 'trouble', say: words.away }), ANSWER_MS);
  }

  function hear(message: ToPage): void {
    if (message.type === 'enough') {
      sentence.enough();
      isCalled = message.called === true;
      if (isCalled) wake();
      return;
    }
    clearTimeout(timer);
    duck('speech', false);
    switch (message.type) {
      case 'called':
        wake();
        return;
      case 'nothing':
        // More was said, and all of it is no call: the light was wrong.
        if (isCalled) awakeUntilMs = 0;
        rest();
        return;
      case 'question':
        saying = saying
          .then(() => voice.say(message.say, message.voice, door.locale))
          .then(() => door.asks() && wake());
        return;
      case 'trouble':
        door.caption(message.say);
        rest();
        return;
      case 'answer': {
        // What was not understood may be said once more without being called again.
        awakeUntilMs = message.handled ? 0 : performance.now() + AWAKE_MS;
        rest();
        door.answer(message);
        const reply = message.volume ? words[message.volume] : message.say;
        door.caption(reply);
        if (!message.volume) saying = voice.say(reply, message.voice, door.locale);
      }
    }
  }

  const turn = earTurn({
    lost: () => void (ended || lose(words.elsewhere, true)),
    back: () => void (ended || open()),
  });

  async function open(): Promise<void> {
    show('loading', words.loading);
    try {
      await turn.take();
      isElsewhere = false;
      ear = await openEar({
        frame: (pcm, speech) => sentence.frame(pcm, speech),
        speechStarts,
        speechIsReal: () => sentence.isOn() && duck('speech', true),
        speechEnds() {
          const wasOn = sentence.isOn();
          sentence.ends();
          if (wasOn) over();
        },
        misfire() {
          sentence.drops();
          duck('speech', false);
        },
        lost: () => void lose(words.lost),
      });
      if (ended) await ear.close();
      else if (line.isOpen()) rest();
    } catch (error) {
      ear = undefined;
      show('trouble', words[error instanceof EarTrouble ? error.fault : 'away']);
    }
  }

  async function lose(why: string, toAnother = false): Promise<void> {
    const gone = ear;
    ear = undefined;
    isElsewhere = toAnother;
    clearTimeout(timer);
    voice.hush();
    sentence.drops();
    duck('speech', false);
    show('trouble', why);
    await gone?.close().catch(() => {});
  }

  /** A microphone that is plugged in again is used again. */
  const devices = () => {
    if (!ear && !ended && !isElsewhere && state === 'trouble') void open();
  };
  navigator.mediaDevices?.addEventListener?.('devicechange', devices);
  await open();

  return {
    wake: () => (ear ? wake() : isElsewhere ? void open() : devices()),
    ask(question) {
      if (ear) line.send({ type: 'ask', question, locale: door.locale });
    },
    say: async (text, sound) => void (await voice.say(text, sound, door.locale)),
    async close() {
      ended = true;
      clearTimeout(timer);
      navigator.mediaDevices?.removeEventListener?.('devicechange', devices);
      voice.hush();
      line.close();
      turn.end();
      await ear?.close().catch(() => {});
      duck('speech', false);
      show('off', words.off);
    },
  };
}

function wordsFor({ locale, name }: HandsFreeDoor): HandsFreeWords {
  const language = locale.split(/[-_]/)[0]?.toLowerCase() ?? 'en';
  const own = HANDS_FREE_WORDS[(language in HANDS_FREE_WORDS ? language : 'en') as keyof typeof HANDS_FREE_WORDS];
  return { ...own, asleep: own.asleep.replace('{name}', name) };
}
