/** Made-up tracks for tests: a whole analysis from the few numbers that a test is about. */
import type { AudioAnalysis, MusicalProfile, Track } from '../engine/vocabulary.js';

export function fakeAnalysis(given: Partial<AudioAnalysis> = {}): AudioAnalysis {
  return {
    durationSec: 200,
    tempoBpm: 80,
    onsetRatePerSec: 2.5,
    pulseClarity: 0.45,
    mode: (given.modeScore ?? 0) < 0 ? 'minor' : 'major',
    modeScore: 0,
    keyClarity: 0.6,
    keyTonic: 0,
    brightnessHz: 1100,
    register: 60,
    integratedLufs: -20,
    loudnessRangeLu: 7,
    truePeakDbtp: -3,
    leadingSilenceSec: 0,
    trailingSilenceSec: 0,
    valence: 0,
    arousal: 0,
    gems: {
      wonder: 0.4,
      transcendence: 0.4,
      tenderness: 0.4,
      nostalgia: 0.4,
      peacefulness: 0.4,
      power: 0.4,
      joyfulActivation: 0.4,
      tension: 0.4,
      sadness: 0.4,
    },
    ...given,
  };
}

export function fakeTrack(id: string, given: Partial<AudioAnalysis> = {}, about: Partial<Track> = {}): Track {
  return {
    id,
    title: id,
    maker: 'test',
    style: 'piece',
    durationSec: given.durationSec ?? 200,
    licence: { id: 'CC0-1.0', name: 'CC0 1.0' },
    attribution: id,
    origin: { kind: 'score', path: `media-index/starter/${id}.json` },
    analysis: fakeAnalysis(given),
    ...about,
  };
}

export function fakeProfile(given: Partial<MusicalProfile> = {}): MusicalProfile {
  return {
    affect: { valence: 0, arousal: 0 },
    onsetRatePerSec: 2.5,
    tempoBpm: 80,
    mode: 0,
    loudnessLufs: -20,
    brightness: 0.5,
    articulation: 0.3,
    density: 0.4,
    register: 60,
    consonance: 0.6,
    pulseClarity: 0.45,
    instrumentation: [],
    ...given,
  };
}

/** Four corners of the mood plane with what usually sounds like them. */
export const MOOD_TRACKS: readonly Track[] = [
  fakeTrack(
    'calm-nocturne',
    {
      arousal: -0.6,
      valence: 0.3,
      onsetRatePerSec: 1,
      brightnessHz: 600,
      modeScore: 0.3,
      pulseClarity: 0.25,
      integratedLufs: -27,
      loudnessRangeLu: 4,
      gems: {
        ...fakeAnalysis().gems,
        peacefulness: 0.9,
        tenderness: 0.7,
        tension: 0.1,
        joyfulActivation: 0.1,
        power: 0.1,
      },
    },
    { style: 'nocturne', title: 'Evening Piano' },
  ),
  fakeTrack(
    'sad-adagio',
    {
      arousal: -0.4,
      valence: -0.6,
      onsetRatePerSec: 1.2,
      brightnessHz: 700,
      modeScore: -0.5,
      pulseClarity: 0.25,
      integratedLufs: -25,
      gems: { ...fakeAnalysis().gems, sadness: 0.9, nostalgia: 0.7, tension: 0.3, joyfulActivation: 0.05, power: 0.15 },
    },
    { style: 'string-adagio', title: 'Grey Morning' },
  ),
  fakeTrack(
    'joyful-reel',
    {
      arousal: 0.7,
      valence: 0.7,
      onsetRatePerSec: 6,
      brightnessHz: 2200,
      modeScore: 0.5,
      pulseClarity: 0.8,
      integratedLufs: -14,
      tempoBpm: 126,
      gems: {
        ...fakeAnalysis().gems,
        joyfulActivation: 0.95,
        power: 0.6,
        sadness: 0.05,
        tension: 0.2,
        peacefulness: 0.1,
      },
    },
    { style: 'reel', title: 'Market Day' },
  ),
  fakeTrack(
    'tense-march',
    {
      arousal: 0.7,
      valence: -0.7,
      onsetRatePerSec: 5,
      brightnessHz: 1900,
      modeScore: -0.5,
      pulseClarity: 0.7,
      keyClarity: 0.3,
      integratedLufs: -13,
      loudnessRangeLu: 12,
      gems: { ...fakeAnalysis().gems, tension: 0.95, power: 0.8, peacefulness: 0.05, tenderness: 0.05 },
    },
    { style: 'march', title: 'Iron Road' },
  ),
  fakeTrack(
    'leaf-rain',
    {
      arousal: -0.5,
      valence: 0.2,
      tempoBpm: null,
      onsetRatePerSec: 3,
      brightnessHz: 2500,
      pulseClarity: 0.05,
      keyClarity: 0.2,
      loudnessRangeLu: 2,
    },
    { style: 'rain-on-leaves', title: 'Rain on Leaves', origin: { kind: 'nature', sound: 'rain', seed: 1 } },
  ),
];
