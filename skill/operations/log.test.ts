/** What people say, who they are, and secrets: not in the log, at any level, whoever hands them over. */
import fc from 'fast-check';
import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { EmohealError } from '../../engine/errors.js';
import type { Config } from '../config.js';
import { type AppDeps, createApp } from '../http/app.js';
import { createLog } from './log.js';

const SAID = 'zwetschgenknoedel';
const NAME = 'marguerite';
const SECRET = 'correct-horse-battery';

function logTo(config: Partial<Config> = {}) {
  const lines: string[] = [];
  const log = createLog({ logLevel: 'debug', ...config } as Config, { write: (line: string) => void lines.push(line) });
  return { log, text: () => lines.join(''), lines };
}

const LEVELS = ['error', 'warn', 'info', 'debug'] as const;

describe('the log', () => {
  it('lets no field through that it does not know, at any level, however deep', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...LEVELS),
        fc.string({ minLength: 1 }).filter((each) => !/^(code|stack|name|reason)$/.test(each)),
        fc.constantFrom<(value: string) => unknown>(
          (value) => value,
          (value) => ({ body: { text: value } }),
          (value) => [value, [value]],
          (value) => new Error(value),
        ),
        (level, field, wrap) => {
          const { log, text } = logTo();
          const known = ['format', 'method', 'ms', 'part', 'parts', 'pid', 'route', 'sec', 'settings', 'signal'];
          fc.pre(![...known, 'status', 'streams', 'trace', 'version', 'level', 'time', 'msg'].includes(field));
          log[level]({ [field]: wrap(SAID), code: 'internal' }, 'something happened');
          expect(text()).not.toContain(SAID);
          expect(text()).toContain('"code":"internal"');
        },
      ),
    );
  });

  it('keeps where an error happened and not what it said', () => {
    const { log, text } = logTo();
    const error = new Error(`cannot read "${SAID}"\nand ${NAME}`);
    log.error({ stack: error.stack, code: 'internal' }, 'a request failed');
    log.error(error, 'another one');
    expect(text()).toContain('log.test.ts');
    expect(text()).not.toMatch(new RegExp(`${SAID}|${NAME}`));
  });

  it('blanks secrets and passwords inside any sentence', () => {
    const databaseUrl = `postgres://emoheal:${encodeURIComponent(SECRET)}@db.example.org/house`;
    const { log, text } = logTo({ databaseUrl, googleClientSecret: 'x'.repeat(40), vectorUrl: 'milvus.example.org' });
    for (const level of LEVELS) {
      log[level](`cannot reach ${databaseUrl}: password ${SECRET} refused`);
      log[level]({ reason: `${'x'.repeat(40)} is wrong` }, 'mqtt://house:hunter2@broker.example.org is away');
    }
    expect(text()).not.toMatch(/correct-horse|x{40}|hunter2/);
    expect(text()).toContain('@broker.example.org is away');
  });
});

it('a request is named by its route: no name of a listener, no word, no header, whatever becomes of it', async () => {
  const { log, text, lines } = logTo();
  const app = createApp({
    log,
    publicUrl: undefined,
    nowMs: () => 0,
    signingKey: Buffer.alloc(32, 1),
    service: async () => {
      throw new Error(`the model stumbled over ${SAID}`);
    },
    tastes: async () => {
      throw new EmohealError('internal', `nothing is known of ${NAME}`);
    },
    care: {},
  } as unknown as AppDeps);
  await request(app).post('/api/v1/utterances').send({ text: SAID }).expect(500);
  await request(app).post('/api/v1/utterances').send({ text: SAID, surprise: NAME }).expect(400);
  await request(app).post('/api/v1/utterances').set('content-type', 'application/json').send(`{"${SAID}`).expect(400);
  await request(app).get(`/api/v1/taste?listener=${NAME}`).set('cookie', `session=${SECRET}`).expect(500);
  await request(app).get(`/api/v1/listeners/${NAME}/data`).set('authorization', `Bearer ${SECRET}`);
  await request(app).get(`/${SAID}/${NAME}?sig=${SECRET}`).expect(404);
  expect(lines.length).toBeGreaterThanOrEqual(6);
  expect(text()).toContain('"route":"/api/v1/utterances"');
  expect(text().toLowerCase()).not.toMatch(new RegExp(`${SAID}|${NAME}|${SECRET}`));
});
