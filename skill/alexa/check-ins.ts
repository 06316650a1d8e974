/** How one feels before the music and after it: asked of who said yes, kept in the house's check-ins. */
import { awaitingAfter, type CheckIn, type CheckInWish } from '../../engine/checkins/checkin.js';
import type { Turn } from './turn.js';

/** Only who said so here, and has not taken the consent back elsewhere. */
export const asksHow = async ({ listener, listenerKey, deps }: Turn): Promise<boolean> =>
  listener.checkInsOn && (await deps.checkIns.book(listenerKey)) !== null;

/** The session that was answered for before and not yet after; null where there is none. */
export async function heardAndNotAnswered({ deps, listenerKey }: Turn): Promise<CheckIn | null> {
  const book = await deps.checkIns.book(listenerKey);
  return book && awaitingAfter(book.checkIns);
}

/** Not kept where the consent went between question and answer: the music comes all the same. */
export async function keepAnswer({ deps, listenerKey }: Turn, wish: CheckInWish): Promise<void> {
  await deps.checkIns.add(listenerKey, wish).catch((error: { code?: string }) => {
    if (error.code !== 'forbidden') throw error;
  });
}
