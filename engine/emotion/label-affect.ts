/**
 * Where each GoEmotions label lies on the plane of core affect.
 *
 * Source: Glasgow Norms (Scott, Keitel, Becirspahic, Yao & Sereno 2019, doi 10.3758/s13428-018-1099-3, CC BY 4.0),
 * ratings of the label's own word. People rate the *word*, not the felt state, and word arousal is compressed (mean
 * 4.63, sd 1.10 of nine), so each value is its percentile rank among the 5,553 words, rescaled to -1..1.
 * Entries marked `felt` depart from the norms, because the word and the state differ ("love" excites as a word, and
 * is calm to live in; "grief" is no stirred-up state at a bedside): our judgement, not data.
 */
import type { Affect, EmotionLabel } from '../vocabulary.js';

export const LABEL_AFFECT: Record<EmotionLabel, Affect> = {
  admiration: { valence: 0.9, arousal: 0.6 },
  amusement: { valence: 0.9, arousal: 0.78 },
  anger: { valence: -0.84, arousal: 0.8 }, // felt
  annoyance: { valence: -0.84, arousal: 0.25 }, // felt
  approval: { valence: 0.87, arousal: 0 }, // felt
  caring: { valence: 0.8, arousal: -0.1 }, // felt
  confusion: { valence: -0.69, arousal: 0.3 }, // felt
  curiosity: { valence: 0.74, arousal: 0.4 }, // felt
  desire: { valence: 0.77, arousal: 0.5 }, // felt
  disappointment: { valence: -0.85, arousal: -0.3 }, // felt
  disapproval: { valence: -0.79, arousal: 0.3 },
  disgust: { valence: -0.87, arousal: 0.4 }, // felt
  embarrassment: { valence: -0.89, arousal: 0.4 }, // felt
  excitement: { valence: 0.99, arousal: 0.95 },
  fear: { valence: -0.83, arousal: 0.75 }, // felt
  gratitude: { valence: 0.94, arousal: 0.2 }, // felt
  grief: { valence: -0.95, arousal: -0.4 }, // felt
  joy: { valence: 0.96, arousal: 0.8 },
  love: { valence: 1, arousal: 0.2 }, // felt
  nervousness: { valence: -0.73, arousal: 0.6 }, // felt
  optimism: { valence: 0.95, arousal: 0.6 },
  pride: { valence: 0.81, arousal: 0.7 },
  realization: { valence: 0.5, arousal: 0 }, // felt
  relief: { valence: 0.83, arousal: -0.3 }, // felt
  remorse: { valence: -0.58, arousal: -0.3 }, // felt
  sadness: { valence: -0.96, arousal: -0.4 }, // felt
  surprise: { valence: 0.2, arousal: 0.97 }, // felt
  neutral: { valence: 0, arousal: -0.1 }, // felt
};
