/** Genuine requests pass, forged ones do not: chains, addresses, signatures, moments, repetitions. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { authority, type Issued, issue, sign } from './authority.fixture.js';
import { checkCertificateUrl } from './certificate-url.js';
import { leafOfChain } from './chain.js';
import { createVerifier, type FetchText } from './verifier.js';

const NOW = Date.parse('2026-11-23T22:00:00Z');
const URL_OK = 'https://s3.amazonaws.com/echo.api/echo-api-cert-14.pem';
const BODY = Buffer.from(JSON.stringify({ request: { type: 'LaunchRequest' } }));

let ca: Awaited<ReturnType<typeof authority>>;
let signature: string;
const chain = (...some: Issued[]) => some.map(({ pem }) => pem).join('\n');
const genuine = () => chain(ca.leaf, ca.intermediate, ca.crossSigned);

beforeAll(async () => {
  ca = await authority();
  signature = await sign(ca.leaf, BODY);
});

function verifier(pem: string | FetchText = genuine(), nowMs = () => NOW) {
  return createVerifier({ fetchText: typeof pem === 'string' ? async () => pem : pem, nowMs, roots: ca.trusted });
}
const signed = (changes: object = {}) => ({ certificateUrl: URL_OK, signature, body: BODY, ...changes });
const moment = (changes: object = {}) => ({
  type: 'IntentRequest',
  requestId: 'r1',
  timestamp: '2026-11-23T22:00:00Z',
  ...changes,
});

describe('a genuine request', () => {
  it('passes, also with the cross-signed root at the end of its chain', async () => {
    await verifier().checkSignature(signed());
    await verifier(chain(ca.leaf, ca.intermediate)).checkSignature(signed());
  });

  it('passes with a chain that Amazon really sent, on the roots that Node trusts', () => {
    const require = createRequire(import.meta.url);
    const folder = path.dirname(require.resolve('alexa-verifier'));
    const pem = readFileSync(path.join(folder, 'test', 'mocks', 'echo-api-cert-12.cer'), 'utf8');
    expect(leafOfChain(pem, Date.parse('2023-06-01'))).toHaveProperty('leaf');
    expect(leafOfChain(pem, Date.parse('2026-06-01'))).toEqual({ refused: expect.stringMatching(/expired/) });
  });

  it('is fetched for once, then remembered; after its day it is fetched again', async () => {
    let fetched = 0;
    let now = NOW;
    const check = verifier(
      async () => {
        fetched++;
        return genuine();
      },
      () => now,
    );
    for (let i = 0; i < 5; i++) await check.checkSignature(signed());
    expect(fetched).toBe(1);
    now += 13 * 3600 * 1000;
    await check.checkSignature(signed());
    expect(fetched).toBe(2);
  });

  it('is still known after any number of made-up addresses, of which few are fetched at once', async () => {
    const asked: string[] = [];
    let answer = () => {};
    const all = new Promise<string>((resolve) => {
      answer = () => resolve('no certificate');
    });
    const check = verifier(async (url) => {
      asked.push(url.href);
      return url.href === URL_OK ? genuine() : all;
    });
    await check.checkSignature(signed());
    const flood = Array.from({ length: 300 }, (_, i) =>
      check.checkSignature(signed({ certificateUrl: `https://s3.amazonaws.com/echo.api/made-up-${i}.pem` })),
    );
    const ends = Promise.allSettled(flood);
    await check.checkSignature(signed());
    expect(asked.filter((each) => each === URL_OK)).toHaveLength(1);
    expect(asked.length).toBeLessThan(30);
    answer();
    for (const { status, reason } of (await ends) as PromiseRejectedResult[])
      expect([status, reason.code]).toEqual(['rejected', 'forbidden']);
    // Room again, for one that is new and genuine.
    await check.checkSignature(signed({ certificateUrl: URL_OK.replace(/[^/]+$/, 'next.pem') })).catch(() => {});
    expect(asked.at(-1)).toContain('next.pem');
  });

  it('may be 150 seconds old or early; a late event of the skill itself an hour', () => {
    for (const sec of [-149, 0, 149])
      verifier().checkMoment(moment({ timestamp: new Date(NOW + sec * 1000).toISOString() }));
    verifier().checkMoment(
      moment({ type: 'AlexaSkillEvent.SkillDisabled', timestamp: new Date(NOW - 3500_000).toISOString() }),
    );
  });
});

describe('a forged request', () => {
  const forgeries: Record<string, () => Promise<unknown>> = {
    'without a signature': () => verifier().checkSignature(signed({ signature: undefined })),
    'without a certificate address': () => verifier().checkSignature(signed({ certificateUrl: undefined })),
    'with an empty signature': () => verifier().checkSignature(signed({ signature: '' })),
    'with a signature that is no base64': () => verifier().checkSignature(signed({ signature: '!!!!' })),
    'with a huge signature': () => verifier().checkSignature(signed({ signature: 'A'.repeat(5000) })),
    'with another body': () => verifier().checkSignature(signed({ body: Buffer.from('{}') })),
    'with one byte changed': () => {
      const body = Buffer.from(BODY);
      body[3] = 120;
      return verifier().checkSignature(signed({ body }));
    },
    'signed with SHA-1': async () =>
      verifier().checkSignature(signed({ signature: await sign(ca.leaf, BODY, 'RSA-SHA1') })),
    'signed by another key': async () => {
      const other = await issue({ name: 'x' });
      return verifier().checkSignature(signed({ signature: await sign(other, BODY) }));
    },
    'signed by the intermediate': async () =>
      verifier().checkSignature(signed({ signature: await sign(ca.intermediate, BODY) })),
    'with a self-signed certificate': async () => {
      const own = await issue({ name: 'echo-api.amazon.com', hosts: ['echo-api.amazon.com'] });
      return verifier(chain(own)).checkSignature(signed({ signature: await sign(own, BODY) }));
    },
    'with an authority of its own': async () => {
      const root = await issue({ name: 'Root', ca: true });
      const leaf = await issue({ name: 'l', issuer: root, hosts: ['echo-api.amazon.com'] });
      return verifier(chain(leaf, root)).checkSignature(signed({ signature: await sign(leaf, BODY) }));
    },
    'with a leaf that another leaf issued': async () => {
      const second = await issue({ name: 'second', issuer: ca.leaf, hosts: ['echo-api.amazon.com'] });
      return verifier(chain(second, ca.leaf, ca.intermediate)).checkSignature(
        signed({ signature: await sign(second, BODY) }),
      );
    },
    'with the intermediate missing': () => verifier(chain(ca.leaf)).checkSignature(signed()),
    'with only the distrusted old root': async () => {
      const leaf = await issue({ name: 'l', issuer: ca.older, hosts: ['echo-api.amazon.com'] });
      return verifier(chain(leaf, ca.older)).checkSignature(signed({ signature: await sign(leaf, BODY) }));
    },
    'for another host': async () => {
      const leaf = await issue({ name: 'l', issuer: ca.intermediate, hosts: ['example.com'] });
      return verifier(chain(leaf, ca.intermediate)).checkSignature(signed({ signature: await sign(leaf, BODY) }));
    },
    'for a name that only begins right': async () => {
      const leaf = await issue({ name: 'l', issuer: ca.intermediate, hosts: ['echo-api.amazon.com.example.com'] });
      return verifier(chain(leaf, ca.intermediate)).checkSignature(signed({ signature: await sign(leaf, BODY) }));
    },
    'for a wildcard': async () => {
      const leaf = await issue({ name: 'l', issuer: ca.intermediate, hosts: ['*.amazon.com'] });
      return verifier(chain(leaf, ca.intermediate)).checkSignature(signed({ signature: await sign(leaf, BODY) }));
    },
    'with the name in the subject only': async () => {
      const leaf = await issue({ name: 'echo-api.amazon.com', issuer: ca.intermediate });
      return verifier(chain(leaf, ca.intermediate)).checkSignature(signed({ signature: await sign(leaf, BODY) }));
    },
    'with an expired certificate': async () => {
      const leaf = await issue({
        name: 'l',
        issuer: ca.intermediate,
        hosts: ['echo-api.amazon.com'],
        from: '2025-01-01',
        to: '2026-01-01',
      });
      return verifier(chain(leaf, ca.intermediate)).checkSignature(signed({ signature: await sign(leaf, BODY) }));
    },
    'with a certificate of the future': async () => {
      const leaf = await issue({
        name: 'l',
        issuer: ca.intermediate,
        hosts: ['echo-api.amazon.com'],
        from: '2027-01-01',
      });
      return verifier(chain(leaf, ca.intermediate)).checkSignature(signed({ signature: await sign(leaf, BODY) }));
    },
    'with an expired intermediate': async () => {
      const middle = await issue({ name: 'M', issuer: ca.root, ca: true, from: '2024-01-01', to: '2025-01-01' });
      const leaf = await issue({ name: 'l', issuer: middle, hosts: ['echo-api.amazon.com'] });
      return verifier(chain(leaf, middle)).checkSignature(signed({ signature: await sign(leaf, BODY) }));
    },
    'with an authority as its leaf': async () => {
      const leaf = await issue({ name: 'l', issuer: ca.intermediate, ca: true, hosts: ['echo-api.amazon.com'] });
      return verifier(chain(leaf, ca.intermediate)).checkSignature(signed({ signature: await sign(leaf, BODY) }));
    },
    'with a certificate file that is none': () => verifier('hello').checkSignature(signed()),
    'with a broken certificate': () => verifier(genuine().replace(/MII/, 'MIX')).checkSignature(signed()),
    'with fifty certificates': () => verifier(`${genuine()}\n`.repeat(17)).checkSignature(signed()),
    'whose certificate cannot be fetched': () =>
      verifier(() => Promise.reject(new Error('404'))).checkSignature(signed()),
    'from too long ago': async () => verifier().checkMoment(moment({ timestamp: '2026-11-23T21:57:00Z' })),
    'from the future': async () => verifier().checkMoment(moment({ timestamp: '2026-11-23T22:03:00Z' })),
    'without a readable moment': async () => verifier().checkMoment(moment({ timestamp: 'yesterday' })),
    'that pretends to be a late event': async () =>
      verifier().checkMoment(moment({ type: 'AlexaSkillEvent.Other', timestamp: '2026-11-23T21:30:00Z' })),
    'that was sent before': async () => {
      const check = verifier();
      check.checkMoment(moment());
      check.checkMoment(moment());
    },
  };
  it.each(Object.keys(forgeries))('is refused: %s', async (name) => {
    await expect(forgeries[name]!()).rejects.toThrow();
  });

  it('comes in more than 25 kinds here', () => {
    expect(Object.keys(forgeries).length).toBeGreaterThan(25);
  });
});

describe('the address of the certificate', () => {
  it.each([
    'https://s3.amazonaws.com/echo.api/echo-api-cert.pem',
    'https://s3.amazonaws.com:443/echo.api/echo-api-cert.pem',
    'https://S3.AmazonAWS.com/echo.api/../echo.api/echo-api-cert.pem',
  ])('may be %s', (url) => expect(checkCertificateUrl(url)).toHaveProperty('url'));

  it.each([
    'http://s3.amazonaws.com/echo.api/echo-api-cert.pem',
    'https://notamazon.com/echo.api/echo-api-cert.pem',
    'https://s3.amazonaws.com/EcHo.aPi/echo-api-cert.pem',
    'https://s3.amazonaws.com/invalid.path/echo-api-cert.pem',
    'https://s3.amazonaws.com:563/echo.api/echo-api-cert.pem',
    'https://s3.amazonaws.com/echo.api/../evil/cert.pem',
    'https://s3.amazonaws.com/echo.api/%2e%2e/evil/cert.pem',
    'https://s3.amazonaws.com/echo.api%2f..%2fevil.pem',
    'https://s3.amazonaws.com@evil.example/echo.api/cert.pem',
    'https://user:secret@s3.amazonaws.com/echo.api/cert.pem',
    'https://s3.amazonaws.com.evil.example/echo.api/cert.pem',
    'https://evil.example/https://s3.amazonaws.com/echo.api/cert.pem',
    'file:///echo.api/cert.pem',
    '//s3.amazonaws.com/echo.api/cert.pem',
    '',
  ])('may not be %s', (url) => expect(checkCertificateUrl(url)).toHaveProperty('refused'));

  it('is never fetched from anywhere else, whatever is written there', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl({ withFragments: true, withQueryParameters: true })), (text) => {
        const checked = checkCertificateUrl(text);
        if ('url' in checked)
          expect(checked.url.origin + checked.url.pathname).toMatch(/^https:\/\/s3\.amazonaws\.com\/echo\.api\//);
      }),
    );
  });
});
