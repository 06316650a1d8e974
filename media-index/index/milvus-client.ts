/**
 * The wire to a Milvus server: address, one connection, and its faults as our errors. Milvus is reached through its
 * official SDK, which is loaded only where a server is named.
 *
 * Addresses: `http://HOST:19530`, `https://USER:PASSWORD@HOST/DATABASE`. What stands before the @ is never shown.
 */
import type { MilvusClient } from '@zilliz/milvus2-sdk-node';
import { EmohealError } from '../../engine/errors.js';

export interface ServerAddress {
  /** Host and port, as it may be shown. */
  shown: string;
  secure: boolean;
  username?: string;
  password?: string;
  database?: string;
}

const DEFAULT_PORT = 19_530;
const SCHEMES = ['http:', 'https:', 'milvus:'];

/** Throws `config-invalid` where that is no address of a server; the text given is not repeated, it may hold a password. */
export function readAddress(text: string): ServerAddress {
  let url: URL | null = null;
  try {
    url = new URL(text);
  } catch {}
  if (!url?.hostname || !SCHEMES.includes(url.protocol)) {
    throw new EmohealError('config-invalid', 'EMOHEAL_VECTOR_URL is not the address of a Milvus server.', {
      remedy: 'Write it as http://HOST:19530, or https://USER:PASSWORD@HOST:19530/DATABASE.',
    });
  }
  const database = decodeURIComponent(url.pathname.slice(1));
  return {
    shown: `${url.hostname}:${url.port || DEFAULT_PORT}`,
    secure: url.protocol === 'https:',
    ...(url.username && { username: decodeURIComponent(url.username) }),
    ...(url.password && { password: decodeURIComponent(url.password) }),
    ...(database && { database }),
  };
}

/** What every answer of the SDK holds. */
interface Answer {
  status?: { error_code?: string | number; reason?: string; code?: number };
  error_code?: string | number;
  reason?: string;
}

export interface Wire {
  readonly shown: string;
  /** Asks; rejects with `busy` (retryable) for a refusal of the server and for a server that is not there. */
  ask<T>(what: string, question: (client: MilvusClient) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Connects. Rejects with `busy` where nobody answers within the limit. */
export async function connect(address: ServerAddress, limitMs: number): Promise<Wire> {
  const { MilvusClient: Client } = await import('@zilliz/milvus2-sdk-node');
  const client = new Client({
    address: address.shown,
    ssl: address.secure,
    timeout: limitMs,
    // Whether to try again is decided by the circuit before us.
    maxRetries: 0,
    logLevel: 'error',
    // Its heartbeats also let a server send commands to the client; nothing here needs them.
    telemetry: { enabled: false },
    ...(address.username && { username: address.username }),
    ...(address.password && { password: address.password }),
    ...(address.database && { database: address.database }),
  });
  const fault = (what: string, cause: unknown): EmohealError =>
    new EmohealError('busy', `The vector server ${address.shown} did not ${what}: ${reasonOf(cause)}.`, {
      retryable: true,
      remedy:
        'Check that Milvus runs and that EMOHEAL_VECTOR_URL names it; start Milvus again where it runs and refuses everything.',
      cause,
    });
  const wire: Wire = {
    shown: address.shown,
    async ask(what, question) {
      try {
        const answer = await question(client);
        const refused = refusalOf(answer as Answer);
        if (refused) throw new Error(refused);
        return answer;
      } catch (cause) {
        throw fault(what, cause);
      }
    },
    close: async () => {
      await client.closeConnection();
    },
  };
  try {
    await client.connectPromise;
    return wire;
  } catch (cause) {
    await wire.close().catch(() => {});
    throw fault('answer', cause);
  }
}

function refusalOf(answer: Answer): string | null {
  const { error_code: code, reason } = answer?.status ?? answer ?? {};
  return code === undefined || code === 'Success' || code === 0 ? null : reason || String(code);
}

/** The first line of what gRPC says, without its hints. The SDK also throws answers as they came, which are no errors. */
function reasonOf(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : (refusalOf(cause as Answer) ?? String(cause));
  return (text.split(/\n|\. Resolution note/)[0] as string).replace(/\.$/, '').slice(0, 200);
}
