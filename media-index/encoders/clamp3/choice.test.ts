import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { chosenClamp3, useClamp3, useClamp3NoMore } from './choice.js';
import { fakeFolder } from './folder.fake.js';
import { openClamp3Home } from './home.js';

const root = mkdtempSync(path.join(os.tmpdir(), 'emoheal-clamp3-choice-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const folder = fakeFolder(path.join(root, 'clamp3'));
const dataDir = path.join(root, 'home', 'not-yet-there');

describe('choosing CLaMP3', () => {
  it('needs the licence to be agreed to, once', async () => {
    expect(chosenClamp3(dataDir)).toBeNull();
    await expect(useClamp3(dataDir, { folder, acceptNonCommercial: false, nowMs: 0 })).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect(chosenClamp3(dataDir)).toBeNull();
    expect(await useClamp3(dataDir, { folder, acceptNonCommercial: true, nowMs: 0 })).toMatch(/^clamp3-0123abcd-/);
    expect(chosenClamp3(dataDir)).toBe(folder);
    await useClamp3NoMore(dataDir);
    expect(chosenClamp3(dataDir)).toBeNull();
    await useClamp3(dataDir, { folder, acceptNonCommercial: false, nowMs: 0 });
    expect(chosenClamp3(dataDir)).toBe(folder);
  });

  it('of a folder that is not one changes nothing', async () => {
    const before = chosenClamp3(dataDir);
    await expect(useClamp3(dataDir, { folder: root, acceptNonCommercial: true, nowMs: 0 })).rejects.toMatchObject({
      code: 'model-missing',
    });
    expect(chosenClamp3(dataDir)).toBe(before);
  });

  it('that cannot be read is said, with the way out', () => {
    const broken = path.join(root, 'broken');
    fakeFolder(broken);
    writeFileSync(path.join(broken, 'clamp3.json'), '{"folder":');
    expect(() => chosenClamp3(broken)).toThrow(/does not say which CLaMP3/);
  });

  it('may be given up where it was never made', async () => {
    await expect(useClamp3NoMore(path.join(root, 'empty'))).resolves.toBeUndefined();
  });

  it('gives way to the folder that the settings name, which is said where it is none', async () => {
    const warnings: string[] = [];
    const open = (given: string) =>
      openClamp3Home(path.join(root, 'plain-home'), (line) => warnings.push(line), { folder: given });
    expect((await open(folder))!.encoder.model.id).toMatch(/^clamp3-0123abcd-/);
    expect(warnings).toEqual([]);
    expect(await open(root)).toBeNull();
    expect(warnings).toEqual([expect.stringMatching(/found without CLaMP3/)]);
  });

  it('opens with the home, and where it cannot, says so and lets the home open without it', async () => {
    const warnings: string[] = [];
    const open = (home: string) => openClamp3Home(home, (message) => warnings.push(message));
    const home = path.join(root, 'other-home');
    expect(await open(home)).toBeNull();
    await useClamp3(home, { folder, acceptNonCommercial: true, nowMs: 0 });
    const opened = await open(home);
    expect(opened!.encoder.model.id).toMatch(/^clamp3-0123abcd-/);
    await opened!.heard.add('a', new Float32Array(768).fill(0.1));
    expect((await open(home))!.heard.has('a')).toBe(true);
    expect(warnings).toEqual([]);
    rmSync(path.join(folder, 'audio.onnx'));
    expect(await open(home)).toBeNull();
    expect(warnings).toEqual([expect.stringMatching(/audio\.onnx is missing.*export_clamp3\.py/)]);
  });
});
