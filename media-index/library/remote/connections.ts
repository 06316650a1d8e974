/**
 * Which music servers are connected: `<dataDir>/library/servers.json`, for this account's eyes only (mode 600), passwords and
 * keys sealed (engine/secrets). What an earlier version left there plain is sealed when it is next read.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { EmohealError } from '../../../engine/errors.js';
import { openSecretBox, type SecretSettings } from '../../../engine/secrets/key-file.js';
import { isSealed, type SecretBox } from '../../../engine/secrets/secret-box.js';
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

const PURPOSE = 'a music server';

const fileOf = (dataDir: string): string => path.join(dataDir, 'library', 'servers.json');

/** Throws `internal` for a file that is damaged, `config-invalid` for secrets that our keys do not open. */
export async function connections(settings: SecretSettings): Promise<Connection[]> {
  const kept = await readKept(settings.dataDir);
  if (kept.length === 0) return [];
  const box = openSecretBox(settings);
  const opened = kept.map((each) => withSecret(each, (secret) => (isSealed(secret) ? open(box, secret) : secret)));
  const sealedAnew = kept.some((each) => !box.isCurrent(secretOf(each)));
  if (sealedAnew) await writeKept(settings.dataDir, opened, box);
  return opened;
}

async function readKept(dataDir: string): Promise<Connection[]> {
  const text = await readFile(fileOf(dataDir), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '[]';
    throw error;
  });
  const parsed = z.array(Connection).safeParse(jsonOf(text));
  if (parsed.success) return parsed.data;
  throw new EmohealError('internal', `${fileOf(dataDir)} is damaged.`, {
    remedy: 'Remove it and run "library connect" again; the tracks stay.',
  });
}

async function writeKept(dataDir: string, all: readonly Connection[], box: SecretBox): Promise<void> {
  const sealed = all.map((each) => withSecret(each, (secret) => box.seal(Buffer.from(secret), PURPOSE)));
  await mkdir(path.dirname(fileOf(dataDir)), { recursive: true });
  await writeFileAtomic(fileOf(dataDir), `${JSON.stringify(sealed, null, 1)}\n`, { mode: 0o600 });
}

const open = (box: SecretBox, sealed: string): string => box.open(sealed, PURPOSE).toString('utf8');

const secretOf = (connection: Connection): string =>
  connection.kind === 'subsonic' ? connection.password : connection.key;

const withSecret = (connection: Connection, work: (secret: string) => string): Connection =>
  connection.kind === 'subsonic'
    ? { ...connection, password: work(connection.password) }
    : { ...connection, key: work(connection.key) };

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
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
export async function keepConnection(settings: SecretSettings, connection: Connection): Promise<void> {
  const others = (await connections(settings)).filter((each) => each.id !== connection.id);
  await writeKept(settings.dataDir, [...others, connection], openSecretBox(settings));
}

export function serverOf(connection: Connection): RemoteServer {
  return connection.kind === 'subsonic'
    ? subsonicServer(connection.url, connection.user, connection.password)
    : jellyfinServer(connection.url, connection.key);
}
