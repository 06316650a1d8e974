/** What listeners like, in one small file; nothing of a listener who has not said yes, and nothing of what was said. */
import path from 'node:path';
import { z } from 'zod';
import { noTaste, Taste, type TasteStore } from '../../engine/listeners/taste.js';
import { openStateFile } from './state-file.js';

const SCHEMA_VERSION = 1;
const MOST_LISTENERS = 1000;

const TasteFile = z.object({ schemaVersion: z.literal(SCHEMA_VERSION), tastes: z.record(z.string().max(64), Taste) });
type TasteFile = z.infer<typeof TasteFile>;

export type TasteFileStore = TasteStore & { close(): Promise<void> };

/** In memory where no folder is given. */
export async function openTasteFile(options: {
  dataDir?: string;
  onWarning?: (message: string) => void;
}): Promise<TasteFileStore> {
  const state = await openStateFile<TasteFile>({
    ...(options.dataDir ? { file: path.join(options.dataDir, 'state', 'taste.json') } : {}),
    schema: TasteFile,
    version: SCHEMA_VERSION,
    empty: { schemaVersion: SCHEMA_VERSION, tastes: {} },
    afterMovingAway: 'what listeners like is then learned anew.',
    ...(options.onWarning ? { onWarning: options.onWarning } : {}),
    tidy: ({ tastes }) => {
      for (const listener of Object.keys(tastes).slice(0, -MOST_LISTENERS)) delete tastes[listener];
    },
  });
  const { tastes } = state.data;
  const known = (listener: string) => (Object.hasOwn(tastes, listener) ? tastes[listener]! : null);
  return {
    load: async (listener) => known(listener),
    async agree(listener) {
      const before = known(listener);
      if (before) return before;
      tastes[listener] = noTaste();
      await state.keep();
      return tastes[listener];
    },
    async save(listener, taste) {
      if (!known(listener)) return;
      tastes[listener] = taste;
      await state.keep();
    },
    async forget(listener) {
      if (!known(listener)) return;
      delete tastes[listener];
      await state.keep();
    },
    close: () => state.close(),
  };
}
