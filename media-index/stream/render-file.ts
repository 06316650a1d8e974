/** A whole session to one file. Written beside its place and renamed, so that a half-written file is never found. */
import { createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { EmohealError } from '../../engine/errors.js';
import type { RenderedFile, SessionRenderer } from '../../engine/ports.js';
import type { Programme } from '../../engine/vocabulary.js';
import { createKWeighting, integratedFromBlocks } from '../analysis/loudness.js';
import { FRAME_BYTES } from '../audio/mp3-encoder.js';
import { SAMPLE_RATE } from '../track-source.js';
import { type EncodeDeps, encodeProgramme, framesOf } from './encoded-programme.js';
import { mixProgramme } from './programme-mix.js';

const METER_BLOCK = SAMPLE_RATE / 10;

export function createSessionRenderer(deps: EncodeDeps): SessionRenderer {
  return {
    async renderToFile(programme, file, { onProgress, onFirstAudio, signal } = {}): Promise<RenderedFile> {
      const ending = path.extname(file).toLowerCase();
      const part = path.join(path.dirname(file), `.${path.basename(file)}.${process.pid}.part`);
      const meter = createMeter();
      let first = true;
      const told = (done: number) => {
        if (first) onFirstAudio?.();
        first = false;
        onProgress?.(Math.min(1, done));
      };
      try {
        if (ending === '.mp3') await writeMp3(programme, part, { ...deps, onPcm: meter.hear }, told, signal);
        else await writeOther(programme, part, ending, meter, told, signal);
        await rename(part, file);
      } catch (error) {
        if ((error as NodeJS.ErrnoException)?.code === 'ENOSPC') {
          throw new EmohealError('disk-full', `There is no room to write ${file}.`, {
            remedy: 'Free some space, or choose another folder with --out.',
            cause: error,
          });
        }
        throw error;
      } finally {
        await rm(part, { force: true });
        await rm(`${part}.wav`, { force: true });
      }
      return {
        file,
        durationSec: programme.durationSec,
        integratedLufs: Math.round(meter.integratedLufs() * 10) / 10,
        stages: programme.stages.map(({ stage, startSec, endSec }) => ({ stage, startSec, endSec })),
      };
    },
  };

  async function writeOther(
    programme: Programme,
    part: string,
    ending: string,
    meter: Meter,
    told: (done: number) => void,
    signal?: AbortSignal,
  ): Promise<void> {
    const wav = ending === '.wav' ? part : `${part}.wav`;
    await writeWav(programme, wav, deps, meter, told, signal);
    if (ending === '.m4a' || ending === '.flac')
      await deps.audio.transcode(wav, part, ending.slice(1) as 'm4a' | 'flac');
    else if (ending !== '.wav')
      throw new EmohealError('bad-input', `No format is known for the ending "${ending}".`, {
        remedy: 'Use .mp3, .m4a, .wav or .flac.',
      });
  }
}

async function writeMp3(
  programme: Programme,
  part: string,
  deps: EncodeDeps,
  told: (done: number) => void,
  signal?: AbortSignal,
): Promise<void> {
  const total = framesOf(programme) * FRAME_BYTES;
  const handle = await open(part, 'w');
  let written = 0;
  try {
    for await (const bytes of encodeProgramme(programme, deps, signal)) {
      await handle.write(bytes);
      written += bytes.length;
      told(written / total);
    }
  } finally {
    await handle.close();
  }
}

/** 16-bit stereo; the length is known beforehand, so the header is written first. */
async function writeWav(
  programme: Programme,
  file: string,
  deps: EncodeDeps,
  meter: Meter,
  told: (done: number) => void,
  signal?: AbortSignal,
): Promise<void> {
  const frames = Math.round(programme.durationSec * SAMPLE_RATE);
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + frames * 4, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(2, 22);
  header.writeUInt32LE(SAMPLE_RATE, 24);
  header.writeUInt32LE(SAMPLE_RATE * 4, 28);
  header.writeUInt16LE(4, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(frames * 4, 40);
  const out = createWriteStream(file);
  const failed = new Promise<never>((_, reject) => out.once('error', reject));
  failed.catch(() => {});
  const write = (bytes: Buffer) =>
    Promise.race([
      failed,
      new Promise<void>((resolve, reject) => out.write(bytes, (error) => (error ? reject(error) : resolve()))),
    ]);
  await write(header);
  let done = 0;
  for await (const block of mixProgramme(programme, deps, { frames, signal })) {
    meter.hear(block);
    const bytes = Buffer.alloc(block.length * 2);
    for (let i = 0; i < block.length; i += 1)
      bytes.writeInt16LE(Math.max(-32_768, Math.min(32_767, Math.round(block[i]! * 32_767))), i * 2);
    await write(bytes);
    done += block.length / 2;
    told(done / frames);
  }
  await Promise.race([failed, new Promise<void>((resolve) => out.end(resolve))]);
}

interface Meter {
  hear(block: Float32Array): void;
  integratedLufs(): number;
}

function createMeter(): Meter {
  const weigh = createKWeighting();
  const powers: number[] = [];
  let rest = new Float32Array(0);
  return {
    hear(block) {
      const all = new Float32Array(rest.length + block.length);
      all.set(rest);
      all.set(block, rest.length);
      let at = 0;
      for (; at + METER_BLOCK * 2 <= all.length; at += METER_BLOCK * 2)
        powers.push(weigh(all.subarray(at, at + METER_BLOCK * 2)) / METER_BLOCK);
      rest = all.slice(at);
    },
    integratedLufs: () => integratedFromBlocks(Float64Array.from(powers)),
  };
}
