/**
 * Check-ins on the page, only for who agreed: how it is before and after, in one touch or two words, and in the morning once
 * how the night was. Every question can be left unanswered; none holds the music up.
 */

import { kept as held, keep } from './playing/keep';
import { newKey } from './shapes';
import { filled, language, words as said } from './words';

interface CheckIns {
  consent: boolean;
  checkIns: { moment: string; atMs: number; sessionId?: string }[];
}
type Moment = 'before' | 'after' | 'morning';
type Question = Moment | 'understood';

const ADDRESS = '/api/v1/check-ins';
const ASKED = 'asked-in-the-morning';
const AGO_MS = 20 * 3600_000;
const MORNING = { from: 4, until: 12 };
const QUESTIONS: Record<Question, string> = {
  before: said.question,
  after: said.askAfter,
  morning: said.askMorning,
  understood: said.askUnderstood,
};
const HINTS: Record<Question, string> = {
  before: said.points,
  after: said.points,
  morning: said.pointsMorning,
  understood: said.pointsUnderstood,
};
let agreed = false;

interface Open {
  question: Question;
  session?: string;
  /** Takes the question away, as after an answer; or as after "not now". */
  answered(kept: boolean): void;
}
let open: (Open & { place: HTMLElement }) | null = null;
let hear: (question: Question) => void = () => {};

/** For whoever can say questions aloud and hear the answers: one comes up. */
export const onQuestion = (asked: (question: Question) => void): void => {
  hear = asked;
};
/** What is asked at this moment. */
export const questionNow = (): Open | null => (open && !open.place.hidden ? open : null);

/** What is kept; null where nobody answers. Whether the listener agreed is remembered for the questions. */
async function read(): Promise<CheckIns | null> {
  const kept = await fetch(ADDRESS)
    .then((response) => (response.ok ? (response.json() as Promise<CheckIns>) : null))
    .catch(() => null);
  agreed = kept?.consent ?? false;
  return kept;
}

const send = (answer: {
  moment: Moment;
  points?: number;
  sleepQuality?: number;
  understood?: number;
  words?: string;
  locale?: string;
  sessionId?: string;
}) =>
  fetch(ADDRESS, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'Idempotency-Key': newKey() },
    body: JSON.stringify(answer),
  }).catch(() => null);

/** Shows a question in `place` until it is answered or left; the place is empty and hidden then, or has the one after it. */
function ask(place: HTMLElement, question: Question, sessionId?: string, then?: () => void): void {
  const leave = (kept: boolean) => {
    clear(place);
    place.replaceChildren();
    if (kept) then?.();
  };
  const asksFeeling = question === 'before' || question === 'after';
  const answer = async (given: { points?: number; words?: string }) => {
    const points = given.points;
    const sent = await send({
      moment: question === 'understood' ? 'after' : question,
      ...(sessionId ? { sessionId } : {}),
      ...(points && question === 'morning'
        ? { sleepQuality: points }
        : points && question === 'understood'
          ? { understood: points }
          : { ...given, ...(given.words ? { locale: language() } : {}) }),
    });
    if (sent?.ok || given.points) return leave(true);
    hint.textContent = said.noFeelingInWords;
  };
  const title = document.createElement('p');
  title.id = `check-${question}`;
  title.textContent = QUESTIONS[question];
  const row = document.createElement('div');
  row.className = 'row points';
  row.setAttribute('role', 'group');
  row.setAttribute('aria-labelledby', title.id);
  for (let points = 1; points <= 5; points += 1) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = String(points);
    button.setAttribute(
      'aria-label',
      [filled(said.ofFive, { n: String(points) }), points === 1 ? said.bad : points === 5 ? said.good : '']
        .filter(Boolean)
        .join(', '),
    );
    button.addEventListener('click', () => void answer({ points }));
    row.append(button);
  }
  const hint = document.createElement('p');
  hint.className = 'hint';
  hint.textContent = HINTS[question];
  const skip = document.createElement('button');
  skip.type = 'button';
  skip.className = 'plain';
  skip.textContent = said.later;
  skip.addEventListener('click', () => leave(false));
  const form = document.createElement('form');
  form.className = 'row quiet';
  if (asksFeeling) {
    const words = document.createElement('input');
    words.maxLength = 60;
    words.autocomplete = 'off';
    words.setAttribute('aria-label', said.twoWords);
    words.placeholder = said.twoWords;
    form.append(words);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      if (words.value.trim()) void answer({ words: words.value });
    });
  }
  form.append(skip);
  place.replaceChildren(title, row, hint, form);
  place.hidden = false;
  open = { question, ...(sessionId ? { session: sessionId } : {}), answered: leave, place };
  hear(question);
}

/** At the beginning of a session, over its first music. */
export function askBefore(place: HTMLElement, sessionId: string): void {
  if (agreed) ask(place, 'before', sessionId);
}

/** When the music has ended; in a study also how well it met the feeling. */
export function askAfter(place: HTMLElement, sessionId: string, inStudy: boolean): void {
  if (agreed) ask(place, 'after', sessionId, inStudy ? () => ask(place, 'understood', sessionId) : undefined);
  else clear(place);
}

function clear(place: HTMLElement): void {
  open = null;
  place.hidden = true;
}

/** Once a morning, where there was an evening before it. */
export async function askInTheMorning(place: HTMLElement, now = new Date()): Promise<void> {
  const kept = await read();
  const today = now.toDateString();
  const hour = now.getHours();
  if (!kept?.consent || hour < MORNING.from || hour >= MORNING.until || held(ASKED) === today) return;
  const lately = kept.checkIns.filter(({ atMs }) => now.getTime() - atMs < AGO_MS);
  const asked = lately.some(({ moment, atMs }) => moment === 'morning' && new Date(atMs).toDateString() === today);
  if (asked || lately.length === 0) return;
  keep(ASKED, today);
  ask(place, 'morning');
}

/** In the sheet: agreeing, taking it back, and how evenings went. */
export async function checkInSection(): Promise<HTMLElement> {
  const section = document.createElement('section');
  const draw = (kept: CheckIns | null) => {
    const heading = document.createElement('h3');
    heading.textContent = said.evenings;
    const label = document.createElement('label');
    const box = document.createElement('input');
    box.type = 'checkbox';
    box.id = 'check-in-consent';
    box.checked = kept?.consent ?? false;
    label.append(box, ` ${said.askMe}`);
    box.addEventListener('change', async () => {
      await fetch(`${ADDRESS}/consent`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ consent: box.checked }),
      }).catch(() => null);
      draw(await read());
    });
    const note = document.createElement('p');
    const small = document.createElement('small');
    small.textContent = kept?.consent ? filled(said.answers, { n: String(kept.checkIns.length) }) : said.untickAnswers;
    note.append(small);
    section.replaceChildren(heading, label, note);
    if (!kept?.checkIns.length) return;
    const picture = document.createElement('img');
    picture.src = `${ADDRESS}?format=svg`;
    picture.alt = said.eveningsPicture;
    section.append(picture);
  };
  draw(await read());
  return section;
}
