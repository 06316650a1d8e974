import { checkInSection } from './check-ins';
import { tasteSection } from './taste';

/** The sheet "Why this music?": a few sentences, the path picture, the tracks with makers and licences, the sources. */

interface Why {
  summary: string[];
  stages: {
    stage: string;
    because: { text: string; strength: number; sources: { citation: string; doi?: string; kind: string }[] }[];
  }[];
  tracks: { title: string; maker: string; stage: string; licence: { id: string; name: string }; attribution: string }[];
  picture: string;
}

const STAGES: Record<string, string> = { match: 'Close to how you feel', guide: 'On the way', target: 'Resting' };

export async function showWhy(address: string): Promise<void> {
  const sheet = document.getElementById('sheet') as HTMLDialogElement;
  const body = document.getElementById('sheet-body') as HTMLElement;
  document.getElementById('sheet-close')?.addEventListener('click', () => sheet.close(), { once: true });
  body.replaceChildren(paragraph('One moment.'));
  sheet.showModal();
  const why = (await fetch(address, { headers: { accept: 'application/json' } })
    .then((response) => (response.ok ? response.json() : null))
    .catch(() => null)) as Why | null;
  if (!why) return body.replaceChildren(paragraph('The speaker cannot be reached right now.'));
  const picture = document.createElement('img');
  picture.src = why.picture;
  picture.alt = 'The path from how you feel to rest, with the chosen tracks on it.';
  const sound = document.createElement('img');
  sound.src = address.replace(/\/why.*$/, '/sound?format=svg');
  sound.alt = 'The sound so far: waveform, loudness, events a second and brightness over time.';
  // Nothing is rendered yet: no empty frame.
  sound.addEventListener('error', () => sound.remove());
  const graph = document.createElement('a');
  graph.href = '/graph';
  graph.textContent = 'The whole knowledge graph, with its sources';
  body.replaceChildren(
    ...why.summary.map(paragraph),
    picture,
    ...why.stages.flatMap((stage) => section(stage, why)),
    sound,
    graph,
    ...(await Promise.all([tasteSection(), checkInSection()])),
  );
}

function section(stage: Why['stages'][number], why: Why): HTMLElement[] {
  const heading = document.createElement('h3');
  heading.textContent = STAGES[stage.stage] ?? stage.stage;
  const tracks = list(
    why.tracks
      .filter((track) => track.stage === stage.stage)
      .map((track) => [track.title, `${track.maker} · ${track.attribution} · ${track.licence.id}`]),
  );
  const reasons = list(
    stage.because.map((reason) => [
      reason.text,
      reason.sources.length > 0
        ? reason.sources
            .map((source) => `${source.citation} (${source.kind}${source.doi ? `, doi ${source.doi}` : ''})`)
            .join(' ')
        : 'Practice; no study is cited for this.',
    ]),
  );
  return [heading, tracks, reasons];
}

function list(rows: [string, string][]): HTMLElement {
  const made = document.createElement('ul');
  for (const [main, small] of rows) {
    const item = document.createElement('li');
    const note = document.createElement('small');
    note.textContent = small;
    item.append(main, document.createElement('br'), note);
    made.append(item);
  }
  return made;
}

function paragraph(text: string): HTMLElement {
  const made = document.createElement('p');
  made.textContent = text;
  return made;
}
