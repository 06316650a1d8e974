/** How long listening to a piece takes, and finding what words ask for. */
import type { JointEncoder } from '../../media-index/encoders/encoder.js';
import { analyseHeard, type Listener } from '../../media-index/listening/listener.js';
import { loadScore, starterTracks } from '../../media-index/starter/starter.js';
import { renderToPcm } from '../../media-index/synth/render-score.js';
import { type Row, timeStep } from '../table.js';

const PIECES = 3;
const TEXTS = 200;
const WISHES = [
  'slow piano for a sad night',
  'something warm with strings',
  'heitere Musik zum Aufwachen',
  'lluvia y arpa',
];

/** `listener` null: by our own measures alone. */
export async function speedRows(encoder: JointEncoder, listener: Listener | null): Promise<Row[]> {
  const tracks = starterTracks()
    .filter((track) => track.origin.kind === 'score')
    .slice(0, PIECES);
  const sounds: Float32Array[] = [];
  for (const track of tracks) sounds.push(await renderToPcm(loadScore(track)));
  const seconds = sounds.reduce((sum, pcm) => sum + pcm.length / 2 / 48_000, 0);
  let [piece, text] = [0, 0];
  const heard = await timeStep(`listening to a piece${listener ? '' : ', measures alone'}`, PIECES, () =>
    analyseHeard(sounds[piece++ % PIECES]!, listener),
  );
  // The rate of the middle piece; each is listened to on one thread.
  heard.note = `${Math.round((seconds / PIECES) * (1000 / heard.p50Ms))} times as fast as it sounds, one core`;
  return [
    heard,
    await timeStep('words to a vector, never asked before', TEXTS, () =>
      encoder.embedText(`${WISHES[text % WISHES.length]} ${text++}`),
    ),
    await timeStep('the same words again', TEXTS, () => encoder.embedText(WISHES[0]!)),
  ];
}
