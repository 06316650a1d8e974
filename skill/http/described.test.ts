/** The description tells of every route of the interface, and of none that is not there. */
import type { Router } from 'express';
import { expect, it } from 'vitest';
import { openApiDocument } from './openapi.js';
import { routesOf } from './routes-of.fixture.js';
import { standInApp } from './stand-in-app.fixture.js';

/** Pages and what they load: for browsers, which need no description. */
const PAGES =
  /^get (\/$|\/(bedside|care|docs|graph)(\/|$)|\/(service-worker\.js|manifest\.webmanifest|favicon\.ico|privacy|terms)$)/;
/** Google's own protocols, described by Google: the page that a person opens, and RFC 6749. */
const OTHERS = /^(get|post) \/oauth\//;

it('is of every route that there is', () => {
  const app = standInApp();
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
