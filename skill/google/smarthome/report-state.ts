/**
 * Tells Google what the speaker does when nobody asked: HomeGraph, devices:reportStateAndNotification. Only where a key of a
 * service account is set; never anything but the states that QUERY gives.
 */
import { importPKCS8, SignJWT } from 'jose';
import { z } from 'zod';

export const ServiceAccount = z.object({
  client_email: z.email(),
  private_key: z.string().startsWith('-----BEGIN PRIVATE KEY-----'),
  token_uri: z.url().optional(),
});
export type ServiceAccount = z.infer<typeof ServiceAccount>;

const TOKEN_URL = 'https://oauth2.googleapis.com/token';
const HOMEGRAPH_URL = 'https://homegraph.googleapis.com';
const HOMEGRAPH_SCOPE = 'https://www.googleapis.com/auth/homegraph';
const WAIT_MS = 5000;
/** A token is got anew this long before it is over. */
const SPARE_MS = 60_000;

export interface ReportDeps {
  account: ServiceAccount;
  nowMs: () => number;
  newId: () => string;
  homegraphUrl?: string;
}

export type Report = (agentUserId: string, deviceId: string, states: Record<string, unknown>) => Promise<void>;

const TokenAnswer = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() });

/** The promise rejects where Google cannot be reached or says no; its words are not passed on. */
export function createReport({ account, nowMs, newId, homegraphUrl = HOMEGRAPH_URL }: ReportDeps): Report {
  let token: { value: string; untilMs: number } | undefined;

  async function bearer(): Promise<string> {
    if (token && token.untilMs - SPARE_MS > nowMs()) return token.value;
    const tokenUrl = account.token_uri ?? TOKEN_URL;
    const nowSec = Math.floor(nowMs() / 1000);
    const assertion = await new SignJWT({ scope: HOMEGRAPH_SCOPE })
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT' })
      .setIssuer(account.client_email)
      .setAudience(tokenUrl)
      .setIssuedAt(nowSec)
      .setExpirationTime(nowSec + 3600)
      .sign(await importPKCS8(account.private_key, 'RS256'));
    const answer = await fetch(tokenUrl, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion }),
      signal: AbortSignal.timeout(WAIT_MS),
      redirect: 'error',
    });
    if (!answer.ok) throw new Error(`Google gave no token for the service account: ${answer.status}.`);
    const { access_token: value, expires_in: sec } = TokenAnswer.parse(await answer.json());
    token = { value, untilMs: nowMs() + sec * 1000 };
    return value;
  }

  return async (agentUserId, deviceId, states) => {
    const answer = await fetch(new URL('/v1/devices:reportStateAndNotification', homegraphUrl), {
      method: 'POST',
      headers: { authorization: `Bearer ${await bearer()}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        requestId: newId(),
        agentUserId,
        payload: { devices: { states: { [deviceId]: states } } },
      }),
      signal: AbortSignal.timeout(WAIT_MS),
      redirect: 'error',
    });
    if (!answer.ok) throw new Error(`Google took no report of the speaker's state: ${answer.status}.`);
  };
}
