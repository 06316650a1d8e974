/** What the dialogue tells, before it is written for one edition or client. */

export interface Told {
  /** Plain sentences; never empty. */
  text: string;
  /** The same for a voice. */
  ssml: string;
  /** Asked again where nobody answers. */
  again?: { text: string; ssml: string };
  /** The conversation stays open for an answer. */
  open: boolean;
  card?: { title: string; text: string };
  play?: ToldPlay;
  /** What sounds is to stop. */
  stop: boolean;
  /** Words to touch instead of to say, in the listener's language. */
  chips: string[];
  /** To be sent back with the next turn. */
  memory: Record<string, unknown>;
}

export interface ToldPlay {
  /** The one stage that begins now, at its second; for players that tell when it has ended. */
  stageUrl: string;
  /** The whole session from this second on, for players that tell nothing. */
  wholeUrl: string;
  title: string;
  subtitle: string;
  picture: string;
}
