/**
 * The log of the server. What people say, who they are, and secrets do not get in, by three hands one after the other:
 *
 * 1. Only fields of the list below pass; any other is left out, whoever passes it.
 * 2. A stack keeps its places and loses its message, which may quote what somebody said.
 * 3. Passwords inside addresses, and the values of the secrets that the settings name, are blanked in the finished line.
 *
 * Messages themselves are sentences of ours without input in them; a request is named by its route, never by its address.
 */
import type { RequestHandler } from 'express';
import { type DestinationStream, type Logger, pino } from 'pino';
import { type Config, SECRET_SETTINGS } from '../config.js';
import { linesOfProcess } from './log-lines.js';

const FIELDS = new Set([
  'code',
  'format',
  'method',
  'ms',
  'name',
  'part',
  'parts',
  'pid',
  'reason',
  'route',
  'sec',
  'settings',
  'signal',
  'stack',
  'status',
  'streams',
  'trace',
  'version',
]);
const BLANK = '[removed]';
/** Shorter ones would blank ordinary words. */
const SHORTEST_SECRET = 8;

export function createLog(
  config: Pick<Config, 'logLevel'> & Partial<Config>,
  destination: DestinationStream = linesOfProcess(),
): Logger {
  const secrets = secretsOf(config);
  return pino(
    {
      level: config.logLevel,
      base: null,
      formatters: { log: onlyKnown },
      // A child logger's own fields go another way in pino.
      redact: { paths: ['req', 'res', 'err', 'body', 'text', 'headers', 'listener', 'utterance'], remove: true },
    },
    { write: (line: string) => void destination.write(blanked(line, secrets)) },
  );
}

function onlyKnown(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => {
      if (!FIELDS.has(name)) return [];
      return [[name, name === 'stack' ? places(value) : value]];
    }),
  );
}

/** The lines of a stack that name a place. */
function places(stack: unknown): string {
  return String(stack)
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
}

function secretsOf(config: Partial<Config>): string[] {
  const values = SECRET_SETTINGS.map((name) => config[name]).filter((each): each is string => typeof each === 'string');
  const passwords = values.flatMap((value) => {
    try {
      return [decodeURIComponent(new URL(value).password), new URL(value).password];
    } catch {
      return [];
    }
  });
  // The longest first: one may hold another.
  return [...values, ...passwords]
    .filter((each) => each.length >= SHORTEST_SECRET)
    .map((each) => JSON.stringify(each).slice(1, -1))
    .sort((a, b) => b.length - a.length);
}

export function blanked(line: string, secrets: readonly string[]): string {
  let text = line;
  for (const secret of secrets) text = text.replaceAll(secret, BLANK);
  return text.replace(/(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/"@]+@/gi, `$1${BLANK}@`);
}

/** One line for each request, when it has been answered: the route, never the address, which may name a listener. */
export const logRequests =
  (log: Logger): RequestHandler =>
  (request, response, next) => {
    const startMs = performance.now();
    response.on('close', () => {
      const status = response.statusCode;
      const line = {
        method: request.method,
        route: (request.route as { path?: string } | undefined)?.path ?? 'other',
        status,
        ms: Math.round(performance.now() - startMs),
      };
      // 503 is an answer that tells what to do; it is no fault of ours.
      if (status >= 500 && status !== 503) log.error(line, 'a request was answered');
      else log.debug(line, response.writableFinished ? 'a request was answered' : 'a request was left');
    });
    next();
  };
