/** What the first feeling will need, made in the background while a server already answers: the lightest first. */
import type { App } from './compose.js';
import type { Metrics } from './operations/metrics.js';
import type { Tracing } from './operations/tracing.js';
import { rehearse } from './rehearse.js';

interface Ahead {
  metrics: Pick<Metrics, 'watchQueue'>;
  tracing: Pick<Tracing, 'untraced'>;
  /** Asked between all steps: what is made after the end would keep the process from ending. */
  stopped: () => boolean;
}

export async function prepareAhead(app: App, { metrics, tracing, stopped }: Ahead): Promise<void> {
  const steps: (() => Promise<unknown>)[] = [
    app.service,
    app.classifier,
    async () => metrics.watchQueue((await app.streams()).queue),
    async () => (await app.mixer()).prepare(),
    // The recogniser is a process of its own: whoever calls right after a start need not wait for the rehearsal.
    async () => {
      await Promise.all([
        app.transcriber().then((transcriber) => transcriber.warm()),
        tracing.untraced(() => rehearse(app, { stopped })),
      ]);
    },
  ];
  for (const step of steps) if (!stopped()) await step();
}
