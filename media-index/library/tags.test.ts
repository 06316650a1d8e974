/** Tags are somebody else's words: read where they are of a size that tags have, and left where they are not. */
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readTags } from './tags.js';

const folder = mkdtempSync(path.join(os.tmpdir(), 'emoheal-tags-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const sized = (bytes: number) => Buffer.from([bytes >> 21, bytes >> 14, bytes >> 7, bytes].map((each) => each & 127));
/** ID3v2.3: a title, and a picture that claims `pictureBytes`. */
function tagged(pictureBytes: number): Buffer {
  const frame = (id: string, bytes: number, body: Buffer) => {
    const head = Buffer.alloc(10);
    head.write(id, 'latin1');
    head.writeUInt32BE(bytes, 4);
    return Buffer.concat([head, body]);
  };
  const title = frame('TIT2', 7, Buffer.from('\0Barley', 'latin1'));
  const picture = frame('APIC', pictureBytes, Buffer.from('\0image/png\0\x03\0', 'latin1'));
  return Buffer.concat([Buffer.from('ID3\x03\0\0', 'latin1'), sized(title.length + 10 + pictureBytes), title, picture]);
}

it('a title beside a picture of an honest size is read', async () => {
  const file = path.join(folder, 'honest.mp3');
  writeFileSync(file, Buffer.concat([tagged(100_000), Buffer.alloc(110_000)]));
  expect(await readTags(file)).toMatchObject({ title: 'Barley', cover: null });
});

it('a picture of a quarter of a gigabyte takes no memory: the file is called by its name', async () => {
  const file = path.join(folder, 'a bomb.mp3');
  writeFileSync(file, tagged(250_000_000));
  // Sparse: it takes no room on the disk either.
  truncateSync(file, 250_100_000);
  const before = process.resourceUsage().maxRSS;
  expect(await readTags(file)).toMatchObject({ title: 'a bomb', cover: null });
  expect((process.resourceUsage().maxRSS - before) / 1024).toBeLessThan(100);
});

it('what is no file at all has its name', async () => {
  expect(await readTags(path.join(folder, 'gone.mp3'))).toMatchObject({ title: 'gone', maker: 'unknown' });
});
