/** A certificate authority of the tests' own, shaped like Amazon's: root, cross-signed root, intermediate, leaf. */
import 'reflect-metadata';
import { createSign, type KeyObject, webcrypto, X509Certificate } from 'node:crypto';
import * as x509 from '@peculiar/x509';

x509.cryptoProvider.set(webcrypto as unknown as Crypto);

const RSA = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  publicExponent: new Uint8Array([1, 0, 1]),
  modulusLength: 2048,
};
type Keys = webcrypto.CryptoKeyPair;

export interface Issued {
  pem: string;
  keys: Keys;
  name: string;
}

const newKeys = () => webcrypto.subtle.generateKey(RSA, true, ['sign', 'verify']) as Promise<Keys>;

export interface Wish {
  name: string;
  issuer?: Issued;
  keys?: Keys;
  ca?: boolean;
  hosts?: string[];
  from?: string;
  to?: string;
}

let serial = 1;

export async function issue({
  name,
  issuer,
  keys,
  ca = false,
  hosts,
  from = '2026-01-01',
  to = '2027-12-31',
}: Wish): Promise<Issued> {
  const own = keys ?? (await newKeys());
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: String(++serial).padStart(2, '0'),
    subject: `CN=${name}`,
    issuer: `CN=${issuer?.name ?? name}`,
    notBefore: new Date(from),
    notAfter: new Date(to),
    publicKey: own.publicKey as unknown as CryptoKey,
    signingKey: (issuer?.keys ?? own).privateKey as unknown as CryptoKey,
    signingAlgorithm: RSA,
    extensions: [
      new x509.BasicConstraintsExtension(ca, undefined, true),
      ...(hosts
        ? [new x509.SubjectAlternativeNameExtension(hosts.map((value) => ({ type: 'dns' as const, value })))]
        : []),
    ],
  });
  return { pem: certificate.toString('pem'), keys: own, name };
}

/** Root ← intermediate ← leaf, and the root once more, signed by an older root that nobody trusts any more. */
export async function authority() {
  const root = await issue({ name: 'Root', ca: true });
  const older = await issue({ name: 'Older Root', ca: true });
  const crossSigned = await issue({ name: 'Root', issuer: older, keys: root.keys, ca: true });
  const intermediate = await issue({ name: 'Intermediate', issuer: root, ca: true });
  const leaf = await issue({ name: 'echo-api.amazon.com', issuer: intermediate, hosts: ['echo-api.amazon.com'] });
  return { root, older, crossSigned, intermediate, leaf, trusted: [new X509Certificate(root.pem)] };
}

export async function sign(issued: Issued, body: Buffer, algorithm = 'RSA-SHA256'): Promise<string> {
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', issued.keys.privateKey));
  const key = { key: pkcs8, format: 'der', type: 'pkcs8' } as unknown as KeyObject;
  return createSign(algorithm).update(body).sign(key, 'base64');
}
