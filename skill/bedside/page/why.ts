/**
 * The sheet "Why this music?": a few sentences, read aloud on wish, the path picture, the tracks with makers and licences, the
 * sources.
 */

import { checkInSection } from './check-ins';
import { createVoice } from './hands-free/voice';
import { stageWords } from './screen/screen';
import type { StageName } from './shapes';
import { tasteSection } from './taste';
import { language, words } from './words';

interface Why {
  summary: string[];
  stages: {
    stage: StageName;
    because: { text: string; strength: number; sources: { citation: string; doi?: string; kind: string }[] }[];
  }[];
  tracks: { title: string; maker: string; stage: string; licence: { id: string; name: string }; attribution: string }[];
  picture: string;
}

/** @param duck the music steps back while the reasons are read aloud. */
export async function showWhy(address: string, duck: (down: boolean) => void): Promise<void> {
  const sheet = document.getElementById('sheet') as HTMLDialogElement;
  const body = document.getElementById('sheet-body') as HTMLElement;
  document.getElementById('sheet-close')?.addEventListener('click', () => sheet.close(), { once: true });
  body.replaceChildren(paragraph(words.oneMoment));
  sheet.showModal();
  const why = (await fetch(address, { headers: { accept: 'application/json' } })
    .then((response) => (response.ok ? response.json() : null))
    .catch(() => null)) as Why | null;
  if (!why) return body.replaceChildren(paragraph(words.notNow));
  const picture = document.createElement('img');
  picture.src = why.picture;
  picture.alt = words.pathPicture;
  const sound = document.createElement('img');
  sound.src = address.replace(/\/why.*$/, '/sound?format=svg');
  sound.alt = words.soundPicture;
  // Nothing is rendered yet: no empty frame.
  sound.addEventListener('error', () => sound.remove());
  const graph = document.createElement('a');
  graph.href = '/graph';
  graph.textContent = words.wholeGraph;
  body.replaceChildren(
    ...why.summary.slice(0, 1).map(paragraph),
    ...readAloud(sheet, why.summary.join(' '), `${address}/spoken`, duck),
    picture,
    ...why.summary.slice(1).map(paragraph),
    ...why.stages.flatMap((stage) => section(stage, why)),
    sound,
    graph,
    ...(await Promise.all([tasteSection(), checkInSection()])),
  );
}

/** A button that reads the sentences aloud, and silences them; in words where no voice here speaks the language. */
function readAloud(
  sheet: HTMLDialogElement,
  text: string,
  sound: string,
  duck: (down: boolean) => void,
): HTMLElement[] {
  const voice = createVoice(duck);
  const button = document.createElement('button');
  const note = paragraph('');
  button.type = 'button';
  button.id = 'read-aloud';
  note.className = 'hint';
  note.setAttribute('role', 'status');
  const name = () => {
    button.textContent = voice.isSpeaking() ? words.stopReading : words.readAloud;
  };
  button.addEventListener('click', () => {
    if (voice.isSpeaking()) return voice.hush();
    const said = voice.say(text, sound, language());
    name();
    return void said.then((heard) => {
      note.textContent = heard ? '' : words.noVoice;
      name();
    });
  });
  sheet.addEventListener('close', () => voice.hush(), { once: true });
  name();
  return [button, note];
}

function section(stage: Why['stages'][number], why: Why): HTMLElement[] {
  const heading = document.createElement('h3');
  heading.textContent = stageWords(stage.stage);
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
        : words.practice,
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
    // Titles, makers and sources are mostly English, whatever the page is.
    item.dir = 'auto';
    note.dir = 'auto';
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
