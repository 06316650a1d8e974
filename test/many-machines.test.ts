/**
 * Three servers behind a proxy, one real PostgreSQL, one real S3 storage, and one real Milvus where it can be had. Milvus
 * hangs while sessions begin; then the server that plays somebody's session is killed, and the one that took over: whoever
 * listens hears no gap.
 */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type MilvusServer, startMilvus } from '../media-index/index/milvus.fixture.js';
import { TEST_MODEL } from '../media-index/index/vector-index.contract.js';
import { KEYS, type S3Server, startS3 } from '../media-index/stream/s3-server.fixture.js';
import { type PostgresServer, postgresPrograms, startPostgres } from '../skill/store/postgres/server.fixture.js';
import { makeDataFolder } from './data-folder.js';
import { withClockAhead } from './faults/inspector.fixture.js';
import { segmentsIn } from './hls-segments.js';
import { type Balancer, startProxy } from './proxy.fixture.js';
import { type ServerProcess, startServer } from './server-process.js';

const programs = postgresPrograms();
/** What an ordinary HLS player has in hand: three segments of six seconds. */
const BUFFER_SEC = 18;
/** Of each server's own clock; what they agree on is the database's. */
const CLOCKS_AHEAD_MS = [-3 * 60_000, 2 * 60_000];
const KILLS_AT_SEC = [12, 30];
const LISTEN_SEC = 54;
/** The first time, Milvus is fetched and installed. */
const START_LIMIT_MS = 420_000;
const PATIENT = { timeout: 60_000, interval: 300 };

interface Session {
  id: string;
  revision: number;
  status: string;
  position: { atSec: number };
  streams: { master: string };
}

const post = (address: string, body: object, headers: Record<string, string> = {}) =>
  fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });

/** An HLS player that begins with a full buffer, keeps it full, and tells how long it was silent after that. */
async function listen(url: string, master: string, untilSec: number, atSec: (sec: number) => Promise<void>) {
  const get = async (address: string) => {
    for (let turn = 0; ; turn += 1) {
      try {
        const answer = await fetch(address);
        if (answer.status !== 200) throw new Error(`${answer.status}`);
        return new Uint8Array(await answer.arrayBuffer());
      } catch (error) {
        // Players ask again after a broken answer.
        if (turn >= 20) throw error;
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
    }
  };
  const text = async (address: string) => Buffer.from(await get(address)).toString();
  const masterUrl = new URL(new URL(master, url).pathname + new URL(master, url).search, url).href;
  const inner = (await text(masterUrl)).split('\n').find((line) => /^aac\.m3u8/.test(line))!;
  const listUrl = new URL(inner, masterUrl).href;
  const segments = segmentsIn(await text(listUrl), listUrl);
  let startMs = 0;
  let haveSec = 0;
  let silentSec = 0;
  const silences: { atSec: number; missedSec: number }[] = [];
  for (const segment of segments) {
    const playedSec = () => (startMs === 0 ? 0 : (performance.now() - startMs) / 1000 - silentSec);
    if (haveSec >= untilSec) break;
    // With a full buffer a player asks for nothing.
    while (haveSec - playedSec() > BUFFER_SEC) await new Promise((resolve) => setTimeout(resolve, 50));
    await atSec(playedSec());
    const bytes = await get(segment.url);
    expect(bytes.length).toBeGreaterThan(1000);
    const missedSec = Math.max(0, playedSec() - haveSec);
    if (missedSec > 0) silences.push({ atSec: haveSec, missedSec });
    silentSec += missedSec;
    haveSec += segment.sec;
    if (startMs === 0 && haveSec >= BUFFER_SEC) startMs = performance.now();
  }
  return { haveSec, silences };
}

describe.skipIf(!programs)('three servers', () => {
  let postgres: PostgresServer;
  let s3: S3Server;
  /** Or why there is none: everything else is tried over FAISS then. */
  let milvus: MilvusServer | string;
  let proxy: Balancer;
  const servers: ServerProcess[] = [];
  const folders = [1, 2, 3].map(() => makeDataFolder());
  beforeAll(async () => {
    [postgres, s3, milvus] = await Promise.all([startPostgres(programs!), startS3(), startMilvus(TEST_MODEL)]);
    const settings = {
      ...KEYS,
      EMOHEAL_INSTANCES: 'many',
      EMOHEAL_DATABASE_URL: await postgres.database(),
      EMOHEAL_SECRET_KEY: randomBytes(32).toString('base64'),
      EMOHEAL_SOUNDS_URL: s3.url,
      ...(typeof milvus === 'string' ? {} : { EMOHEAL_VECTOR_URL: milvus.url }),
      EMOHEAL_WYOMING_PORT: 'off',
      EMOHEAL_LOG_LEVEL: 'warn',
    };
    // One after the other, as a rolling upgrade does.
    for (const { folder } of folders) servers.push(await startServer(folder, settings));
    proxy = await startProxy(servers.map(({ url }) => url));
  }, START_LIMIT_MS);
  afterAll(async () => {
    await proxy?.close();
    for (const server of servers) server.signal('SIGKILL');
    await Promise.all(servers.map(({ ended }) => ended));
    await s3?.close();
    await postgres?.close();
    if (milvus && typeof milvus !== 'string') await milvus.stop();
    for (const folder of folders) folder.remove();
  });
  it('are one: a session that one began can be seen, changed and asked about on each', async () => {
    const wish = { text: 'I am so tense that I cannot sleep', minutes: 3 };
    const begun = (await (await post(`${servers[0]!.url}/api/v1/utterances`, wish)).json()) as Session;
    for (const action of ['pause', 'resume', 'pause']) {
      for (const { url } of servers) {
        const answer = await post(`${url}/api/v1/sessions/${begun.id}/actions`, { action });
        if (answer.status !== 409) expect(answer.status).toBe(200);
      }
      const seen = await Promise.all(
        servers.map(async ({ url }) => (await (await fetch(`${url}/api/v1/sessions/${begun.id}`)).json()) as Session),
      );
      expect(new Set(seen.map(({ status, revision }) => `${status} ${revision}`)).size).toBe(1);
    }
    // An address that one signed opens on the others.
    const { pathname, search } = new URL(begun.streams.master, servers[0]!.url);
    for (const { url } of servers) expect((await fetch(url + pathname + search)).status).toBe(200);
  });

  it('begin one session for one Idempotency-Key, whichever is asked, at once or later', async () => {
    const wish = { text: 'quite sad today', minutes: 2 };
    const answers = await Promise.all(
      [0, 1, 2, 0].map((i) => post(`${servers[i]!.url}/api/v1/utterances`, wish, { 'Idempotency-Key': 'tonight' })),
    );
    const ids = await Promise.all(answers.map(async (each) => ((await each.json()) as Session).id));
    expect(new Set(ids).size).toBe(1);
    const another = await post(`${servers[1]!.url}/api/v1/utterances`, wish, { 'Idempotency-Key': 'tomorrow' });
    expect(((await another.json()) as Session).id).not.toBe(ids[0]);
  });

  it('seek music in one Milvus, and begin and play sessions while it hangs', async ({ skip }) => {
    if (typeof milvus === 'string') return skip(milvus);
    const { url: vectors, freeze, thaw } = milvus;
    type Told = { parts: { music: { status: string; detail: string } } };
    const musicOf = async ({ url }: ServerProcess) =>
      ((await (await fetch(`${url}/readyz`)).json()) as Told).parts.music;
    const allBecome = (status: string) =>
      vi.waitFor(async () => {
        const told = await Promise.all(servers.map(musicOf));
        expect(told.map((music) => music.status)).toEqual(servers.map(() => status));
        for (const { detail } of told) expect(detail).toContain(new URL(vectors).host);
      }, PATIENT);
    await allBecome('ready');
    freeze();
    try {
      const answers = await Promise.all(
        servers.map(({ url }) => post(`${url}/api/v1/utterances`, { text: 'lonely and cold tonight', minutes: 2 })),
      );
      for (const [i, answer] of answers.entries()) {
        expect(answer.status).toBe(201);
        const { streams } = (await answer.json()) as Session;
        const heard = await listen(servers[i]!.url, streams.master, BUFFER_SEC, async () => {});
        expect(heard.silences).toEqual([]);
      }
      await allBecome('degraded');
    } finally {
      thaw();
    }
    await allBecome('ready');
  });

  it('play on without a gap when the one that plays is killed, and the next one too', async () => {
    const begun = (await (
      await post(`${proxy.url}/api/v1/utterances`, { text: 'I feel so restless and worried tonight', minutes: 5 })
    ).json()) as Session;
    const kills = [...KILLS_AT_SEC];
    const killed: number[] = [];
    const heard = await listen(proxy.url, begun.streams.master, LISTEN_SEC, async (sec) => {
      if (kills.length === 0 || sec < kills[0]!) return;
      kills.shift();
      const index = proxy.serverOf(begun.id);
      servers[index]!.signal('SIGKILL');
      await servers[index]!.ended;
      proxy.drop(index);
      killed.push(index);
    });
    expect(killed.length).toBe(2);
    expect(heard.haveSec).toBeGreaterThanOrEqual(LISTEN_SEC);
    expect(heard.silences).toEqual([]);
    const left = servers.findIndex((_, i) => !killed.includes(i));
    const { status } = (await (await fetch(`${servers[left]!.url}/api/v1/sessions/${begun.id}`)).json()) as Session;
    expect(status).toBe('playing');
  });
});

describe.skipIf(!programs)('servers whose clocks are minutes apart', () => {
  let postgres: PostgresServer;
  const servers: ServerProcess[] = [];
  const folders = CLOCKS_AHEAD_MS.map(() => makeDataFolder());
  beforeAll(async () => {
    postgres = await startPostgres(programs!);
    const settings = {
      EMOHEAL_INSTANCES: 'many',
      EMOHEAL_DATABASE_URL: await postgres.database(),
      EMOHEAL_SECRET_KEY: randomBytes(32).toString('base64'),
      EMOHEAL_WYOMING_PORT: 'off',
      EMOHEAL_LOG_LEVEL: 'warn',
    };
    for (const [i, aheadMs] of CLOCKS_AHEAD_MS.entries())
      servers.push(await startServer(folders[i]!.folder, { ...settings, ...withClockAhead(aheadMs) }));
  });
  afterAll(async () => {
    await Promise.all(servers.map((server) => server.stop()));
    await postgres?.close();
    for (const folder of folders) folder.remove();
  });

  it('put a session at the same second', async () => {
    const wish = { text: 'so restless that I walk up and down', minutes: 3 };
    const begun = (await (await post(`${servers[0]!.url}/api/v1/utterances`, wish)).json()) as Session;
    const seconds = async () => {
      const seen = await Promise.all(
        servers.map(async ({ url }) => (await (await fetch(`${url}/api/v1/sessions/${begun.id}`)).json()) as Session),
      );
      return seen.map(({ position }) => position.atSec);
    };
    const apart = (all: number[]) => Math.max(...all) - Math.min(...all);
    const first = await seconds();
    expect(apart(first)).toBeLessThan(1);
    expect(Math.max(...first)).toBeLessThan(20);
    const act = (server: number, action: string) =>
      post(`${servers[server]!.url}/api/v1/sessions/${begun.id}/actions`, { action });
    expect((await act(1, 'pause')).status).toBe(200);
    const [paused] = await seconds();
    expect((await act(0, 'resume')).status).toBe(200);
    const later = await seconds();
    expect(apart(later)).toBeLessThan(1);
    expect(Math.abs(later[0]! - paused!)).toBeLessThan(10);
  });
});
