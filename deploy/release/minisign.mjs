/**
 * Signatures as minisign writes them (https://jedisct1.github.io/minisign/): Ed25519 over the BLAKE2b-512 of a file, and a
 * second one over the first and a comment that can then be trusted. Whoever fetches a release needs no program of ours to
 * check it. The secret key is kept as PKCS#8, sealed with a passphrase.
 */
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';

/** Signed is the file itself ("Ed"), or its BLAKE2b-512 ("ED"): ours are all of the second kind, keys name the first. */
const KEY_KIND = 'Ed';
const HASHED = 'ED';
const KIND_BYTES = 2;
const ID_BYTES = 8;
const KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;
/** What stands before the 32 bytes of an Ed25519 public key in DER. */
const SPKI_HEAD = Buffer.from('302a300506032b6570032100', 'hex');

const digestOf = (bytes) => createHash('blake2b512').update(bytes).digest();
const rawKey = (key) => key.export({ format: 'der', type: 'spki' }).subarray(SPKI_HEAD.length);
/** Follows from the public key, so that it need not be kept beside the secret one. */
const idOf = (raw) => createHash('sha256').update(raw).digest().subarray(0, ID_BYTES);
const idText = (id) => Buffer.from(id).reverse().toString('hex').toUpperCase();

/** The text of the public key's file. */
function publicText(key) {
  const raw = rawKey(key);
  const packed = Buffer.concat([Buffer.from(KEY_KIND), idOf(raw), raw]);
  return `untrusted comment: minisign public key ${idText(idOf(raw))}\n${packed.toString('base64')}\n`;
}

/** A new pair: the secret one as PEM, sealed with the passphrase, and the file to be published. */
export function newKeys(passphrase) {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const secret = privateKey.export({ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase });
  return { secret, published: publicText(publicKey) };
}

/** Throws where the passphrase does not open it. */
export function openSecret(pem, passphrase) {
  try {
    return createPrivateKey({ key: pem, passphrase });
  } catch (cause) {
    throw new Error('The secret key does not open: another passphrase, or no key made by "npm run release:keys".', {
      cause,
    });
  }
}

/** The text of the signature's file; `comment` is signed as well, and may not hold a line break. */
export function signatureOf(bytes, secret, comment) {
  if (/[\r\n]/.test(comment)) throw new Error('A comment is one line.');
  const raw = rawKey(createPublicKey(secret));
  const own = sign(null, digestOf(bytes), secret);
  const whole = sign(null, Buffer.concat([own, Buffer.from(comment)]), secret);
  const packed = Buffer.concat([Buffer.from(HASHED), idOf(raw), own]);
  return `untrusted comment: signature of an EmoHeal release\n${packed.toString('base64')}\ntrusted comment: ${comment}\n${whole.toString('base64')}\n`;
}

const decoded = (text, length, what) => {
  const bytes = Buffer.from(text ?? '', 'base64');
  if (bytes.length !== length) throw new Error(`This is no ${what} of minisign.`);
  return bytes;
};

/** The trusted comment. Throws, with the reason, where the signature is not this key's over these bytes. */
export function checkSignature(bytes, signatureText, publishedText) {
  const key = decoded(publishedText.trim().split('\n').at(-1), KIND_BYTES + ID_BYTES + KEY_BYTES, 'public key');
  const lines = signatureText.split('\n');
  const own = decoded(lines[1], KIND_BYTES + ID_BYTES + SIGNATURE_BYTES, 'signature');
  const comment = /^trusted comment: (.*)$/.exec(lines[2] ?? '')?.[1];
  const whole = decoded(lines[3], SIGNATURE_BYTES, 'signature');
  if (comment === undefined || own.toString('latin1', 0, KIND_BYTES) !== HASHED)
    throw new Error('This is no signature of minisign, or one of a kind that we do not make.');
  const [keyId, ownId] = [key, own].map((each) => each.subarray(KIND_BYTES, KIND_BYTES + ID_BYTES));
  if (!keyId.equals(ownId)) throw new Error(`Signed with the key ${idText(ownId)}, not with ${idText(keyId)}.`);
  const published = createPublicKey({
    key: Buffer.concat([SPKI_HEAD, key.subarray(KIND_BYTES + ID_BYTES)]),
    format: 'der',
    type: 'spki',
  });
  const signature = own.subarray(KIND_BYTES + ID_BYTES);
  if (!verify(null, digestOf(bytes), published, signature)) throw new Error('What was signed is not what lies here.');
  if (!verify(null, Buffer.concat([signature, Buffer.from(comment)]), published, whole))
    throw new Error('The comment of the signature was changed.');
  return comment;
}
