/** What the page asks of the server; the token that changes need is taken from the answer of who is signed in. */
import type { z } from 'zod';
import type * as Words from '../schemas';
import { language, words } from './words';

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

/** What went wrong, in words for whoever sits before the page. */
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
    throw new Refused(0, words.unreachable);
  });
  if (response.status === 204) return undefined as T;
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return answer as T;
  if (response.status === 401) signedOut();
  const own = language().startsWith('en') ? (answer.detail as string | undefined) : refusal(answer.code, path);
  throw new Refused(response.status, own ?? words.tryAgain);
}

/** The server says what was wrong in English only: here in the language of the page, by its code and by what was asked. */
function refusal(code: string | undefined, path: string): string | undefined {
  if (path === '/codes' && code === 'not-found') return words.noSuchCode;
  if (path === '/codes' && code === 'conflict') return words.nameTaken;
  if (/\/(preview|routines(\/[^/]+)?)$/.test(path) && code === 'bad-input') return words.noSuchMoment;
  if (/\/greeting$/.test(path) && (code === 'bad-input' || code === 'too-large')) return words.notHeard;
  const known: Record<string, string> = {
    'bad-input': words.notUnderstood,
    'too-large': words.notUnderstood,
    'not-found': words.notThere,
    forbidden: words.notYours,
    conflict: words.notNow,
    'too-often': words.tooOften,
    'signed-out': words.signedOut,
  };
  return code === undefined ? undefined : known[code];
}

/** Also where the page came over plain HTTP, which has no randomUUID. */
const unique = (): string => [...crypto.getRandomValues(new Uint8Array(16))].map((each) => each.toString(16)).join('-');
