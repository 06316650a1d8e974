/** The description tells of every route of the interface, and of none that is not there. */
import type { Router } from 'express';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { type AppDeps, createApp } from './app.js';
import { openApiDocument } from './openapi.js';
import { routesOf } from './routes-of.fixture.js';

/** Stands for every part: no route is asked for anything. */
const PART: unknown = new Proxy(() => {}, {
  get: (_part, name) => (name === 'then' ? undefined : name === Symbol.toPrimitive ? () => '' : PART),
  apply: () => PART,
});
/** Pages and what they load: for browsers, which need no description. */
const PAGES =
  /^get (\/$|\/(bedside|care|docs|graph)(\/|$)|\/(service-worker\.js|manifest\.webmanifest|favicon\.ico|privacy|terms)$)/;
/** Google's own protocols, described by Google: the page that a person opens, and RFC 6749. */
const OTHERS = /^(get|post) \/oauth\//;

it('is of every route that there is', () => {
  const care = { key: Buffer.alloc(32, 1), nowMs: () => 0, pseudonymKey: Buffer.alloc(32, 1) };
  const app = createApp({
    log: pino({ level: 'silent' }),
    signingKey: Buffer.alloc(32, 1),
    nowMs: () => 0,
    care,
    console: { ...care, house: PART },
    alexa: { state: PART, nowMs: () => 0 },
    google: { dialogflow: PART, home: PART, speaker: { speaker: PART, running: PART, house: PART } },
    handsFree: { promptFolders: [] },
    speakers: PART,
  } as unknown as AppDeps);
  const real = routesOf((app as unknown as { router: Router }).router)
    .filter((route) => !PAGES.test(route) && !OTHERS.test(route))
    .map((route) => route.replace(/:(\w+)/g, '{$1}'));
  const { paths } = openApiDocument() as { paths: Record<string, object> };
  const told = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  );
  expect([...new Set(told)].filter((each) => !PAGES.test(each) && !OTHERS.test(each)).sort()).toEqual(
    [...new Set(real)].sort(),
  );
});
