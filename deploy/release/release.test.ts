/** Signed checksums: what was signed is accepted, whatever was changed is not, and minisign itself agrees. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { checkSignature, newKeys, openSecret, signatureOf } from './minisign.mjs';
import { commitOf, makeKeys, signFolder, verifyFolder } from './release.mjs';

const base = mkdtempSync(path.join(os.tmpdir(), 'emoheal-release-'));
afterAll(() => rmSync(base, { recursive: true, force: true }));
const env = { RELEASE_PASSPHRASE: 'correct horse battery' };
const [secretFile, publicFile] = makeKeys(path.join(base, 'keys'), env) as [string, string];
const hasMinisign = spawnSync('minisign', ['-v']).error === undefined;
if (!hasMinisign) console.warn('skipped: minisign as the judge of our signatures (it is not installed)');

describe('a signed release', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(base, 'release-'));
    writeFileSync(path.join(folder, 'emoheal-1.0.0.tgz'), 'the package');
    writeFileSync(path.join(folder, 'sbom.cdx.json'), '{}');
    signFolder(folder, secretFile, 'emoheal 1.0.0 of abc', env);
  });
  const file = (name: string) => path.join(folder, name);

  it('is accepted as it is, with the comment that was signed', () => {
    expect(verifyFolder(folder, publicFile)).toEqual({
      comment: 'emoheal 1.0.0 of abc',
      names: ['emoheal-1.0.0.tgz', 'sbom.cdx.json'],
    });
    execFileSync('sha256sum', ['-c', 'SHA256SUMS'], { cwd: folder });
  });

  it.runIf(hasMinisign)('is accepted by minisign', () => {
    const told = execFileSync('minisign', ['-Vm', file('SHA256SUMS'), '-p', publicFile], { encoding: 'utf8' });
    expect(told).toContain('Trusted comment: emoheal 1.0.0 of abc');
  });

  it('is refused where a file, the list, the comment or the key is another one', () => {
    const changes: [string, (text: string) => string, RegExp][] = [
      ['emoheal-1.0.0.tgz', () => 'another package', /not the file that was signed/],
      ['SHA256SUMS', (text) => text.replace(/^./, (c) => (c === '0' ? '1' : '0')), /not what lies here/],
      ['SHA256SUMS.minisig', (text) => text.replace('1.0.0', '1.0.1'), /comment of the signature was changed/],
    ];
    for (const [name, change, reason] of changes) {
      const before = readFileSync(file(name), 'utf8');
      writeFileSync(file(name), change(before));
      expect(() => verifyFolder(folder, publicFile)).toThrow(reason);
      writeFileSync(file(name), before);
    }
    const [, other] = makeKeys(path.join(base, `others-${path.basename(folder)}`), env) as [string, string];
    expect(() => verifyFolder(folder, other)).toThrow(/Signed with the key/);
    writeFileSync(file('emoheal-1.0.1.tgz'), 'laid beside it');
    expect(() => verifyFolder(folder, publicFile)).toThrow(/emoheal-1.0.1.tgz lies in the folder and was not signed/);
    rmSync(file('emoheal-1.0.1.tgz'));
    // The key itself may lie there, as the words of the documentation have it; another one may not.
    writeFileSync(file('emoheal-release.pub'), readFileSync(publicFile));
    expect(verifyFolder(folder, file('emoheal-release.pub')).names).toHaveLength(2);
    expect(() => verifyFolder(folder, publicFile)).toThrow(/emoheal-release.pub lies in the folder/);
    rmSync(file('emoheal-release.pub'));
    rmSync(file('sbom.cdx.json'));
    expect(() => verifyFolder(folder, publicFile)).toThrow(/sbom.cdx.json is missing/);
  });
});

describe('what is signed as a commit', () => {
  const repository = mkdtempSync(path.join(base, 'repository-'));
  const git = (...words: string[]) =>
    execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', ...words], {
      cwd: repository,
      encoding: 'utf8',
    }).trim();

  it('is that commit: nothing changed, nothing added', async () => {
    git('init', '-q');
    writeFileSync(path.join(repository, 'a.ts'), 'one');
    git('add', '.');
    git('commit', '-qm', 'one');
    const commit = git('rev-parse', 'HEAD');
    expect(await commitOf(repository, process.env)).toBe(commit);
    writeFileSync(path.join(repository, 'b.ts'), 'not asked about');
    await expect(commitOf(repository, process.env)).rejects.toThrow(/Not everything is committed .*b\.ts/);
    rmSync(path.join(repository, 'b.ts'));
    writeFileSync(path.join(repository, 'a.ts'), 'two');
    await expect(commitOf(repository, process.env)).rejects.toThrow(/a\.ts/);
  });

  it('is nothing where git knows nothing of it', async () => {
    const plain = mkdtempSync(path.join(base, 'plain-'));
    expect(await commitOf(plain, { ...process.env, GIT_CEILING_DIRECTORIES: base })).toBe('');
  });
});

describe('signatures', () => {
  const { secret, published } = newKeys('a passphrase');
  const key = openSecret(secret, 'a passphrase');

  it('hold for any bytes, and for no others', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(), (bytes, at) => {
        const signature = signatureOf(bytes, key, 'c');
        expect(checkSignature(bytes, signature, published)).toBe('c');
        const other = Uint8Array.from([...bytes, 0]);
        other[at % other.length] = (other[at % other.length] as number) ^ 1;
        expect(() => checkSignature(other, signature, published)).toThrow();
      }),
    );
  });

  it('of nonsense are refused with one sentence', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => checkSignature(Buffer.from('a'), text, published)).toThrow(/signature|signed|Signed/);
      }),
    );
  });
});

describe('the secret key', () => {
  it('is sealed, is nobody else’s to read, opens with its passphrase alone, and is never replaced', () => {
    expect(readFileSync(secretFile, 'utf8')).toContain('ENCRYPTED');
    expect(statSync(secretFile).mode & 0o077).toBe(0);
    expect(() => openSecret(readFileSync(secretFile, 'utf8'), 'another one')).toThrow(/does not open/);
    expect(() => makeKeys(path.dirname(secretFile), env)).toThrow(/there already/);
    expect(() => makeKeys(path.join(base, 'short'), { RELEASE_PASSPHRASE: 'short' })).toThrow(/RELEASE_PASSPHRASE/);
  });
});
