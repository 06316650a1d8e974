/**
 * What Prometheus is told. Labels hold routes, steps, levels and formats: never words, names or ids.
 * `deploy/grafana/` draws them and `deploy/prometheus/alerts.yaml` watches them; a test holds the names together.
 */
import type { RequestHandler } from 'express';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { EmohealError, type ErrorCode } from '../../engine/errors.js';
import type { PartState } from '../../engine/ports.js';
import type { BeginOutcome, Begun, SessionService } from '../../engine/session-service.js';
import { FORMATS } from '../../media-index/stream/formats.js';
import { RENDERING_RESULTS, type StreamsWatch } from '../../media-index/stream/watch.js';

export interface Metrics {
  registry: Registry;
  middleware: RequestHandler;
  /** Laid around the session service: what comes in by any surface is counted. */
  around(service: SessionService): SessionService;
  /** Told by the streams as they are made and read. */
  streams: StreamsWatch;
  /** Asked whenever somebody reads the metrics: sessions being made, and stretches that wait for their turn. */
  watchQueue(state: () => { making: number; waiting: number } | null): void;
  /** Asked whenever somebody reads the metrics: what /readyz tells. */
  watchParts(parts: () => Promise<Record<string, PartState>>): void;
}

const SOURCES = ['text', 'speech', 'quiet', 'point'] as const;
type Source = (typeof SOURCES)[number];
/** `refused`: what was sent is wrong or too long, which is no fault of ours. */
const OUTCOMES = ['session', 'help', 'not-heard', 'refused', 'failed'] as const;
const THEIRS: readonly ErrorCode[] = ['bad-input', 'too-large', 'conflict', 'cancelled', 'nothing-heard'];

const STEP_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  // Among them the lag of the event loop: nodejs_eventloop_lag_p99_seconds.
  collectDefaultMetrics({ register: registry });
  const utterances = new Counter({
    name: 'emoheal_utterances_total',
    help: 'Feelings told, by what became of them',
    labelNames: ['source', 'outcome'],
    registers,
  });
  const crises = new Counter({
    name: 'emoheal_crisis_total',
    help: 'Answers of the crisis gate that were not "none"',
    labelNames: ['level'],
    registers,
  });
  const sessions = new Counter({ name: 'emoheal_sessions_total', help: 'Sessions begun', registers });
  const steps = new Histogram({
    name: 'emoheal_step_seconds',
    help: 'Time of each step from a feeling to a session',
    labelNames: ['step'],
    buckets: STEP_BUCKETS,
    registers,
  });
  const renderings = new Counter({
    name: 'emoheal_renderings_total',
    help: 'Renderings of sessions: begun, found in the cache, finished, failed, dropped because nobody listened',
    labelNames: ['format', 'result'],
    registers,
  });
  const open = new Gauge({ name: 'emoheal_streams_open', help: 'Streams that somebody reads now', registers });
  const underruns = new Counter({
    name: 'emoheal_underruns_total',
    help: 'Times that a listener can have run dry: more time had gone by than sound was given (an upper bound)',
    registers,
  });
  // A series that is only there from its first event on hides that event from `rate` and `increase`.
  for (const source of SOURCES) for (const outcome of OUTCOMES) utterances.inc({ source, outcome }, 0);
  for (const level of ['crisis', 'concern']) crises.inc({ level }, 0);
  for (const format of Object.keys(FORMATS))
    for (const result of RENDERING_RESULTS) renderings.inc({ format, result }, 0);
  let parts: () => Promise<Record<string, PartState>> = async () => ({});
  new Gauge({
    name: 'emoheal_part_ready',
    help: 'What /readyz tells: 1 where a part works as it should, 0 where it is degraded or unavailable',
    labelNames: ['part'],
    registers,
    async collect() {
      const told = await parts().catch(() => ({}));
      this.reset();
      for (const [part, { status }] of Object.entries<PartState>(told))
        if (status !== 'starting') this.set({ part }, status === 'ready' ? 1 : 0);
    },
  });
  let queue: () => { making: number; waiting: number } | null = () => null;
  const fromQueue = (name: string, help: string, which: 'making' | 'waiting') =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(queue()?.[which] ?? 0);
      },
    });
  fromQueue('emoheal_render_making', 'Stretches of sound being made now', 'making');
  fromQueue('emoheal_render_waiting', 'Stretches of sound that wait for their turn', 'waiting');
  const durations = new Histogram({
    name: 'emoheal_http_seconds',
    help: 'Time to answer',
    labelNames: ['method', 'route', 'status'],
    buckets: STEP_BUCKETS,
    registers,
  });

  function heard(source: Source, outcome: BeginOutcome | Begun): void {
    utterances.inc({ source, outcome: outcome.kind });
    for (const [step, ms] of Object.entries(outcome.timingsMs)) steps.observe({ step }, ms / 1000);
    if (outcome.kind === 'help') crises.inc({ level: outcome.level });
    if (outcome.kind !== 'session') return;
    sessions.inc();
    if ('concern' in outcome && outcome.concern) crises.inc({ level: 'concern' });
  }
  async function watched<T extends BeginOutcome | Begun>(source: Source, work: Promise<T>): Promise<T> {
    try {
      const outcome = await work;
      heard(source, outcome);
      return outcome;
    } catch (error) {
      const theirs = error instanceof EmohealError && THEIRS.includes(error.code);
      utterances.inc({ source, outcome: theirs ? 'refused' : 'failed' });
      throw error;
    }
  }

  return {
    registry,
    around: (service) => ({
      ...service,
      beginFromText: (wish) => watched('text', service.beginFromText(wish)),
      beginFromSpeech: (wish) => watched('speech', service.beginFromSpeech(wish)),
      beginQuiet: (wish) => watched('quiet', service.beginQuiet(wish)),
      beginFromPoint: (wish) => watched('point', service.beginFromPoint(wish)),
    }),
    streams: {
      rendering: (format, result) => renderings.inc({ format, result }),
      reading: (change) => open.inc(change),
      underrun: () => underruns.inc(),
    },
    watchQueue(state) {
      queue = state;
    },
    watchParts(ask) {
      parts = ask;
    },
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
