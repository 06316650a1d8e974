/** Made by bench/composer/reach.ts: what the inner ear finds where the extremes of a dial are asked for. */
import type { Reach } from './choose-texture.js';
import type { TextureName } from './textures.js';

// biome-ignore format: a table that a machine writes
export const REACH: Record<TextureName, Reach> = {
  'piano-nocturne': {low:{register:[49.7,60.4,64.6],hz:[384,959,2017]},high:{register:[66.6,69.6,73.9],hz:[812,950,2399]},onsets:[0.65,6.65]},
  'felt-piano-strings': {low:{register:[52.8,57.1,61.8],hz:[386,979,1511]},high:{register:[73.5,73.5,73.9],hz:[1079,1079,2368]},onsets:[1.31,7.11]},
  'harp-flute': {low:{register:[55.3,60.6,63.7],hz:[385,971,1767]},high:{register:[70,70.1,74],hz:[884,954,2394]},onsets:[1.15,5.66]},
  'string-adagio': {low:{register:[50.5,54.1,55.2],hz:[382,973,1288]},high:{register:[71.8,71.8,74.3],hz:[1316,1316,2391]},onsets:[0.96,1.79]},
  'cello-elegy': {low:{register:[51.6,59.3,62.2],hz:[382,961,1604]},high:{register:[73.2,73.2,73.8],hz:[1194,1194,2401]},onsets:[1.09,6.36]},
  'choir-pads': {low:{register:[56.4,61.9,47.9],hz:[449,961,2331]},high:{register:[72.8,72.8,74],hz:[990,990,2372]},onsets:[0.5,0.82]},
  'ambient-drones-bells': {low:{register:[47.8,47.9,47.4],hz:[384,932,1788]},high:{register:[65.9,67.4,73.1],hz:[756,947,2389]},onsets:[0.52,1.08]},
  'lullaby': {low:{register:[53.7,56.4,60],hz:[385,946,2404]},high:{register:[73.4,73.2,73.9],hz:[869,970,2395]},onsets:[0.85,5.56]},
  'guitar-fingerstyle': {low:{register:[54.8,55.2,59.5],hz:[391,504,1706]},high:{register:[70.2,73.4,74.3],hz:[726,951,2403]},onsets:[0.74,6.97]},
  'marimba-ostinato': {low:{register:[48.5,58.1,61.1],hz:[383,966,1325]},high:{register:[74.3,74.6,74.4],hz:[888,1068,1629]},onsets:[0.83,6.24]},
  'bright-dance': {low:{register:[50.4,52.1,54.3],hz:[385,962,1366]},high:{register:[67.4,69.4,72.4],hz:[778,957,2232]},onsets:[0.97,7.38]},
  'dark-pulsing-strings': {low:{register:[48.3,48.1,47.9],hz:[384,966,1268]},high:{register:[61.8,62.5,67.7],hz:[840,952,2401]},onsets:[0.84,6.62]},
  'agitated-scherzo': {low:{register:[49.7,62.4,63.5],hz:[385,970,1112]},high:{register:[66.2,69,73.9],hz:[690,957,1550]},onsets:[1.2,7.03]},
  'heroic-brass': {low:{register:[50.2,61.3,69.5],hz:[382,968,1471]},high:{register:[62.7,64.7,74],hz:[758,950,1878]},onsets:[1.24,6.83]},
  'hang-drum': {low:{register:[50.2,50.8,48.3],hz:[390,553,1509]},high:{register:[74.1,73.9,74],hz:[874,943,2401]},onsets:[0.89,6.78]},
  'gamelan': {low:{register:[50.5,52.8,57.6],hz:[381,752,2397]},high:{register:[73.6,73.7,73.9],hz:[745,966,2375]},onsets:[0.73,6.21]},
  'jazz-trio': {low:{register:[48.2,49.8,55.7],hz:[385,971,1652]},high:{register:[59.3,61.4,67.5],hz:[559,951,1774]},onsets:[0.79,6.22]},
  'winds-serenade': {low:{register:[56.8,68.6,70.3],hz:[392,966,1184]},high:{register:[70.8,72.4,73.9],hz:[850,959,1407]},onsets:[1.26,3.22]},
};
