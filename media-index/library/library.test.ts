import { writeFileSync } from 'node:fs';
import {
  chmod,
  copyFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  symlink,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EmohealError } from '../../engine/errors.js';
import type { AudioAnalyser } from '../../engine/ports.js';
import { AAC } from '../audio/aac-encoder.js';
import { encodePackets } from '../audio/packet-encoder.js';
import { fragment, initSegment } from '../stream/fmp4.js';
import { fakeAnalysis, MOOD_TRACKS } from '../tracks.fake.js';
import { type Library, openLibrary } from './library.js';

let root: string;
let dataDir: string;
let music: string;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'emoheal-library-'));
  dataDir = path.join(root, 'data');
  music = path.join(root, 'music');
  await mkdir(music);
});
afterEach(() => rm(root, { recursive: true, force: true }));

/** Listens to nothing: a file that says "broken" is unreadable, all others are music. */
function fakeAnalyser(before: (file: string) => void = () => {}): AudioAnalyser & { heard: string[] } {
  const heard: string[] = [];
  return {
    heard,
    async analyseFile(file, signal) {
      signal?.throwIfAborted();
      before(file);
      heard.push(path.basename(file));
      const text = await readFile(file, 'latin1');
      if (text.includes('broken')) throw new EmohealError('track-unreadable', 'No sound was found in it.');
      if (text.includes('crash')) throw new TypeError('internal detail');
      return fakeAnalysis({ durationSec: text.includes('endless') ? 36_000 : text.includes('blip') ? 0.5 : 120 });
    },
  };
}
const open = (analyser: AudioAnalyser = fakeAnalyser()): Promise<Library> =>
  openLibrary({ dataDir, starter: MOOD_TRACKS, analyser, nowMs: () => 1000 });
const put = (name: string, content = name): Promise<void> => writeFile(path.join(music, name), content);

/** A second of silence as WAV with a title and a comment in its INFO chunk. */
function taggedWav(title: string, comment: string): Buffer {
  const text = (id: string, value: string): Buffer => {
    const body = Buffer.from(`${value}\0${value.length % 2 === 0 ? '\0' : ''}`);
    const head = Buffer.alloc(8);
    head.write(id);
    head.writeUInt32LE(body.length, 4);
    return Buffer.concat([head, body]);
  };
  const chunk = (id: string, body: Buffer): Buffer => {
    const head = Buffer.alloc(8);
    head.write(id);
    head.writeUInt32LE(body.length, 4);
    return Buffer.concat([head, body]);
  };
  const format = Buffer.alloc(16);
  format.writeUInt16LE(1, 0);
  format.writeUInt16LE(1, 2);
  format.writeUInt32LE(8000, 4);
  format.writeUInt32LE(16000, 8);
  format.writeUInt16LE(2, 12);
  format.writeUInt16LE(16, 14);
  const info = chunk(
    'LIST',
    Buffer.concat([
      Buffer.from('INFO'),
      text('INAM', title),
      text('IART', 'Ada'),
      text('ICMT', comment),
      text('IGNR', 'String Quartet'),
    ]),
  );
  return chunk(
    'RIFF',
    Buffer.concat([Buffer.from('WAVE'), chunk('fmt ', format), info, chunk('data', Buffer.alloc(16000))]),
  );
}

describe('openLibrary', () => {
  it('holds the starter music and shows it, and names an unknown id', async () => {
    const library = await open();
    expect(library.tracks()).toHaveLength(MOOD_TRACKS.length);
    expect(library.show('leaf-rain').title).toBe('Rain on Leaves');
    expect(() => library.show('nobody')).toThrow(/no track "nobody"/);
    await expect(library.remove('leaf-rain')).rejects.toMatchObject({ code: 'forbidden' });
    await expect(library.remove('nobody')).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('importFolder', () => {
  it('imports what is music, lists what is not, and keeps it for the next start', async () => {
    await put('song.mp3');
    await put('no.flac', 'broken');
    await put('odd.ogg', 'crash');
    await put('empty.wav', '');
    await put('day.opus', 'endless');
    await put('tick.m4a', 'blip');
    await put('cover.jpg');
    const progress: number[] = [];
    const library = await open();
    const before = library.tracks();
    const report = await library.importFolder(music, { onProgress: (done) => progress.push(done) });
    expect(report.imported).toMatchObject([{ title: 'song', file: path.join(music, 'song.mp3') }]);
    expect(report.unreadable.map(({ file, reason }) => [path.basename(file), reason])).toEqual([
      ['day.opus', 'longer than 4 hours'],
      ['empty.wav', 'the file is empty'],
      ['no.flac', 'No sound was found in it.'],
      ['odd.ogg', 'it could not be understood as music'],
      ['tick.m4a', 'shorter than 2 seconds'],
    ]);
    expect(progress.at(-1)).toBe(1);
    expect(library.tracks()).not.toBe(before);
    const again = await open();
    expect(again.tracks()).toEqual(library.tracks());
    expect(again.show(report.imported[0]!.trackId)).toMatchObject({
      title: 'song',
      style: 'imported',
      licence: { id: 'unknown' },
      origin: { kind: 'file', path: path.join(music, 'song.mp3') },
    });
  });

  it('says of purchased files that they are copy-protected, and of ten hours that they are too long, without listening', async () => {
    const sound = encodePackets(AAC, new Float32Array(2 * 48_000), 0, 40);
    const bytes = Buffer.concat([initSegment(), fragment(sound, 0, 1)]);
    const marked = (tag: string) => {
      const copy = Buffer.from(bytes);
      copy.write(tag, copy.indexOf('mp4a', copy.indexOf('stsd')));
      return copy;
    };
    await writeFile(path.join(music, 'bought.m4p'), marked('drms'));
    await writeFile(path.join(music, 'read aloud.aax'), marked('aavd'));
    await writeFile(path.join(music, 'free.m4a'), bytes);
    // Ten hours at 1,000 bytes a second, mostly a hole in the file.
    const wav = taggedWav('Endless', '');
    wav.writeUInt32LE(1000, 24);
    wav.writeUInt32LE(1000, 28);
    wav.writeUInt16LE(1, 32);
    wav.writeUInt16LE(8, 34);
    wav.writeUInt32LE(36_000_000, wav.lastIndexOf('data') + 4);
    await writeFile(path.join(music, 'ten hours.wav'), wav);
    await truncate(path.join(music, 'ten hours.wav'), wav.lastIndexOf('data') + 8 + 36_000_000);
    const analyser = fakeAnalyser();
    const report = await (await open(analyser)).importFolder(music);
    expect(report.unreadable.map(({ file, reason }) => [path.basename(file), reason])).toEqual([
      ['bought.m4p', expect.stringContaining('copy-protected')],
      ['read aloud.aax', expect.stringContaining('copy-protected')],
      ['ten hours.wav', 'longer than 4 hours'],
    ]);
    expect(analyser.heard).toHaveLength(1);
  });

  it('takes title, maker, genre and licence from the tags', async () => {
    await writeFile(
      path.join(music, 'x.wav'),
      taggedWav('Evening\u0007 Song ', 'licensed under https://creativecommons.org/licenses/by-sa/4.0/'),
    );
    const library = await open();
    const { imported } = await library.importFolder(music);
    expect(library.show(imported[0]!.trackId)).toMatchObject({
      title: 'Evening Song',
      maker: 'Ada',
      style: 'string-quartet',
      licence: { id: 'CC-BY-SA-4.0', url: 'https://creativecommons.org/licenses/by-sa/4.0/' },
      attribution: 'Evening Song, Ada (CC BY-SA 4.0)',
    });
  });

  it('passes over known files without listening again, and knows a copy by its content', async () => {
    await put('a.mp3', 'same');
    await put('b.mp3', 'same');
    await put('c.mp3', 'other');
    const analyser = fakeAnalyser();
    const library = await open(analyser);
    const first = await library.importFolder(music);
    expect([first.imported.length, first.alreadyThere.length, first.unreadable.length]).toEqual([2, 1, 0]);
    expect(analyser.heard).toHaveLength(2);
    const second = await (await open(analyser)).importFolder(music);
    expect([second.imported.length, second.alreadyThere.length]).toEqual([0, 3]);
    expect(analyser.heard).toHaveLength(2);
  });

  it('listens again when a file has changed, and follows one that has moved', async () => {
    await put('a.mp3', 'one');
    const analyser = fakeAnalyser();
    const library = await open(analyser);
    const trackId = (await library.importFolder(music)).imported[0]!.trackId;
    await rename(path.join(music, 'a.mp3'), path.join(music, 'b.mp3'));
    expect((await library.verify()).problems.map((p) => p.trackId)).toContain(trackId);
    expect((await library.importFolder(music)).alreadyThere).toMatchObject([{ trackId }]);
    expect(library.show(trackId).origin).toEqual({ kind: 'file', path: path.join(music, 'b.mp3') });
    await put('b.mp3', 'two, longer');
    expect((await library.importFolder(music)).imported).toHaveLength(1);
  });

  it('goes round no circle of links and takes each real file once', async () => {
    await mkdir(path.join(music, 'inner'));
    await put('inner/a.mp3');
    await symlink(music, path.join(music, 'inner', 'loop'));
    await symlink(path.join(music, 'inner', 'a.mp3'), path.join(music, 'again.mp3'));
    await symlink(path.join(music, 'nowhere.mp3'), path.join(music, 'dead.mp3'));
    const report = await (await open()).importFolder(music);
    expect(report.imported).toHaveLength(1);
    expect(report.unreadable).toMatchObject([{ reason: 'a link that leads nowhere' }]);
  });

  it('keeps what is ready when it is stopped, and goes on from there', async () => {
    for (let i = 0; i < 12; i++) await put(`${String(i).padStart(2, '0')}.mp3`);
    const stop = new AbortController();
    let heard = 0;
    const stopping = fakeAnalyser(() => {
      heard += 1;
      if (heard === 6) stop.abort();
    });
    const library = await open(stopping);
    await expect(library.importFolder(music, { signal: stop.signal })).rejects.toMatchObject({
      code: 'cancelled',
      retryable: true,
    });
    const kept = library.tracks().length - MOOD_TRACKS.length;
    expect(kept).toBeGreaterThanOrEqual(4);
    expect(kept).toBeLessThan(12);
    const report = await (await open()).importFolder(music);
    expect(report.imported.length + kept).toBe(12);
    expect((await readdir(path.join(dataDir, 'library', 'tracks'))).length).toBe(12);
  });

  it('refuses what is no folder', async () => {
    const library = await open();
    await put('a.mp3');
    await expect(library.importFolder(path.join(music, 'none'))).rejects.toMatchObject({ code: 'not-found' });
    await expect(library.importFolder(path.join(music, 'a.mp3'))).rejects.toMatchObject({ code: 'bad-input' });
    expect(await library.importFolder(await mkdtemp(path.join(root, 'empty-')))).toEqual({
      imported: [],
      alreadyThere: [],
      unreadable: [],
    });
  });

  it.skipIf(process.getuid?.() === 0)('lists folders that it may not open and walks on', async () => {
    await mkdir(path.join(music, 'shut'));
    await put('a.mp3');
    await chmod(path.join(music, 'shut'), 0);
    const report = await (await open()).importFolder(music);
    expect(report.imported).toHaveLength(1);
    expect(report.unreadable).toMatchObject([{ reason: 'the folder cannot be opened' }]);
    await chmod(path.join(music, 'shut'), 0o755);
  });

  it('says clearly when the data folder is not one', async () => {
    await mkdir(dataDir);
    await writeFile(path.join(dataDir, 'library'), 'a file where the folder should be');
    await expect(open()).rejects.toMatchObject({
      code: 'internal',
      message: expect.stringMatching(/cannot be opened/),
    });
  });

  it('ends with one clear error when a record cannot be written, and keeps what was', async () => {
    await put('a.mp3');
    await put('b.mp3');
    const library = await open();
    await mkdir(path.join(dataDir, 'library'), { recursive: true });
    const blocking = await openLibrary({
      dataDir,
      starter: [],
      nowMs: () => 1000,
      concurrency: 1,
      analyser: fakeAnalyser(() => {
        writeFileSync(path.join(dataDir, 'library', 'tracks'), 'no folder');
      }),
    });
    await expect(blocking.importFolder(music)).rejects.toMatchObject({
      code: 'internal',
      message: expect.stringMatching(/"a"/),
    });
    expect(library.tracks()).toHaveLength(MOOD_TRACKS.length);
  });
});

describe('remove and verify', () => {
  it('takes the track off the shelf and leaves the file', async () => {
    await put('a.mp3');
    const library = await open();
    const trackId = (await library.importFolder(music)).imported[0]!.trackId;
    await library.remove(trackId);
    expect(library.tracks()).toHaveLength(MOOD_TRACKS.length);
    expect(await readFile(path.join(music, 'a.mp3'), 'utf8')).toBe('a.mp3');
    expect((await open()).tracks()).toHaveLength(MOOD_TRACKS.length);
  });

  it('reports a broken record and serves the rest', async () => {
    await put('a.mp3');
    await put('b.mp3');
    const first = await open();
    const ids = (await first.importFolder(music)).imported.map((each) => each.trackId);
    await writeFile(path.join(dataDir, 'library', 'tracks', `${ids[0]}.json`), '{"version":1,"track":{');
    await copyFile(
      path.join(dataDir, 'library', 'tracks', `${ids[1]}.json`),
      path.join(dataDir, 'library', 'tracks', 'own-0.json'),
    );
    const library = await open();
    expect(library.tracks()).toHaveLength(MOOD_TRACKS.length + 1);
    expect(
      library
        .broken()
        .map((each) => each.file)
        .sort(),
    ).toEqual(['own-0.json', `${ids[0]}.json`].sort());
    const { problems } = await library.verify();
    expect(problems.map((each) => each.trackId)).toEqual(expect.arrayContaining(['own-0.json', `${ids[0]}.json`]));
    // Importing again mends the broken one.
    expect((await library.importFolder(music)).imported.map((each) => each.trackId)).toEqual([ids[0]]);
  });

  it('finds files that are gone or were changed behind its back', async () => {
    await put('a.mp3');
    await put('b.mp3');
    const library = await open();
    const { imported } = await library.importFolder(music);
    await rm(path.join(music, 'a.mp3'));
    await put('b.mp3', 'b.mp4');
    await utimes(path.join(music, 'b.mp3'), 1, 1);
    const own = (await library.verify()).problems.filter((each) => imported.some((i) => i.trackId === each.trackId));
    expect(own.map((each) => each.problem).sort()).toEqual([
      expect.stringMatching(/gone/),
      expect.stringMatching(/no longer/),
    ]);
  });
});
