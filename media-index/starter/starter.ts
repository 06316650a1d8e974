/** The music that every installation has: composed pieces and synthesised nature sounds, with what was measured in them. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { EmohealError } from '../../engine/errors.js';
import { readAs } from '../../engine/read-as.js';
import { Track } from '../../engine/vocabulary.js';
import { packageRoot } from '../../models/paths.js';
import { Score } from '../composer/score.js';

export const catalogueFile = (): string => path.join(packageRoot(), 'media-index', 'starter', 'catalogue.json');

/** Empty where there is no catalogue file at all; a damaged one is an error that says so. */
export function starterTracks(file: string = catalogueFile()): Track[] {
  if (!existsSync(file)) return [];
  return readAs(z.array(Track), JSON.parse(readFileSync(file, 'utf8')), {
    what: 'The starter catalogue is damaged',
    remedy: 'Fetch the repository again.',
  });
}

/** The score of a composed track. Throws `track-unreadable`. */
export function loadScore(track: Track): Score {
  if (track.origin.kind !== 'score') throw new EmohealError('track-unreadable', `${track.id} is no composed piece.`);
  try {
    return Score.parse(JSON.parse(readFileSync(path.join(packageRoot(), track.origin.path), 'utf8')));
  } catch (cause) {
    throw new EmohealError('track-unreadable', `The score of ${track.id} cannot be read.`, {
      remedy: 'Fetch the repository again.',
      cause,
    });
  }
}
