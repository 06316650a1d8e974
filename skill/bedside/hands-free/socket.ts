/** GET /api/v1/hearing: the WebSocket over which the bedside page lets the server hear. For this house's own pages only. */
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { isFromOwnNetwork } from '../../care/own-network.js';
import { createHearing, type HearingDeps } from './hearing.js';
import type { ToPage } from './messages.js';

export const HEARING_PATH = '/api/v1/hearing';
/** A second of sound is 32 kB; the page sends a tenth of one at a time. */
const MOST_MESSAGE = 64 * 1024;
const MOST_PAGES = 20;
const HEARTBEAT_MS = 30_000;
/** Answers are some kilobytes. A page reads them at once; what connects and does not read is no page. */
const MOST_UNREAD_BYTES = 256 * 1024;

export interface HearingDoor {
  close(): void;
}

/** A foreign page in the browser of somebody at home may open a WebSocket to here: the origin tells. */
export function isOwnPage(request: IncomingMessage, publicUrl: string | undefined): boolean {
  const { origin, host } = request.headers;
  if (!isFromOwnNetwork(request, publicUrl)) return false;
  if (origin === undefined) return true;
  return URL.canParse(origin) && new URL(origin).host.toLowerCase() === host?.toLowerCase();
}

export function openHearing(server: Server, deps: HearingDeps & { publicUrl: string | undefined }): HearingDoor {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MOST_MESSAGE });
  const alive = new WeakSet<WebSocket>();

  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // A client that is gone before it is answered is no fault.
    socket.on('error', () => {});
    if (request.url?.split('?')[0] !== HEARING_PATH) return refuse(socket, '404 Not Found');
    if (!isOwnPage(request, deps.publicUrl)) return refuse(socket, '403 Forbidden');
    if (sockets.clients.size >= MOST_PAGES) return refuse(socket, '503 Service Unavailable');
    sockets.handleUpgrade(request, socket, head, serve);
  };

  function serve(page: WebSocket): void {
    const send = (message: ToPage) => {
      if (page.readyState !== page.OPEN) return;
      page.send(JSON.stringify(message));
      if (page.bufferedAmount > MOST_UNREAD_BYTES) page.terminate();
    };
    const hearing = createHearing(deps, send);
    alive.add(page);
    page.on('pong', () => alive.add(page));
    page.on('message', (data: Buffer, isBinary) => {
      try {
        hearing.take(isBinary ? data : data.toString('utf8'));
      } catch {
        // 1007: what came is not what it claims to be. The page connects anew.
        page.close(1007);
      }
    });
    page.on('close', () => hearing.close());
    page.on('error', () => hearing.close());
  }

  const heartbeat = setInterval(() => {
    for (const page of sockets.clients) {
      if (!alive.has(page)) page.terminate();
      alive.delete(page);
      page.ping();
    }
  }, HEARTBEAT_MS);
  heartbeat.unref();
  server.on('upgrade', upgrade);
  return {
    close() {
      clearInterval(heartbeat);
      server.off('upgrade', upgrade);
      for (const page of sockets.clients) page.terminate();
      sockets.close();
    },
  };
}

/**
 * Closes it wholly: nobody but us watches over a connection that asked for a WebSocket, and a half-closed one holds its place.
 */
function refuse(socket: Duplex, status: string): void {
  socket.once('finish', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
