/** A shelf of any size, for what only shows on a large one. */
import { seededRandom } from '../engine/plan/random.js';
import type { Track } from '../engine/vocabulary.js';
import { starterTracks } from '../media-index/starter/starter.js';

const clamp = (value: number) => Math.max(-1, Math.min(1, value));

/** The starter pieces over and over, each time measured a little differently: as a shelf of many like ones. Always the same. */
export function madeUpShelf(count: number): Track[] {
  const pieces = starterTracks();
  const random = seededRandom(7);
  const near = (value: number, share: number) => value * (1 + share * (2 * random() - 1));
  return Array.from({ length: count }, (_, i) => {
    const piece = pieces[i % pieces.length]!;
    const { analysis } = piece;
    return {
      ...piece,
      id: `${piece.id}-${i}`,
      analysis: {
        ...analysis,
        tempoBpm: analysis.tempoBpm && near(analysis.tempoBpm, 0.2),
        onsetRatePerSec: near(analysis.onsetRatePerSec, 0.5),
        brightnessHz: near(analysis.brightnessHz, 0.4),
        register: near(analysis.register, 0.1),
        integratedLufs: near(analysis.integratedLufs, 0.15),
        valence: clamp(analysis.valence + 0.6 * random() - 0.3),
        arousal: clamp(analysis.arousal + 0.6 * random() - 0.3),
      },
    };
  });
}
