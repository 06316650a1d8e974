/** How far the composer does as it is asked: one line a dial, asked against measured, by each judge. */

import { seededRandom } from '../../engine/plan/random.js';
import type { AudioAnalysis, MusicalProfile } from '../../engine/vocabulary.js';
import { quantile, spearman } from '../emotion/metrics.js';

/** What a judge found in an excerpt. */
export type Measured = Pick<AudioAnalysis, 'onsetRatePerSec' | 'tempoBpm' | 'brightnessHz' | 'register' | 'mode'> & {
  lufs: number;
};

export interface Heard {
  seed: number;
  texture: string;
  /** As the score says; null where no beat is meant. */
  tempoBpm: number | null;
  profile: MusicalProfile;
  measured: Measured;
}

/** The issue asks for this much of each dial and of the modes. */
const WANTED_RHO = 0.8;
const WANTED_MODES = 0.9;
/** A dial nearer the middle than this asks for an ambiguous mode, and no answer is wrong. */
const CLEAR_MODE = 0.3;
/** A tempo is right but for octaves within this share. */
const TEMPO_TOLERANCE = 0.06;

/** Measured tempo moved by octaves to where it lies nearest the asked one. */
export function nearestOctave(measured: number, asked: number): number {
  return measured * 2 ** Math.round(Math.log2(asked / measured));
}

const beaten = (heard: readonly Heard[]) =>
  heard.flatMap(({ tempoBpm, profile, measured }) =>
    tempoBpm === null || measured.tempoBpm === null
      ? []
      : [{ asked: profile.tempoBpm, found: nearestOctave(measured.tempoBpm, profile.tempoBpm) }],
  );
const clear = (heard: readonly Heard[]) => heard.filter(({ profile }) => Math.abs(profile.mode) >= CLEAR_MODE);
const share = <T>(of: readonly T[], holds: (each: T) => boolean) => of.filter(holds).length / Math.max(1, of.length);
const rho =
  (asked: (h: Heard) => number, found: (h: Heard) => number) =>
  (heard: readonly Heard[]): number =>
    spearman(heard.map(asked), heard.map(found));

interface Dial {
  name: string;
  key: string;
  of: (heard: readonly Heard[]) => number;
  wanted: number | null;
  percent?: boolean;
}

/**
 * Tempo is judged on pieces that are meant to have a beat. Folding a guess by octaves alone gives it a correlation
 * with the asked tempo, so the share within 6 % stands beside it (by luck it would be about 17 %).
 */
export const DIALS: readonly Dial[] = [
  {
    name: 'onset rate',
    key: 'onsetRate',
    of: rho(
      (h) => h.profile.onsetRatePerSec,
      (h) => h.measured.onsetRatePerSec,
    ),
    wanted: WANTED_RHO,
  },
  {
    name: 'tempo but for octaves, pieces with a beat',
    key: 'tempo',
    of: (heard) =>
      spearman(
        beaten(heard).map((b) => b.asked),
        beaten(heard).map((b) => b.found),
      ),
    wanted: WANTED_RHO,
  },
  {
    name: 'tempo within 6 %',
    key: 'tempoRight',
    of: (heard) => share(beaten(heard), (b) => Math.abs(Math.log2(b.found / b.asked)) < Math.log2(1 + TEMPO_TOLERANCE)),
    wanted: null,
    percent: true,
  },
  {
    name: 'loudness',
    key: 'loudness',
    of: rho(
      (h) => h.profile.loudnessLufs,
      (h) => h.measured.lufs,
    ),
    wanted: WANTED_RHO,
  },
  {
    name: 'brightness',
    key: 'brightness',
    of: rho(
      (h) => h.profile.brightness,
      (h) => h.measured.brightnessHz,
    ),
    wanted: WANTED_RHO,
  },
  {
    name: 'register',
    key: 'register',
    of: rho(
      (h) => h.profile.register,
      (h) => h.measured.register,
    ),
    wanted: WANTED_RHO,
  },
  {
    name: 'right mode, pieces asked for a clear one',
    key: 'modeRight',
    of: (heard) => share(clear(heard), (h) => (h.profile.mode > 0 ? 'major' : 'minor') === h.measured.mode),
    wanted: WANTED_MODES,
    percent: true,
  },
];

/** Every dial's figure. */
export function figuresOf(heard: readonly Heard[]): Record<string, number> {
  return Object.fromEntries(DIALS.map(({ key, of }) => [key, of(heard)]));
}

const RESAMPLES = 1000;

/** 95 % by bootstrap over pieces. */
function intervalOf(heard: readonly Heard[], of: Dial['of']): [number, number] {
  const random = seededRandom(1);
  const drawn = Array.from({ length: RESAMPLES }, () =>
    of(heard.map(() => heard[Math.floor(random() * heard.length)]!)),
  );
  return [quantile(drawn, 0.025), quantile(drawn, 0.975)];
}

export interface Column {
  /** Who wrote and who measured. */
  name: string;
  heard: readonly Heard[];
}

export function tableOf(columns: readonly Column[], seconds: number): string {
  const shown = (value: number, { percent }: Dial) => (percent ? `${Math.round(value * 100)} %` : value.toFixed(2));
  const cell = (heard: readonly Heard[], dial: Dial) => {
    const [low, high] = intervalOf(heard, dial.of);
    return `${shown(dial.of(heard), dial)} (${shown(low, dial)}–${shown(high, dial)})`;
  };
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    `Asked against measured over profiles whose dials are drawn independently, the first ${seconds} s of each piece. Rank`,
    'correlation (Spearman) and, in brackets, its 95 % interval (bootstrap over pieces). Repeat: docs/composer.md.',
    '',
    row(['dial', ...columns.map(({ name, heard }) => `${name}, ${heard.length} pieces`), 'wanted']),
    row(['---', ...columns.map(() => '---'), '---']),
    ...DIALS.map((dial) =>
      row([
        dial.name,
        ...columns.map(({ heard }) => cell(heard, dial)),
        dial.wanted === null ? '' : shown(dial.wanted, dial),
      ]),
    ),
    '',
  ].join('\n');
}

/** Means of a texture, to see which one drags a figure down. */
export function byTexture(heard: readonly Heard[]): string {
  const names = [...new Set(heard.map((h) => h.texture))].sort();
  const mean = (values: number[]) => values.reduce((sum, v) => sum + v, 0) / Math.max(1, values.length);
  return [
    '| texture | pieces | LUFS over asked | onsets over asked (ratio) | Hz | register over asked |',
    '|---|---|---|---|---|---|',
    ...names.map((name) => {
      const own = heard.filter((h) => h.texture === name);
      const over = mean(own.map((h) => h.measured.lufs - h.profile.loudnessLufs));
      const onsets = Math.exp(
        mean(own.map((h) => Math.log(Math.max(0.05, h.measured.onsetRatePerSec) / h.profile.onsetRatePerSec))),
      );
      const hz = mean(own.map((h) => h.measured.brightnessHz));
      const register = mean(own.map((h) => h.measured.register - h.profile.register));
      return `| ${name} | ${own.length} | ${over.toFixed(1)} | ${onsets.toFixed(2)} | ${Math.round(hz)} | ${register.toFixed(1)} |`;
    }),
    '',
  ].join('\n');
}
