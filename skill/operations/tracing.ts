/**
 * Traces by OpenTelemetry: from the request through every step to the session. Switched on by the standard variables
 * alone (`OTEL_EXPORTER_OTLP_ENDPOINT` or `OTEL_EXPORTER_OTLP_TRACES_ENDPOINT`; `OTEL_SDK_DISABLED=true` switches it
 * off); `OTEL_SERVICE_NAME`, `OTEL_RESOURCE_ATTRIBUTES`, `OTEL_TRACES_SAMPLER` and `OTEL_EXPORTER_OTLP_HEADERS` mean what
 * the specification says. Without them nothing is loaded and nothing is measured. Attributes hold routes, sources and
 * outcomes, never words.
 */
import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { RequestHandler } from 'express';
import type { BeginOutcome, Begun, SessionService } from '../../engine/session-service.js';
import { traced } from '../../engine/tracing.js';

export const TRACER = 'emoheal';
/**
 * Short where nobody says otherwise: the last spans go out when the server ends, and a collector that hangs is not waited for.
 */
const EXPORT_MS = 3000;

export const tracingIsOn = (env: NodeJS.ProcessEnv): boolean =>
  Boolean(env.OTEL_EXPORTER_OTLP_ENDPOINT || env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT) &&
  env.OTEL_SDK_DISABLED?.toLowerCase() !== 'true' &&
  env.OTEL_TRACES_EXPORTER !== 'none';

export interface Tracing {
  /** Work that nobody asked for: none of its steps is traced. */
  untraced<T>(work: () => Promise<T>): Promise<T>;
  /** Sends the last spans and ends it. */
  end(): Promise<void>;
}

/** Begins to trace where the environment asks for it. */
export async function startTracing(env: NodeJS.ProcessEnv, version: string): Promise<Tracing> {
  if (!tracingIsOn(env)) return { untraced: (work) => work(), end: async () => {} };
  const [{ NodeTracerProvider, BatchSpanProcessor }, { OTLPTraceExporter }, resources, { suppressTracing }] =
    await Promise.all([
      import('@opentelemetry/sdk-trace-node'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/resources'),
      import('@opentelemetry/core'),
    ]);
  const own = resources.resourceFromAttributes({ 'service.name': TRACER, 'service.version': version });
  const named = resources.detectResources({ detectors: [resources.envDetector] });
  const timeoutIsSet = Boolean(env.OTEL_EXPORTER_OTLP_TIMEOUT || env.OTEL_EXPORTER_OTLP_TRACES_TIMEOUT);
  const provider = new NodeTracerProvider({
    resource: own.merge(named),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter(timeoutIsSet ? {} : { timeoutMillis: EXPORT_MS }))],
  });
  provider.register();
  return {
    untraced: (work) => context.with(suppressTracing(context.active()), work),
    async end() {
      // A collector that is away holds up no shutdown.
      await provider.shutdown().catch(() => {});
      trace.disable();
      context.disable();
      propagation.disable();
    },
  };
}

/** A span for each request, below the one that the caller's `traceparent` names. */
export function traceRequests(): RequestHandler {
  return (request, response, next) => {
    const above = propagation.extract(context.active(), request.headers);
    const span = trace.getTracer(TRACER).startSpan(request.method, { kind: SpanKind.SERVER }, above);
    if (!span.isRecording()) return next();
    response.on('close', () => {
      const route = (request.route as { path?: string } | undefined)?.path ?? 'other';
      span.updateName(`${request.method} ${route}`);
      span.setAttributes({
        'http.request.method': request.method,
        'http.route': route,
        'http.response.status_code': response.statusCode,
      });
      if (response.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    });
    return context.with(trace.setSpan(above, span), next);
  };
}

/** Laid around the session service: one span for the whole way from a feeling to a session, on whatever surface. */
export function tracedService(service: SessionService): SessionService {
  const way = <T extends BeginOutcome | Begun>(source: string, work: () => Promise<T>) =>
    traced('utterance', async (mark) => {
      mark({ 'emoheal.source': source });
      const outcome = await work();
      mark({ 'emoheal.outcome': outcome.kind });
      return outcome;
    });
  return {
    ...service,
    beginFromText: (wish) => way('text', () => service.beginFromText(wish)),
    beginFromSpeech: (wish) => way('speech', () => service.beginFromSpeech(wish)),
    beginQuiet: (wish) => way('quiet', () => service.beginQuiet(wish)),
    beginFromPoint: (wish) => way('point', () => service.beginFromPoint(wish)),
  };
}
