/** What scanners try: paths that lead out, odd methods and headers, pages that would run somebody else's script. */
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EmohealError } from '../../engine/errors.js';
import { type AppDeps, createApp } from './app.js';

let server: Server;
let port: number;
beforeAll(async () => {
  const app = createApp({
    log: pino({ level: 'silent' }),
    publicUrl: undefined,
    nowMs: () => 0,
    signingKey: Buffer.alloc(32, 1),
    coverOf: async () => null,
    service: async () => ({
      look: async () => Promise.reject(new EmohealError('not-found', 'There is no such session.')),
    }),
  } as unknown as AppDeps);
  server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** As bytes: any client would tidy the path up before it is sent. */
const raw = (text: string) =>
  new Promise<string>((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.end(text));
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
    });
    socket.on('close', () => resolve(answer));
    // Who is refused early cannot send the rest: the answer is what counts.
    socket.on('error', (error) => answer === '' && reject(error));
  });
const get = (path: string, more = '') =>
  raw(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n${more}Connection: close\r\n\r\n`);

const OUT = ['../', '..%2f', '%2e%2e/', '%2e%2e%2f', '..%5c', '....//', '..%00/', '%252e%252e%252f'];
const BEFORE = ['/', '/alexa/art/', '/stream/', '/api/v1/tracks/', '/api/v1/sessions/', '/care/', '/graph/', '/fonts/'];
const FILES = ['etc/passwd', 'package.json', 'skill/main.ts', 'secret-key', 'state/stream-key'];

describe('a path that leads out', () => {
  it.each(BEFORE)('of %s reaches no file and no fault', async (before) => {
    for (const out of OUT)
      for (const file of FILES) {
        const answer = await get(before + out.repeat(6) + file);
        expect([answer.split('\r\n')[0], before + out + file]).toEqual([
          expect.stringMatching(/^HTTP\/1\.1 (30[128]|400|403|404)/),
          before + out + file,
        ]);
        expect(answer).not.toMatch(/root:x:0|"dependencies"|import '\.\.\/models/);
      }
  });
});

describe('a page', () => {
  it.each(['/', '/care', '/graph', '/privacy'])(
    '%s runs only our own script and is framed by nobody else',
    async (path) => {
      const answer = await fetch(`http://127.0.0.1:${port}${path}`);
      const policy = answer.headers.get('content-security-policy') ?? '';
      expect(policy).toContain("script-src 'self'");
      expect(policy).toContain("object-src 'none'");
      expect(policy).toContain("frame-ancestors 'self'");
      // WebAssembly, and only where the page listens.
      expect(policy.includes("'wasm-unsafe-eval'")).toBe(path === '/');
      expect(policy.replace("'wasm-unsafe-eval'", '')).not.toMatch(/unsafe-(inline|eval)/);
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
      expect(answer.headers.get('x-powered-by')).toBeNull();
      expect(await answer.text()).not.toMatch(
        /<script(?![^>]*(\bsrc=|type="application\/json"))[^>]*>\s*[^<\s]| on(click|load|error)=/i,
      );
    },
  );
});

describe('an odd request', () => {
  it('is answered in words and never by a fault', async () => {
    const odd = [
      'BREW /coffee HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
      'TRACE / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
      'GET /%ff%fe HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
      'GET /api/v1/sessions/%00 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
      'GET /stream/s1/session.mp3?rev=1&rev=2&exp[]=9&sig[a]=b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
      `GET / HTTP/1.1\r\nHost: x\r\nX-Large: ${'a'.repeat(100_000)}\r\nConnection: close\r\n\r\n`,
      'POST /api/v1/utterances HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      'POST /api/v1/utterances HTTP/1.1\r\nHost: x\r\nContent-Type: application/json; charset=utf-7\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}',
      'POST /api/v1/utterances HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Encoding: zip\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}',
    ];
    for (const text of odd) {
      const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(await raw(text))?.[1]);
      if (text.includes('%00')) continue;
      expect([text.slice(0, 60), status >= 400 && status < 500]).toEqual([text.slice(0, 60), true]);
    }
  });
});
