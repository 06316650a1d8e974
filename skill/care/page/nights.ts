/** How nights are drawn: a row of small dots that can be told apart without colour, and the same in words. */
import type { Overview } from './api';
import { el, short, whole } from './dom';

export const KIND: Record<string, string> = {
  running: 'running',
  ran: 'ran',
  'stopped early': 'early',
  'did not run': 'not',
  skipped: 'skipped',
  'quiet hours': 'quiet',
};

/** Oldest at the left, as one reads. */
export function dots(nights: Overview['nights']): HTMLLIElement[] {
  return [...nights].reverse().map(({ planned, outcome }) => {
    const words = `${short(planned)}: ${outcome}`;
    return el('li', { class: `dot ${KIND[outcome] ?? ''}`, title: words }, el('span', { class: 'unseen' }, words));
  });
}

export function tonight({ next }: Overview): string {
  if (!next) return 'Nothing is planned.';
  const when = `${whole(next.at, next.zone)} (${next.zone}), ${next.minutes} minutes`;
  if (next.skipped) return `${when}: skipped this once.`;
  return next.quiet ? `${when}: will not begin, these are quiet hours.` : `${when}.`;
}
