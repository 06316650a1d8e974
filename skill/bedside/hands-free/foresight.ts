/**
 * The answer to a sentence that may be over, thought out while the page still waits whether more is said: nothing begins
 * and nothing changes before the sentence has ended with these very words.
 */
import { isWordForWord } from '../../../voice-intents/matcher.js';
import type { HouseConversation, Thought } from '../../house/conversation.js';
import { answerOptions, meantAtBedside, type Said } from './understanding.js';
import type { Early } from './utterance.js';

export interface Foresight {
  /** The words it is about, as transcribed. */
  text: string;
  thought: Promise<Thought>;
  /** When it was thought out; undefined before, and where it failed. */
  readyMs?: number;
}

export interface ForesightDeps {
  conversation: Pick<HouseConversation, 'foresee'>;
  nowMs: () => number;
  /** A command, a wish or the name and nothing else: it need not be waited for more. */
  enough: () => void;
}

/** Null where there is nothing to think about. Never throws: whoever answers finds out for themselves. */
export async function foresee({ words, signal }: Early, said: Omit<Said, 'text'>, deps: ForesightDeps) {
  const heard = await words.catch(() => null);
  if (!heard || signal.aborted || heard.text === '') return null;
  const meant = meantAtBedside({ ...said, text: heard.text });
  if (meant.kind === 'volume' || meant.kind === 'called') deps.enough();
  if (meant.kind !== 'sentence') return null;
  const thought = deps.conversation.foresee(meant.text, { ...answerOptions(said), signal });
  const foresight: Foresight = { text: heard.text, thought };
  thought.then(
    ({ kind, matched }) => {
      foresight.readyMs = deps.nowMs();
      // A feeling may go on after a breath; "stop" does not.
      if (kind === 'asks' && isWordForWord(matched) && !signal.aborted) deps.enough();
    },
    () => {},
  );
  return foresight;
}
