/** How far the composer does as it is asked: one line a dial, asked against measured. */
import type { AudioAnalysis, MusicalProfile } from '../../engine/vocabulary.js';
import { spearman } from '../emotion/metrics.js';

export interface Heard {
  seed: number;
  texture: string;
  /** As the score says; null where no beat is meant. */
  tempoBpm: number | null;
  profile: MusicalProfile;
  analysis: AudioAnalysis;
}

/** The issue asks for this much of each dial and of the modes. */
export const WANTED_RHO = 0.8;
const WANTED_MODES = 0.9;
/** A dial nearer the middle than this asks for an ambiguous mode, and no answer is wrong. */
const CLEAR_MODE = 0.3;
/** A tempo is right but for octaves within this share. */
const TEMPO_TOLERANCE = 0.06;

/** Measured tempo moved by octaves to where it lies nearest the asked one. */
export function nearestOctave(measured: number, asked: number): number {
  return measured * 2 ** Math.round(Math.log2(asked / measured));
}

export interface Figures {
  pieces: number;
  onsetRate: number;
  tempo: number;
  /** Pieces with a beat, asked and found. */
  tempoPieces: number;
  /** Share of them within 6 % of the asked beat or an octave of it. */
  tempoRight: number;
  loudness: number;
  brightness: number;
  register: number;
  modeRight: number;
  modePieces: number;
}

/**
 * Tempo is judged on pieces that are meant to have a beat. Folding a guess by octaves alone gives it a correlation
 * with the asked tempo, so the share within 6 % stands beside it (by luck it would be about 17 %).
 */
export function figuresOf(heard: readonly Heard[]): Figures {
  const rho = (asked: (h: Heard) => number, measured: (h: Heard) => number) =>
    spearman(heard.map(asked), heard.map(measured));
  const beaten = heard.flatMap(({ tempoBpm, profile, analysis }) =>
    tempoBpm === null || analysis.tempoBpm === null
      ? []
      : [{ asked: profile.tempoBpm, measured: nearestOctave(analysis.tempoBpm, profile.tempoBpm) }],
  );
  const clear = heard.filter(({ profile }) => Math.abs(profile.mode) >= CLEAR_MODE);
  const share = <T>(of: readonly T[], holds: (each: T) => boolean) => of.filter(holds).length / Math.max(1, of.length);
  return {
    pieces: heard.length,
    onsetRate: rho(
      (h) => h.profile.onsetRatePerSec,
      (h) => h.analysis.onsetRatePerSec,
    ),
    tempo: spearman(
      beaten.map((b) => b.asked),
      beaten.map((b) => b.measured),
    ),
    tempoPieces: beaten.length,
    tempoRight: share(beaten, (b) => Math.abs(Math.log2(b.measured / b.asked)) < Math.log2(1 + TEMPO_TOLERANCE)),
    loudness: rho(
      (h) => h.profile.loudnessLufs,
      (h) => h.analysis.integratedLufs,
    ),
    brightness: rho(
      (h) => h.profile.brightness,
      (h) => h.analysis.brightnessHz,
    ),
    register: rho(
      (h) => h.profile.register,
      (h) => h.analysis.register,
    ),
    modeRight: share(clear, (h) => (h.profile.mode > 0 ? 'major' : 'minor') === h.analysis.mode),
    modePieces: clear.length,
  };
}

export function tableOf(figures: Figures, seconds: number): string {
  const two = (value: number) => value.toFixed(2);
  const percent = (value: number) => `${Math.round(value * 100)} %`;
  const row = (what: string, got: string, wanted: string) => `| ${what} | ${got} | ${wanted} |`;
  return [
    `Asked against measured over ${figures.pieces} profiles whose dials are drawn independently, the first ${seconds} s of each piece,`,
    'by our own analysis. Rank correlation (Spearman). Repeat with `npm run eval:composer`.',
    '',
    '| dial | measured | wanted |',
    '|---|---|---|',
    row('onset rate', two(figures.onsetRate), `${WANTED_RHO}`),
    row(
      `tempo but for octaves (${figures.tempoPieces} pieces with a beat)`,
      `${two(figures.tempo)}, ${percent(figures.tempoRight)} within 6 %`,
      `${WANTED_RHO}`,
    ),
    row('loudness', two(figures.loudness), `${WANTED_RHO}`),
    row('brightness', two(figures.brightness), `${WANTED_RHO}`),
    row('register', two(figures.register), `${WANTED_RHO}`),
    row(`mode (${figures.modePieces} pieces asked for a clear one)`, percent(figures.modeRight), percent(WANTED_MODES)),
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
      const over = mean(own.map((h) => h.analysis.integratedLufs - h.profile.loudnessLufs));
      const onsets = Math.exp(
        mean(own.map((h) => Math.log(Math.max(0.05, h.analysis.onsetRatePerSec) / h.profile.onsetRatePerSec))),
      );
      const hz = mean(own.map((h) => h.analysis.brightnessHz));
      const register = mean(own.map((h) => h.analysis.register - h.profile.register));
      return `| ${name} | ${own.length} | ${over.toFixed(1)} | ${onsets.toFixed(2)} | ${Math.round(hz)} | ${register.toFixed(1)} |`;
    }),
    '',
  ].join('\n');
}
