/** Made by bench/composer/reach.ts: what the inner ear finds where the extremes of a dial are asked for. */
import type { Reach } from './choose-texture.js';
import type { TextureName } from './textures.js';

// biome-ignore format: a table that a machine writes
export const REACH: Record<TextureName, Reach> = {
  'piano-nocturne': {low:{register:[50,60.5,64.6],hz:[380,959,2013]},high:{register:[63.2,69.3,73.7],hz:[629,946,2397]},onsets:[0.66,5.6]},
  'felt-piano-strings': {low:{register:[52.9,57.4,60.7],hz:[383,972,1455]},high:{register:[72.6,72.6,73.9],hz:[1074,1074,2383]},onsets:[1.95,6.83]},
  'harp-flute': {low:{register:[55.5,60.7,64.7],hz:[387,976,1772]},high:{register:[66.2,68.8,73.7],hz:[770,954,2362]},onsets:[1.46,6.79]},
  'string-adagio': {low:{register:[50.2,54.3,55],hz:[378,973,1265]},high:{register:[71.8,71.8,74],hz:[1311,1311,2398]},onsets:[1.41,2.92]},
  'cello-elegy': {low:{register:[51.4,59.3,61.9],hz:[383,961,1624]},high:{register:[73.1,73.1,73.7],hz:[1192,1192,2406]},onsets:[1.4,5.87]},
  'choir-pads': {low:{register:[56.5,62,48],hz:[454,959,2339]},high:{register:[71.1,72,73.9],hz:[925,960,2367]},onsets:[1.02,2.28]},
  'ambient-drones-bells': {low:{register:[48.5,48.1,47.5],hz:[385,966,1596]},high:{register:[64.2,67.3,72.8],hz:[632,942,2395]},onsets:[1.08,2.48]},
  'lullaby': {low:{register:[53.6,56.4,60],hz:[384,951,2404]},high:{register:[67.7,72.6,74],hz:[701,950,2403]},onsets:[0.86,6.85]},
  'guitar-fingerstyle': {low:{register:[55.7,55.1,59.7],hz:[390,504,1724]},high:{register:[67.9,73.9,74.3],hz:[606,956,2405]},onsets:[0.83,7.06]},
  'marimba-ostinato': {low:{register:[48.3,59.8,63.7],hz:[383,970,1349]},high:{register:[73.7,74.1,73.6],hz:[827,1106,1666]},onsets:[0.98,6.44]},
  'bright-dance': {low:{register:[50,52.6,55.1],hz:[382,969,1409]},high:{register:[61.9,67.7,71.5],hz:[645,952,2279]},onsets:[1.3,6.94]},
  'dark-pulsing-strings': {low:{register:[47.9,49.8,49.8],hz:[384,970,1163]},high:{register:[59.2,62.4,69.8],hz:[776,938,2396]},onsets:[1.24,5.52]},
  'agitated-scherzo': {low:{register:[49.7,60.1,62.4],hz:[387,967,1132]},high:{register:[64.3,69.5,73.7],hz:[608,946,1554]},onsets:[1.66,6.83]},
  'heroic-brass': {low:{register:[52.4,61,69.6],hz:[380,965,1465]},high:{register:[60.9,65.6,74.3],hz:[642,947,1850]},onsets:[1.96,6.68]},
  'hang-drum': {low:{register:[52.2,51.7,48],hz:[386,632,1402]},high:{register:[74.1,74.1,74.1],hz:[788,953,2392]},onsets:[1.41,6.29]},
  'gamelan': {low:{register:[50.8,52.9,57.8],hz:[380,756,2408]},high:{register:[73.6,74,73.8],hz:[715,968,2369]},onsets:[0.82,7.06]},
  'jazz-trio': {low:{register:[49.1,52.7,55.8],hz:[378,957,1645]},high:{register:[54.9,62.2,67.3],hz:[447,954,1777]},onsets:[0.87,6.02]},
  'winds-serenade': {low:{register:[56.9,66.8,68],hz:[394,968,1064]},high:{register:[68.8,72.8,74.2],hz:[718,982,1532]},onsets:[2,5.22]},
};
