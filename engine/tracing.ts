/** Spans of OpenTelemetry around steps of work. Costs nothing where no tracing is set up; holds no words and no errors' text. */
import { type Attributes, SpanStatusCode, trace } from '@opentelemetry/api';

/** Runs `work` as a span; what it marks becomes attributes of the span: numbers and names of ours, never input. */
export async function traced<T>(name: string, work: (mark: (more: Attributes) => void) => Promise<T>): Promise<T> {
  return trace.getTracer('emoheal').startActiveSpan(name, async (span) => {
    try {
      return await work((more) => void span.setAttributes(more));
    } catch (error) {
      const code = (error as { code?: unknown }).code;
      span.setStatus({ code: SpanStatusCode.ERROR, message: typeof code === 'string' ? code : 'internal' });
      throw error;
    } finally {
      span.end();
    }
  });
}

/** As `traced`, and notes under the same name how many milliseconds it took, to a hundredth. */
export async function timed<T>(timingsMs: Record<string, number>, name: string, work: () => Promise<T>): Promise<T> {
  const startMs = performance.now();
  const result = await traced(name, work);
  timingsMs[name] = Math.round((performance.now() - startMs) * 100) / 100;
  return result;
}
