/** How nights are drawn: a row of small dots that can be told apart without colour, and the same in words. */
import type { Overview } from './api';
import { el, short, whole } from './dom';
import { filled, words } from './words';

type Outcome = Overview['nights'][number]['outcome'];

const KIND: Record<Outcome, string> = {
  running: 'running',
  ran: 'ran',
  'stopped early': 'early',
  'did not run': 'not',
  skipped: 'skipped',
  'quiet hours': 'quiet',
};

export const OUTCOMES: Record<Outcome, string> = {
  running: words.running,
  ran: words.ran,
  'stopped early': words.stoppedEarly,
  'did not run': words.didNotRun,
  skipped: words.skipped,
  'quiet hours': words.inQuietHours,
};

/** Oldest at the left, as one reads. */
export function dots(nights: Overview['nights']): HTMLLIElement[] {
  return [...nights].reverse().map(({ planned, outcome }) => {
    const night = `${short(planned)}: ${OUTCOMES[outcome]}`;
    return el('li', { class: `dot ${KIND[outcome]}`, title: night }, el('span', { class: 'unseen' }, night));
  });
}

export function tonight({ next }: Overview): string {
  if (!next) return words.nothingPlanned;
  const { at, zone, minutes, skipped, quiet } = next;
  return filled(skipped ? words.nextSkipped : quiet ? words.nextQuiet : words.nextOne, {
    when: whole(at, zone),
    zone,
    minutes: filled(words.minutes, { n: minutes }),
  });
}
