/**
 * A new feeling through Dialogflow, against the same words as a plain HTTP utterance in the same run: what the webhook costs
 * on top. Asked one after another, in turns, so that both meet the same machine.
 */
import { randomUUID } from 'node:crypto';
import { SECRET_HEADER } from '../skill/google/dialogflow/auth.js';
import { type Conversing, conversationOf, requestFor } from '../skill/google/simulator/requests.js';
import { makeDataFolder } from '../test/data-folder.js';
import { startServer } from '../test/server-process.js';
import { type Row, rowOf } from './table.js';

const SECRET = randomUUID() + randomUUID();
const FEELINGS = [
  'I feel so tense after today that I cannot sleep',
  'I feel sad since my sister left',
  'I am angry about what he said to me',
  "I'm nervous about the exam tomorrow",
  'I feel happy and wide awake',
];

export async function benchDialogflow(turns: number): Promise<Row[]> {
  const data = makeDataFolder(['cache/renders']);
  const server = await startServer(data.folder, { EMOHEAL_DIALOGFLOW_SECRET: SECRET });
  try {
    const post = async (path: string, body: object, headers: Record<string, string> = {}) => {
      const startMs = performance.now();
      const answer = await fetch(`${server.url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`POST ${path}: ${answer.status} ${text}`);
      return { ms: performance.now() - startMs, text };
    };
    const ask = async (edition: 'es' | 'cx', said: string) => {
      const talk: Conversing = {
        edition,
        client: 'plain',
        session: conversationOf(edition, randomUUID()),
        locale: 'en-US',
        newId: randomUUID,
        memory: {},
      };
      const { ms, text } = await post('/dialogflow', requestFor(talk, said), { [SECRET_HEADER]: SECRET });
      return { ms, plays: text.includes('/session.mp3') };
    };
    // The models are in memory, and the pieces of music rendered, before the clock starts.
    for (const said of FEELINGS) await post('/api/v1/utterances', { text: said });
    const samples = { es: [] as number[], cx: [] as number[], http: [] as number[] };
    let silent = 0;
    for (let i = 0; i < turns; i += 1) {
      const said = FEELINGS[i % FEELINGS.length]!;
      samples.http.push((await post('/api/v1/utterances', { text: said })).ms);
      for (const edition of ['es', 'cx'] as const) {
        const { ms, plays } = await ask(edition, said);
        samples[edition].push(ms);
        if (!plays) silent += 1;
      }
    }
    const middle = (list: number[]) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)]!;
    const ratio = (list: number[]) => (middle(list) / middle(samples.http)).toFixed(2);
    return [
      rowOf(
        'Dialogflow ES: new feeling',
        samples.es,
        `to reach: p99 900; ${ratio(samples.es)} × HTTP; ${silent} without music`,
      ),
      rowOf('Dialogflow CX: new feeling', samples.cx, `to reach: p99 900; ${ratio(samples.cx)} × HTTP`),
      rowOf('HTTP: the same feeling', samples.http, 'in turns with the two above'),
    ];
  } finally {
    await server.stop();
    data.remove();
  }
}
