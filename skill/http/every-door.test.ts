/**
 * Every route of the server but the console's, whose table is in `skill/care/every-route.test.ts`: who may come in by it once
 * there is a door to the outside. A new route is in one of these lists, or the first test says so.
 */
import type { Router } from 'express';
import request from 'supertest';
import { describe, expect, it } from 'vitest';
import { routesOf } from './routes-of.fixture.js';
import { standInApp } from './stand-in-app.fixture.js';

const PUBLIC = 'https://care.example.org';

/** What belongs to a listener, or sounds in somebody's bedroom: for who is in the house. */
const FOR_THE_HOUSE = [
  'get /api/v1/speaker/events',
  'get /api/v1/taste',
  'put /api/v1/taste',
  'delete /api/v1/taste',
  'get /api/v1/routines',
  'get /api/v1/routines/started',
  'post /api/v1/routines',
  'post /api/v1/routines/nap',
  'patch /api/v1/routines/:id',
  'delete /api/v1/routines/:id',
  'post /api/v1/routines/:id/start',
  'post /api/v1/routines/:id/skip',
  'post /api/v1/routines/:id/snooze',
  'get /api/v1/house-rules',
  'put /api/v1/house-rules',
  'delete /api/v1/house-rules',
  'get /api/v1/check-ins',
  'put /api/v1/check-ins/consent',
  'post /api/v1/check-ins',
  'get /api/v1/listeners/:listener/data',
  'delete /api/v1/listeners/:listener/data',
  'get /api/v1/speakers',
  'post /api/v1/speakers/:speaker/play',
  'post /api/v1/speakers/:speaker/actions',
  'put /api/v1/speakers/:speaker/volume',
  'put /api/v1/speakers/:speaker/group',
  'post /api/v1/speakers/:speaker/move',
  'post /api/v1/speakers/:speaker/follow',
];

/** Each shut by a means of its own: a signature, a password, a token, a code, and limits on how often. */
const BY_THEIR_OWN_KEY = [
  'post /alexa',
  'post /dialogflow',
  'post /smarthome',
  'get /oauth/authorize',
  'post /oauth/authorize',
  'post /oauth/token',
  'post /api/v1/pairings',
  'get /stream/:id/:name',
];

/** A session is known by an id that cannot be guessed; whoever was given it may bend it. */
const BY_THE_ID_OF_A_SESSION = [
  'get /api/v1/sessions/:id',
  'post /api/v1/sessions/:id/actions',
  'get /api/v1/sessions/:id/events',
  'get /api/v1/sessions/:id/why',
  'get /api/v1/sessions/:id/why/spoken',
  'get /api/v1/sessions/:id/sound',
  'get /api/v1/spoken/:id',
];

/** Nothing of a listener is in it, or it begins a session for whoever asks. */
const FOR_ANYBODY = [
  'get /',
  'get /bedside/main.js',
  'get /service-worker.js',
  'get /bedside/style.css',
  'get /manifest.webmanifest',
  'get /favicon.ico',
  'get /bedside/icon-180.png',
  'get /bedside/icon-192.png',
  'get /bedside/icon-512.png',
  'get /bedside/atkinson-hyperlegible-latin-400-normal.woff2',
  'get /bedside/atkinson-hyperlegible-latin-700-normal.woff2',
  'get /bedside/hands-free/main.js',
  'get /bedside/hands-free/silero_vad_v5.onnx',
  'get /bedside/hands-free/vad.worklet.bundle.min.js',
  'get /bedside/hands-free/ort-wasm-simd-threaded.mjs',
  'get /bedside/hands-free/ort-wasm-simd-threaded.wasm',
  'get /bedside/voice/:voice/:name',
  'get /care',
  'get /care/main.js',
  'get /care/style.css',
  'get /graph',
  'get /graph/main.js',
  'get /graph/style.css',
  'get /api/v1/graph',
  'get /docs',
  'get /docs/style.css',
  'get /docs/decisions/',
  'get /docs/{*file}',
  'get /privacy',
  'get /terms',
  'post /api/v1/utterances',
  'post /api/v1/sessions',
  'post /api/v1/quiet',
  'get /api/v1/tracks/:id/cover',
  'get /healthz',
  'get /readyz',
  'get /metrics',
  'get /openapi.json',
];

const server = () => standInApp({ publicUrl: PUBLIC });

describe('the doors of a server that can be reached from outside', () => {
  const app = server();

  it('are all known', () => {
    const real = routesOf((app as unknown as { router: Router }).router);
    const others = real.filter((route) => !route.includes(' /api/v1/care/'));
    const known = [...FOR_THE_HOUSE, ...BY_THEIR_OWN_KEY, ...BY_THE_ID_OF_A_SESSION, ...FOR_ANYBODY];
    expect([...new Set(others)].sort()).toEqual(known.sort());
    expect(real.length - others.length).toBeGreaterThan(30);
  });

  it.each(FOR_THE_HOUSE)('%s is shut for everybody who is not in the house', async (route) => {
    const [method, address] = route.replace(/:\w+/g, 'bedside').split(' ') as ['get', string];
    const strangers: Record<string, string>[] = [
      { host: 'care.example.org' },
      { host: 'bedside.example.com' },
      { 'x-forwarded-for': '203.0.113.7' },
      { forwarded: 'for=203.0.113.7' },
      { 'cf-connecting-ip': '203.0.113.7' },
      // A page of somebody else's, open in a browser of this house.
      { host: 'bedside.local', origin: 'https://evil.example' },
      // Whoever is signed in to the console has no more right to it than anybody else.
      { host: 'care.example.org', cookie: `emoheal-care=${'A'.repeat(43)}` },
    ];
    for (const stranger of strangers) {
      const { status, body } = await request(app)[method](address).set(stranger).timeout(5000);
      expect([stranger, status, body.code]).toEqual([stranger, 403, 'forbidden']);
    }
  });
});
