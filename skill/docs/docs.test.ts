/** The pages of docs/ as the server gives them, and the reference of the HTTP interface. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import express from 'express';
import fc from 'fast-check';
import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../models/paths.js';
import { openApiDocument } from '../http/openapi.js';
import { addressOf, fileAt } from './pages.js';
import { apiReference } from './reference.js';
import { docsRoutes } from './routes.js';

const app = express().use(docsRoutes());

describe('the pages of the server', () => {
  it('lead from the list of tasks to every other page, and to every picture', async () => {
    const seen = new Set<string>();
    const next = ['/docs/'];
    while (next.length > 0) {
      const address = next.pop()!;
      if (seen.has(address)) continue;
      seen.add(address);
      const { status, text, type } = await request(app).get(address);
      expect([address, status]).toEqual([address, 200]);
      if (type !== 'text/html') continue;
      for (const [, to] of text.matchAll(/(?:href|src)="(\/docs[^"#]*)/g)) next.push(to!);
    }
    expect([...seen].filter((each) => /^\/docs\/[\w-]+\.md$/.test(each)).length).toBeGreaterThan(20);
    expect(seen).toContain('/docs/pictures/bedside-phone.png');
    expect(seen).toContain('/docs/repository/README.md');
  });

  it('give nothing but Markdown and pictures of the package, whatever the address', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom('..', '.', '/', '%2e', 'docs', '.env', 'node_modules', 'secret-key', 'x.md', 'x.ts', '\\'),
          {
            maxLength: 8,
          },
        ),
        (parts) => {
          const file = fileAt(`/docs/${parts.join('/')}`) ?? fileAt(`/docs/repository/${parts.join('/')}`);
          if (file === null) return;
          expect(path.relative(packageRoot(), path.join(packageRoot(), file))).not.toMatch(
            /^\.\.|(^|\/)\.|^node_modules\//,
          );
          expect(file).toMatch(/\.(md|svg|png)$/);
        },
      ),
    );
    expect(addressOf('docs/README.md')).toBe('/docs/');
    expect(fileAt('/docs/repository/package.json')).toBeNull();
  });

  it('let a picture that is opened by itself keep its colours, and run nothing', async () => {
    const { headers } = await request(app).get('/docs/pictures/peers-tracks.svg');
    expect(headers['content-security-policy']).toBe("default-src 'none'; style-src 'unsafe-inline'");
  });

  it('say "not found" of a page that was never there', async () => {
    expect((await request(app).get('/docs/never.md')).status).toBe(404);
    expect((await request(app).get('/docs/pictures/never.png')).status).toBe(404);
  });
});

describe('docs/api.md', () => {
  it('is what the schemas say today (npm run docs:api writes it anew)', () => {
    const kept = readFileSync(path.join(packageRoot(), 'docs', 'api.md'), 'utf8');
    expect(kept).toBe(apiReference(openApiDocument()));
  });

  it('tells every route once', () => {
    const { paths } = openApiDocument() as { paths: Record<string, object> };
    const told = apiReference(openApiDocument());
    for (const [address, methods] of Object.entries(paths))
      for (const method of Object.keys(methods))
        expect(told.split(`### \`${method.toUpperCase()} ${address}\`\n`).length - 1).toBe(1);
  });
});
