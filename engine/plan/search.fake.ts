/** A search over made-up tracks spread over the plane; an empty list makes it find nothing. */
import type { MusicSearch } from '../ports.js';
import { GEMS_FACTORS, type GemsFactor, type Track } from '../vocabulary.js';

export function madeUpTracks(count = 80): Track[] {
  return Array.from({ length: count }, (_, i): Track => {
    const arousal = (((i * 37) % count) / count) * 1.8 - 0.9;
    const valence = (((i * 53) % count) / count) * 1.8 - 0.9;
    return {
      id: `made-up-${String(i).padStart(3, '0')}`,
      title: `Made up ${i}`,
      maker: 'test',
      style: `style-${i % 9}`,
      durationSec: 120 + ((i * 29) % 120),
      licence: { id: 'CC0-1.0', name: 'CC0' },
      attribution: 'test',
      origin: { kind: 'score', path: 'none' },
      analysis: {
        durationSec: 150,
        tempoBpm: 70,
        onsetRatePerSec: 2 + arousal * 1.5,
        pulseClarity: 0.4,
        mode: valence > 0 ? 'major' : 'minor',
        modeScore: valence,
        keyClarity: 0.8,
        keyTonic: i % 12,
        brightnessHz: 1200 + arousal * 800,
        register: 60,
        integratedLufs: -20,
        loudnessRangeLu: 5,
        truePeakDbtp: -3,
        leadingSilenceSec: 0.1,
        trailingSilenceSec: 1,
        valence,
        arousal,
        gems: Object.fromEntries(GEMS_FACTORS.map((f) => [f, 0.5])) as Record<GemsFactor, number>,
      },
    };
  });
}

export function searchFake(tracks: Track[] = madeUpTracks()): MusicSearch {
  return {
    track: (id) => tracks.find((track) => track.id === id) ?? null,
    async search({ profile, k, excludeTrackIds = [], kinds, permits }) {
      const far = (track: Track) =>
        profile
          ? Math.hypot(track.analysis.valence - profile.affect.valence, track.analysis.arousal - profile.affect.arousal)
          : 0;
      return tracks
        .filter((track) => !excludeTrackIds.includes(track.id) && (!kinds || kinds.includes(track.origin.kind)))
        .filter((track) => permits?.(track) ?? true)
        .sort((a, b) => far(a) - far(b) || a.id.localeCompare(b.id))
        .slice(0, k)
        .map((track) => ({ track, score: 1 - far(track) / 3, parts: { affect: 1 - far(track) / 3 } }));
    },
  };
}
