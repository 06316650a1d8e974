import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterEach, describe, expect, it } from 'vitest';
import type { PartState } from '../../engine/ports.js';
import { createMetrics } from '../operations/metrics.js';
import type { HttpDeps } from './app.js';
import { operatorRoutes } from './operators.js';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A server whose parts are all well, but for these. */
async function asked(broken: Record<string, PartState['status']>) {
  const parts = Object.fromEntries(
    ['emotion', 'music', 'state', 'speech'].map((name) => [name, { status: broken[name] ?? 'ready', detail: '' }]),
  );
  const deps = { parts: async () => parts, metrics: createMetrics() } as unknown as HttpDeps;
  const server = express().use(operatorRoutes(deps)).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return async (query = '') => {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz${query}`);
    return [answer.status, ((await answer.json()) as { status: string }).status];
  };
}

describe('/readyz', () => {
  it('is ready while sessions can begin, and says where something is missing', async () => {
    expect(await (await asked({}))()).toEqual([200, 'ready']);
    expect(await (await asked({ speech: 'unavailable' }))()).toEqual([200, 'degraded']);
    expect(await (await asked({ music: 'starting' }))()).toEqual([503, 'not ready']);
  });

  it('leaves out what it is told to leave out: a shared database takes no server from its listeners', async () => {
    const ask = await asked({ state: 'unavailable' });
    expect(await ask()).toEqual([503, 'not ready']);
    expect(await ask('?exclude=state')).toEqual([200, 'degraded']);
    expect(await ask('?exclude=speech&exclude=state')).toEqual([200, 'degraded']);
    expect(await ask('?exclude=music')).toEqual([503, 'not ready']);
    expect(await ask('?exclude[state]=1')).toEqual([503, 'not ready']);
    const starting = await asked({ music: 'starting', state: 'unavailable' });
    expect(await starting('?exclude=state')).toEqual([503, 'not ready']);
  });
});
