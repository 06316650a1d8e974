/** The Python of the other side: a virtual environment in the data folder, made once for each requirements.txt. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const INSTALL_LIMIT_MS = 30 * 60_000;

/** Path of its `python`. Rejects with one sentence that says why there is none and how to have one. */
export async function peerPython(folder: string, requirements: string): Promise<string> {
  const digest = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12);
  const home = path.join(folder, `python-${digest}`);
  const python = path.join(home, 'bin', 'python');
  if (existsSync(path.join(home, 'whole'))) return python;
  process.stderr.write('installing PyTorch, FAISS and faster-whisper (several GB, once)\n');
  try {
    await mkdir(folder, { recursive: true });
    await rm(home, { recursive: true, force: true });
    await run('python3', ['-m', 'venv', home], { timeout: INSTALL_LIMIT_MS });
    await run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements], {
      timeout: INSTALL_LIMIT_MS,
      maxBuffer: 1e8,
    });
    await mkdir(path.join(home, 'whole.part'));
    await rename(path.join(home, 'whole.part'), path.join(home, 'whole'));
  } catch (error) {
    const { stderr, message } = error as { stderr?: string; message: string };
    const last = (stderr || message).trim().split('\n').at(-1);
    throw new Error(
      `The Python side cannot be set up, so there is nothing to compare with: ${last} Python 3.10 or newer with venv and pip, a network and 8 GB of disk are needed; or give a Python that has what ${requirements} lists: -- --python PATH.`,
    );
  }
  return python;
}
