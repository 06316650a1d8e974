/**
 * What a sentence at the bedside means.
 *
 * Order, first that fits:
 *  1. the speaker's name alone: it listens from now on;
 *  2. a wish for the volume ("softer"), which the page fulfils itself;
 *  3. overheard and not called: only a sentence that bends the running music ("stop", "stay here") counts; everything
 *     else is talk of the room, and forgotten;
 *  4. called and asked why this music: the reasons of the session that is on;
 *  5. everything else, called or listened to: as the assistants of the house understand it, the crisis gate first.
 */
import { BEDSIDE } from '../../../engine/listeners/bedside.js';
import type { SessionService } from '../../../engine/session-service.js';
import { calledWith } from '../../../voice-intents/called.js';
import { type VolumeWish, volumeWish } from '../../../voice-intents/volume-words.js';
import { type AnswerOptions, asksWhy, bendsTheMusic, type SpokenAnswer } from '../../house/conversation.js';

export interface Said {
  text: string;
  locale: string;
  mode: 'awake' | 'overheard';
  minutes?: number;
  /** Whether music is on, on this page or elsewhere in the house. */
  isPlaying: boolean;
}

export type Meant =
  | { kind: 'nothing' }
  | { kind: 'called' }
  | { kind: 'volume'; wish: VolumeWish; text: string }
  | { kind: 'why'; text: string }
  | { kind: 'sentence'; text: string };

export type Understood = Exclude<Meant, { kind: 'sentence' }> | { kind: 'answer'; answer: SpokenAnswer; text: string };

/** Rules 1 to 4, and which words are left for rule 5. */
export function meantAtBedside({ text, locale, mode, isPlaying }: Said): Meant {
  const rest = calledWith(locale, text);
  if (rest === '') return { kind: 'called' };
  const meant = rest ?? text;
  const isForUs = mode === 'awake' || rest !== null;
  const wish = volumeWish(locale, meant);
  if (wish && (isForUs || isPlaying)) return { kind: 'volume', wish, text: meant };
  if (!isForUs && !(isPlaying && bendsTheMusic(meant, locale))) return { kind: 'nothing' };
  if (isPlaying && asksWhy(meant, locale)) return { kind: 'why', text: meant };
  return { kind: 'sentence', text: meant };
}

export const answerOptions = ({ locale, minutes }: Pick<Said, 'locale' | 'minutes'>): AnswerOptions => ({
  language: locale,
  listener: BEDSIDE,
  ...(minutes === undefined ? {} : { minutes }),
});

export async function understandAtBedside(
  said: Said,
  answer: (text: string, options: AnswerOptions) => Promise<SpokenAnswer>,
): Promise<Understood> {
  const meant = meantAtBedside(said);
  if (meant.kind !== 'sentence') return meant;
  return { kind: 'answer', answer: await answer(meant.text, answerOptions(said)), text: meant.text };
}

/** The session that the page plays; null where it plays none, or the session is gone. */
export async function sessionHere(
  service: SessionService,
  id: string | undefined,
): Promise<Awaited<ReturnType<SessionService['look']>> | null> {
  if (!id) return null;
  return service.look(id).catch(() => null);
}
