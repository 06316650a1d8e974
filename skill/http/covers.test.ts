import { mkdtemp, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import express from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { coverFrom, coverOf, keepCover } from '../../media-index/library/cover.js';
import { coverRoutes } from './covers.js';

const PNG = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47]), Buffer.alloc(60, 7)]);
let dataDir: string;
let server: Server;
let url: string;
beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'emoheal-cover-'));
  await keepCover(dataDir, 'own-1', coverFrom(PNG)!);
  const app = express().use(coverRoutes({ coverOf: (id) => coverOf(dataDir, id) }));
  app.use((_error: unknown, _request: unknown, response: express.Response, _next: unknown) => {
    response.sendStatus(404);
  });
  server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1/tracks`;
});
afterAll(async () => {
  server.close();
  await rm(dataDir, { recursive: true });
});

describe('the picture of a track', () => {
  it('comes as it was kept, and as a picture only', async () => {
    const response = await fetch(`${url}/own-1/cover`);
    expect(response.headers.get('content-type')).toBe('image/png');
    expect(response.headers.get('content-security-policy')).toBe("default-src 'none'");
    expect(Buffer.from(await response.arrayBuffer())).toEqual(PNG);
  });

  it.each(['own-2', '..%2F..%2Ftaste', '%00', 'a'.repeat(500)])('is not there for %s', async (id) => {
    expect((await fetch(`${url}/${id}/cover`)).status).toBe(404);
  });

  it('is not kept where it is no picture, or larger than a megabyte', () => {
    expect(coverFrom(Buffer.from('<svg onload="alert(1)"/>'))).toBeNull();
    expect(coverFrom(Buffer.concat([PNG, Buffer.alloc(1024 * 1024)]))).toBeNull();
  });
});
