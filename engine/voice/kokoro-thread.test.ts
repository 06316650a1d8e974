/** What happens to whoever is spoken to when the voice's thread dies; the thread itself is a stand-in. */
import { EventEmitter } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, expect, it, vi } from 'vitest';
import type { ToKokoro } from './kokoro-worker.js';
import { voicePlaces } from './voice-parts.js';

class StandIn extends EventEmitter {
  static all: StandIn[] = [];
  asked: ToKokoro[] = [];
  constructor() {
    super();
    StandIn.all.push(this);
  }
  postMessage(ask: ToKokoro) {
    this.asked.push(ask);
  }
  unref() {}
  async terminate() {}
}
vi.doMock('node:worker_threads', async (original) => ({ ...(await original<object>()), Worker: StandIn }));
vi.doMock('./espeak.js', () => ({ soundsOf: async () => 'a' }));
const { createKokoroSynthesiser } = await import('./kokoro.js');

const dataDir = mkdtempSync(path.join(os.tmpdir(), 'emoheal-kokoro-'));
const bin = path.join(dataDir, 'bin');
const { mark, model, vocabulary } = voicePlaces(dataDir);
mkdirSync(path.dirname(mark), { recursive: true });
mkdirSync(bin);
for (const file of [mark, model]) writeFileSync(file, '');
writeFileSync(vocabulary, JSON.stringify({ vocab: { a: 1 } }));
writeFileSync(path.join(bin, 'espeak-ng'), '', { mode: 0o755 });
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));
beforeEach(() => vi.stubEnv('PATH', bin));

it('a thread that dies takes only what it was at: the end of it, told after its error, is nothing to its successor', async () => {
  const synthesiser = createKokoroSynthesiser({ dataDir });
  const speak = () => synthesiser.speak('Rest.')[Symbol.asyncIterator]().next();
  const first = speak();
  await vi.waitFor(() => expect(StandIn.all[0]?.asked).toHaveLength(1));
  const second = speak();
  StandIn.all[0]!.emit('error', new Error('out of memory'));
  await expect(first).rejects.toMatchObject({ code: 'inference-failed', retryable: true });
  await vi.waitFor(() => expect(StandIn.all[1]?.asked).toHaveLength(1));
  StandIn.all[0]!.emit('exit', 1);
  StandIn.all[1]!.emit('message', { id: StandIn.all[1]!.asked[0]!.id, pcm: new Float32Array(3) });
  expect((await second).value.pcm).toHaveLength(3);
});
