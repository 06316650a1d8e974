/** `npm test`: the whole set-up, the checks, then every test; the last line is the count, the exit code tells. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readJson } from './files.mjs';
import { root } from './places.mjs';
import { ensureFront, ensureNative } from './setup.mjs';
import { ensureTestTools } from './test-tools.mjs';

/** Exit code of a program that talks to this terminal. */
const visible = (command, args) =>
  new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit' });
    child.on('error', () => resolve(1));
    child.on('exit', (code) => resolve(code ?? 1));
  });

async function test() {
  await ensureFront({ withDev: true });
  for (const { id, status, detail, remedy } of await ensureNative()) {
    if (status !== 'done')
      process.stdout.write(`not set up, its tests are skipped: ${id}. ${detail} ${remedy ?? ''}\n`);
  }
  const absent = await ensureTestTools();
  if (absent.length > 0) process.stdout.write(`not installed, their tests are skipped: ${absent.join(', ')}\n`);
  const checkFailed = (await visible('npm', ['run', '--silent', 'check'])) !== 0;
  if (checkFailed) process.stdout.write('failed: npm run check (style, types or import rules)\n');
  const folder = mkdtempSync(path.join(os.tmpdir(), 'emoheal-test-'));
  const file = path.join(folder, 'results.json');
  const vitest = path.join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const code = await visible(process.execPath, [
    vitest,
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ]);
  const results = readJson(file);
  rmSync(folder, { recursive: true, force: true });
  const passed = (results?.numPassedTests ?? 0) + (checkFailed ? 0 : 1);
  // A file that does not even load fails without a failed test in it.
  const unloaded = (results?.testResults ?? []).filter(
    (suite) => suite.status === 'failed' && suite.assertionResults.length === 0,
  ).length;
  let failed = (results?.numFailedTests ?? 0) + unloaded + (checkFailed ? 1 : 0);
  if (code !== 0 && failed === 0) failed = 1;
  const skipped = (results?.numPendingTests ?? 0) + (results?.numTodoTests ?? 0);
  process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`);
  return failed === 0 ? 0 : 1;
}

try {
  process.exitCode = await test();
} catch (error) {
  process.stdout.write(`set-up did not succeed: ${error.message}\n0 passed, 1 failed, 0 skipped\n`);
  process.exitCode = 1;
}
