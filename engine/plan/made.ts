/**
 * Music made to measure: a stretch of the plan as one continuous piece, composed when it is played. For sessions that are
 * wished for as one long piece, and as filler where the shelf has nothing near the plan.
 */
import { createHash } from 'node:crypto';
import { brightnessToHz } from '../musical-profile.js';
import type { MusicSearch } from '../ports.js';
import { GEMS_FACTORS, type MusicalProfile, type Programme, type SessionPlan, type Track } from '../vocabulary.js';
import { profileAt } from './way.js';

/** Seconds between two points of the plan that the piece is led through, and the most of them. */
const POINT_EVERY_SEC = 180;
const MOST_POINTS = 12;
/** The piece is a little longer than its place, so that it need not end within it. */
const SPARE_SEC = 30;

/** The plan from second to second as a piece of its own. The same plan gives the same piece. */
export function madeFor(plan: SessionPlan, fromSec: number, toSec: number): Track {
  const lengthSec = toSec - fromSec;
  const steps = Math.min(MOST_POINTS - 1, Math.max(1, Math.ceil(lengthSec / POINT_EVERY_SEC)));
  const points = Array.from({ length: steps + 1 }, (_, i) => {
    const atSec = (lengthSec * i) / steps;
    return { atSec: rounded(atSec), profile: roundedProfile(profileAt(plan, fromSec + atSec)) };
  });
  const minutes = rounded((lengthSec + SPARE_SEC) / 60);
  const { withoutStyles, onlyStyles } = plan.within ?? {};
  const origin = {
    kind: 'morph' as const,
    seed: plan.seed,
    minutes,
    points,
    ...(withoutStyles ? { withoutStyles } : {}),
    ...(onlyStyles ? { onlyStyles } : {}),
  };
  const id = `made-${createHash('sha256').update(JSON.stringify(origin)).digest('hex').slice(0, 16)}`;
  return {
    id,
    title: 'Composed for now',
    maker: 'EmoHeal composer',
    style: 'one long piece',
    durationSec: minutes * 60,
    licence: { id: 'CC0-1.0', name: 'CC0 1.0 Universal', url: 'https://creativecommons.org/publicdomain/zero/1.0/' },
    attribution: 'EmoHeal Bedside',
    origin,
    analysis: asAsked(
      points.map(({ profile }) => profile),
      minutes * 60,
    ),
  };
}

/** A track of a programme: made for it, or on the shelf. */
export function trackOf(programme: Programme, search: Pick<MusicSearch, 'track'>, id: string): Track | null {
  return programme.made?.find((track) => track.id === id) ?? search.track(id);
}

/** What a piece will measure if it is played as it was asked for; marked as foretold. */
function asAsked(profiles: readonly MusicalProfile[], durationSec: number): Track['analysis'] {
  const middle = profiles[Math.floor(profiles.length / 2)]!;
  const power = profiles.reduce((sum, { loudnessLufs }) => sum + 10 ** (loudnessLufs / 10), 0) / profiles.length;
  return {
    foretold: true,
    durationSec,
    tempoBpm: middle.tempoBpm,
    onsetRatePerSec: middle.onsetRatePerSec,
    pulseClarity: middle.pulseClarity,
    mode: middle.mode < 0 ? 'minor' : 'major',
    modeScore: 0.6 * middle.mode,
    // Its key is decided when it is composed.
    keyClarity: 0,
    keyTonic: 0,
    brightnessHz: brightnessToHz(middle.brightness),
    register: middle.register,
    integratedLufs: 10 * Math.log10(power),
    loudnessRangeLu: 7,
    truePeakDbtp: -6,
    leadingSilenceSec: 0,
    trailingSilenceSec: 0,
    valence: middle.affect.valence,
    arousal: middle.affect.arousal,
    gems: Object.fromEntries(GEMS_FACTORS.map((factor) => [factor, 0.5])) as Track['analysis']['gems'],
  };
}

const rounded = (value: number) => Math.round(value * 1000) / 1000;

/** Three decimals are more than anyone hears, and keep a stored session small. */
function roundedProfile(profile: MusicalProfile): MusicalProfile {
  const { affect, instrumentation, ...dials } = profile;
  const short = Object.fromEntries(Object.entries(dials).map(([name, value]) => [name, rounded(value)]));
  return {
    ...(short as Omit<MusicalProfile, 'affect' | 'instrumentation'>),
    affect: { valence: rounded(affect.valence), arousal: rounded(affect.arousal) },
    instrumentation,
  };
}
