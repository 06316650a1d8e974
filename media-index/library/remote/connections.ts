/** Which music servers are connected: `<dataDir>/library/servers.json`, for this account's eyes only (mode 600). */
import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { EmohealError } from '../../../engine/errors.js';
import { jellyfinServer } from './jellyfin.js';
import type { RemoteServer } from './remote.js';
import { subsonicServer } from './subsonic.js';

const Connection = z.discriminatedUnion('kind', [
  z.object({ id: z.string(), kind: z.literal('subsonic'), url: z.string(), user: z.string(), password: z.string() }),
  z.object({ id: z.string(), kind: z.literal('jellyfin'), url: z.string(), key: z.string() }),
]);
export type Connection = z.infer<typeof Connection>;
/** A connection before it has an id. */
export type NewConnection =
  | Omit<Extract<Connection, { kind: 'subsonic' }>, 'id'>
  | Omit<Extract<Connection, { kind: 'jellyfin' }>, 'id'>;

const fileOf = (dataDir: string): string => path.join(dataDir, 'library', 'servers.json');

export async function connections(dataDir: string): Promise<Connection[]> {
  const text = await readFile(fileOf(dataDir), 'utf8').catch(() => '[]');
  const parsed = z.array(Connection).safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data;
  throw new EmohealError('internal', `${fileOf(dataDir)} is damaged.`, {
    remedy: 'Remove it and run "library connect" again; the tracks stay.',
  });
}

/** Throws `bad-input` for an address that is none. */
export function newConnection(wished: NewConnection): Connection {
  const url = URL.canParse(wished.url) ? new URL(wished.url) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.username) {
    throw new EmohealError('bad-input', 'That is no address of a music server.', {
      remedy: 'Write it as http://HOST:PORT, without user and password.',
    });
  }
  const id = createHash('sha256').update(`${wished.kind} ${url.origin}${url.pathname}`).digest('hex').slice(0, 8);
  return Connection.parse({ ...wished, id });
}

/** Adds it, or replaces the one with the same server. */
export async function keepConnection(dataDir: string, connection: Connection): Promise<void> {
  const others = (await connections(dataDir)).filter((each) => each.id !== connection.id);
  await mkdir(path.dirname(fileOf(dataDir)), { recursive: true });
  await writeFileAtomic(fileOf(dataDir), `${JSON.stringify([...others, connection], null, 1)}\n`, { mode: 0o600 });
}

export function serverOf(connection: Connection): RemoteServer {
  return connection.kind === 'subsonic'
    ? subsonicServer(connection.url, connection.user, connection.password)
    : jellyfinServer(connection.url, connection.key);
}
