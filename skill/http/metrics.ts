/** Counters and durations for Prometheus. Labels hold routes and states, never words. */
import type { RequestHandler } from 'express';
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';

export interface Metrics {
  registry: Registry;
  sessions: Counter;
  middleware: RequestHandler;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const sessions = new Counter({ name: 'emoheal_sessions_total', help: 'Sessions begun', registers: [registry] });
  const durations = new Histogram({
    name: 'emoheal_http_seconds',
    help: 'Time to answer',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 5],
    registers: [registry],
  });
  return {
    registry,
    sessions,
    middleware(request, response, next) {
      const startMs = performance.now();
      response.on('finish', () => {
        const route = (request.route as { path?: string } | undefined)?.path ?? 'other';
        durations.observe(
          { method: request.method, route, status: response.statusCode },
          (performance.now() - startMs) / 1000,
        );
      });
      next();
    },
  };
}
