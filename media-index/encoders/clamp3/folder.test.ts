import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openClamp3 } from './clamp3-encoder.js';
import { type FakeManifest, fakeFolder } from './folder.fake.js';
import { acceptNonCommercial, checkFolder, LICENCE_FILE, requireAcceptance } from './folder.js';

const root = mkdtempSync(path.join(os.tmpdir(), 'emoheal-clamp3-folder-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const madeFolder = (name: string, change?: (manifest: FakeManifest) => object) =>
  fakeFolder(path.join(root, name), change);

describe('a folder of CLaMP3', () => {
  it('that is whole names its model by everything that decides the vectors', async () => {
    const { model } = await checkFolder(madeFolder('whole'));
    expect(model).toEqual({
      id: expect.stringMatching(/^clamp3-0123abcd-[0-9a-f]{8}$/),
      dim: 768,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const sha256 = createHash('sha256').update('another').digest('hex');
    const other = madeFolder('other', (manifest) => ({
      ...manifest,
      files: { ...manifest.files, 'tokenizer.json': { sha256, bytes: 7 } },
    }));
    writeFileSync(path.join(other, 'tokenizer.json'), 'another');
    expect((await checkFolder(other)).model.sha256).not.toBe(model.sha256);
  });

  it('that is not there, or lacks files, says so and names the command that makes it', async () => {
    await expect(checkFolder(path.join(root, 'nowhere'))).rejects.toMatchObject({
      code: 'model-missing',
      remedy: expect.stringContaining('export_clamp3.py'),
    });
    const torn = madeFolder('torn');
    for (const part of ['mert.onnx', 'text.onnx']) rmSync(path.join(torn, part));
    await expect(checkFolder(torn)).rejects.toMatchObject({
      code: 'model-missing',
      message: expect.stringMatching(/mert\.onnx is missing; text\.onnx is missing/),
      remedy: expect.stringContaining('export_clamp3.py'),
    });
  });

  it('whose files are others than those of its manifest is refused with all that differ', async () => {
    const mixed = madeFolder('mixed');
    writeFileSync(path.join(mixed, 'audio.onnx'), 'something else');
    rmSync(path.join(mixed, 'tokenizer.json'));
    await expect(checkFolder(mixed)).rejects.toMatchObject({
      code: 'model-mismatch',
      message: expect.stringMatching(/audio\.onnx is not the file.*tokenizer\.json is missing/),
    });
  });

  it.each<[string, (manifest: FakeManifest) => object]>([
    ['of another model', (manifest) => ({ ...manifest, name: 'clap' })],
    ['without its sizes', (manifest) => ({ ...manifest, clamp3: undefined })],
    ['at another rate', (manifest) => ({ ...manifest, clamp3: { ...manifest.clamp3, sampleRate: 16_000 } })],
    ['that lists a part less', (manifest) => ({ ...manifest, files: { ...manifest.files, 'mert.onnx': undefined } })],
  ])('with a manifest %s is refused', async (name, change) => {
    await expect(checkFolder(madeFolder(name, change))).rejects.toMatchObject({ code: 'model-mismatch' });
  });

  it('with a manifest that is no JSON is refused, not crashed on', async () => {
    const broken = madeFolder('broken');
    writeFileSync(path.join(broken, 'manifest.json'), '{');
    await expect(checkFolder(broken)).rejects.toMatchObject({ code: 'model-mismatch' });
  });

  it('whose graphs cannot be loaded says which, once it is needed', async () => {
    const folder = madeFolder('no-graphs');
    await acceptNonCommercial(await checkFolder(folder), 0);
    const encoder = await openClamp3(folder);
    await expect(encoder.embedSound(() => [new Float32Array(48_000)])).rejects.toMatchObject({
      code: 'model-mismatch',
      message: expect.stringContaining('mert.onnx'),
    });
    await encoder.release();
  });
});

describe('the licence', () => {
  it('is asked for before anything is loaded, with the command that agrees to it', async () => {
    const folder = madeFolder('unread');
    await expect(openClamp3(folder)).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('CC-BY-NC-4.0'),
      remedy: expect.stringContaining(`emoheal library use-clamp3 ${folder} --i-accept-non-commercial`),
    });
  });

  it('agreed to once holds, and says when it was agreed to', async () => {
    const checked = await checkFolder(madeFolder('agreed'));
    await acceptNonCommercial(checked, Date.UTC(2026, 10, 23));
    expect(() => requireAcceptance(checked)).not.toThrow();
    expect(readFileSync(path.join(checked.folder, LICENCE_FILE), 'utf8')).toContain('2026-11-23T00:00:00.000Z');
  });

  it('has to be agreed to anew for another model, or where the file is damaged', async () => {
    const checked = await checkFolder(madeFolder('changed'));
    await acceptNonCommercial(checked, 0);
    const other = { ...checked, model: { ...checked.model, sha256: '0'.repeat(64) } };
    expect(() => requireAcceptance(other)).toThrow(/another model/);
    writeFileSync(path.join(checked.folder, LICENCE_FILE), 'yes');
    expect(() => requireAcceptance(checked)).toThrow(/cannot be read/);
  });
});
