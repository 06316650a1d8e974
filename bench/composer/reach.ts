/**
 * Asks textures for the extremes of the dials and writes what the inner ear finds: the table by which a texture is chosen
 * (media-index/composer/reach-table.ts). `node deploy/setup/run.mjs bench/composer/reach [name …]`: those that are named, and
 * the rows of others stay as they are; all of them without a name.
 */
import { seededRandom } from '../../engine/plan/random.js';
import type { MusicalProfile } from '../../engine/vocabulary.js';
import { ASKED } from '../../media-index/composer/choose-texture.js';
import { chooseKey } from '../../media-index/composer/harmony.js';
import { layOut } from '../../media-index/composer/layout.js';
import { registerAsAsked, solve } from '../../media-index/composer/solve.js';
import { TEXTURE_NAMES, TEXTURES, type Texture, type TextureName } from '../../media-index/composer/textures.js';
import { profileForAffect } from '../../media-index/starter/affect-profile.js';
import { OptionMistake, readOptions } from '../options.js';
import { writeRows } from './table-rows.js';

const SEEDS = [11, 12, 13];
const MIDDLE: MusicalProfile = {
  ...profileForAffect(0, 0),
  onsetRatePerSec: 2,
  tempoBpm: 85,
  mode: 0,
  loudnessLufs: -22,
  brightness: 0.45,
  density: 0.5,
  register: 61,
  consonance: 0.6,
};

export async function main(words: readonly string[]): Promise<number> {
  const named = readOptions(words, {}, () => null).words;
  const unknown = named.find((name) => !(TEXTURE_NAMES as string[]).includes(name));
  if (unknown !== undefined)
    throw new OptionMistake(`No texture is called "${unknown}". There are: ${TEXTURE_NAMES.join(', ')}.`);
  const wanted = TEXTURE_NAMES.filter((name) => named.length === 0 || named.includes(name));
  const rows = new Map<string, string>();
  for (const name of wanted) {
    rows.set(name, `  '${name}': ${JSON.stringify(reachOf(name)).replace(/"/g, '')},`);
    process.stderr.write(`${rows.get(name)}\n`);
  }
  writeRows('reach-table.ts', rows, TEXTURE_NAMES);
  return 0;
}

function reachOf(name: TextureName) {
  const corner = (register: number) => {
    const found = ASKED.colours.map((brightness) => heard(name, { register, brightness }));
    return { register: found.map((each) => tenth(each.register)), hz: found.map((each) => Math.round(each.hz)) };
  };
  return {
    low: corner(ASKED.low),
    high: corner(ASKED.high),
    onsets: [0.4, 7].map((onsetRatePerSec) => tenth(heard(name, { onsetRatePerSec }).onsets, 100)),
  };
}

/** Means over the seeds. */
function heard(name: TextureName, dials: Partial<MusicalProfile>) {
  const profile = { ...MIDDLE, ...dials };
  const texture: Texture = TEXTURES[name];
  const found = SEEDS.map((seed) => {
    const key = chooseKey(profile.mode, seededRandom(seed));
    return solve({ profile, texture, key, layout: layOut(() => profile, 1.5, texture) }, seed).heard;
  });
  const mean = (of: (each: (typeof found)[number]) => number) =>
    found.reduce((sum, each) => sum + of(each), 0) / found.length;
  return {
    register: mean(({ tones }) => registerAsAsked(tones)),
    hz: mean(({ brightnessHz }) => brightnessHz),
    onsets: mean(({ onsetRatePerSec }) => onsetRatePerSec),
  };
}

const tenth = (value: number, by = 10) => Math.round(value * by) / by;
