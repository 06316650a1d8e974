/// <reference lib="dom" />
/** What a page that listens did and when, noted in the page itself; and how loud its player is. */
import type { Page } from 'playwright-core';

/** The largest sample that the page's player puts out within two seconds. */
export const loudestOf = (page: Page) =>
  page.evaluate(async () => {
    const sound = document.querySelector('audio') as HTMLAudioElement & { captureStream(): MediaStream };
    const context = new AudioContext();
    const meter = new AnalyserNode(context, { fftSize: 32_768 });
    new MediaStreamAudioSourceNode(context, { mediaStream: sound.captureStream() }).connect(meter);
    const samples = new Float32Array(meter.fftSize);
    let loudest = 0;
    for (let i = 0; i < 10; i += 1) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      meter.getFloatTimeDomainData(samples);
      loudest = Math.max(loudest, ...samples.map(Math.abs));
    }
    await context.close();
    return loudest;
  });

export interface Seen {
  seen: Record<string, number>;
  timings: unknown;
}

/** In the page: when the last loud frame was heard, when the sentence was taken for over, when the answer and the first sound came. */
export function keepTimes(): void {
  const seen: Record<string, number> = {};
  const window_ = window as unknown as Seen;
  window_.seen = seen;
  const Real = window.WebSocket;
  window.WebSocket = class extends Real {
    constructor(address: string | URL) {
      super(address);
      this.addEventListener('message', ({ data }) => {
        const message = JSON.parse(data as string) as { type: string; timingsMs: unknown };
        seen[message.type] = performance.now();
        window_.timings = message.timingsMs;
      });
    }
    override send(data: string | ArrayBufferLike | Blob | ArrayBufferView<ArrayBuffer>): void {
      if (typeof data === 'string') seen[(JSON.parse(data) as { type: string }).type] = performance.now();
      else if (ArrayBuffer.isView(data) && new Int16Array(data.buffer).some((value) => Math.abs(value) > 400))
        seen.loud = performance.now();
      super.send(data as string);
    }
  };
  document.addEventListener(
    'playing',
    ({ target }) => {
      if ((target as HTMLElement).id === 'sound') seen.sound = performance.now();
    },
    true,
  );
}

export async function timesOf(page: Page): Promise<Record<string, number>> {
  const { seen, timings } = await page.evaluate(() => {
    const { seen, timings } = window as unknown as Seen;
    return { seen, timings: timings as Record<string, number> };
  });
  const between = (from: string, to: string) => Math.round((seen[to] ?? Number.NaN) - (seen[from] ?? Number.NaN));
  return {
    'last sound → sentence over': between('loud', 'end'),
    'sentence over → words': timings?.transcribe ?? Number.NaN,
    'transcribed ahead': timings?.ahead ?? Number.NaN,
    'words → answer': timings?.understand ?? Number.NaN,
    'sentence over → answer here': between('end', 'answer'),
    'answer → music sounds': between('answer', 'sound'),
    'last sound → music sounds': between('loud', 'sound'),
  };
}

/** Printed, not asserted: how fast it is depends on what else the machine does. */
export function tell(what: string, times: Record<string, number>): void {
  console.info(
    `${what}, ms: ${Object.entries(times)
      .map(([step, ms]) => `${step} ${ms}`)
      .join(' · ')}`,
  );
}
