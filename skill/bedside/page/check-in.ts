/** How one feels before and after, and how one slept: one to five, only for who said yes, forgotten at one touch. */

const ADDRESS = '/api/v1/check-ins';
const POINTS = ['very bad', 'bad', 'so-so', 'good', 'very good'];
/** An answer "after" belongs to a session of this evening, a night's to this morning. */
const MORNING: readonly [number, number] = [4, 12];

type Moment = 'before' | 'after' | 'morning';
interface Kept {
  consent: boolean;
  checkIns: { moment: Moment; atMs: number; sessionId?: string }[];
}

const read = (answer: Promise<Response>): Promise<Kept | null> =>
  answer.then((response) => (response.ok ? response.json() : null)).catch(() => null);
const send = (method: 'POST' | 'PUT', address: string, body: object) =>
  fetch(address, { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

/** Asks with five buttons in `place`, where the listener agreed; nothing where not. */
export async function ask(place: HTMLElement, moment: Moment, sessionId?: string): Promise<void> {
  place.replaceChildren();
  const kept = await read(fetch(ADDRESS));
  if (!kept?.consent) return;
  if (moment === 'morning' && answeredToday(kept)) return;
  const question = { before: 'How do you feel now?', after: 'How do you feel now?', morning: 'How did you sleep?' }[
    moment
  ];
  const group = document.createElement('div');
  group.className = 'row check-in';
  group.setAttribute('role', 'group');
  group.setAttribute('aria-label', question);
  const buttons = POINTS.map((name, i) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = String(i + 1);
    button.setAttribute('aria-label', `${i + 1}: ${name}`);
    button.addEventListener('click', async () => {
      const value = moment === 'morning' ? { sleepQuality: i + 1 } : { points: i + 1 };
      const done = await send('POST', ADDRESS, { moment, ...value, ...(sessionId ? { sessionId } : {}) }).catch(
        () => null,
      );
      place.replaceChildren(done?.ok ? words('Thank you.') : words('That could not be kept.'));
    });
    return button;
  });
  group.append(...buttons);
  place.replaceChildren(words(`${question} 1 is very bad, 5 very good.`), group);
}

export const isMorning = (now = new Date()): boolean => now.getHours() >= MORNING[0] && now.getHours() < MORNING[1];

function answeredToday({ checkIns }: Kept): boolean {
  const today = new Date().toDateString();
  return checkIns.some(({ moment, atMs }) => moment === 'morning' && new Date(atMs).toDateString() === today);
}

/** For the sheet: yes or no, and what came of it as a chart and as files. */
export async function checkInSection(): Promise<HTMLElement> {
  const section = document.createElement('section');
  const kept = await read(fetch(ADDRESS));
  if (kept) draw(section, kept.consent);
  return section;
}

function draw(section: HTMLElement, consent: boolean): void {
  const heading = document.createElement('h3');
  heading.textContent = 'How you feel before and after';
  const label = document.createElement('label');
  const box = document.createElement('input');
  box.type = 'checkbox';
  box.id = 'check-in-consent';
  box.checked = consent;
  label.append(box, ' Ask me, and keep the numbers on this speaker');
  box.addEventListener('change', async () => {
    const done = await send('PUT', `${ADDRESS}/consent`, { consent: box.checked }).catch(() => null);
    if (done?.ok) draw(section, box.checked);
    else box.checked = consent;
  });
  section.replaceChildren(heading, label);
  if (!consent) {
    section.append(words('Nothing is kept. Unticking forgets everything at once.'));
    return;
  }
  const chart = document.createElement('img');
  chart.src = `${ADDRESS}?format=svg`;
  chart.alt = 'Mood before and after each session, and how each night was.';
  const files = document.createElement('p');
  for (const [format, name] of [
    ['csv', 'as a table (CSV)'],
    ['fhir', 'for a clinic (FHIR)'],
  ]) {
    const link = document.createElement('a');
    link.href = `${ADDRESS}?format=${format}`;
    link.textContent = name ?? '';
    files.append(link, ' ');
  }
  section.append(chart, files);
}

function words(text: string): HTMLElement {
  const line = document.createElement('p');
  line.className = 'hint';
  line.textContent = text;
  return line;
}
