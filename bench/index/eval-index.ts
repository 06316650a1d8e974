/**
 * `npm run eval:index`: FAISS kinds by size, then the index as the product sets it up with 20,000 and 1,000,000 vectors:
 * opened in a process of its own, searched, changed, saved. `--quick` leaves the million out; `--shipped` measures the
 * grouped million as the product sets it up and no rival of it. Keeps a history in bench/results/. Machines are noisy:
 * read the ratios, not single figures.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { FaissOptions } from '../../media-index/index/faiss.js';
import { openSavedIndex } from '../../media-index/index/open-index.js';
import { keepResults, measuredHere } from '../keep.js';
import { readOptions } from '../options.js';
import { markdown, type Row, rowOf } from '../table.js';
import { DIM, type Shape } from './data.js';
import { BENCH_MODEL, fill, kindRow, rowAt, type Shelf, searches, shelfOf, thousands } from './measure.js';

const run = promisify(execFile);
const SHAPES: readonly Shape[] = ['grouped', 'spread'];
const never = Number.POSITIVE_INFINITY;
const KINDS: Record<string, FaissOptions> = {
  flat: { flatLimit: never },
  hnsw: { flatLimit: 0, ivfFrom: never },
  ivf: { flatLimit: 0, ivfFrom: 1 },
};
/** To reach, by number of vectors: recall@10 and p50 in ms. */
const GOALS: Record<number, string> = { 20000: 'to reach: .99, 1.5 ms', 1000000: 'to reach: 15 ms, 4 GB' };

export async function main(words: readonly string[]): Promise<number> {
  const opened = words.indexOf('--open');
  if (opened >= 0) return searchOpened(words[opened + 1] as string, words[opened + 2] as Shape);
  const {
    quick,
    shipped: onlyShipped,
    all,
  } = readOptions(words, { quick: 'flag', shipped: 'flag', all: 'flag' }).values;
  const rows: Row[] = [];
  const add = (...more: Row[]) => {
    rows.push(...more);
    for (const row of more) process.stderr.write(`${row.step}: ${row.p50Ms.toFixed(2)} ms; ${row.note}\n`);
  };
  for (const shape of SHAPES) {
    for (const count of quick ? [20_000] : [20_000, 100_000, 1_000_000]) {
      const shipped = count === 1e6 && onlyShipped;
      if (shipped && shape !== 'grouped') continue;
      const shelf = await shelfOf(shape, count);
      // A million into HNSW takes many minutes, and the answer is in the decision page: only when asked for.
      const kinds = Object.keys(KINDS).filter((kind) => !shipped && (kind !== 'hnsw' || count < 1e6 || all));
      for (const kind of kinds) add(await kindRow(shelf, KINDS[kind] as FaissOptions));
      if (count in GOALS) add(...(await asShipped(shelf)));
    }
  }
  await keep(rows, onlyShipped ? ['shipped'] : []);
  return 0;
}

/** Filled, saved, changed and rebuilt here; opened and searched in a fresh process, where memory can be told. */
async function asShipped(shelf: Shelf): Promise<Row[]> {
  const count = shelf.ids.length;
  const name = (what: string) => `${thousands(count)} ${shelf.shape}: ${what}`;
  const folder = await mkdtemp(path.join(os.tmpdir(), 'emoheal-bench-index-'));
  try {
    const { index, tookMs } = await fill(shelf, {});
    const times: Row[] = [rowOf(name('fill'), [tookMs], `${index.kind}, until the background has nothing left to do`)];
    const timed = async (what: string, once: () => Promise<unknown>, note = '') => {
      const startMs = performance.now();
      await once();
      times.push(rowOf(name(what), [performance.now() - startMs], note));
    };
    await timed('save', () => index.save(folder));
    const code = `import(${JSON.stringify(import.meta.url)}).then((it) => it.main(${JSON.stringify(['--open', folder, shelf.shape])}))`;
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', code], { maxBuffer: 1e8 });
    const fresh = JSON.parse(stdout) as Opened;
    const some = shelf.ids.slice(0, 1000);
    await timed('remove 1,000', () => index.remove(some));
    await timed('add 1,000', () =>
      index.add(
        some,
        some.map((_, i) => rowAt(shelf, i)),
      ),
    );
    await index.settled();
    await timed(
      'remove a quarter and build anew',
      async () => {
        await index.remove(shelf.ids.slice(0, count / 4));
        await index.settled();
      },
      'in the background',
    );
    await index.close();
    return [
      rowOf(
        name(`search, ${fresh.kind}`),
        fresh.samplesMs,
        `recall@10 ${fresh.recall.toFixed(4)}; ${fresh.residentMb} MB resident, ${fresh.peakMb} at most; ${GOALS[count]}`,
      ),
      rowOf(name('open'), [fresh.openMs], 'checksums verified'),
      ...times,
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Opened {
  kind: string;
  openMs: number;
  samplesMs: number[];
  recall: number;
  residentMb: number;
  peakMb: number;
}

/** In the fresh process: memory is read before the truth is computed, which needs the vectors once more. */
async function searchOpened(folder: string, shape: Shape): Promise<number> {
  const startMs = performance.now();
  const index = await openSavedIndex(folder, BENCH_MODEL);
  const openMs = performance.now() - startMs;
  // A small exhaustive index is filled right after opening.
  if ('settled' in index) await (index.settled as () => Promise<void>)();
  for (const vector of await index.vectors((await index.ids()).slice(0, 20)))
    await index.search(vector as Float32Array, 10);
  const residentMb = Math.round(process.memoryUsage.rss() / 2 ** 20);
  const peakMb = Math.round(process.resourceUsage().maxRSS / 1024);
  const { truth } = await shelfOf(shape, await index.count());
  const opened: Opened = { kind: index.kind, openMs, ...(await searches(index, truth)), residentMb, peakMb };
  process.stdout.write(JSON.stringify(opened));
  await index.close();
  return 0;
}

async function keep(rows: Row[], parts: readonly string[]): Promise<void> {
  const { dated, machine } = measuredHere({ load: false });
  const table = [
    `# Vector index, ${dated.slice(0, 10)}`,
    '',
    `${machine}; one thread; vectors of ${DIM} numbers, 200 queries for the 10 nearest. Recall is against looking at`,
    'every vector. "Grouped" and "spread": see bench/index/data.ts. Repeat with `npm run eval:index`.',
    '',
    markdown(rows),
    '',
  ].join('\n');
  await keepResults('index', table, { dated, machine, rows }, { parts });
}
