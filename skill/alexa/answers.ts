/** Answers that many intents share: a question, a sentence beside the music, asking again. */
import type { Response } from 'ask-sdk-model';
import { type Speech, spoken } from './responses.js';
import { sessionHere, type Turn } from './turn.js';

/** The microphone opens after it; `ask` comes again if nobody answers. */
export function question(turn: Turn, say: Speech, ask: Speech = say): Response {
  turn.memory.said = say.text;
  return spoken({ say, ask });
}

/** A sentence in a conversation that goes on, or beside music that plays on. */
export async function tell(turn: Turn, say: Speech): Promise<Response> {
  const here = await sessionHere(turn);
  const playing = here && here.position.status === 'playing';
  return playing ? spoken({ say }) : question(turn, say, turn.say('howDoYouFeel'));
}

export const askAgain = async (turn: Turn): Promise<Response> =>
  question(turn, turn.say('didNotCatch'), turn.say('howDoYouFeel'));
