/**
 * A file to hand to whoever helps: the diagnosis, versions, which settings are set, and how much is kept. By the way it is
 * made it holds nothing private: no log, no value of a setting but those named below, no name of a file of the state; and
 * what could tell whose machine this is (folders, user, machine name) is blanked in every text.
 */
import { readdirSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { chosenClamp3 } from '../../media-index/encoders/clamp3/choice.js';
import { packageRoot, packageVersion } from '../../models/paths.js';
import { SETTINGS, withSettingsFile } from '../config.js';
import { type Diagnosis, type DoctorWish, describe, diagnose } from './doctor.js';

/** Settings whose values say nothing of anybody and much about a fault. */
const SHOWN = new Set([
  'EMOHEAL_PORT',
  'EMOHEAL_WYOMING_PORT',
  'EMOHEAL_ALEXA_VERIFY',
  'EMOHEAL_LOG_LEVEL',
  'EMOHEAL_DRAIN_SEC',
]);

const ABOUT = `What this file holds

doctor.txt, doctor.json   what is installed and whether it is whole
machine.json              processor, memory, versions
settings.json             which settings are set, in the environment or the settings file; values only of ${[...SHOWN].join(', ')}
kept.json                 how many files lie in which folder of the data folder, and how large: no names

It holds no log, nothing that anybody said, no name and no secret. Look into it before you send it.
`;

export interface BundleOptions extends Omit<DoctorWish, 'repair'> {
  env: NodeJS.ProcessEnv;
  /** The file to be written; readable by its owner only. */
  file: string;
}

/** Writes the bundle; resolves to the names of what it holds. */
export async function writeBundle({ env, file, ...wish }: BundleOptions): Promise<string[]> {
  const { dataDir } = wish;
  const report = withoutNames(await diagnose(wish), wish);
  const blank = blanks(dataDir);
  const texts: Record<string, string> = {
    'README.txt': ABOUT,
    'doctor.txt': describe(report),
    'doctor.json': JSON.stringify(report, null, 1),
    'machine.json': JSON.stringify(machine(), null, 1),
    'settings.json': JSON.stringify(settings(withSettingsFile(env)), null, 1),
    'kept.json': JSON.stringify(kept(dataDir), null, 1),
  };
  const files = Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, strToU8(blank(text))]));
  await writeFile(file, zipSync(files), { mode: 0o600 });
  return Object.keys(texts);
}

/** Models of the house's own lie where and are called what somebody liked: that stays out of what is said of them. */
function withoutNames(report: Diagnosis, { dataDir, emotionModel, whisperModel, musicModel }: DoctorWish): Diagnosis {
  const music = musicModel ?? folderOf(() => chosenClamp3(dataDir));
  const names: Record<string, string[]> = {
    'emotion-model': emotionModel ? [emotionModel, path.basename(emotionModel)] : [],
    'whisper-model': whisperModel ? [path.basename(whisperModel), path.basename(whisperModel, '.bin')] : [],
    'music-model': music && music !== 'mini' ? [path.resolve(music)] : [],
  };
  const parts = report.parts.map((part) => {
    const blank = (text: string) => (names[part.id] ?? []).reduce((rest, name) => rest.replaceAll(name, '<own>'), text);
    return { ...part, detail: blank(part.detail), ...(part.remedy ? { remedy: blank(part.remedy) } : {}) };
  });
  return { ...report, parts };
}

/** A choice that cannot be read names no folder; the doctor says so. */
function folderOf(choice: () => string | null): string | null {
  try {
    return choice();
  } catch {
    return null;
  }
}

function machine() {
  return {
    emoheal: packageVersion(),
    node: process.versions,
    platform: `${os.platform()} ${os.arch()} ${os.release()}`,
    processors: os.cpus().length,
    processor: os.cpus()[0]?.model,
    memoryMb: Math.round(os.totalmem() / 1e6),
    freeMb: Math.round(os.freemem() / 1e6),
    uptimeH: Math.round(os.uptime() / 3600),
  };
}

function settings(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.keys(SETTINGS).map((name) => [name, !env[name] ? 'not set' : SHOWN.has(name) ? env[name] : 'set']),
  );
}

/** Files and bytes by folder, two levels deep; folders of listeners have no name of their own there. */
function kept(dataDir: string): Record<string, { files: number; bytes: number }> {
  const sums: Record<string, { files: number; bytes: number }> = {};
  const KNOWN = /^(cache|index|library|models|native|setup|state|voice|greetings|sessions|tracks)$/;
  (function walk(folder: string, name: string) {
    let entries: import('node:fs').Dirent[];
    try {
      entries = readdirSync(folder, { withFileTypes: true });
    } catch {
      return;
    }
    for (const entry of entries) {
      const inner = path.join(folder, entry.name);
      if (entry.isDirectory()) walk(inner, KNOWN.test(entry.name) ? `${name}/${entry.name}` : name);
      else if (entry.isFile()) {
        sums[name] ??= { files: 0, bytes: 0 };
        sums[name].files += 1;
        sums[name].bytes += statSync(inner, { throwIfNoEntry: false })?.size ?? 0;
      }
    }
  })(dataDir, '.');
  return sums;
}

/** What tells whose machine this is, longest first, so that a folder goes before the name inside it. */
function blanks(dataDir: string): (text: string) => string {
  const user = (() => {
    try {
      return os.userInfo().username;
    } catch {
      return '';
    }
  })();
  const pairs: [string, string][] = [
    [dataDir, '<data>'],
    [packageRoot(), '<emoheal>'],
    [path.dirname(process.execPath), '<node>'],
    [os.homedir(), '<home>'],
    [os.hostname(), '<machine>'],
    [user, '<user>'],
  ];
  const known = pairs.filter(([what]) => what.length > 2).sort(([a], [b]) => b.length - a.length);
  return (text) => known.reduce((rest, [what, by]) => rest.replaceAll(what, by), text);
}
