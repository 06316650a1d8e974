/** Every instrument by itself, note by note: what the composer's tables are measured from. */
import { PITCHES } from '../../media-index/composer/instruments.js';
import { renderToPcm } from '../../media-index/synth/render-score.js';

const VELOCITY = 75;
const NOTE_SEC = 2;
const SLOT_SEC = 3;
const SAMPLES_A_SEC = 96_000;

/** Two seconds of each of `PITCHES` on one programme at full volume: interleaved stereo at 48 kHz. */
export async function notesAlone(program: number): Promise<Float32Array[]> {
  const notes = PITCHES.map((pitch, i): [number, number, number, number] => [i * SLOT_SEC, NOTE_SEC, pitch, VELOCITY]);
  const pcm = await renderToPcm({
    version: 1,
    id: 'weigh',
    title: 'Weigh',
    texture: 'one',
    seed: 1,
    tempoBpm: null,
    keyTonic: 0,
    modeName: 'ionian',
    lowPassHz: null,
    durationSec: notes.length * SLOT_SEC,
    parts: [{ name: 'one', program, pan: 0, volume: 1, reverb: 0.3, notes, controls: [] }],
  });
  return notes.map((_, i) => pcm.subarray(i * SLOT_SEC * SAMPLES_A_SEC, (i * SLOT_SEC + NOTE_SEC) * SAMPLES_A_SEC));
}
