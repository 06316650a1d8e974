import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const here = path.resolve(import.meta.dirname);
const folder = mkdtempSync(path.join(os.tmpdir(), 'emoheal-setup-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Three cheap steps; each fails loudly where it is entered twice at once or sees half a file. */
const script = path.join(folder, 'steps.mjs');
writeFileSync(
  script,
  `
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { runSteps, Unavailable } from ${JSON.stringify(pathToFileURL(path.join(here, 'runner.mjs')).href)};
import { writeWhole } from ${JSON.stringify(pathToFileURL(path.join(here, 'files.mjs')).href)};
const dataDir = process.argv[2];
const step = (id, needs) => ({
  id, title: id, needs, without: 'nothing is lost.',
  isDone: () => existsSync(dataDir + '/' + id) && readFileSync(dataDir + '/' + id, 'utf8').length === 100000,
  async run() {
    const busy = dataDir + '/' + id + '.busy';
    if (existsSync(busy) && process.argv[3] === 'two') process.exit(9);
    writeFileSync(busy, '');
    for (let i = 0; i < 5; i += 1) await new Promise((resolve) => setImmediate(resolve));
    writeWhole(dataDir + '/' + id, 'x'.repeat(100000));
    rmSync(busy, { force: true });
  },
});
const lost = { id: 'lost', title: 'lost', without: 'Only this.', isDone: () => false, run() { throw new Unavailable('No compiler.', 'Install one.'); } };
const results = await runSteps([step('a'), lost, step('b', ['a']), step('c', ['lost'])], { dataDir, say: () => process.stdout.write('.') });
process.exitCode = results.filter((r) => r.status === 'done').length === 2 ? 0 : 1;
`,
);

function start(dataDir: string, mode = 'one') {
  const child = spawn(process.execPath, [script, dataDir, mode], { stdio: ['ignore', 'pipe', 'inherit'] });
  return { child, ended: new Promise<number | null>((resolve) => child.on('exit', resolve)) };
}

describe('set-up', () => {
  it('is completed by the next run after a kill at any point', async () => {
    for (let delayMs = 20; delayMs < 140; delayMs += 17) {
      const dataDir = mkdtempSync(path.join(folder, 'killed-'));
      const first = start(dataDir);
      const timer = setTimeout(() => first.child.kill('SIGKILL'), delayMs);
      await first.ended;
      clearTimeout(timer);
      for (const id of ['a', 'b']) {
        if (existsSync(path.join(dataDir, id))) expect(readFileSync(path.join(dataDir, id)).length).toBe(100_000);
      }
      expect(await start(dataDir).ended).toBe(0);
    }
  });

  it('runs one at a time where two begin together', async () => {
    const dataDir = mkdtempSync(path.join(folder, 'two-'));
    const codes = await Promise.all([
      start(dataDir, 'two').ended,
      start(dataDir, 'two').ended,
      start(dataDir, 'two').ended,
    ]);
    expect(codes).toEqual([0, 0, 0]);
  });

  it('goes on where a step is not possible, and says what is lost and how to mend it', async () => {
    const dataDir = mkdtempSync(path.join(folder, 'lost-'));
    await start(dataDir).ended;
    const { steps } = JSON.parse(readFileSync(path.join(dataDir, 'setup', 'state.json'), 'utf8'));
    expect(steps.lost).toMatchObject({
      status: 'unavailable',
      detail: 'No compiler. Only this.',
      remedy: 'Install one.',
    });
    expect(steps.c).toMatchObject({ status: 'unavailable' });
    expect(steps.b).toMatchObject({ status: 'done' });
  });

  it('refuses a damaged download', async () => {
    const { verify } = await import(pathToFileURL(path.join(here, 'wheel.mjs')).href);
    const file = path.join(folder, 'part.whl');
    writeFileSync(file, 'damaged');
    const sha256 = '0'.repeat(64);
    await expect(verify(file, { sha256, bytes: 7 })).rejects.toThrow(/not the file that was published/);
    await expect(verify(file, { sha256, bytes: 8 })).rejects.toThrow(/7 of 8 bytes/);
  });
});

it('takes a copy that has kept whole seconds only, as an image out of a registry, for built', async () => {
  const { newestSourceMs } = await import(pathToFileURL(path.join(here, 'build.mjs')).href);
  expect(newestSourceMs()).toBeGreaterThan(0);
  expect(newestSourceMs() % 1000).toBe(0);
});

describe('what a house has use for', () => {
  const settingsFile = (lines: string) => {
    const EMOHEAL_SETTINGS_FILE = path.join(mkdtempSync(path.join(folder, 'house-')), 'settings.env');
    writeFileSync(EMOHEAL_SETTINGS_FILE, lines);
    return { EMOHEAL_SETTINGS_FILE };
  };
  const idsOf = async (env: Record<string, string>, only?: string[]) => {
    const { stepsOf } = await import('./setup.mjs');
    return stepsOf(env, only).map(({ id }: { id: string }) => id);
  };
  const all = ['faiss-node', 'whisper-model', 'whisper-binary', 'listening'];

  it('is everything, or on a small machine no speech', async () => {
    expect(await idsOf({})).toEqual(all);
    expect(await idsOf({ EMOHEAL_PROFILE: 'small' })).toEqual(['faiss-node']);
    expect(await idsOf(settingsFile('EMOHEAL_PROFILE=small\n'))).toEqual(['faiss-node']);
  });

  it('is no other speech model where it has its own, in the environment or the settings file', async () => {
    const others = all.filter((id) => id !== 'whisper-model');
    expect(await idsOf({ EMOHEAL_WHISPER_MODEL: '/ours.bin' })).toEqual(others);
    const { SPEECH } = await import('./setup.mjs');
    expect(await idsOf(settingsFile('EMOHEAL_WHISPER_MODEL=/ours.bin\n'), SPEECH)).toEqual(['whisper-binary']);
    expect(await idsOf({ ...settingsFile('EMOHEAL_WHISPER_MODEL=/ours.bin\n'), EMOHEAL_WHISPER_MODEL: '' })).toEqual(
      all,
    );
  });

  it('is put into the data folder that the program uses, and a settings file that cannot be read stops nothing', async () => {
    const { dataDirOf, settingsOf } = await import('./places.mjs');
    expect(dataDirOf(settingsOf(settingsFile('EMOHEAL_DATA_DIR=/srv/emoheal\n')))).toBe('/srv/emoheal');
    expect(await idsOf({ EMOHEAL_SETTINGS_FILE: path.join(folder, 'nowhere.env') })).toEqual(all);
  });
});

describe('the packages that it needs', () => {
  it('are found where npm puts them when somebody installs ours, and one that is missing is missed', async () => {
    const { modulesMatch, modulesStep } = await import('./steps/modules.mjs');
    const theirs = path.join(folder, 'their-project', 'node_modules');
    const root = path.join(theirs, 'emoheal');
    const put = (at: string, what: object) => {
      mkdirSync(at, { recursive: true });
      writeFileSync(path.join(at, 'package.json'), JSON.stringify(what));
    };
    put(root, { name: 'emoheal', dependencies: { esbuild: '1.0.0', inner: '1.0.0' } });
    put(path.join(theirs, 'esbuild'), {});
    expect(modulesMatch(root, false)).toBe(false);
    await expect(modulesStep().run({ root, env: {} })).rejects.toThrow(/not installed/);
    put(path.join(root, 'node_modules', 'inner'), {});
    expect(modulesMatch(root, false)).toBe(true);
    expect(modulesStep().isDone({ root })).toBe(true);
  });
});
