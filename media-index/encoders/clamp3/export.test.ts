/** What the export command says when it is given something else than the published files. */
import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../../models/paths.js';

const run = promisify(execFile);
const able = await run('python3', ['-c', 'import torch, onnx']).then(
  () => true,
  () => false,
);
if (!able) console.warn('skipped: the export of CLaMP3 is not tried, python3 lacks torch or onnx');

const root = mkdtempSync(path.join(os.tmpdir(), 'emoheal-clamp3-export-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const weights = path.join(root, 'weights');
const script = path.join(packageRoot(), 'models', 'train', 'export_clamp3.py');
const proof = path.join(packageRoot(), 'media-index', 'encoders', 'clamp3', 'proof');

/** What the command says on its way out, and that it did go out with an error. */
async function refusal(change: Record<string, string>): Promise<string> {
  const given = {
    '--mert': path.join(weights, 'mert'),
    '--clamp3': path.join(weights, 'clamp3.pth'),
    '--settings': path.join(weights, 'settings.json'),
    '--out': path.join(root, 'out'),
    ...change,
  };
  const done = await run('python3', ['-B', '-W', 'ignore', script, ...Object.entries(given).flat()]).then(
    () => null,
    (error: { stderr: string }) => error.stderr,
  );
  expect(done).not.toBeNull();
  return done!;
}

// Loading PyTorch and transformers alone takes a busy machine a minute.
describe.runIf(able)('the export command', { timeout: 180_000 }, () => {
  beforeAll(async () => {
    await run('python3', ['-B', path.join(proof, 'tiny_model.py'), weights]);
  });

  it('names the file that is not there and the page that says where it comes from', async () => {
    expect(await refusal({ '--mert': root })).toMatch(/config\.json is not there .*docs\/clamp3\.md/);
    expect(await refusal({ '--tokenizer': path.join(root, 'none.json') })).toMatch(/none\.json is not there/);
  });

  it('refuses a relative of MERT whose layers work otherwise, and names how', async () => {
    const other = path.join(root, 'mert-330');
    mkdirSync(other);
    copyFileSync(path.join(weights, 'mert', 'pytorch_model.bin'), path.join(other, 'pytorch_model.bin'));
    const config = JSON.parse(readFileSync(path.join(weights, 'mert', 'config.json'), 'utf8'));
    writeFileSync(path.join(other, 'config.json'), JSON.stringify({ ...config, do_stable_layer_norm: true }));
    expect(await refusal({ '--mert': other })).toMatch(/This is not MERT-v1-95M.*do_stable_layer_norm/);
  });

  it('refuses weights that do not fit, and names the first of them', async () => {
    const other = path.join(root, 'mert-narrow');
    mkdirSync(other);
    copyFileSync(path.join(weights, 'mert', 'pytorch_model.bin'), path.join(other, 'pytorch_model.bin'));
    const config = JSON.parse(readFileSync(path.join(weights, 'mert', 'config.json'), 'utf8'));
    writeFileSync(path.join(other, 'config.json'), JSON.stringify({ ...config, intermediate_size: 48 }));
    expect(await refusal({ '--mert': other })).toMatch(/not those of this architecture.*intermediate_dense/);
  });
});
