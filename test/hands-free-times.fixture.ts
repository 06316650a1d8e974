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
  /** Moments on the page's clock, ms: messages to and from the server by their type, `voice` and `sound` as they begin. */
  seen: Record<string, number>;
  timings: Record<string, number>;
  /** From the last sound of the name to the light that says so, ms; and of it to the first quiet told. */
  wokenMs?: number;
  toldMs?: number;
}

/**
 * In the page: when the last loud frame was heard, when the sentence was taken for over, when the answer and the first sound
 * came.
 */
export function keepTimes(): void {
  const seen: Record<string, number> = {};
  const window_ = window as unknown as Seen;
  window_.seen = seen;
  const Real = window.WebSocket;
  window.WebSocket = class extends Real {
    constructor(address: string | URL) {
      super(address);
      this.addEventListener('message', ({ data }) => {
        const message = JSON.parse(data as string) as { type: string; timingsMs: Record<string, number> };
        seen[message.type] = performance.now();
        if (message.timingsMs) window_.timings = message.timingsMs;
      });
    }
    override send(data: string | ArrayBufferLike | Blob | ArrayBufferView<ArrayBuffer>): void {
      if (typeof data === 'string') {
        const { type, name } = JSON.parse(data) as { type: string; name?: boolean };
        seen[type] = performance.now();
        if (name) window_.toldMs = performance.now() - (seen.loud ?? Number.NaN);
        if (type === 'end') seen.last = seen.loud ?? Number.NaN;
      } else if (ArrayBuffer.isView(data) && new Int16Array(data.buffer).some((value) => Math.abs(value) > 400))
        seen.loud = performance.now();
      super.send(data as string);
    }
  };
  // The light itself, and not the message that brings it.
  new MutationObserver(() => {
    const isOn = document.body?.dataset.microphone === 'listening';
    if (isOn && seen.loud !== undefined) window_.wokenMs ??= performance.now() - seen.loud;
  }).observe(document, { subtree: true, attributes: true, attributeFilter: ['data-microphone'] });
  // A stream that is still coming is not in the browser's own list of resources.
  const ask = window.fetch;
  window.fetch = async (...wish) => {
    const isStream = String(wish[0]).includes('/stream/');
    const askedMs = performance.now();
    const response = await ask(...wish);
    if (isStream && askedMs >= (seen.answer ?? 0) && !((seen.asked ?? 0) >= (seen.answer ?? 0))) {
      seen.asked = askedMs;
      seen.answered = performance.now();
    }
    return response;
  };
  // The voice is a player of its own, outside the document.
  const play = HTMLMediaElement.prototype.play;
  HTMLMediaElement.prototype.play = function (this: HTMLMediaElement) {
    this.addEventListener(
      'playing',
      () => {
        seen[this.id === 'sound' ? 'sound' : 'voice'] = performance.now();
      },
      { once: true },
    );
    return play.call(this);
  };
}

/** Step → ms, in the order in which they happen; the last two are what a listener waits for. */
export async function timesOf(page: Page): Promise<Record<string, number>> {
  const { seen, timings } = await page.evaluate(() => {
    const { seen, timings } = window as unknown as Seen;
    return { seen, timings };
  });
  /** Not a number where the second did not happen after the first: a command begins no music. */
  const between = (from: string, to: string) => {
    const ms = Math.round((seen[to] ?? Number.NaN) - (seen[from] ?? Number.NaN));
    return ms >= 0 ? ms : Number.NaN;
  };
  return {
    'last sound → first short silence told': between('last', 'pause'),
    'transcription, of which before the end': timings.ahead ?? Number.NaN,
    'answer thought out, so long before the end': timings.foreseen ?? Number.NaN,
    'last sound → sentence over': between('last', 'end'),
    'sentence over → words': timings.transcribe ?? Number.NaN,
    'words → answer': timings.understand ?? Number.NaN,
    'sentence over → answer here': between('end', 'answer'),
    'answer → voice sounds': between('answer', 'voice'),
    'answer → stream asked for': between('answer', 'asked'),
    'stream asked for → first bytes': between('asked', 'answered'),
    'first bytes → music sounds': between('answered', 'sound'),
    'last sound → first sound (the voice)': between('last', 'voice'),
    'last sound → music sounds': between('last', 'sound'),
  };
}

/** A table, printed and not asserted: how fast it is depends on what else the machine does. */
export function tell(what: string, times: Record<string, number>): void {
  const known = Object.entries(times).filter(([, ms]) => Number.isFinite(ms));
  const wide = Math.max(...known.map(([step]) => step.length));
  console.info(
    [`${what}, ms`, ...known.map(([step, ms]) => `  ${step.padEnd(wide)} ${String(ms).padStart(6)}`)].join('\n'),
  );
}
