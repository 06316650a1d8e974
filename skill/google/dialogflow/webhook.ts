/**
 * One parsed body in, one reply out, in time: Dialogflow waits five seconds. A request that is delivered again gets the same
 * reply and does nothing; one that takes too long is answered by a plain word, and goes on behind it.
 */
import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { sayPrompt } from '../../../audio-prompts/prompts.js';
import { EmohealError } from '../../../engine/errors.js';
import { ssml } from '../../alexa/responses.js';
import { mustBeShallow } from '../../http/shallow.js';
import type { Asked } from './asked.js';
import { askedByCx, toldToCx } from './cx.js';
import { answerAsked, type DialogueDeps } from './dialogue.js';
import { askedByEs, toldToEs } from './es.js';
import type { Told } from './told.js';

export interface WebhookDeps extends DialogueDeps {
  /** Dialogflow gives up after five seconds; the way there and back is in them. */
  budgetMs: number;
  onFault: (error: unknown) => void;
}

export interface Webhook {
  /** Throws `bad-input` for what is no request of Dialogflow's. */
  answer(body: unknown): Promise<Record<string, unknown>>;
}

const MOST_REMEMBERED = 2000;
const REMEMBERED_MS = 10 * 60_000;

export function createWebhook(deps: WebhookDeps): Webhook {
  const answered = new LRUCache<string, Promise<Record<string, unknown>>>({ max: MOST_REMEMBERED, ttl: REMEMBERED_MS });
  return {
    async answer(body) {
      const asked = askedBy(body);
      const key = `${asked.edition} ${asked.requestId} ${digest(body)}`;
      const known = answered.get(key);
      if (known) return known;
      const reply = inTime(deps, asked).then((told) => (asked.edition === 'es' ? toldToEs : toldToCx)(asked, told));
      answered.set(key, reply);
      return reply;
    },
  };
}

/** Throws `bad-input`. */
export function askedBy(body: unknown): Asked {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new EmohealError('bad-input', 'The body is no JSON object.');
  mustBeShallow(body);
  if ('queryResult' in body) return askedByEs(body);
  if ('detectIntentResponseId' in body || 'sessionInfo' in body) return askedByCx(body);
  if ('result' in body)
    throw new EmohealError('bad-input', 'This is the webhook format v1, which Google has ended.', {
      remedy: 'Switch the agent to API version V2.',
    });
  throw new EmohealError('bad-input', 'The body is neither of Dialogflow ES nor of Dialogflow CX.');
}

const digest = (body: unknown): string => createHash('sha256').update(JSON.stringify(body)).digest('base64url');

async function inTime(deps: WebhookDeps, asked: Asked): Promise<Told> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Told>((resolve) => {
    timer = setTimeout(() => resolve(plainWord(deps, asked, 'notReadyYet')), deps.budgetMs);
  });
  const told = answerAsked(deps, asked).catch((error) => {
    deps.onFault(error);
    return plainWord(deps, asked, 'somethingWrong');
  });
  return Promise.race([told, late]).finally(() => clearTimeout(timer));
}

function plainWord({ nowMs }: WebhookDeps, asked: Asked, key: 'notReadyYet' | 'somethingWrong'): Told {
  const text = sayPrompt(key, asked.locale, {}, Math.floor(nowMs() / 86_400_000));
  return { text, ssml: ssml({ text }), open: true, stop: false, chips: [], memory: asked.memory };
}
