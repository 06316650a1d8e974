/**
 * What only the whole-system tests need: a browser, a second FFmpeg as independent judge, a voice. Installed from
 * Debian's packages where that is possible; else their tests are skipped and say so.
 */
import { run, which } from './command.mjs';

const TOOLS = [
  ['chromium', 'chromium'],
  ['ffmpeg', 'ffmpeg'],
  ['espeak-ng', 'espeak-ng'],
];

/** Names of the tools that are still missing afterwards. */
export async function ensureTestTools(env = process.env) {
  const missing = () => TOOLS.filter(([command]) => !which(command, env)).map(([, name]) => name);
  if (missing().length === 0 || !which('apt-get', env) || process.getuid?.() !== 0) return missing();
  const aptEnv = { ...env, DEBIAN_FRONTEND: 'noninteractive' };
  const install = () =>
    run('apt-get', ['install', '-y', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=120', ...missing()], {
      env: aptEnv,
    });
  process.stderr.write(`emoheal set-up  installing for the tests: ${missing().join(', ')}\n`);
  await install()
    .catch(async () => {
      await run('apt-get', ['update'], { env: aptEnv });
      await install();
    })
    .catch((error) => process.stderr.write(`emoheal set-up  not installed: ${error.message.split('\n')[0]}\n`));
  return missing();
}
