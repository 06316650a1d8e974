/**
 * `npm run release:keys -- FOLDER`, `npm run release:sign -- --key FILE [--out FOLDER]`, `npm run release:verify -- FOLDER
 * --key FILE`: a release is the package, its list of parts (CycloneDX) and their checksums, signed. The passphrase of the
 * secret key comes from RELEASE_PASSPHRASE. Building is done twice and compared first: what is signed can be made anew.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { run } from '../setup/command.mjs';
import { root } from '../setup/places.mjs';
import { checkSignature, newKeys, openSecret, signatureOf } from './minisign.mjs';

const LIST = 'SHA256SUMS';
const SIGNATURE = `${LIST}.minisig`;
const SECRET = 'emoheal-release.pem';
const PUBLISHED = 'emoheal-release.pub';
const LEAST_PASSPHRASE = 12;

const HELP = `npm run release:keys -- FOLDER                     makes a pair of keys
npm run release:sign -- --key FILE [--out FOLDER]  builds twice, compares, packs, signs (release/ where no folder is named)
npm run release:verify -- FOLDER --key FILE        checks signature and checksums, and that nothing else lies there

RELEASE_PASSPHRASE seals and opens the secret key. Example:
  RELEASE_PASSPHRASE=… npm run release:keys -- ~/keys
  RELEASE_PASSPHRASE=… npm run release:sign -- --key ~/keys/${SECRET}
  npm run release:verify -- release --key ~/keys/${PUBLISHED}`;

/** The mistake of whoever called, in one line. */
class Mistake extends Error {}

const sumOf = (file) => createHash('sha256').update(readFileSync(file)).digest('hex');

function passphrase(env) {
  const given = env.RELEASE_PASSPHRASE ?? '';
  if (given.length < LEAST_PASSPHRASE)
    throw new Mistake(`Set RELEASE_PASSPHRASE (${LEAST_PASSPHRASE} characters or more): it seals the secret key.`);
  return given;
}

export function makeKeys(folder, env) {
  const names = [SECRET, PUBLISHED].map((name) => path.join(folder, name));
  const there = names.find((name) => existsSync(name));
  if (there) throw new Mistake(`${there} is there already; a key is made once and kept.`);
  const { secret, published } = newKeys(passphrase(env));
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(names[0], secret, { mode: 0o600 });
  writeFileSync(names[1], published);
  return names;
}

/** Checksums of every file of the folder as `sha256sum -c` reads them, and their signature. */
export function signFolder(folder, keyFile, comment, env) {
  const secret = openSecret(readFileSync(keyFile, 'utf8'), passphrase(env));
  const names = readdirSync(folder)
    .filter((name) => name !== LIST && name !== SIGNATURE)
    .sort();
  const list = names.map((name) => `${sumOf(path.join(folder, name))}  ${name}\n`).join('');
  writeFileSync(path.join(folder, LIST), list);
  writeFileSync(path.join(folder, SIGNATURE), signatureOf(Buffer.from(list), secret, comment));
  return names;
}

/** Whether both names lead to one file. */
const isSame = (a, b) => existsSync(a) && existsSync(b) && realpathSync(a) === realpathSync(b);

/** The trusted comment and the files that were checked. Throws where anything is not as it was signed. */
export function verifyFolder(folder, keyFile) {
  const missing = [LIST, SIGNATURE].find((name) => !existsSync(path.join(folder, name)));
  if (missing) throw new Mistake(`${path.join(folder, missing)} is missing: this is no signed release.`);
  const list = readFileSync(path.join(folder, LIST));
  const comment = checkSignature(
    list,
    readFileSync(path.join(folder, SIGNATURE), 'utf8'),
    readFileSync(keyFile, 'utf8'),
  );
  const names = [];
  // The key itself may have been fetched to the same place.
  const there = readdirSync(folder).filter(
    (name) => name !== LIST && name !== SIGNATURE && !isSame(path.join(folder, name), keyFile),
  );
  for (const line of list.toString().split('\n').filter(Boolean)) {
    const [, sum, name] = /^([0-9a-f]{64}) {2}([^/\\]+)$/.exec(line) ?? [];
    if (!name) throw new Error(`${LIST} holds a line that is no checksum.`);
    if (!existsSync(path.join(folder, name))) throw new Error(`${name} is missing.`);
    if (sumOf(path.join(folder, name)) !== sum) throw new Error(`${name} is not the file that was signed.`);
    names.push(name);
  }
  // What was laid beside the signed files would be taken for one of them.
  const unsigned = there.find((name) => !names.includes(name));
  if (unsigned) throw new Error(`${unsigned} lies in the folder and was not signed.`);
  return { comment, names };
}

/**
 * The commit that a folder is at, for the trusted comment; '' where git knows nothing of it. Throws where files are not as
 * they were committed: what is signed as a commit must be that commit.
 */
export async function commitOf(folder, env) {
  const here = { cwd: folder, env };
  const commit = await run('git', ['rev-parse', 'HEAD'], here).then(
    (text) => text.trim(),
    () => '',
  );
  const changed = commit && (await run('git', ['status', '--porcelain'], here)).trim();
  if (changed)
    throw new Mistake(
      `Not everything is committed (${changed.split('\n')[0].trim()}): what is signed as commit ${commit.slice(0, 8)} must be it.`,
    );
  return commit;
}

async function makeRelease(out, keyFile, env) {
  // Before minutes of building: a key that does not open is told at once.
  openSecret(readFileSync(keyFile, 'utf8'), passphrase(env));
  const commit = await commitOf(root, env);
  if (existsSync(out) && readdirSync(out).length > 0) throw new Mistake(`${out} is not empty.`);
  mkdirSync(out, { recursive: true });
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const here = { cwd: root, env };
  await run(process.execPath, [path.join(root, 'deploy', 'setup', 'reproducible.mjs')], here);
  await run('npm', ['pack', '--silent', '--pack-destination', out], here);
  await run('npm', ['run', '--silent', 'sbom', '--', '--output-file', path.join(out, 'sbom.cdx.json')], here);
  if ((await commitOf(root, env)) !== commit) throw new Mistake('Another commit came while the release was made.');
  return signFolder(out, keyFile, `emoheal ${version}${commit ? ` of ${commit}` : ''}`, env);
}

function parsed(words) {
  try {
    return parseArgs({
      args: words,
      allowPositionals: true,
      options: { key: { type: 'string' }, out: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    });
  } catch (error) {
    throw new Mistake(`${error.message.split('. ')[0]}. There are --key FILE and --out FOLDER.`);
  }
}

export async function release(words, env) {
  const { values, positionals } = parsed(words);
  if (values.help) return HELP;
  const [what, folder] = positionals;
  const key = () => {
    if (!values.key || !existsSync(values.key))
      throw new Mistake(`Give the key's file: --key FILE (${what === 'sign' ? SECRET : PUBLISHED}).`);
    return values.key;
  };
  if (what === 'keys') {
    if (!folder) throw new Mistake('Name the folder for the two keys: npm run release:keys -- FOLDER');
    const [secret, published] = makeKeys(folder, env);
    return `${secret} stays with you; publish ${published}.`;
  }
  if (what === 'sign') {
    const out = path.resolve(values.out ?? path.join(root, 'release'));
    const names = await makeRelease(out, key(), env);
    return `${out}: ${names.join(', ')}, ${LIST}, ${SIGNATURE}.`;
  }
  if (what === 'verify') {
    if (!folder) throw new Mistake('Name the folder of the release: npm run release:verify -- FOLDER --key FILE');
    const { comment, names } = verifyFolder(folder, key());
    return `Signed as "${comment}": ${names.join(', ')}.`;
  }
  throw new Mistake('One of: keys, sign, verify.');
}

if (process.argv[1] && path.resolve(process.argv[1]) === path.join(root, 'deploy', 'release', 'release.mjs')) {
  try {
    process.stdout.write(`${await release(process.argv.slice(2), process.env)}\n`);
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = error instanceof Mistake ? 2 : 1;
  }
}
