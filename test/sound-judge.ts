/** Independent ears for the whole-system tests: Debian's ffmpeg command, not the FFmpeg inside the product. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

export async function hasCommand(name: string): Promise<boolean> {
  return run('sh', ['-c', `command -v ${name}`]).then(
    () => true,
    () => false,
  );
}

export async function durationSec(file: string): Promise<number> {
  const { stdout } = await run('ffprobe', ['-v', 'error', '-show_entries', 'format=duration', '-of', 'csv=p=0', file]);
  return Number(stdout.trim());
}

interface Loudness {
  integratedLufs: number;
  truePeakDbtp: number;
}

/** EBU R128 of a stretch of a file. */
export async function loudness(file: string, startSec: number, endSec: number): Promise<Loudness> {
  const { stderr } = await run(
    'ffmpeg',
    [
      '-hide_banner',
      '-nostats',
      '-ss',
      String(startSec),
      '-t',
      String(endSec - startSec),
      '-i',
      file,
      '-af',
      'ebur128=peak=true',
      '-f',
      'null',
      '-',
    ],
    { maxBuffer: 64 * 1024 * 1024 },
  );
  const summary = stderr.slice(stderr.lastIndexOf('Summary:'));
  return {
    integratedLufs: Number(/I:\s+(-?[\d.]+) LUFS/.exec(summary)?.[1]),
    truePeakDbtp: Number(/Peak:\s+(-?[\d.]+|-inf) dBFS/.exec(summary)?.[1]),
  };
}

/** Stretches longer than `longerThanSec` that stay below `belowDb`. */
export async function silences(
  file: string,
  belowDb: number,
  longerThanSec: number,
): Promise<{ startSec: number; endSec: number }[]> {
  const { stderr } = await run(
    'ffmpeg',
    [
      '-hide_banner',
      '-nostats',
      '-i',
      file,
      '-af',
      `silencedetect=noise=${belowDb}dB:d=${longerThanSec}`,
      '-f',
      'null',
      '-',
    ],
    { maxBuffer: 64 * 1024 * 1024 },
  );
  const starts = [...stderr.matchAll(/silence_start: (-?[\d.]+)/g)].map((m) => Number(m[1]));
  const ends = [...stderr.matchAll(/silence_end: ([\d.]+)/g)].map((m) => Number(m[1]));
  return starts.map((startSec, i) => ({ startSec, endSec: ends[i] ?? Number.POSITIVE_INFINITY }));
}

/** Cuts a stretch out to a WAV file. */
export async function cut(file: string, startSec: number, endSec: number, out: string): Promise<void> {
  await run('ffmpeg', [
    '-y',
    '-v',
    'error',
    '-ss',
    String(startSec),
    '-t',
    String(endSec - startSec),
    '-i',
    file,
    '-ar',
    '48000',
    '-ac',
    '2',
    out,
  ]);
}

/** A spoken sentence as a WAV of 16 kHz mono, made now. */
export async function speak(sentence: string, out: string, voice = 'en-us'): Promise<void> {
  await run('espeak-ng', ['-v', voice, '-s', '140', '-w', out, sentence]);
}
