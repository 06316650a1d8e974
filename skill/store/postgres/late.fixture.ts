/**
 * A way to a PostgreSQL server on which each answer comes late, as from another building; and how often somebody went there
 * and back: what is sent together counts once.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import path from 'node:path';
import { relay } from '../../../media-index/index/wire.fixture.js';

export interface LateWay {
  /** The same database by this way. */
  url(database: string): string;
  /** Journeys since this was asked last. */
  journeys(): number;
  close(): Promise<void>;
}

const SOCKET = '.s.PGSQL.5432';

export async function startLateWay(lateMs: number, database: string): Promise<LateWay> {
  const folder = mkdtempSync('/tmp/ehlate-');
  const far = new URL(database).searchParams.get('host')!;
  let journeys = 0;
  const carry = (near: Socket, there: Socket) => {
    let waits = false;
    near.on('data', (sent) => {
      // "X": a connection takes its leave, and waits for nothing.
      if (!waits && sent[0] !== 0x58) journeys += 1;
      waits = true;
      there.write(sent);
    });
    there.on('data', (answer) => {
      setTimeout(() => {
        waits = false;
        near.write(answer);
      }, lateMs);
    });
  };
  const { server, cut } = relay(() => connect(path.join(far, SOCKET)), carry);
  await new Promise<void>((resolve) => server.listen(path.join(folder, SOCKET), resolve));
  return {
    url: (url) => url.replace(far, folder),
    journeys() {
      const before = journeys;
      journeys = 0;
      return before;
    },
    async close() {
      await cut();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
