/**
 * A wished-for profile as one English sentence in the manner of the captions that CLaMP3 was trained on: feeling, speed,
 * loudness, key, what plays, colour, how the notes are played. Only what is plainly wished is said; a middle value says
 * nothing, since "medium" in a caption pulls the vector to nowhere in particular.
 */
import type { MusicalProfile } from '../../../engine/vocabulary.js';

/** Below the first bound the first word, above the second the last, between them nothing. */
function ends(value: number, [low, high]: readonly [number, number], less: string, more: string): string[] {
  if (value <= low) return [less];
  return value >= high ? [more] : [];
}

/** Corners of the circle of affect (Russell 1980), as people caption music; bounds of a quarter keep the middle silent. */
function feeling({ valence, arousal }: MusicalProfile['affect']): string[] {
  const stirred = arousal >= 0.25 ? 'up' : arousal <= -0.25 ? 'down' : 'level';
  if (valence >= 0.25)
    return { up: ['joyful', 'uplifting'], down: ['calm', 'peaceful'], level: ['warm', 'content'] }[stirred];
  if (valence <= -0.25) return { up: ['tense', 'agitated'], down: ['sad', 'melancholic'], level: ['sombre'] }[stirred];
  return { up: ['energetic'], down: ['quiet', 'relaxing'], level: [] }[stirred];
}

/** Families that are no instruments, as one would say them. */
const SAID: Readonly<Record<string, string>> = {
  pad: 'soft synthesiser pads',
  mallets: 'mallet percussion',
  winds: 'woodwinds',
  nature: 'sounds of nature',
};
/** More would say "everything". */
const MOST_INSTRUMENTS = 3;

function listed(names: readonly string[]): string {
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** One line, the same for the same profile. */
export function sentenceOf(profile: MusicalProfile): string {
  const manner = [
    ...feeling(profile.affect),
    ...ends(profile.onsetRatePerSec, [1.8, 4.5], 'slow', 'fast'),
    ...ends(profile.loudnessLufs, [-24, -15], 'soft', 'loud'),
    ...ends(profile.density, [0.35, 0.7], 'sparse', 'dense'),
  ];
  const colour = [
    ...ends(profile.brightness, [0.35, 0.65], 'dark', 'bright'),
    ...ends(profile.register, [52, 70], 'low', 'high'),
  ];
  const played = [
    ...ends(profile.mode, [-0.3, 0.3], 'in a minor key', 'in a major key'),
    ...ends(profile.articulation, [0.3, 0.7], 'with long connected notes', 'with short detached notes'),
    ...ends(profile.consonance, [0.4, 0.8], 'with dissonant harmony', 'with consonant harmony'),
    ...ends(profile.pulseClarity, [0.3, 0.6], 'without a clear beat', 'with a clear beat'),
  ];
  const instruments = profile.instrumentation.slice(0, MOST_INSTRUMENTS).map((family) => SAID[family] ?? family);
  const sentence = [
    manner.join(', '),
    'instrumental music',
    instruments.length > 0 ? `for ${listed(instruments)}` : '',
    played.join(', '),
    colour.length > 0 ? `of ${colour.join(', ')} sound` : '',
  ]
    .filter((part) => part !== '')
    .join(' ');
  return `${sentence[0]!.toUpperCase()}${sentence.slice(1)}.`;
}
