/**
 * Renders every instrument of the textures alone and writes what a note of it is: loudness, colour and heard pitch, at five
 * pitches. The composer reads the table (media-index/composer/instrument-table.ts) to know beforehand how a page will sound.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { analysePcm } from '../../media-index/analysis/analyse.js';
import { programsInUse } from '../../media-index/composer/colour.js';
import { PITCHES } from '../../media-index/composer/instruments.js';
import { renderToPcm } from '../../media-index/synth/render-score.js';
import { packageRoot } from '../../models/paths.js';

const VELOCITY = 75;
const NOTE_SEC = 2;
const SLOT_SEC = 3;
const SAMPLES_A_SEC = 96_000;

export async function main(): Promise<number> {
  const lines: string[] = [];
  for (const program of programsInUse()) {
    const notes = PITCHES.map((pitch, i): [number, number, number, number] => [
      i * SLOT_SEC,
      NOTE_SEC,
      pitch,
      VELOCITY,
    ]);
    const part = { name: 'one', program, pan: 0, volume: 1, reverb: 0.3, notes, controls: [] };
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
      parts: [part],
    });
    const heard = notes.map((_, i) =>
      analysePcm(pcm.subarray(i * SLOT_SEC * SAMPLES_A_SEC, (i * SLOT_SEC + NOTE_SEC) * SAMPLES_A_SEC)),
    );
    const lufs = heard.map((a) => Math.round(Math.max(-60, a.integratedLufs) * 10) / 10);
    const hz = heard.map((a) => Math.round(a.brightnessHz));
    const pitch = heard.map((a) => Math.round(a.register * 10) / 10);
    lines.push(`  ${program}: { lufs: [${lufs.join(', ')}], hz: [${hz.join(', ')}], pitch: [${pitch.join(', ')}] },`);
  }
  writeFileSync(
    path.join(packageRoot(), 'media-index', 'composer', 'instrument-table.ts'),
    `/** Made by bench/composer/weigh-instruments.ts: a note of each programme at the pitches of \`PITCHES\`, velocity ${VELOCITY}, 2 s, full volume. */\nimport type { InstrumentSound } from './instruments.js';\n\nexport const INSTRUMENT_TABLE: Record<number, InstrumentSound> = {\n${lines.join('\n')}\n};\n`,
  );
  return 0;
}
