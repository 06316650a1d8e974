/** Secrets lie sealed under a key that is not beside them; what was plain is sealed, and keys can be changed. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createStudies, type Study } from '../../engine/checkins/study.js';
import { openSecretBox, rotateKey } from '../../engine/secrets/key-file.js';
import { createSecretBox } from '../../engine/secrets/secret-box.js';
import { openFileStore } from '../store/files/file-store.js';
import { STUDY } from '../store/kinds.js';
import { sealedStudies } from './sealed-study.js';
import { signingKey } from './signing-key.js';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'emoheal-secrets-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));
const inState = (name: string) => path.join(dataDir, 'state', name);
const keyFile = () => path.join(dataDir, 'secret-key');

describe('the box', () => {
  it('gives back what was sealed, and nothing of what was changed, cut, or sealed for something else', () => {
    const box = createSecretBox([randomBytes(32)]);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), fc.nat(), (secret, at) => {
        const sealed = box.seal(secret, 'signing');
        expect(new Uint8Array(box.open(sealed, 'signing'))).toEqual(secret);
        expect(box.seal(secret, 'signing')).not.toBe(sealed);
        expect(() => box.open(sealed, 'a study')).toThrow('sealed with another key, or was changed');
        const start = sealed.lastIndexOf('.') + 1;
        // The last letter of base64 may hold bits that say nothing.
        const i = start + (at % (sealed.length - start - 1));
        const other = sealed[i] === 'A' ? 'B' : 'A';
        expect(() => box.open(sealed.slice(0, i) + other + sealed.slice(i + 1), 'signing')).toThrow('was changed');
        expect(() => box.open(sealed.slice(0, i), 'signing')).toThrow('was changed');
        expect(() => createSecretBox([randomBytes(32)]).open(sealed, 'signing')).toThrow('another key');
      }),
    );
  });
});

describe('the secrets of a house', () => {
  it('are sealed; their key lies outside of the state, for its owner only', () => {
    const key = signingKey(dataDir, openSecretBox({ dataDir }));
    expect(key).toHaveLength(32);
    expect(readFileSync(inState('stream-key'), 'latin1')).toMatch(/^sealed1\./);
    expect(statSync(keyFile()).mode & 0o777).toBe(0o600);
    expect(statSync(inState('stream-key')).mode & 0o777).toBe(0o600);
    expect(signingKey(dataDir, openSecretBox({ dataDir }))).toEqual(key);
  });

  it('a key that lay there plain stays the same and is sealed', () => {
    const plain = randomBytes(32);
    mkdirSync(inState(''), { recursive: true });
    writeFileSync(inState('stream-key'), plain);
    expect(signingKey(dataDir, openSecretBox({ dataDir }))).toEqual(plain);
    const files = readdirSync(inState('')).map((name) => readFileSync(inState(name)));
    expect(files.some((bytes) => bytes.includes(plain))).toBe(false);
    expect(signingKey(dataDir, openSecretBox({ dataDir }))).toEqual(plain);
  });

  it('without their key are not made anew, and the refusal says what to bring back', () => {
    signingKey(dataDir, openSecretBox({ dataDir }));
    const before = readFileSync(inState('stream-key'));
    rmSync(keyFile());
    expect(() => signingKey(dataDir, openSecretBox({ dataDir }))).toThrow('sealed with another key');
    expect(readFileSync(inState('stream-key'))).toEqual(before);
    writeFileSync(keyFile(), 'no key');
    expect(() => openSecretBox({ dataDir })).toThrow('holds no key');
  });

  it.each(['the key file', 'EMOHEAL_SECRET_KEY'])(
    'outlive a change of %s, and the old key opens nothing',
    async (by) => {
      const [old, next] = [randomBytes(32), randomBytes(32)].map((key) => key.toString('base64'));
      const settings = by === 'the key file' ? { dataDir } : { dataDir, secretKey: old };
      const box = openSecretBox(settings);
      const key = signingKey(dataDir, box);
      const store = await openFileStore({ dataDir });
      const kept = await store.records(STUDY);
      const studies = async (sealedBy = box) =>
        createStudies({
          records: await sealedStudies(kept, sealedBy),
          nowMs: () => 1,
          newSecret: () => randomBytes(32).toString('hex'),
        });
      await (await studies()).begin();
      await (await studies()).join('anna');
      const way = await (await studies()).allocated('anna');
      const after = by === 'the key file' ? settings : { dataDir, secretKey: `${next},${old}` };
      await rotateKey(after, async (newest) => {
        signingKey(dataDir, newest);
        await sealedStudies(kept, newest);
      });
      const now = openSecretBox(by === 'the key file' ? settings : { dataDir, secretKey: next });
      expect(signingKey(dataDir, now)).toEqual(key);
      expect(await (await studies(now)).allocated('anna')).toBe(way);
      expect(() => signingKey(dataDir, box)).toThrow('another key');
      expect((await kept.read()).study?.secret).toMatch(/^sealed1\./);
      await store.close();
    },
  );

  it('a study from before is sealed when it is opened, and is the same study', async () => {
    const secret = randomBytes(32).toString('hex');
    const store = await openFileStore({ dataDir });
    mkdirSync(inState(''), { recursive: true });
    const before: Study = { secret, begunAtMs: 1, participants: [{ listener: 'anna', number: 1, agreedAtMs: 1 }] };
    writeFileSync(inState('study.json'), JSON.stringify({ schemaVersion: 1, records: { study: before } }));
    const opened = await sealedStudies(await store.records(STUDY), openSecretBox({ dataDir }));
    expect((await opened.read()).study).toEqual(before);
    for (const name of readdirSync(inState(''))) expect(readFileSync(inState(name), 'utf8')).not.toContain(secret);
    await store.close();
  });
});
