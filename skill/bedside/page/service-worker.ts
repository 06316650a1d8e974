/**
 * Serves the shell of the page where the network or the server is away: the page itself, its script, style, fonts and
 * icons, always the newest that could be fetched. It never touches anything else: no feeling, no session, no sound.
 */

const CACHE = 'emoheal-shell-1';
const SHELL = [
  '/',
  '/bedside/main.js',
  '/bedside/style.css',
  '/bedside/atkinson-hyperlegible-latin-400-normal.woff2',
  '/bedside/atkinson-hyperlegible-latin-700-normal.woff2',
  '/bedside/icon-192.png',
  '/favicon.ico',
  '/manifest.webmanifest',
];
/** A server that answers slower than this is taken for absent, where the page is at hand. */
const PATIENCE_MS = 4000;

/** The few things of a service worker that are used here; the library of types for it cannot stand beside that of pages. */
interface Worker {
  addEventListener(
    kind: 'install' | 'activate',
    hear: (event: { waitUntil(work: Promise<unknown>): void }) => void,
  ): void;
  addEventListener(
    kind: 'fetch',
    hear: (event: { request: Request; respondWith(answer: Promise<Response>): void }) => void,
  ): void;
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
}
const worker = self as unknown as Worker;

worker.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(CACHE)
      .then((cache) => cache.addAll(SHELL))
      .then(() => worker.skipWaiting()),
  );
});
worker.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name))))
      .then(() => worker.clients.claim()),
  );
});
worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== 'GET' || address.origin !== location.origin || !SHELL.includes(address.pathname)) return;
  event.respondWith(newest(request, address.pathname));
});

async function newest(request: Request, name: string): Promise<Response> {
  const cache = await caches.open(CACHE);
  const held = await cache.match(name);
  const fetched = fetch(request).then((response) => {
    // Storage that is full is no reason not to answer.
    if (response.ok) cache.put(name, response.clone()).catch(() => {});
    return response;
  });
  if (!held) return fetched;
  const late = new Promise<Response>((resolve) => setTimeout(() => resolve(held), PATIENCE_MS));
  return Promise.race([fetched.catch(() => held), late]);
}
