/** A search over made-up tracks spread over the plane; an empty list makes it find nothing. */
import { affectDistance } from '../affect-distance.js';
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
      return tracks
        .filter((track) => !excludeTrackIds.includes(track.id) && (!kinds || kinds.includes(track.origin.kind)))
        .filter((track) => permits?.(track) ?? true)
        .map((track) => ({ track, far: profile ? affectDistance(track.analysis, profile.affect) : 0 }))
        .sort((a, b) => a.far - b.far || (a.track.id < b.track.id ? -1 : 1))
        .slice(0, k)
        .map(({ track, far }) => ({ track, score: 1 - far / 3, parts: { affect: 1 - far / 3 } }));
    },
  };
}
