/** What is sent as a greeting becomes sound of ours, or is refused; nothing of a refused one stays. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createAudioPool } from '../../media-index/audio/audio-pool.js';
import { createGreetings } from './greetings.js';

const dataDir = mkdtempSync(path.join(tmpdir(), 'emoheal-greeting-'));
const pool = createAudioPool({ workers: 1 });
let ids = 0;
const greetings = createGreetings({ dataDir, audio: async () => pool, newId: () => `g${ids++}` });
afterAll(async () => {
  await pool.close();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Mono, 16 kHz, 16 bit, with something in its tail that is no sound. */
function wav(seconds: number, loudness: number, secret = ''): Uint8Array {
  const count = Math.round(seconds * 16_000);
  const bytes = Buffer.alloc(44 + count * 2);
  bytes.write('RIFF', 0);
  bytes.writeUInt32LE(36 + count * 2, 4);
  bytes.write('WAVEfmt ', 8);
  bytes.set([16, 0, 0, 0, 1, 0, 1, 0], 16);
  bytes.writeUInt32LE(16_000, 24);
  bytes.writeUInt32LE(32_000, 28);
  bytes.set([2, 0, 16, 0], 32);
  bytes.write('data', 36);
  bytes.writeUInt32LE(count * 2, 40);
  for (let i = 0; i < count; i += 1) bytes.writeInt16LE(Math.round(loudness * 32_000 * Math.sin(i / 8)), 44 + i * 2);
  return new Uint8Array(Buffer.concat([bytes, Buffer.from(secret)]));
}
const files = () => readdirSync(path.join(dataDir, 'greetings'));

describe('a greeting', () => {
  it('is kept as MP3 of the same length, without anything else that was in the file', async () => {
    const { id, durationSec } = await greetings.keep(wav(3, 0.3, 'GPS 52.5,13.4'));
    expect(durationSec).toBeGreaterThan(2.9);
    expect(durationSec).toBeLessThan(3.1);
    const kept = (await greetings.load(id))!;
    expect(kept[0]).toBe(0xff);
    expect(kept.includes('GPS')).toBe(false);
    let loudest = 0;
    for await (const block of pool.decodeFile(path.join(dataDir, 'greetings', id), {}))
      for (const each of block) loudest = Math.max(loudest, Math.abs(each));
    // Mono on two channels is 3 dB less on each.
    expect(loudest).toBeGreaterThan(0.15);
    await greetings.remove(id);
    await greetings.remove(id);
    expect(await greetings.load(id)).toBeNull();
  });

  it.each([
    ['longer than twenty seconds', wav(22, 0.3), 'too-large'],
    ['silent', wav(3, 0), 'bad-input'],
    ['too short', wav(0.1, 0.3), 'bad-input'],
    ['no sound', new TextEncoder().encode('<script>alert(1)</script>'), 'bad-input'],
    ['a list of other files', new TextEncoder().encode("ffconcat version 1.0\nfile '/etc/passwd'\n"), 'bad-input'],
    ['empty', new Uint8Array(), 'bad-input'],
  ])('is refused where it is %s, and leaves nothing', async (_what, bytes, code) => {
    await expect(greetings.keep(bytes)).rejects.toMatchObject({ code });
    expect(files()).toEqual([]);
  });

  it('is asked for by a name that is no path', async () => {
    expect(await greetings.load('../state/stream-key')).toBeNull();
  });
});
