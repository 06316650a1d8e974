/** Music servers, made here from the published rules of Subsonic (1.16.1) and Jellyfin. */
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rotateKey } from '../../../engine/secrets/key-file.js';
import { fakeAnalysis } from '../../tracks.fake.js';
import { type Library, openLibrary } from '../library.js';
import { connections, keepConnection, type NewConnection, newConnection, serverOf } from './connections.js';
import { remoteFile } from './remote-files.js';

const PASSWORD = 'sesame';
const KEY = 'k3y';

let root: string;
let server: Server;
let url: string;
/** Albums of two songs each. */
let albums = 3;
/** Requests for files; from this one on the server is gone. */
let downloads: string[] = [];
let goneAfter = Number.POSITIVE_INFINITY;
/** Whether it can check a token, and with which code it says so where not. */
let tokens = true;
let missing = 41;
/** What a server that somebody took over says. */
let hostile: 'endless albums' | 'endless words' | 'endless id' | null = null;

function subsonic(method: string, query: URLSearchParams): object | Buffer {
  const ok = (more: object) => ({ 'subsonic-response': { status: 'ok', version: '1.16.1', ...more } });
  const token = createHash('md5')
    .update(`${PASSWORD}${query.get('s')}`)
    .digest('hex');
  const failed = (code: number) => ({ 'subsonic-response': { status: 'failed', error: { code } } });
  if (!tokens && query.has('t')) return failed(missing);
  const proved = tokens ? query.get('t') === token : query.get('p') === `enc:${Buffer.from(PASSWORD).toString('hex')}`;
  if (!proved || query.get('u') !== 'ann')
    return { 'subsonic-response': { status: 'failed', error: { code: 40, message: 'Wrong username or password' } } };
  if (method === 'getAlbumList2' && hostile === 'endless albums')
    return ok({ albumList2: { album: Array.from({ length: 500 }, (_, i) => ({ id: `al-${i}` })) } });
  if (method === 'getAlbumList2') {
    const [from, size] = [Number(query.get('offset')), Number(query.get('size'))];
    const ids = Array.from({ length: albums }, (_, i) => ({ id: `al-${i}` })).slice(from, from + size);
    return ok({ albumList2: { album: ids } });
  }
  if (method === 'ping') return ok({});
  const id = query.get('id') ?? '';
  if (method === 'getAlbum' && hostile === 'endless albums') return ok({ album: { id } });
  if (method === 'getAlbum') {
    const endless = 'x'.repeat(1_000_000);
    const song = [0, 1].map((i) => ({
      id: hostile === 'endless id' ? `${id}-${i}-${endless}` : `${id}-${i}`,
      title: hostile === 'endless words' ? `Song ${id} ${i} ${endless}` : `Song ${id} ${i}`,
      artist: 'Ann',
      duration: 120,
      suffix: 'mp3',
    }));
    return ok({ album: { id, song } });
  }
  downloads.push(id);
  return Buffer.from(`sound of ${id}`);
}

function jellyfin(address: URL, authorised: boolean): object | Buffer | number {
  if (!authorised) return 401;
  const item = /^\/Items\/([^/]+)\/Download$/.exec(address.pathname);
  if (item) return Buffer.from(`sound of ${item[1]}`);
  const [from, size] = [Number(address.searchParams.get('StartIndex')), Number(address.searchParams.get('Limit'))];
  const Items = Array.from({ length: albums * 2 }, (_, i) => ({
    Id: `id${i}`,
    Name: `Piece ${i}`,
    Artists: ['Ben'],
    Genres: ['Ambient'],
    RunTimeTicks: 1.2e9,
    Container: 'flac',
  })).slice(from, from + size);
  return { Items, TotalRecordCount: albums * 2 };
}

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'emoheal-remote-'));
  [albums, downloads, goneAfter, tokens] = [3, [], Number.POSITIVE_INFINITY, true];
  server = createServer((request, response) => {
    const address = new URL(request.url ?? '/', 'http://here');
    if (downloads.length >= goneAfter) return request.socket.destroy();
    const method = /^\/rest\/(\w+)$/.exec(address.pathname)?.[1];
    const answer = method
      ? subsonic(method, address.searchParams)
      : jellyfin(address, request.headers.authorization?.includes(`Token="${KEY}"`) === true);
    if (typeof answer === 'number') return response.writeHead(answer).end();
    const bytes = Buffer.isBuffer(answer);
    response.setHeader('content-type', bytes ? 'audio/mpeg' : 'application/json');
    response.end(bytes ? answer : JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  hostile = null;
  server.closeAllConnections();
  server.close();
  await rm(root, { recursive: true, force: true });
});

const heard: string[] = [];
const open = (): Promise<Library> =>
  openLibrary({
    dataDir: root,
    starter: [],
    analyser: {
      async analyseFile(file) {
        heard.push(await readFile(file, 'utf8'));
        return fakeAnalysis({ durationSec: 120 });
      },
    },
  });
const ann = (password = PASSWORD): NewConnection => ({ kind: 'subsonic', url, user: 'ann', password });

describe.each([
  ['Subsonic', () => ann()],
  ...[41, 10].map((code): [string, () => NewConnection] => [
    `Subsonic (no tokens, error ${code})`,
    () => {
      [tokens, missing] = [false, code];
      return ann();
    },
  ]),
  ['Jellyfin', (): NewConnection => ({ kind: 'jellyfin', url, key: KEY })],
])('a %s server', (_name, wished) => {
  it('puts all its music on the shelf, each piece heard once, and keeps no file', async () => {
    const connection = newConnection(wished());
    await keepConnection({ dataDir: root }, connection);
    const shelf = await open();
    const report = await shelf.syncServer(connection);
    expect(report).toMatchObject({ unreadable: [], alreadyThere: [] });
    expect(shelf.tracks()).toHaveLength(6);
    heard.length = 0;
    expect((await shelf.syncServer(connection)).alreadyThere).toHaveLength(6);
    expect(heard).toEqual([]);
    expect((await readdir(path.join(root, 'library'))).sort()).toEqual(['servers.json', 'tracks']);
  });

  it('gives the file when the piece is to be played, fetched once', async () => {
    const connection = newConnection(wished());
    await keepConnection({ dataDir: root }, connection);
    const shelf = await open();
    await shelf.syncServer(connection);
    const [track] = shelf.tracks();
    const [one, two] = await Promise.all([
      remoteFile({ dataDir: root }, track!),
      remoteFile({ dataDir: root }, track!),
    ]);
    expect(one).toBe(two);
    expect(await readFile(one, 'utf8')).toMatch(/^sound of /);
  });
});

describe('a connected server', () => {
  it('is asked page by page, however much it holds', async () => {
    albums = 1300;
    let count = 0;
    for await (const _ of serverOf(newConnection(ann())).list()) count += 1;
    expect(count).toBe(2600);
  });

  it('that goes away in the middle ends the sync; the next one brings the rest', async () => {
    const connection = newConnection(ann());
    goneAfter = 3;
    const shelf = await open();
    await expect(shelf.syncServer(connection)).rejects.toMatchObject({ code: 'busy', retryable: true });
    const before = shelf.tracks().length;
    expect(before).toBeGreaterThan(0);
    goneAfter = Number.POSITIVE_INFINITY;
    const report = await (await open()).syncServer(connection);
    expect(report.imported.length + before).toBe(6);
  });

  it('that somebody took over is left, and fills neither the memory nor the night', async () => {
    const connection = newConnection(ann());
    hostile = 'endless albums';
    await expect((await open()).syncServer(connection)).rejects.toThrow(/hold nothing/);
    hostile = 'endless id';
    await expect((await open()).syncServer(connection)).rejects.toThrow(/without end/);
    hostile = 'endless words';
    const shelf = await open();
    expect((await shelf.syncServer(connection)).imported).toHaveLength(6);
    for (const { title } of shelf.tracks()) expect(title.length).toBeLessThanOrEqual(200);
  });

  it('with a wrong password is told in one line that shows neither password nor token', async () => {
    const list = serverOf(newConnection(ann('wrong'))).list();
    const refused = await list[Symbol.asyncIterator]()
      .next()
      .catch((error: Error) => error);
    expect(refused).toMatchObject({ code: 'forbidden' });
    expect(String((refused as Error).message)).not.toMatch(/wrong|t=|s=/);
    const keyless = serverOf(newConnection({ kind: 'jellyfin', url, key: 'no' })).list();
    await expect(keyless[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('is kept for this account alone, and its password is sealed', async () => {
    const file = path.join(root, 'library', 'servers.json');
    await keepConnection({ dataDir: root }, newConnection(ann()));
    expect((await stat(file)).mode & 0o077).toBe(0);
    expect(await readFile(file, 'utf8')).not.toContain(PASSWORD);
    expect(await connections({ dataDir: root })).toEqual([newConnection(ann())]);
  });

  it('whose password an earlier version left there plain is sealed when it is next read', async () => {
    const file = path.join(root, 'library', 'servers.json');
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, JSON.stringify([newConnection(ann())]));
    expect(await connections({ dataDir: root })).toEqual([newConnection(ann())]);
    expect(await readFile(file, 'utf8')).not.toContain(PASSWORD);
    await rotateKey({ dataDir: root }, async () => void (await connections({ dataDir: root })));
    expect(await connections({ dataDir: root })).toEqual([newConnection(ann())]);
  });

  it('is not read with another key, and stays as it is', async () => {
    const file = path.join(root, 'library', 'servers.json');
    await keepConnection({ dataDir: root }, newConnection(ann()));
    const before = await readFile(file);
    await rm(path.join(root, 'secret-key'));
    await expect(connections({ dataDir: root })).rejects.toMatchObject({ code: 'config-invalid' });
    expect(await readFile(file)).toEqual(before);
  });

  it.each(['nas', 'ftp://nas', 'http://ann:secret@nas'])('is refused as %s', (bad) => {
    expect(() => newConnection({ ...ann(), url: bad } as NewConnection)).toThrow(/no address/);
  });
});
