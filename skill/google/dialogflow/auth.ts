/**
 * Who may speak at POST /dialogflow: whoever knows the secret that stands in the webhook's headers, or Google's own service
 * agent of one project, by the token that it signs. Anybody with a Google account can have a token for our address; so the
 * audience is not enough, and the e-mail address in the token must be the one that was set.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { type JWTVerifyGetKey, jwtVerify } from 'jose';
import { EmohealError } from '../../../engine/errors.js';

/** Header of the secret; the packages that we export put it there. */
export const SECRET_HEADER = 'x-emoheal-dialogflow-secret';
/** Google's public keys. */
export const GOOGLE_KEYS = 'https://www.googleapis.com/oauth2/v3/certs';
const ISSUERS = ['https://accounts.google.com', 'accounts.google.com'];

export interface WebhookTrust {
  secret?: string;
  /** Of the agent's project: service-NUMBER@gcp-sa-dialogflow.iam.gserviceaccount.com. */
  serviceAgent?: string;
  /** Address of this webhook, which the token is made out to. */
  audience: () => string;
  keys: JWTVerifyGetKey;
  nowMs: () => number;
}

export type Caller = { get(header: string): string | undefined };

export const isSetUp = ({ secret, serviceAgent }: Pick<WebhookTrust, 'secret' | 'serviceAgent'>): boolean =>
  secret !== undefined || serviceAgent !== undefined;

/** Throws `forbidden`; never says what was wrong in a way that helps to guess. */
export async function checkCaller(trust: WebhookTrust, caller: Caller): Promise<void> {
  const given = caller.get(SECRET_HEADER);
  if (trust.secret !== undefined && given !== undefined && same(trust.secret, given)) return;
  const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/.exec(caller.get('authorization') ?? '')?.[1];
  if (token && trust.serviceAgent !== undefined) {
    const checked = await jwtVerify(token, trust.keys, {
      issuer: ISSUERS,
      audience: trust.audience(),
      algorithms: ['RS256'],
      requiredClaims: ['exp'],
      currentDate: new Date(trust.nowMs()),
    }).catch(() => null);
    const { email, email_verified: verified } = checked?.payload ?? {};
    if (email === trust.serviceAgent && verified === true) return;
  }
  throw new EmohealError('forbidden', 'Neither the secret nor a token of the service agent came with this request.');
}

/** Equal in a time that tells nothing about either. */
function same(a: string, b: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(a), hash(b));
}
