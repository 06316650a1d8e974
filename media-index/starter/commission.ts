/** What is asked of one piece of the starter catalogue. */
import type { TextureName } from '../composer/textures.js';

export interface Commission {
  id: string;
  title: string;
  texture: TextureName;
  valence: number;
  arousal: number;
  minutes: number;
  seed: number;
}

/** One commission; places on the plane -1..1, minutes asked for. */
export const piece = (
  id: string,
  title: string,
  texture: TextureName,
  valence: number,
  arousal: number,
  minutes: number,
  seed: number,
): Commission => ({
  id,
  title,
  texture,
  valence,
  arousal,
  minutes,
  seed,
});
