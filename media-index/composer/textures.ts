/** The textures: which instruments play which role, where they sit, and how they are touched. Roles are in `layers.ts`. */
export type Role =
  | 'melody'
  | 'counter'
  | 'arpeggio'
  | 'ostinato'
  | 'chords'
  | 'pad'
  | 'bass'
  | 'pulse'
  | 'bells'
  | 'drone';

export interface Layer {
  role: Role;
  /** General MIDI programme, 0-based. */
  program: number;
  name: string;
  pan: number;
  volume: number;
  reverb: number;
  /** Semitones from the profile's register. */
  offset: number;
  /** Lowest and highest pitch that the instrument is asked for. */
  range: [number, number];
}

export interface Texture {
  family: string;
  beatsABar: number;
  /** True where no bar line is felt: slow fields of harmony. */
  free: boolean;
  layers: Layer[];
}

const layer = (
  role: Role,
  name: string,
  program: number,
  offset: number,
  range: [number, number],
  pan = 0,
  volume = 0.8,
  reverb = 0.45,
): Layer => ({
  role,
  name,
  program,
  offset,
  range,
  pan,
  volume,
  reverb,
});

export const TEXTURES = {
  'piano-nocturne': {
    family: 'piano',
    beatsABar: 4,
    free: false,
    layers: [
      layer('melody', 'piano, right hand', 0, 10, [58, 88], 0.1, 0.85),
      layer('arpeggio', 'piano, left hand', 0, -8, [40, 67], -0.1, 0.62),
      layer('bass', 'piano, bass', 0, -22, [33, 48], -0.1, 0.62),
    ],
  },
  'felt-piano-strings': {
    family: 'piano',
    beatsABar: 4,
    free: false,
    layers: [
      layer('melody', 'soft electric piano', 4, 6, [55, 84], 0.1, 0.7),
      layer('chords', 'piano', 0, -4, [45, 70], -0.15, 0.5),
      layer('pad', 'strings', 48, -2, [43, 76], 0, 0.5, 0.6),
      layer('bass', 'low strings', 42, -20, [36, 52], 0.2, 0.5),
    ],
  },
  'harp-flute': {
    family: 'harp',
    beatsABar: 3,
    free: false,
    layers: [
      layer('melody', 'flute', 73, 12, [62, 88], 0.2, 0.6, 0.55),
      layer('arpeggio', 'harp', 46, -4, [45, 76], -0.25, 0.75),
      layer('bass', 'harp, low', 46, -18, [36, 50], -0.25, 0.6),
    ],
  },
  'string-adagio': {
    family: 'strings',
    beatsABar: 4,
    free: false,
    layers: [
      layer('melody', 'first violins', 48, 8, [57, 86], -0.3, 0.7, 0.6),
      layer('counter', 'violas', 48, -2, [48, 70], 0.15, 0.5, 0.6),
      layer('pad', 'strings', 48, -5, [45, 72], 0, 0.45, 0.6),
      layer('bass', 'cellos and basses', 43, -20, [31, 50], 0.3, 0.6, 0.5),
    ],
  },
  'cello-elegy': {
    family: 'strings',
    beatsABar: 4,
    free: false,
    layers: [
      layer('melody', 'cello', 42, -4, [43, 72], 0.15, 0.8, 0.55),
      layer('chords', 'piano', 0, 0, [48, 74], -0.2, 0.45),
      layer('bass', 'piano, bass', 0, -22, [31, 47], -0.2, 0.5),
    ],
  },
  'choir-pads': {
    family: 'choir',
    beatsABar: 4,
    free: true,
    layers: [
      layer('pad', 'choir', 52, 0, [48, 74], 0, 0.6, 0.7),
      layer('drone', 'low strings', 49, -18, [33, 50], 0, 0.45, 0.6),
      layer('bells', 'celesta', 8, 16, [70, 91], 0.3, 0.4, 0.7),
    ],
  },
  'ambient-drones-bells': {
    family: 'pad',
    beatsABar: 4,
    free: true,
    layers: [
      layer('pad', 'warm pad', 89, -3, [45, 70], 0, 0.6, 0.7),
      layer('drone', 'low pad', 91, -18, [33, 50], 0, 0.4, 0.6),
      layer('bells', 'vibraphone', 11, 10, [62, 86], -0.3, 0.45, 0.75),
    ],
  },
  lullaby: {
    family: 'bells',
    beatsABar: 6,
    free: false,
    layers: [
      layer('melody', 'music box', 10, 12, [65, 91], 0.15, 0.5, 0.5),
      layer('arpeggio', 'harp', 46, -2, [48, 74], -0.2, 0.6),
      layer('bass', 'soft piano', 0, -18, [36, 52], 0, 0.45),
    ],
  },
  'guitar-fingerstyle': {
    family: 'guitar',
    beatsABar: 4,
    free: false,
    layers: [
      layer('melody', 'guitar, melody', 24, 5, [55, 81], 0.15, 0.75),
      layer('arpeggio', 'guitar, fingers', 24, -5, [43, 69], -0.1, 0.65),
      layer('bass', 'guitar, thumb', 24, -18, [40, 52], -0.1, 0.7),
    ],
  },
  'marimba-ostinato': {
    family: 'mallets',
    beatsABar: 4,
    free: false,
    layers: [
      layer('ostinato', 'marimba', 12, 0, [48, 76], -0.25, 0.75, 0.35),
      layer('melody', 'clarinet', 71, 5, [52, 80], 0.25, 0.5),
      layer('bass', 'pizzicato', 45, -18, [36, 52], 0, 0.6),
    ],
  },
  'bright-dance': {
    family: 'mallets',
    beatsABar: 4,
    free: false,
    layers: [
      layer('melody', 'flute', 73, 14, [64, 91], 0.2, 0.6),
      layer('ostinato', 'xylophone', 13, 8, [60, 88], -0.25, 0.5, 0.3),
      layer('chords', 'guitar', 24, 0, [48, 72], 0.1, 0.6),
      layer('bass', 'plucked bass', 32, -20, [33, 50], 0, 0.7, 0.15),
    ],
  },
  'dark-pulsing-strings': {
    family: 'strings',
    beatsABar: 4,
    free: false,
    layers: [
      layer('pulse', 'plucked cellos', 45, -12, [36, 58], -0.2, 0.85, 0.3),
      layer('pulse', 'timpani', 47, -16, [36, 53], 0.1, 0.6, 0.35),
      layer('ostinato', 'xylophone', 13, 14, [65, 89], 0.3, 0.3, 0.3),
      layer('melody', 'violins', 48, 8, [55, 84], 0.25, 0.55, 0.5),
      layer('pad', 'tremolo strings', 44, 0, [48, 74], 0, 0.45, 0.5),
      layer('bass', 'basses', 43, -24, [28, 45], 0.1, 0.7),
    ],
  },
  'agitated-scherzo': {
    family: 'strings',
    beatsABar: 3,
    free: false,
    layers: [
      layer('ostinato', 'pizzicato', 45, 4, [52, 80], -0.25, 0.7, 0.3),
      layer('melody', 'clarinet', 71, 8, [57, 86], 0.25, 0.55),
      layer('ostinato', 'xylophone', 13, 14, [65, 91], 0.3, 0.4, 0.3),
      layer('pulse', 'timpani', 47, -14, [38, 55], 0.1, 0.6, 0.35),
      layer('bass', 'bassoon', 70, -20, [34, 52], 0, 0.55),
    ],
  },
  'heroic-brass': {
    family: 'brass',
    beatsABar: 4,
    free: false,
    layers: [
      layer('melody', 'horns', 60, 0, [48, 74], -0.2, 0.65, 0.55),
      layer('chords', 'brass', 61, -3, [46, 70], 0.2, 0.45, 0.5),
      layer('pulse', 'timpani', 47, -12, [38, 57], 0.1, 0.6, 0.4),
      layer('bass', 'tuba', 58, -24, [29, 45], 0, 0.55),
    ],
  },
  'hang-drum': {
    family: 'mallets',
    beatsABar: 4,
    free: false,
    layers: [
      layer('ostinato', 'steel pan', 114, 2, [52, 76], -0.15, 0.6, 0.55),
      layer('pad', 'soft pad', 88, -4, [45, 70], 0, 0.4, 0.6),
      layer('bass', 'kalimba, low', 108, -12, [40, 58], 0.15, 0.6, 0.4),
    ],
  },
} as const satisfies Record<string, Texture>;

export type TextureName = keyof typeof TEXTURES;
export const TEXTURE_NAMES = Object.keys(TEXTURES) as TextureName[];
