/** "Remember what I like": off until the listener says yes, shown in full, forgotten at one touch. */

import { filled, words } from './words';

interface Taste {
  consent: boolean;
  liked: number;
  skipped: number;
  dials: Record<string, number>;
}

const ADDRESS = '/api/v1/taste';
/** Words for a dial that taste has moved down or up. */
const MOVED: Record<string, [string, string]> = {
  onsetRate: [words.calmer, words.livelier],
  brightness: [words.darker, words.brighter],
  mode: [words.moreMinor, words.moreMajor],
  register: [words.lower, words.higher],
  pulseClarity: [words.lessBeat, words.moreBeat],
};
/** Smaller moves than this are not worth a word. */
const TELLING = 0.02;

export async function tasteSection(): Promise<HTMLElement> {
  const section = document.createElement('section');
  const taste = await read(fetch(ADDRESS));
  if (taste) draw(section, taste);
  return section;
}

const read = (answer: Promise<Response>): Promise<Taste | null> =>
  answer.then((response) => (response.ok ? response.json() : null)).catch(() => null);

function draw(section: HTMLElement, taste: Taste): void {
  const heading = document.createElement('h3');
  heading.textContent = words.tasteTitle;
  const label = document.createElement('label');
  const box = document.createElement('input');
  box.type = 'checkbox';
  box.id = 'taste-consent';
  box.checked = taste.consent;
  label.append(box, ` ${words.tasteConsent}`);
  const note = document.createElement('p');
  const small = document.createElement('small');
  small.textContent = taste.consent ? learnedSoFar(taste) : words.tasteNothing;
  note.append(small);
  box.addEventListener('change', async () => {
    const answer = await read(
      fetch(ADDRESS, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ consent: box.checked }),
      }),
    );
    if (answer) draw(section, answer);
    else box.checked = taste.consent;
  });
  section.replaceChildren(heading, label, note);
}

function learnedSoFar(taste: Taste): string {
  const moved = Object.entries(taste.dials)
    .filter(([dial, by]) => Math.abs(by) >= TELLING && MOVED[dial])
    .map(([dial, by]) => MOVED[dial]![by < 0 ? 0 : 1]);
  const counted = filled(words.tasteCounted, { liked: String(taste.liked), skipped: String(taste.skipped) });
  return moved.length === 0
    ? `${counted} ${words.tasteUnmoved}`
    : `${counted} ${filled(words.tasteMoved, { how: moved.join(', ') })}`;
}
