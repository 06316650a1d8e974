/**
 * Asks every texture for the extremes of the dials and prints what the inner ear finds: the table by which a texture is chosen
 * (media-index/composer/reach-table.ts). `node deploy/setup/run.mjs bench/composer/reach`, after instruments or textures have changed.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { seededRandom } from '../../engine/plan/random.js';
import type { MusicalProfile } from '../../engine/vocabulary.js';
import { ASKED } from '../../media-index/composer/choose-texture.js';
import { chooseKey } from '../../media-index/composer/harmony.js';
import { layOut } from '../../media-index/composer/layout.js';
import { registerAsAsked, solve } from '../../media-index/composer/solve.js';
import { TEXTURE_NAMES, TEXTURES, type Texture, type TextureName } from '../../media-index/composer/textures.js';
import { profileForAffect } from '../../media-index/starter/affect-profile.js';
import { packageRoot } from '../../models/paths.js';

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

export async function main(): Promise<number> {
  const lines = TEXTURE_NAMES.map((name) => {
    const line = `  '${name}': ${JSON.stringify(reachOf(name)).replace(/"/g, '')},`;
    process.stderr.write(`${line}\n`);
    return line;
  });
  writeFileSync(
    path.join(packageRoot(), 'media-index', 'composer', 'reach-table.ts'),
    `/** Made by bench/composer/reach.ts: what the inner ear finds where the extremes of a dial are asked for. */\nimport type { Reach } from './choose-texture.js';\nimport type { TextureName } from './textures.js';\n\n// biome-ignore format: a table that a machine writes\nexport const REACH: Record<TextureName, Reach> = {\n${lines.join('\n')}\n};\n`,
  );
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
