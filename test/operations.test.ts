/** The server as an operator meets it: measured, traced, told to read its settings again, and ended without a break. */

import { closeSync, existsSync, openSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { makeDataFolder } from './data-folder.js';
import { type ServerProcess, startServer } from './server-process.js';

const SAID = 'zwetschgenknoedel';
const FAR_BEYOND_NOISE = { timeout: 60_000, interval: 200 };

interface Span {
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  /** 2 for a request that came in. */
  kind: number;
}

/** A collector that takes what any OpenTelemetry collector takes on /v1/traces. */
async function startCollector() {
  const bodies: string[] = [];
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (request.url === '/v1/traces') bodies.push(Buffer.concat(chunks).toString());
      response.setHeader('content-type', 'application/json').end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const spans = (): Span[] =>
    bodies.flatMap((body) =>
      JSON.parse(body).resourceSpans.flatMap((each: { scopeSpans: { spans: Span[] }[] }) =>
        each.scopeSpans.flatMap((scope) => scope.spans),
      ),
    );
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    text: () => bodies.join(),
    server,
  };
}

describe('a running server', () => {
  const data = makeDataFolder();
  const settingsFile = path.join(data.folder, 'settings.env');
  let server: ServerProcess;
  let collector: Awaited<ReturnType<typeof startCollector>>;
  beforeAll(async () => {
    collector = await startCollector();
    writeFileSync(settingsFile, 'EMOHEAL_LOG_LEVEL=info\nEMOHEAL_DRAIN_SEC=170\n');
    server = await startServer(data.folder, {
      EMOHEAL_SETTINGS_FILE: settingsFile,
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_BSP_SCHEDULE_DELAY: '200',
      OTEL_SERVICE_NAME: 'bedside-test',
    });
  });
  afterAll(async () => {
    await server?.stop();
    collector?.server.close();
    data.remove();
  });
  const say = (text: string, headers: Record<string, string> = {}) =>
    fetch(`${server.url}/api/v1/utterances`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ text, minutes: 2 }),
    });

  it('traces an utterance through every step, below the trace of whoever asked, and tells no word', async () => {
    const traceId = 'abcdef0123456789abcdef0123456789';
    const answer = await say(`I am so sad about my ${SAID}`, { traceparent: `00-${traceId}-0123456789abcdef-01` });
    expect(answer.status).toBe(201);
    const names = ['POST /api/v1/utterances', 'utterance', 'gate', 'classify', 'plan', 'search'];
    await vi.waitFor(() => expect(collector.spans().map(({ name }) => name)).toEqual(expect.arrayContaining(names)), {
      ...FAR_BEYOND_NOISE,
    });
    const spans = collector.spans().filter((each) => each.traceId === traceId);
    const named = (name: string) => spans.find((each) => each.name === name)!;
    expect(named('POST /api/v1/utterances').parentSpanId).toBe('0123456789abcdef');
    expect(named('utterance').parentSpanId).toBe(named('POST /api/v1/utterances').spanId);
    for (const step of names.slice(2)) expect(named(step).parentSpanId).toBe(named('utterance').spanId);
    expect(collector.text()).toContain('bedside-test');
    expect(collector.text()).not.toContain(SAID);
  });

  it('measures what happened, and tells each part and what is degraded', async () => {
    const told = await (await fetch(`${server.url}/metrics`)).text();
    expect(told).toMatch(/emoheal_utterances_total\{source="text",outcome="session"\} [1-9]/);
    expect(told).toMatch(/emoheal_step_seconds_count\{step="search"\} [1-9]/);
    expect(told).toMatch(/emoheal_renderings_total\{format="mp3",result="begun"\} [1-9]/);
    const ready = await fetch(`${server.url}/readyz`);
    expect(ready.status).toBe(200);
    const { status, degraded, unavailable, parts } = (await ready.json()) as {
      status: string;
      degraded: string[];
      unavailable: string[];
      parts: Record<string, { status: string }>;
    };
    expect(Object.keys(parts)).toEqual(expect.arrayContaining(['emotion', 'music', 'state', 'speech', 'disk']));
    expect(parts).toMatchObject({
      emotion: { status: 'ready' },
      music: { status: 'ready' },
      state: { status: 'ready' },
    });
    expect([...degraded, ...unavailable].length === 0).toBe(status === 'ready');
  });

  it('reads its settings again on SIGHUP, and keeps those before where the new ones are wrong', async () => {
    expect(server.log()).not.toContain('a request was answered');
    writeFileSync(
      settingsFile,
      'EMOHEAL_LOG_LEVEL=debug\nEMOHEAL_DRAIN_SEC=170\nEMOHEAL_PUBLIC_URL=https://a.example.org\n',
    );
    server.signal('SIGHUP');
    await vi.waitFor(() => expect(server.log()).toContain('settings were read again'), FAR_BEYOND_NOISE);
    expect(server.log()).toMatch(/"settings":\["publicUrl"\].*need a restart/);
    await fetch(`${server.url}/healthz`);
    await vi.waitFor(() => expect(server.log()).toContain('"route":"/healthz"'), FAR_BEYOND_NOISE);
    writeFileSync(settingsFile, 'EMOHEAL_LOG_LEVEL=loud\n');
    server.signal('SIGHUP');
    await vi.waitFor(() => expect(server.log()).toContain('those before stay in use'), FAR_BEYOND_NOISE);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  });

  it('gives a listener the whole stream although it is being stopped, and is gone then', async () => {
    const { streams } = (await (await say('I am tense and tired')).json()) as { streams: { session: string } };
    const address = new URL(streams.session, server.url);
    const response = await fetch(`${server.url}${address.pathname}${address.search}`);
    const length = Number(response.headers.get('content-length'));
    const reader = response.body!.getReader();
    let bytes = (await reader.read()).value!.length;
    server.signal('SIGTERM');
    await vi.waitFor(() => expect(server.log()).toContain('"ending"'), FAR_BEYOND_NOISE);
    await expect(fetch(`${server.url}/healthz`)).rejects.toThrow();
    // There is nothing to read settings into any more, and no reason to break off.
    server.signal('SIGHUP');
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      bytes += value.length;
    }
    expect(bytes).toBe(length);
    await server.ended;
    expect(server.log()).not.toContain('streams were cut');
  });

  it('has traced what was asked of it, and nothing of what it rehearsed at its start', () => {
    const roots = collector.spans().filter(({ parentSpanId }) => !parentSpanId);
    expect(roots.length).toBeGreaterThan(0);
    expect(roots.filter(({ kind }) => kind !== 2).map(({ name }) => name)).toEqual([]);
  });
});

it('asked to read its settings while it still begins, a server begins all the same', async () => {
  const data = makeDataFolder();
  let looking: NodeJS.Timeout | undefined;
  const begun = (pid: number) => {
    looking = setInterval(() => {
      if (!existsSync(path.join(data.folder, 'state'))) return;
      clearInterval(looking);
      process.kill(pid, 'SIGHUP');
    }, 5);
  };
  const server = await startServer(data.folder, {}, { begun }).finally(() => clearInterval(looking));
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  await server.stop();
  data.remove();
});

const FULL = '/dev/full';
it.runIf(existsSync(FULL))('a server whose log is on a full disk works, and ends when it is told to', async () => {
  const data = makeDataFolder();
  const full = openSync(FULL, 'w');
  const server = await startServer(data.folder, { EMOHEAL_LOG_LEVEL: 'debug' }, { stderr: full });
  try {
    for (let i = 0; i < 20; i += 1) expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  } finally {
    await server.stop();
    closeSync(full);
    data.remove();
  }
});
