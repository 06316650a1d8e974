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
  | 'drone'
  | 'interlock'
  | 'walk'
  | 'glitter';

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
  /** Share of the tempo that the last third gives up. */
  slowing?: number;
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

/** Doubles the leading voice high above where a piece should shine; its volume is solved, and 0 where it should not. */
export const GLITTER = layer('glitter', 'glockenspiel', 9, 28, [79, 103], 0.2, 0, 0.5);

export const TEXTURES = {
  'piano-nocturne': {
    family: 'piano',
    beatsABar: 4,
    free: false,
    layers: [
      layer('melody', 'piano, right hand', 0, 10, [40, 98], 0.1, 0.85),
      layer('arpeggio', 'piano, left hand', 0, -8, [31, 84], -0.1, 0.62),
      layer('bass', 'piano, bass', 0, -22, [26, 60], -0.1, 0.62),
      GLITTER,
    ],
  },
  'felt-piano-strings': {
    family: 'piano',
    beatsABar: 4,
    free: false,
    layers: [
      layer('melody', 'soft electric piano', 4, 6, [40, 92], 0.1, 0.7),
      layer('chords', 'piano', 0, -4, [34, 86], -0.15, 0.5),
      layer('pad', 'strings', 48, -2, [38, 86], 0, 0.5, 0.6),
      layer('bass', 'low strings', 42, -20, [33, 62], 0.2, 0.5),
      GLITTER,
    ],
  },
  'harp-flute': {
    family: 'harp',
    beatsABar: 3,
    free: false,
    layers: [
      layer('melody', 'flute', 73, 12, [58, 96], 0.2, 0.6, 0.55),
      layer('arpeggio', 'harp', 46, -4, [33, 90], -0.25, 0.75),
      layer('bass', 'harp, low', 46, -18, [28, 64], -0.25, 0.6),
      GLITTER,
    ],
  },
  'string-adagio': {
    family: 'strings',
    beatsABar: 4,
    free: false,
    layers: [
      layer('melody', 'first violins', 48, 8, [50, 93], -0.3, 0.7, 0.6),
      layer('counter', 'violas', 48, -2, [41, 84], 0.15, 0.5, 0.6),
      layer('pad', 'strings', 48, -5, [38, 86], 0, 0.45, 0.6),
      layer('bass', 'cellos and basses', 43, -20, [28, 60], 0.3, 0.6, 0.5),
      GLITTER,
    ],
  },
  'cello-elegy': {
    family: 'strings',
    beatsABar: 4,
    free: false,
    layers: [
      layer('melody', 'cello', 42, -4, [36, 80], 0.15, 0.8, 0.55),
      layer('chords', 'piano', 0, 0, [34, 86], -0.2, 0.45),
      layer('bass', 'piano, bass', 0, -22, [26, 60], -0.2, 0.5),
      GLITTER,
    ],
  },
  'choir-pads': {
    family: 'choir',
    beatsABar: 4,
    free: true,
    layers: [
      layer('pad', 'choir', 52, 0, [41, 86], 0, 0.6, 0.7),
      layer('drone', 'low strings', 49, -18, [33, 62], 0, 0.45, 0.6),
      layer('bells', 'celesta', 8, 16, [60, 100], 0.3, 0.4, 0.7),
      GLITTER,
    ],
  },
  'ambient-drones-bells': {
    family: 'pad',
    beatsABar: 4,
    free: true,
    layers: [
      layer('pad', 'warm pad', 89, -3, [36, 84], 0, 0.6, 0.7),
      layer('drone', 'low pad', 91, -18, [28, 62], 0, 0.4, 0.6),
      layer('bells', 'vibraphone', 11, 10, [52, 96], -0.3, 0.45, 0.75),
      GLITTER,
    ],
  },
  lullaby: {
    family: 'bells',
    beatsABar: 6,
    free: false,
    layers: [
      layer('melody', 'music box', 10, 12, [55, 98], 0.15, 0.5, 0.5),
      layer('arpeggio', 'harp', 46, -2, [33, 90], -0.2, 0.6),
      layer('bass', 'soft piano', 0, -18, [28, 64], 0, 0.45),
      GLITTER,
    ],
  },
  'guitar-fingerstyle': {
    family: 'guitar',
    beatsABar: 4,
    free: false,
    layers: [
      layer('melody', 'guitar, melody', 24, 5, [45, 90], 0.15, 0.75),
      layer('arpeggio', 'guitar, fingers', 24, -5, [38, 81], -0.1, 0.65),
      layer('bass', 'guitar, thumb', 24, -18, [33, 62], -0.1, 0.7),
      GLITTER,
    ],
  },
  'marimba-ostinato': {
    family: 'mallets',
    beatsABar: 4,
    free: false,
    layers: [
      layer('ostinato', 'marimba', 12, 0, [40, 90], -0.25, 0.75, 0.35),
      layer('melody', 'clarinet', 71, 5, [46, 90], 0.25, 0.5),
      layer('bass', 'pizzicato', 45, -18, [31, 84], 0, 0.6),
      GLITTER,
    ],
  },
  'bright-dance': {
    family: 'mallets',
    beatsABar: 4,
    free: false,
    layers: [
      layer('melody', 'flute', 73, 14, [58, 96], 0.2, 0.6),
      layer('ostinato', 'xylophone', 13, 8, [53, 96], -0.25, 0.5, 0.3),
      layer('chords', 'guitar', 24, 0, [40, 82], 0.1, 0.6),
      layer('bass', 'plucked bass', 32, -20, [28, 60], 0, 0.7, 0.15),
      GLITTER,
    ],
  },
  'dark-pulsing-strings': {
    family: 'strings',
    beatsABar: 4,
    free: false,
    layers: [
      layer('pulse', 'plucked cellos', 45, -12, [33, 66], -0.2, 0.85, 0.3),
      layer('pulse', 'timpani', 47, -16, [33, 60], 0.1, 0.6, 0.35),
      layer('ostinato', 'xylophone', 13, 14, [53, 96], 0.3, 0.3, 0.3),
      layer('melody', 'violins', 48, 8, [50, 93], 0.25, 0.55, 0.5),
      layer('pad', 'tremolo strings', 44, 0, [41, 86], 0, 0.45, 0.5),
      layer('bass', 'basses', 43, -24, [26, 55], 0.1, 0.7),
      GLITTER,
    ],
  },
  'agitated-scherzo': {
    family: 'strings',
    beatsABar: 3,
    free: false,
    layers: [
      layer('ostinato', 'pizzicato', 45, 4, [31, 84], -0.25, 0.7, 0.3),
      layer('melody', 'clarinet', 71, 8, [46, 90], 0.25, 0.55),
      layer('ostinato', 'xylophone', 13, 14, [53, 96], 0.3, 0.4, 0.3),
      layer('pulse', 'timpani', 47, -14, [33, 60], 0.1, 0.6, 0.35),
      layer('bass', 'bassoon', 70, -20, [32, 62], 0, 0.55),
      GLITTER,
    ],
  },
  'heroic-brass': {
    family: 'brass',
    beatsABar: 4,
    free: false,
    slowing: 0.2,
    layers: [
      layer('melody', 'horns', 60, 0, [40, 82], -0.2, 0.65, 0.55),
      layer('chords', 'brass', 61, -3, [40, 80], 0.2, 0.45, 0.5),
      layer('pulse', 'timpani', 47, -12, [33, 60], 0.1, 0.6, 0.4),
      layer('bass', 'tuba', 58, -24, [27, 55], 0, 0.55),
      GLITTER,
    ],
  },
  'hang-drum': {
    family: 'mallets',
    beatsABar: 4,
    free: false,
    layers: [
      layer('ostinato', 'steel pan', 114, 2, [42, 88], -0.15, 0.6, 0.55),
      layer('pad', 'soft pad', 88, -4, [38, 84], 0, 0.4, 0.6),
      layer('bass', 'marimba, low', 12, -12, [33, 72], 0.15, 0.6, 0.4),
      GLITTER,
    ],
  },
  gamelan: {
    family: 'mallets',
    beatsABar: 4,
    free: false,
    layers: [
      layer('melody', 'vibraphone', 11, 2, [48, 92], 0, 0.7, 0.6),
      layer('interlock', 'marimba, on the beat', 12, 6, [48, 92], -0.35, 0.65, 0.4),
      layer('interlock', 'celesta, off the beat', 8, 8, [52, 96], 0.35, 0.55, 0.4),
      layer('drone', 'low bells', 14, -16, [33, 60], 0, 0.4, 0.7),
      GLITTER,
    ],
  },
  'jazz-trio': {
    family: 'piano',
    beatsABar: 4,
    free: false,
    layers: [
      layer('melody', 'piano, right hand', 0, 8, [43, 96], 0.1, 0.8, 0.3),
      layer('chords', 'piano, left hand', 0, -4, [38, 80], -0.15, 0.5, 0.3),
      layer('walk', 'plucked bass', 32, -20, [28, 60], 0.05, 0.75, 0.15),
      GLITTER,
    ],
  },
  'winds-serenade': {
    family: 'winds',
    beatsABar: 3,
    free: false,
    layers: [
      layer('melody', 'oboe', 68, 8, [50, 92], 0.15, 0.6, 0.5),
      layer('arpeggio', 'clarinet', 71, -2, [43, 84], -0.2, 0.5, 0.45),
      layer('counter', 'horn', 60, -5, [38, 76], 0, 0.4, 0.5),
      layer('bass', 'bassoon', 70, -20, [32, 62], 0.05, 0.5, 0.4),
      GLITTER,
    ],
  },
} as const satisfies Record<string, Texture>;

export type TextureName = keyof typeof TEXTURES;
export const TEXTURE_NAMES = Object.keys(TEXTURES) as TextureName[];
