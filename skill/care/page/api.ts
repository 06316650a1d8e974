/** What the page asks of the server; the token that changes need is taken from the answer of who is signed in. */
import type { z } from 'zod';
import type * as Words from '../schemas';

export type Me = z.infer<typeof Words.MeAnswer>;
export type Overview = z.infer<typeof Words.Overview>;
export type Overviews = z.infer<typeof Words.OverviewAnswer>;
export type ListenerView = z.infer<typeof Words.ListenerAnswer>;
export type Routine = z.infer<typeof Words.CareRoutine>;
export type Preview = z.infer<typeof Words.PreviewAnswer>;
export type Music = z.infer<typeof Words.MusicAnswer>;
export type Rules = z.infer<typeof Words.RulesBody>;
export type Sessions = z.infer<typeof Words.SessionsAnswer>;
export type Now = z.infer<typeof Words.NowAnswer>;
export type Person = z.infer<typeof Words.Person>;

/** What went wrong, in the server's own words. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    detail: string,
  ) {
    super(detail);
  }
}

let csrf = '';
let signedOut: () => void = () => {};

export const onSignedOut = (then: () => void): void => {
  signedOut = then;
};
export const remember = (me: Me): Me => {
  csrf = me.csrf;
  return me;
};
export const listenerPath = (listener: string): string => `/listeners/${encodeURIComponent(listener)}`;

/** Throws Refused. A sound is sent as it is, everything else as JSON. */
export async function ask<T>(method: string, path: string, body?: object | Blob): Promise<T> {
  const isSound = body instanceof Blob;
  const response = await fetch(`/api/v1/care${path}`, {
    method,
    headers: {
      ...(method === 'GET' ? {} : { 'X-Emoheal-Csrf': csrf, 'Idempotency-Key': unique() }),
      ...(body ? { 'content-type': isSound ? body.type : 'application/json' } : {}),
    },
    ...(body ? { body: isSound ? body : JSON.stringify(body) } : {}),
  }).catch(() => {
    throw new Refused(0, 'The speaker cannot be reached. Is it switched on?');
  });
  if (response.status === 204) return undefined as T;
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return answer as T;
  if (response.status === 401) signedOut();
  throw new Refused(response.status, answer.detail ?? 'That did not work. Please try again.');
}

/** Also where the page came over plain HTTP, which has no randomUUID. */
const unique = (): string => [...crypto.getRandomValues(new Uint8Array(16))].map((each) => each.toString(16)).join('-');
