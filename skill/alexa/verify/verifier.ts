/**
 * Is this request from Amazon, and now? Rules: Amazon, "Host a Custom Skill as a Web Service". A request counts when its
 * body was signed (RSA, SHA-256) with a certificate for echo-api.amazon.com that leads to a trusted root, when its
 * timestamp is within 150 seconds of now in both directions, and when its id was not seen before.
 *
 * The published middleware either takes Amazon's chain as it is sent, and so refuses genuine ones on current Node, or
 * checks no chain at all; hence this one.
 */
import { createVerify, type X509Certificate } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { EmohealError } from '../../../engine/errors.js';
import { checkCertificateUrl } from './certificate-url.js';
import { leafOfChain } from './chain.js';

const TOLERANCE_MS = 150_000;
/** Events of the skill itself (enabled, disabled, linked) are delivered late. */
const EVENT_TOLERANCE_MS = 3_600_000;
const LATE_EVENTS = /^AlexaSkillEvent\.Skill(Enabled|Disabled|PermissionChanged|PermissionAccepted|AccountLinked)$/;
const MOST_CERTIFICATES = 20;
/** Amazon uses one address at a time. */
const MOST_FETCHES = 16;
const CERTIFICATE_HOURS = 12;
const MOST_IDS = 100_000;
const MOST_SIGNATURE = 2000;

/** Fetches a certificate file: bounded in time and size, without following redirects. */
export type FetchText = (url: URL) => Promise<string>;

export interface VerifierOptions {
  fetchText?: FetchText;
  nowMs: () => number;
  /** Trusted roots; Node's own list by default. */
  roots?: readonly X509Certificate[];
}

export interface SignedRequest {
  certificateUrl: string | undefined;
  signature: string | undefined;
  /** The very bytes that were signed. */
  body: Buffer;
}

export interface RequestMoment {
  type: string;
  requestId: string;
  timestamp: string | number;
}

export interface Verifier {
  /** Throws `forbidden` with what was wrong. */
  checkSignature(signed: SignedRequest): Promise<void>;
  /** Throws `forbidden` for a request that is too old, from the future, or known. */
  checkMoment(moment: RequestMoment): void;
}

export function createVerifier({ fetchText = fetchCertificate, nowMs, roots }: VerifierOptions): Verifier {
  const leaves = new LRUCache<string, X509Certificate>({
    max: MOST_CERTIFICATES,
    ttl: CERTIFICATE_HOURS * 3600 * 1000,
    ttlResolution: 0,
    perf: { now: nowMs },
  });
  /** On their way. Anybody may name files that are not there: these push out no certificate that is known, and are few. */
  const coming = new Map<string, Promise<X509Certificate>>();
  const seen = new LRUCache<string, true>({ max: MOST_IDS });

  async function leafAt(url: URL): Promise<X509Certificate> {
    const known = leaves.get(url.href);
    if (known && Date.parse(known.validTo) > nowMs()) return known;
    const underWay = coming.get(url.href);
    if (underWay) return underWay;
    if (coming.size >= MOST_FETCHES) throw refused('too many certificates are being fetched');
    const fetched = fetchText(url)
      .then((pem) => {
        const found = leafOfChain(pem, nowMs(), roots);
        if ('refused' in found) throw refused(found.refused);
        leaves.set(url.href, found.leaf);
        return found.leaf;
      })
      .finally(() => coming.delete(url.href));
    coming.set(url.href, fetched);
    return fetched;
  }

  return {
    async checkSignature({ certificateUrl, signature, body }) {
      if (!certificateUrl || !signature) throw refused('the request is not signed');
      if (signature.length > MOST_SIGNATURE || !/^[A-Za-z0-9+/]+={0,2}$/.test(signature))
        throw refused('the signature is no base64');
      const checked = checkCertificateUrl(certificateUrl);
      if ('refused' in checked) throw refused(checked.refused);
      const leaf = await leafAt(checked.url);
      const verify = createVerify('RSA-SHA256').update(body);
      if (leaf.publicKey.asymmetricKeyType !== 'rsa' || !verify.verify(leaf.publicKey, signature, 'base64'))
        throw refused('the signature does not fit the request');
    },

    checkMoment({ type, requestId, timestamp }) {
      const sentMs = typeof timestamp === 'number' ? timestamp * (timestamp < 1e11 ? 1000 : 1) : Date.parse(timestamp);
      if (!Number.isFinite(sentMs)) throw refused('the timestamp cannot be read');
      const tolerance = LATE_EVENTS.test(type) ? EVENT_TOLERANCE_MS : TOLERANCE_MS;
      if (Math.abs(nowMs() - sentMs) > tolerance) throw refused('the request is too old or from the future');
      if (seen.has(requestId)) throw refused('the request was answered before');
      seen.set(requestId, true);
    },
  };
}

const refused = (why: string): EmohealError => new EmohealError('forbidden', `Not from Alexa: ${why}.`);

const FETCH_MS = 3000;
const MOST_FILE_BYTES = 64 * 1024;

async function fetchCertificate(url: URL): Promise<string> {
  try {
    const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(FETCH_MS) });
    if (!response.ok || !response.body) throw new Error(`status ${response.status}`);
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    for await (const chunk of response.body) {
      bytes += chunk.length;
      if (bytes > MOST_FILE_BYTES) throw new Error('larger than a certificate');
      chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString('utf8');
  } catch (cause) {
    throw new EmohealError('forbidden', 'Not from Alexa: the certificate cannot be fetched.', { cause });
  }
}
