/**
 * Our own pipeline as a process that answers the same lines of JSON as `reference.py`: a text takes the crisis gate, the
 * emotion model, the knowledge graph, the planner, and the search for each stage, over a shelf of as many tracks as asked.
 * More than the other side does, and with trained weights.
 *
 * In:  {"id", "do": "text" | "wav" | "tracks" | "session", "text"?, "file"?, "count"?, "minutes"?}
 * Out: {"ready": true, "loadedMs"}, then {"id", …} or {"id", "error"} in the order in which they end.
 */
import '../../models/node20.js';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { explainedIn } from '../../audio-prompts/explanations.js';
import { sayPrompt } from '../../audio-prompts/prompts.js';
import { createSessionService } from '../../engine/create-session-service.js';
import { detectLanguage } from '../../engine/emotion/language.js';
import type { SessionService } from '../../engine/session-service.js';
import { createMemoryStore } from '../../engine/stores.js';
import { readWav } from '../../engine/transcription/wav.js';
import { openIndex, openSavedIndex } from '../../media-index/index/open-index.js';
import type { HeldIndex } from '../../media-index/index/vector-index.js';
import { createMusicSearch, type TrackSearch } from '../../media-index/search.js';
import { composeApp } from '../../skill/compose.js';
import { readConfig } from '../../skill/config.js';
import { rehearseWords } from '../../skill/rehearse.js';
import { madeUpShelf } from '../made-up-shelf.js';

const FIRST_SHELF = 20_000;
/** From here a graph takes minutes to build: it is kept for the next run. */
const KEPT_FROM = 100_000;
const FIRST_BYTES = 384;

const Asked = z.object({
  id: z.number(),
  do: z.enum(['text', 'wav', 'tracks', 'session']),
  text: z.string().default(''),
  file: z.string().default(''),
  count: z.number().int().default(FIRST_SHELF),
  minutes: z.number().default(20),
});

async function main(): Promise<void> {
  const startMs = performance.now();
  const config = readConfig(process.env);
  const app = composeApp(config);
  let index: HeldIndex | undefined;
  let search: TrackSearch;
  async function fillShelf(count: number): Promise<void> {
    const encoder = await app.encoder();
    const folder = path.join(config.dataDir, 'bench', 'peers', `index-${count}`);
    const isKept = count >= KEPT_FROM && existsSync(folder);
    const [before, next] = [
      index,
      isKept
        ? await openSavedIndex(folder, encoder.model).catch(() => openIndex(encoder.model))
        : openIndex(encoder.model),
    ];
    const shelf = madeUpShelf(count);
    search = await createMusicSearch({ tracks: () => shelf, encoder, index: next });
    // Measured is the index that whoever has such a library lives with, not one that is still being built.
    if ('settled' in next) await (next.settled as () => Promise<void>)();
    if (count >= KEPT_FROM && !isKept) await next.save(folder);
    index = next;
    await before?.close();
  }
  await fillShelf(FIRST_SHELF);
  const service: SessionService = createSessionService({
    gate: app.gate,
    classifier: app.classifier,
    transcriber: app.transcriber,
    knowledge: app.knowledge,
    tastes: app.tastes,
    search: async () => search,
    store: async () => createMemoryStore(),
    detectLanguage,
    explain: explainedIn,
    say: (key, locale, fields) => sayPrompt(key, locale, fields, 0),
    nowMs: Date.now,
    nowHour: () => 22,
    newId: randomUUID,
    newSeed: () => 1,
  });
  const transcriber = await app.transcriber();
  await transcriber.warm();
  // As the server does after its start.
  await rehearseWords(
    { gate: app.gate, classifier: app.classifier, service: async () => service },
    { stopped: () => false },
  );

  /** From words to the first bytes of sound, and to the last, over the pieces of the house. */
  async function wholeSession(text: string, minutes: number) {
    const began = performance.now();
    const streams = await app.streams();
    const outcome = await (await app.service()).beginFromText({ text, minutes, locale: 'en-US', whenEmpty: 'neutral' });
    if (outcome.kind !== 'session') throw new Error(`"${outcome.kind}" instead of a session`);
    const stream = streams.open(outcome.programme);
    for await (const bytes of stream.read(0, FIRST_BYTES)) if (bytes.length > 0) break;
    const firstMs = performance.now() - began;
    for await (const _ of stream.read(0, stream.totalBytes));
    return { firstMs, wholeMs: performance.now() - began };
  }

  async function answer({ do: what, text, file, count, minutes }: z.infer<typeof Asked>): Promise<object> {
    if (what === 'tracks') return fillShelf(count).then(() => ({}));
    if (what === 'session') return wholeSession(text, minutes);
    const outcome =
      what === 'text'
        ? await service.beginFromText({ text, minutes, locale: 'en-US', whenEmpty: 'neutral' })
        : await service.beginFromSpeech({ pcm16k: readWav(await readFile(file)), minutes, locale: 'en-US' });
    if (outcome.kind !== 'session') throw new Error(`"${outcome.kind}" instead of a session`);
    return {
      said: outcome.utterance.text,
      found: outcome.programme.tracks.length,
      timingsMs: outcome.timingsMs,
    };
  }

  const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);
  say({ ready: true, loadedMs: performance.now() - startMs });
  const underWay = new Set<Promise<unknown>>();
  for await (const line of createInterface({ input: process.stdin })) {
    const asked = Asked.parse(JSON.parse(line));
    const work = answer(asked).then(
      (told) => say({ id: asked.id, ...told }),
      (error) => say({ id: asked.id, error: String(error?.message ?? error) }),
    );
    underWay.add(work);
    void work.finally(() => underWay.delete(work));
  }
  await Promise.all(underWay);
  await index?.close();
  await app.close();
}

await main();
