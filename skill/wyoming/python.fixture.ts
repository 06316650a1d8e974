/** The published Wyoming library (PyPI, MIT) for tests: fetched once, checked, never installed anywhere. */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const VERSION = '1.10.2';
const SHA256 = '08aec17ccad4d72fc3f919ab741beacf3f23a1df24c8b9a317ebc6e02d2b227c';

/** The wheel, which Python can import from as it is; null, with the reason on the console, where it cannot be had. */
export function publishedWyoming(): string | null {
  const folder = path.join(os.tmpdir(), `emoheal-test-wyoming-${VERSION}`);
  const wheel = path.join(folder, `wyoming-${VERSION}-py3-none-any.whl`);
  try {
    if (!existsSync(wheel)) {
      mkdirSync(folder, { recursive: true });
      const pip = ['-m', 'pip', 'download', '--no-deps', '--quiet', '--disable-pip-version-check', '-d', folder];
      execFileSync('python3', [...pip, `wyoming==${VERSION}`], { stdio: 'ignore', timeout: 60_000 });
    }
    if (createHash('sha256').update(readFileSync(wheel)).digest('hex') !== SHA256)
      throw new Error('the wheel is not the one that was published');
    const able = spawnSync('python3', ['-c', 'import wyoming.client'], { env: { ...process.env, PYTHONPATH: wheel } });
    if (able.status !== 0) throw new Error('this Python cannot import it');
    return wheel;
  } catch (error) {
    console.warn(`skipped: the published Wyoming client (${(error as Error).message.split('\n')[0]})`);
    return null;
  }
}
