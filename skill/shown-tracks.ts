/** The tracks of a session as every surface shows them: the promised shape, without what only the renderer needs. */
import type { Programme, ScheduledTrack } from '../engine/vocabulary.js';

export type ShownTrack = Pick<
  ScheduledTrack,
  'trackId' | 'title' | 'stage' | 'startSec' | 'endSec' | 'licence' | 'attribution' | 'score' | 'parts'
>;

export function shownTracks(programme: Programme): ShownTrack[] {
  return programme.tracks.map(({ trackId, title, stage, startSec, endSec, licence, attribution, score, parts }) => ({
    trackId,
    title,
    stage,
    startSec,
    endSec,
    licence,
    attribution,
    score,
    parts,
  }));
}
