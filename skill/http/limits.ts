/** Bounds on what one sender can make the server hold: time for a request to arrive, its head, and open connections. */
import type { Server } from 'node:http';

export interface ConnectionLimits {
  /** A head that is still not whole after so long is a sender that holds a place (slow loris). */
  headersMs: number;
  /** The same for a whole request; 25 MB of speech over a slow line fit. */
  requestMs: number;
  /** An idle connection is kept for the next request; longer than the usual proxy keeps its own (60 s). */
  idleMs: number;
  headers: number;
  connections: number;
}

export const CONNECTION_LIMITS: ConnectionLimits = {
  headersMs: 15_000,
  requestMs: 120_000,
  idleMs: 65_000,
  headers: 100,
  connections: 10_000,
};

/** How often Node looks for senders that are too slow: an option of the server's making. */
export const LOOK_FOR_SLOW_MS = 2000;

/**
 * Options of a server's making, by which the system asks a silent connection whether anybody is still there. A tablet that
 * lost its network in the middle of a paused stream says nothing, and would hold its place for ever.
 */
export const FIND_VANISHED = { keepAlive: true, keepAliveInitialDelay: 60_000 } as const;

export function limitConnections(server: Server, limits: ConnectionLimits = CONNECTION_LIMITS): void {
  server.headersTimeout = limits.headersMs;
  server.requestTimeout = limits.requestMs;
  server.keepAliveTimeout = limits.idleMs;
  server.maxHeadersCount = limits.headers;
  server.maxConnections = limits.connections;
}
