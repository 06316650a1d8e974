/** Held sounds of the instruments carry an offset that nobody hears and every loudspeaker has to follow. */
import { describe, expect, it } from 'vitest';
import { compose } from '../composer/compose.js';
import { TEXTURE_NAMES } from '../composer/textures.js';
import { profileForAffect } from '../starter/affect-profile.js';
import { renderScore } from './render-score.js';

const PROFILE = profileForAffect(0.2, -0.6);
const ENOUGH_SEC = 24;

describe.each(TEXTURE_NAMES)('%s', (texture) => {
  it('moves about the middle: no half second leans to one side', async () => {
    const score = compose({ id: 'x', title: 'x', texture, seed: 1, minutes: 0.75, profile: PROFILE });
    let heardSec = 0;
    for await (const block of renderScore(score)) {
      const mean = block.reduce((sum, x) => sum + x, 0) / block.length;
      expect(Math.abs(mean), `at ${heardSec} s`).toBeLessThan(0.004);
      heardSec += 0.5;
      if (heardSec >= ENOUGH_SEC) break;
    }
  });
});
