import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it, vi } from 'vitest';
import { traced } from '../../engine/tracing.js';
import { startTracing } from './tracing.js';

const FAR_BEYOND_NOISE = { timeout: 20_000, interval: 20 };
const closing: (() => void)[] = [];
afterEach(() => {
  vi.unstubAllEnvs();
  for (const close of closing.splice(0)) close();
});

/** Tracing into a collector of this test's own, which answers, or takes everything and never says a word. */
async function traceInto(collector: 'answers' | 'hangs') {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      bodies.push(body);
      if (collector === 'answers') response.setHeader('content-type', 'application/json').end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.close();
    server.closeAllConnections();
  });
  vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  vi.stubEnv('OTEL_BSP_SCHEDULE_DELAY', '20');
  return { tracing: await startTracing(process.env, '0'), bodies };
}

it('is over three seconds after its end at the latest where the collector hangs, in what it got before and in the last', async () => {
  const { tracing, bodies } = await traceInto('hangs');
  await traced('before', async () => {});
  await vi.waitFor(() => expect(bodies.join()).toContain('"before"'), FAR_BEYOND_NOISE);
  await traced('last', async () => {});
  const startMs = performance.now();
  await tracing.end();
  const tookMs = performance.now() - startMs;
  expect(bodies.join()).toContain('"last"');
  // Ten seconds are what the exporter gives itself, and what a server has to close.
  expect(tookMs).toBeLessThan(3000 + 2000);
});

it('leaves out what nobody asked for, down to its last step, and nothing beside it', async () => {
  const { tracing, bodies } = await traceInto('answers');
  await Promise.all([
    tracing.untraced(async () => {
      await traced('rehearsal', async () => {
        await new Promise((resolve) => setTimeout(resolve, 10));
        await traced('step of it', async () => {});
      });
    }),
    traced('listener', async () => {}),
  ]);
  await tracing.end();
  expect(bodies.join()).toContain('"listener"');
  expect(bodies.join()).not.toMatch(/rehearsal|step of it/);
});

it('does the work all the same where nothing is traced', async () => {
  const tracing = await startTracing({}, '0');
  expect(await tracing.untraced(async () => 7)).toBe(7);
  await tracing.end();
});
