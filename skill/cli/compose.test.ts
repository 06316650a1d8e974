/** `emoheal compose`, as somebody at a terminal uses it. Sound is heard by the whole-system tests; here is what is written. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { BasicMIDI } from 'spessasynth_core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Score } from '../../media-index/composer/score.js';
import { main } from './main.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'emoheal-compose-'));
  vi.stubEnv('EMOHEAL_DATA_DIR', folder);
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterAll(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

const composed = async (...words: string[]) => {
  const [json, mid] = ['piece.json', 'piece.mid'].map((name) => path.join(folder, name)) as [string, string];
  expect(await main(['compose', '--minutes', '0.5', ...words, '--out', json, mid])).toBe(0);
  const midi = BasicMIDI.fromArrayBuffer(Uint8Array.from(readFileSync(mid)).buffer);
  return { score: Score.parse(JSON.parse(readFileSync(json, 'utf8'))), midi };
};

describe('emoheal compose', () => {
  it('writes the same notes as a score and as MIDI, named after texture and key, the same every time', async () => {
    const { score, midi } = await composed('--profile', '0.6,-0.5', '--texture', 'lullaby', '--seed', '9');
    expect(score.title).toMatch(/^Lullaby in [A-G]/);
    const played = midi.getNoteTimes().reduce((sum, notes) => sum + notes.length, 0);
    expect(played).toBe(score.parts.reduce((sum, { notes }) => sum + notes.length, 0));
    expect((await composed('--profile', '0.6,-0.5', '--texture', 'lullaby', '--seed', '9')).score).toEqual(score);
  });

  it('takes single dials, and glides where it is told to', async () => {
    const { score } = await composed('--profile', '{"tempoBpm":66}', '--texture', 'piano-nocturne');
    expect(score.tempoBpm).toBeCloseTo(66, 0);
    const { score: glide } = await composed('--profile', '-0.5,0.7', '--to', '0.3,-0.8', '--minutes', '3');
    const starts = glide.parts.flatMap(({ notes }) => notes.map(([start]) => start));
    const within = (from: number, to: number) => starts.filter((at) => at >= from && at < to).length;
    expect(within(120, 180)).toBeLessThan(0.6 * within(0, 60));
  });

  it.each([
    ['--profile', '2,0'],
    ['--profile', '{"tempo":60}'],
    ['--profile', '{"tempoBpm":500}'],
    ['--profile', 'no-such-file.json'],
    ['--minutes', '0'],
    ['--texture', 'kazoo'],
    ['--to', '0,0', '--by-ear'],
  ])('refuses %s %s and writes nothing', async (...words) => {
    const file = path.join(folder, 'never.mid');
    expect(await main(['compose', ...words, '--out', file])).toBe(2);
    expect(existsSync(file)).toBe(false);
  });

  it('refuses an ending that it does not know, and a folder that is not there', async () => {
    expect(await main(['compose', '--out', path.join(folder, 'piece.ogg')])).toBe(2);
    expect(await main(['compose', '--out', path.join(folder, 'nowhere', 'piece.mid')])).toBe(2);
  });
});
