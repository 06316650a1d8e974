/**
 * A chain of certificates to a root that this computer trusts. Amazon sends its chains with cross-signed roots at the
 * end, whose older issuer is no longer in anybody's list; so a path is searched for instead of taking the list as
 * given: from the leaf, to any certificate of the list that issued it, until an issuer is a trusted root.
 */
import { X509Certificate } from 'node:crypto';
import { rootCertificates } from 'node:tls';

const SUBJECT_ALT_NAME = 'echo-api.amazon.com';
const MOST_CERTIFICATES = 10;

let systemRoots: X509Certificate[] | undefined;

/** Node's own list of trusted roots, parsed once. */
export function trustedRoots(): X509Certificate[] {
  systemRoots ??= rootCertificates.map((pem) => new X509Certificate(pem));
  return systemRoots;
}

/** The leaf of a PEM bundle that leads to a trusted root at this moment, or why there is none. */
export function leafOfChain(
  pem: string,
  nowMs: number,
  roots: readonly X509Certificate[] = trustedRoots(),
): { leaf: X509Certificate } | { refused: string } {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [];
  if (blocks.length === 0) return { refused: 'the certificate file holds no certificate' };
  if (blocks.length > MOST_CERTIFICATES) return { refused: 'the certificate file holds too many certificates' };
  let certificates: X509Certificate[];
  try {
    certificates = blocks.map((block) => new X509Certificate(block));
  } catch {
    return { refused: 'the certificate file cannot be read' };
  }
  const [leaf, ...others] = certificates as [X509Certificate, ...X509Certificate[]];
  if (!isValidAt(leaf, nowMs)) return { refused: 'the certificate has expired or is not valid yet' };
  if (leaf.ca) return { refused: 'the signing certificate is an authority itself' };
  if (leaf.checkHost(SUBJECT_ALT_NAME, { subject: 'never', wildcards: false }) === undefined)
    return { refused: `the certificate is not for ${SUBJECT_ALT_NAME}` };
  if (!leadsToRoot(leaf, others, roots, nowMs, new Set()))
    return { refused: 'the certificate leads to no trusted root' };
  return { leaf };
}

function leadsToRoot(
  certificate: X509Certificate,
  others: readonly X509Certificate[],
  roots: readonly X509Certificate[],
  nowMs: number,
  seen: Set<string>,
): boolean {
  if (roots.some((root) => issued(root, certificate) && isValidAt(root, nowMs))) return true;
  seen.add(certificate.fingerprint256);
  return others.some(
    (other) =>
      !seen.has(other.fingerprint256) &&
      other.ca &&
      isValidAt(other, nowMs) &&
      issued(other, certificate) &&
      leadsToRoot(other, others, roots, nowMs, seen),
  );
}

/** By name and by signature. */
function issued(issuer: X509Certificate, subject: X509Certificate): boolean {
  if (subject.issuer !== issuer.subject || !subject.checkIssued(issuer)) return false;
  try {
    return subject.verify(issuer.publicKey);
  } catch {
    return false;
  }
}

const isValidAt = (certificate: X509Certificate, nowMs: number): boolean =>
  Date.parse(certificate.validFrom) <= nowMs && nowMs <= Date.parse(certificate.validTo);
